//! The first call that the documentation of the root shows.

use super::names::ident;
use crate::rust::{
    ArgumentItem, Client, Constructor, CredentialKind, OperationItem, RustName, RustType, TypeBody,
};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

/// Records in records beyond this depth are too much for a first look.
const DEEPEST: usize = 2;

/// So many values are still a first look.
const MOST_VALUES: usize = 6;

/// A first call. It is shown and not tested: no emitted file has a documentation test, so that one that comes from a
/// document would stand out.
pub(super) fn quick_start(client: &Client) -> String {
    let operations = client.operations.iter();
    let current = operations.filter(|operation| !operation.docs.deprecated);
    // Who tries a client for the first time would rather not change anything.
    let (reading, changing): (Vec<_>, Vec<_>) =
        current.partition(|operation| operation.http_method.as_str() == "GET");
    let mut ordered = reading.into_iter().chain(changing);
    let call = ordered.find_map(|operation| first_call(client, operation));
    let builder = first_client(client);
    let (types, call) = call.unwrap_or_default();
    let body = quote! {
        async fn run() -> Result<(), Box<dyn std::error::Error>> {
            let client = #builder;
            #call
            Ok(())
        }
    };
    let mut lines = vec!["```ignore".to_owned()];
    let module = &client.package.module;
    lines.push(format!("use {module}::Client;"));
    let types: Vec<String> = types.iter().map(Ident::to_string).collect();
    match types.as_slice() {
        [] => {}
        [one] => lines.push(format!("use {module}::types::{one};")),
        several => lines.push(format!("use {module}::types::{{{}}};", several.join(", "))),
    }
    lines.push(String::new());
    lines.extend(shown_lines(body));
    lines.push("```".to_owned());
    lines.join("\n")
}

/// The lines of a function, with those around its body hidden.
fn shown_lines(function: TokenStream) -> Vec<String> {
    let Ok(file) = syn::parse2::<syn::File>(function) else {
        return Vec::new();
    };
    let hidden = |line: &str| !line.starts_with("    ") || line == "    Ok(())";
    prettyplease::unparse(&file)
        .lines()
        .map(|line| match hidden(line) {
            true => format!("# {}", line.trim()),
            false => line.strip_prefix("    ").unwrap_or(line).to_owned(),
        })
        .collect()
}

fn first_client(client: &Client) -> TokenStream {
    let credential = client.credentials.first().map(|credential| {
        let method = ident(&credential.method);
        match credential.kind {
            CredentialKind::Basic => quote!(.#method("user", "password")),
            CredentialKind::Bearer => quote!(.#method("token")),
            CredentialKind::ApiKey { .. } => quote!(.#method("key")),
        }
    });
    quote!(Client::builder() #credential.build()?)
}

/// The types and the statements of a call, if its arguments are simple.
fn first_call(
    client: &Client,
    operation: &OperationItem,
) -> Option<(BTreeSet<Ident>, TokenStream)> {
    let mut values = Placeholders {
        client,
        types: BTreeSet::new(),
        left: MOST_VALUES,
    };
    let arguments = operation
        .arguments
        .iter()
        .map(|argument| values.argument(argument))
        .collect::<Option<Vec<_>>>()?;
    let method = ident(&operation.method);
    let show = Ident::new("println", Span::call_site());
    let call = quote! {
        let response = client.#method(#(#arguments),*).await?;
        #show!("{response:?}");
    };
    Some((values.types, call))
}

/// Values that stand for those of a user.
struct Placeholders<'a> {
    client: &'a Client,
    types: BTreeSet<Ident>,
    left: usize,
}

impl Placeholders<'_> {
    fn argument(&mut self, argument: &ArgumentItem) -> Option<TokenStream> {
        // A list that is only read is a slice, of which one item is enough to see.
        match &argument.ty {
            RustType::Vec(item) if !matches!(**item, RustType::String | RustType::Secret) => {
                let item = self.value(item, &argument.name, 0)?;
                Some(quote!(&[#item]))
            }
            ty => self.value(ty, &argument.name, 0),
        }
    }

    fn value(&mut self, ty: &RustType, name: &RustName, depth: usize) -> Option<TokenStream> {
        self.left = self.left.checked_sub(1)?;
        let name = name.as_str().trim_start_matches("r#");
        Some(match ty {
            RustType::Bool => quote!(true),
            integer if integer.is_integer() => {
                let one = Literal::u8_unsuffixed(1);
                quote!(#one)
            }
            RustType::F32 | RustType::F64 => quote!(1.0),
            // Where one is kept, `impl Into` takes a literal too.
            RustType::String | RustType::Secret => quote!(#name),
            RustType::Box(inner) => self.value(inner, &RustName::new(name.to_owned()), depth)?,
            RustType::Named(name) if depth < DEEPEST => self.named(name, depth)?,
            _ => return None,
        })
    }

    fn named(&mut self, name: &RustName, depth: usize) -> Option<TokenStream> {
        let item = self.client.types.iter().find(|item| &item.name == name)?;
        let ty = ident(name);
        let value = match &item.body {
            TypeBody::Record(record) => match record.constructor {
                Constructor::None => return None,
                Constructor::Default => quote!(#ty::default()),
                Constructor::New => {
                    let fields = record.fields.iter();
                    let arguments = fields
                        .filter(|field| field.required && field.constant.is_none())
                        .map(|field| self.value(&field.ty, &field.name, depth + 1))
                        .collect::<Option<Vec<_>>>()?;
                    quote!(#ty::new(#(#arguments),*))
                }
            },
            TypeBody::StringEnum(values) => {
                let variant = ident(&values.variants.first()?.name);
                quote!(#ty::#variant)
            }
            TypeBody::IntegerEnum(values) => {
                let variant = ident(&values.variants.first()?.name);
                quote!(#ty::#variant)
            }
            _ => return None,
        };
        self.types.insert(ty);
        Some(value)
    }
}
