//! The module `constraints`: what the document demands of values beyond their types, as one table.

use super::names::{Imports, RULE, RULES, VALIDATES, ident};
use super::types::described_types;
use crate::rust::{Client, RuleItem, RulesItem};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// The module, if the document demands anything.
pub(super) fn emit_constraints(client: &Client) -> Option<TokenStream> {
    let rules = client.rules.as_ref()?;
    let mut imports = Imports::default();
    let table = imports.name(RULES);
    let rule = imports.name(RULE);
    let validates = imports.name(VALIDATES);
    imports.sibling("runtime");
    imports.sibling("types");
    let uses = imports.items();
    let rows = rules.types.iter().map(|ty| {
        let name = ty.name.as_str();
        let rules = emit_rules(&ty.rules, &rule);
        quote!((#name, #rules))
    });
    let is_match = emit_matcher(rules);
    let keeps = match rules.has_schemas {
        true => quote!(runtime::schema::keeps),
        false => quote!(|_, _, _| true),
    };
    let mut names = described_types(client);
    names.sort();
    Some(quote! {
        //! What the document demands of values beyond their types.
        #uses
        /// The demands of each type, in the order of their names.
        static RULES: #table = #table {
            types: &[#(#rows),*],
            is_match: #is_match,
            keeps: #keeps,
        };
        #validates!(#(#names),*);
    })
}

/// Matching needs a dependency, which a client without patterns does not have.
fn emit_matcher(rules: &RulesItem) -> TokenStream {
    if rules.has_patterns {
        quote!(runtime::pattern::is_match)
    } else {
        quote!(|_, _| true)
    }
}

fn emit_rules(rules: &[RuleItem], rule: &Ident) -> TokenStream {
    let rules = rules.iter().map(|item| emit_rule(item, rule));
    quote!(&[#(#rules),*])
}

fn emit_rule(item: &RuleItem, rule: &Ident) -> TokenStream {
    let size = |size: &u64| Literal::u64_unsuffixed(*size);
    match item {
        RuleItem::MinLength(min) => {
            let min = size(min);
            quote!(#rule::MinLength(#min))
        }
        RuleItem::MaxLength(max) => {
            let max = size(max);
            quote!(#rule::MaxLength(#max))
        }
        RuleItem::Pattern(pattern) => {
            let pattern = pattern.as_str();
            quote!(#rule::Pattern(#pattern))
        }
        RuleItem::Minimum(bound, is_excluded) => {
            let bound = bound.to_string();
            match is_excluded {
                true => quote!(#rule::ExclusiveMinimum(#bound)),
                false => quote!(#rule::Minimum(#bound)),
            }
        }
        RuleItem::Maximum(bound, is_excluded) => {
            let bound = bound.to_string();
            match is_excluded {
                true => quote!(#rule::ExclusiveMaximum(#bound)),
                false => quote!(#rule::Maximum(#bound)),
            }
        }
        RuleItem::MultipleOf(step) => {
            let step = step.to_string();
            quote!(#rule::MultipleOf(#step))
        }
        RuleItem::MinItems(min) => {
            let min = size(min);
            quote!(#rule::MinItems(#min))
        }
        RuleItem::MaxItems(max) => {
            let max = size(max);
            quote!(#rule::MaxItems(#max))
        }
        RuleItem::UniqueItems => quote!(#rule::UniqueItems),
        RuleItem::MinProperties(min) => {
            let min = size(min);
            quote!(#rule::MinProperties(#min))
        }
        RuleItem::MaxProperties(max) => {
            let max = size(max);
            quote!(#rule::MaxProperties(#max))
        }
        RuleItem::OneOf(values) => quote!(#rule::OneOf(&[#(#values),*])),
        RuleItem::Field(name, rules) => {
            let (name, rules) = (name.as_str(), emit_rules(rules, rule));
            quote!(#rule::Field(#name, #rules))
        }
        RuleItem::Each(rules) => {
            let rules = emit_rules(rules, rule);
            quote!(#rule::Each(#rules))
        }
        RuleItem::Variant(index, rules) => {
            let (index, rules) = (Literal::usize_unsuffixed(*index), emit_rules(rules, rule));
            quote!(#rule::Variant(#index, #rules))
        }
        RuleItem::Type(name) => {
            let name = ident(name).to_string();
            quote!(#rule::Type(#name))
        }
        RuleItem::Schema(schema) => {
            let schema = schema.to_string();
            quote!(#rule::Schema(#schema))
        }
    }
}
