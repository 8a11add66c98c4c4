//! Unions: which of its variants a value is meant to be.

use super::{Expressions, Scope, ident, path};
use crate::rust::{RustName, RustType, TypeBody, UnionItem, WireName};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

impl Expressions<'_> {
    pub(super) fn union(
        &self,
        name: &RustName,
        union: &UnionItem,
        value: &Value,
        scope: &Scope,
    ) -> Option<TokenStream> {
        let tag = union.tag.as_ref().and_then(|tag: &WireName| {
            let tag = value.get(tag.as_str())?.as_str()?;
            Some(tag.to_owned())
        });
        let candidates = union.variants.iter();
        let mut candidates: Vec<_> = candidates
            .filter(|variant| match (&union.tag, &tag) {
                (None, _) => true,
                (Some(_), Some(tag)) => variant.tags.iter().any(|known| known.as_str() == tag),
                (Some(_), None) => false,
            })
            .collect();
        // Whoever says most of the value is meant; others would say only what they have in common with it.
        candidates.sort_by_key(|variant| self.unsaid(&variant.ty, value));
        candidates.into_iter().find_map(|variant| {
            let inner = self.expression(&variant.ty, value, scope)?;
            let path = path(name, scope);
            let variant = ident(&variant.name);
            Some(quote!(#path::#variant(#inner)))
        })
    }

    /// How many members of an object a type has no field for.
    fn unsaid(&self, ty: &RustType, value: &Value) -> usize {
        let (Value::Object(members), Some(TypeBody::Record(record))) = (value, self.body(ty))
        else {
            return 0;
        };
        let is_known = |name: &&String| {
            let mut fields = record.fields.iter();
            fields.any(|field| field.wire.as_str() == name.as_str())
        };
        members.keys().filter(|name| !is_known(name)).count()
    }

    /// What a named type is, in a box or not.
    fn body(&self, ty: &RustType) -> Option<&TypeBody> {
        match ty {
            RustType::Box(inner) => self.body(inner),
            RustType::Named(name) => self.types.get(name.as_str()).map(|item| &item.body),
            _ => None,
        }
    }
}
