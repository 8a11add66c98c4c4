//! Bytes: files where they are a part of a body of several parts, text anywhere else.
//!
//! A schema does not say where it is used, so that this is settled when all uses are known.

use super::context::Lowering;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Additional, Arena, ContentKind, Incoming, Operation, RequestBody, Response, Scalar, Shape,
    Type, TypeDef, TypeId, TypeName, WireName,
};
use crate::source::Origin;
use std::collections::HashSet;

const FILE: Type = Type::Scalar(Scalar::Binary);
const TEXT: Type = Type::Scalar(Scalar::String);

impl Lowering<'_> {
    /// Leaves bytes only where they are a file in a body of parts, and makes text of all others.
    pub(super) fn settle_binary(
        &mut self,
        operations: &mut Arena<Operation>,
        incoming: &[Incoming],
    ) {
        let tops = self.part_tops(operations);
        let others = self.used_otherwise(operations, incoming, &tops);
        let mut copies: Vec<(TypeId, TypeId)> = Vec::new();
        for &top in &tops {
            let mut shape = self.types[top].shape.clone();
            let is_record = self.reveal_files(&mut shape);
            if !is_record && !self.is_union_of_files(&Type::Named(top)) {
                continue;
            }
            let own = match others.contains(&top) {
                true => self.copy_for_parts(top),
                false => top,
            };
            if let Some(def) = self.types.get_mut(own)
                && is_record
            {
                def.shape = shape;
            }
            copies.push((top, own));
        }
        for operation in operations.iter_mut() {
            let body = operation.body.iter_mut();
            for content in body.flat_map(RequestBody::contents_mut) {
                if let ContentKind::Multipart { ty, .. } = &mut content.kind {
                    let behind = self.without_alias(ty).clone();
                    if copied(&behind, &copies).is_some() {
                        *ty = behind;
                    }
                    replace(ty, &copies);
                    self.reveal_file(ty);
                }
            }
        }
        for (_, own) in &copies {
            let shape = self.types.get_mut(*own).map(|def| &mut def.shape);
            if let Some(Shape::Union(union)) = shape {
                for variant in &mut union.variants {
                    replace(&mut variant.ty, &copies);
                }
            }
        }
        let files: HashSet<TypeId> = copies.into_iter().map(|(_, own)| own).collect();
        self.make_others_text(&files, &others);
        self.make_parameters_text(operations);
    }

    /// The types whose members are parts: those of bodies, and the variants of those.
    fn part_tops(&self, operations: &Arena<Operation>) -> Vec<TypeId> {
        let mut tops = Vec::new();
        for (_, operation) in operations.iter() {
            for content in operation.body.iter().flat_map(RequestBody::contents) {
                if let ContentKind::Multipart { ty, .. } = &content.kind {
                    self.add_top(ty, &mut tops);
                }
            }
        }
        tops
    }

    fn add_top(&self, ty: &Type, tops: &mut Vec<TypeId>) {
        let mut open = vec![ty];
        while let Some(ty) = open.pop() {
            let Type::Named(id) = self.without_alias(ty) else {
                continue;
            };
            if tops.contains(id) {
                continue;
            }
            match &self.types[*id].shape {
                Shape::Record(_) => tops.push(*id),
                Shape::Union(union) => {
                    tops.push(*id);
                    open.extend(union.variants.iter().map(|variant| &variant.ty));
                }
                _ => {}
            }
        }
    }

    /// The types that something else than the top of a body of parts has.
    fn used_otherwise(
        &self,
        operations: &Arena<Operation>,
        incoming: &[Incoming],
        tops: &[TypeId],
    ) -> HashSet<TypeId> {
        let mut open = Vec::new();
        let mut look = |ty: &Type| ty.each_named(&mut |id| open.push(id));
        for request in incoming {
            let types = request.received_types().chain(request.answered_types());
            types.for_each(&mut look);
        }
        for (_, operation) in operations.iter() {
            for parameter in &operation.parameters {
                look(&parameter.ty);
            }
            let bodies = operation.body.iter().flat_map(RequestBody::contents);
            let answers = operation.responses.iter().flat_map(Response::contents);
            for kind in bodies.chain(answers).map(|content| &content.kind) {
                if !matches!(kind, ContentKind::Multipart { .. }) {
                    kind.ty().into_iter().for_each(&mut look);
                }
            }
            let headers = operation
                .responses
                .iter()
                .flat_map(|answer| &answer.headers);
            headers.for_each(|header| look(&header.ty));
        }
        for top in tops {
            let mut shape = self.types[*top].shape.clone();
            self.reveal_files(&mut shape);
            if let Shape::Record(_) = shape {
                shape.each_named(&mut |id| open.push(id));
            }
        }
        let mut seen = HashSet::new();
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                self.types[id].shape.each_named(&mut |id| open.push(id));
            }
        }
        seen
    }

    /// Puts bytes in the place of names for bytes among the members of a record. Whether there are any.
    fn reveal_files(&self, shape: &mut Shape) -> bool {
        let Shape::Record(record) = shape else {
            return false;
        };
        let mut found = false;
        for field in &mut record.fields {
            found |= self.reveal_file(&mut field.ty);
        }
        if let Additional::Kept(ty) = &mut record.additional {
            found |= self.reveal_file(ty);
        }
        found
    }

    /// Whether a record with files is among the variants of a union.
    fn is_union_of_files(&self, ty: &Type) -> bool {
        let mut inside = Vec::new();
        self.add_top(ty, &mut inside);
        let mut shapes = inside.iter().map(|id| self.types[*id].shape.clone());
        inside.len() > 1 && shapes.any(|mut shape| self.reveal_files(&mut shape))
    }

    fn reveal_file(&self, ty: &mut Type) -> bool {
        match ty {
            Type::Nullable(inner) | Type::List(inner) | Type::Map(_, inner) => {
                self.reveal_file(inner)
            }
            Type::Named(_) if *self.without_alias(ty) == FILE => {
                *ty = FILE;
                true
            }
            other => *other == FILE,
        }
    }

    /// A type of the same members for the bodies of parts alone.
    fn copy_for_parts(&mut self, id: TypeId) -> TypeId {
        let def = &self.types[id];
        let mut path = match &def.name {
            TypeName::Component(name) => vec![name.clone()],
            TypeName::Inline(path) => path.clone(),
        };
        path.push(WireName::new("form"));
        let copy = TypeDef {
            name: TypeName::Inline(path),
            ..def.clone()
        };
        self.types.push(copy)
    }

    fn make_others_text(&mut self, files: &HashSet<TypeId>, others: &HashSet<TypeId>) {
        let ids: Vec<TypeId> = self.types.ids().collect();
        let mut lost: Vec<Origin> = Vec::new();
        for id in ids.into_iter().filter(|id| !files.contains(id)) {
            let Some(def) = self.types.get_mut(id) else {
                continue;
            };
            let origin = def.origin.clone();
            match &mut def.shape {
                Shape::Record(record) => {
                    for field in &mut record.fields {
                        if make_text(&mut field.ty) {
                            lost.push(field.origin.clone());
                        }
                    }
                    if let Additional::Kept(ty) = &mut record.additional
                        && make_text(ty)
                    {
                        lost.push(origin);
                    }
                }
                Shape::Union(union) => {
                    for variant in &mut union.variants {
                        if make_text(&mut variant.ty) {
                            lost.push(variant.origin.clone());
                        }
                    }
                }
                // A name for bytes is only lost where it is used, and bodies and parts do without it.
                Shape::Alias(ty) if *ty == FILE && !others.contains(&id) => *ty = TEXT,
                Shape::Alias(ty) => {
                    if make_text(ty) {
                        lost.push(origin);
                    }
                }
                Shape::Enumeration(_) => {}
            }
        }
        for origin in lost {
            self.report_lost(origin);
        }
    }

    fn make_parameters_text(&mut self, operations: &mut Arena<Operation>) {
        for operation in operations.iter_mut() {
            for parameter in &mut operation.parameters {
                if make_text(&mut parameter.ty) {
                    self.report_lost(parameter.origin.clone());
                }
            }
            let bodies = operation
                .body
                .iter_mut()
                .flat_map(RequestBody::contents_mut);
            let answers = operation.responses.iter_mut();
            for content in bodies.chain(answers.flat_map(Response::contents_mut)) {
                if let ContentKind::Json(ty)
                | ContentKind::Xml { ty, .. }
                | ContentKind::Form { ty, .. }
                | ContentKind::Items { ty, .. } = &mut content.kind
                {
                    make_text(ty);
                }
            }
            for response in &mut operation.responses {
                for header in &mut response.headers {
                    make_text(&mut header.ty);
                }
            }
        }
    }

    fn report_lost(&mut self, origin: Origin) {
        let message =
            "`format: binary` has no form inside of another body; the value is carried as text";
        let diagnostic = Diagnostic::new(Code::NotSupported, origin, message);
        self.report_diagnostic(diagnostic);
    }
}

/// Makes text of bytes. Whether there were any.
fn make_text(ty: &mut Type) -> bool {
    match ty {
        Type::Nullable(inner) | Type::List(inner) | Type::Map(_, inner) => make_text(inner),
        Type::Tuple(items) => {
            let mut found = false;
            for item in items {
                found |= make_text(item);
            }
            found
        }
        Type::Scalar(Scalar::Binary) => {
            *ty = TEXT;
            true
        }
        Type::Scalar(_) | Type::Named(_) | Type::Json => false,
    }
}

/// Puts the copies in the place of what they are copies of.
fn replace(ty: &mut Type, copies: &[(TypeId, TypeId)]) {
    if let Some(own) = copied(ty, copies) {
        *ty = Type::Named(own);
    }
}

fn copied(ty: &Type, copies: &[(TypeId, TypeId)]) -> Option<TypeId> {
    let Type::Named(id) = ty else {
        return None;
    };
    let (_, own) = copies.iter().find(|(top, _)| top == id)?;
    Some(*own)
}
