//! JSON of no type as an expression.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

/// The expression of a `serde_json::Value`.
pub(super) fn json(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(serde_json::Value::Null),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            let inner = json_tokens(value);
            quote!(serde_json::Value::from(#inner))
        }
        _ => {
            let inner = json_tokens(value);
            quote!(serde_json::json!(#inner))
        }
    }
}

fn json_tokens(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(null),
        Value::Bool(value) => quote!(#value),
        Value::String(text) => quote!(#text),
        // Few digits are those of a literal.
        Value::Number(number)
            if !number.is_i64() && !number.is_u64() && number.to_string().len() > 17 =>
        {
            let text = number.to_string();
            quote!(#text.parse::<serde_json::Number>()?)
        }
        Value::Number(number) => {
            let literal = match (number.as_i64(), number.as_u64(), number.as_f64()) {
                // A literal whose type nothing tells is an `i32`.
                (Some(number), _, _) if i32::try_from(number).is_ok() => {
                    Literal::i64_unsuffixed(number)
                }
                (Some(number), _, _) => Literal::i64_suffixed(number),
                (_, Some(number), _) => Literal::u64_suffixed(number),
                (_, _, Some(number)) => Literal::f64_unsuffixed(number),
                _ => Literal::i64_unsuffixed(0),
            };
            quote!(#literal)
        }
        Value::Array(items) => {
            let items = items.iter().map(json_tokens);
            quote!([#(#items),*])
        }
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let value = json_tokens(value);
                quote!(#key: #value)
            });
            quote!({#(#members),*})
        }
    }
}
