//! The types of a model, to look up what operations take and answer.

use super::evidence::Kind;
use crate::analysis::{AliasKind, TypeFacts};
use crate::model::{
    Api, ContentKind, Field, IntegerKind, Operation, Record, Response, Scalar, Shape,
    StatusPattern, Type, WireName,
};

/// The types, to look things up in.
#[derive(Clone, Copy)]
pub(super) struct Model<'a> {
    pub(super) api: &'a Api,
    pub(super) types: &'a [TypeFacts],
}

impl<'a> Model<'a> {
    /// The type behind aliases and null.
    pub(super) fn resolve(self, ty: &'a Type) -> &'a Type {
        let mut ty = ty.without_null();
        for _ in 0..=self.api.types.len() {
            let Type::Named(id) = ty else { break };
            let alias = self.types.get(id.index()).map(|facts| facts.alias);
            match &self.api.types[*id].shape {
                Shape::Alias(target) if alias == Some(AliasKind::Plain) => {
                    ty = target.without_null();
                }
                _ => break,
            }
        }
        ty
    }

    pub(super) fn shape(self, ty: &'a Type) -> Option<&'a Shape> {
        match self.resolve(ty) {
            Type::Named(id) => Some(&self.api.types[*id].shape),
            _ => None,
        }
    }

    pub(super) fn record(self, ty: &'a Type) -> Option<&'a Record> {
        match self.shape(ty)? {
            Shape::Record(record) => Some(record),
            _ => None,
        }
    }

    pub(super) fn kind(self, ty: &'a Type) -> Kind {
        match self.resolve(ty) {
            Type::Scalar(Scalar::Bool) => Kind::Flag,
            Type::Scalar(
                Scalar::Secret
                | Scalar::Binary
                | Scalar::BigNumber
                | Scalar::Integer(IntegerKind::Big),
            ) => Kind::Other,
            Type::Scalar(Scalar::Integer(_) | Scalar::Double | Scalar::Float) => Kind::Integer,
            Type::Scalar(_) => Kind::Text,
            Type::Json => Kind::Any,
            Type::Named(id) => match &self.api.types[*id].shape {
                Shape::Union(union) => self.union_kind(union.variants.iter().map(|it| &it.ty)),
                _ => Kind::Other,
            },
            _ => Kind::Other,
        }
    }

    /// A text or a number may be a token.
    fn union_kind(self, variants: impl Iterator<Item = &'a Type>) -> Kind {
        let mut kind = Kind::Other;
        for ty in variants {
            match self.resolve(ty) {
                Type::Scalar(Scalar::String | Scalar::Uuid | Scalar::Uri) => kind = Kind::Text,
                Type::Scalar(Scalar::Integer(_)) => {}
                _ => return Kind::Other,
            }
        }
        kind
    }

    /// The properties of a record, or of the records of a union.
    pub(super) fn fields(self, ty: &'a Type) -> Vec<&'a Field> {
        match self.shape(ty) {
            Some(Shape::Record(record)) => record.fields.iter().collect(),
            Some(Shape::Union(union)) => union
                .variants
                .iter()
                .filter_map(|variant| self.record(&variant.ty))
                .flat_map(|record| &record.fields)
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The only successful answer, if it is JSON: its type, and the response.
    pub(super) fn success(self, operation: &'a Operation) -> Option<(&'a Type, &'a Response)> {
        let responses = operation.responses.iter();
        let mut successes = responses.filter(|response| response.status.is_success());
        let response = match (successes.next(), successes.next()) {
            (Some(response), None) => response,
            (None, _) => operation
                .responses
                .iter()
                .find(|response| response.status == StatusPattern::Default)?,
            _ => return None,
        };
        let ContentKind::Json(ty) = &response.content.as_ref()?.kind else {
            return None;
        };
        Some((ty, response))
    }

    /// The type of the body of a request, if it is JSON.
    pub(super) fn body(self, operation: &'a Operation) -> Option<&'a Type> {
        match &operation.body.as_ref()?.content.kind {
            ContentKind::Json(ty) => Some(ty),
            _ => None,
        }
    }

    /// What the value at a path is; `None` where no value is known to be.
    pub(super) fn kind_at(self, ty: &'a Type, path: &[WireName]) -> Option<Kind> {
        let mut ty = ty;
        for name in path {
            if self.kind(ty) == Kind::Any {
                return Some(Kind::Any);
            }
            if let Type::Map(_, value) = self.resolve(ty) {
                ty = value;
                continue;
            }
            ty = &self
                .fields(ty)
                .into_iter()
                .find(|field| field.name == *name)?
                .ty;
        }
        Some(self.kind(ty))
    }
}
