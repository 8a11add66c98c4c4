//! The sample for Rust, which uses the emitted client.

use crate::model::ParameterLocation;
use crate::reference::call::{BodyContent, Call};
use crate::reference::encode::is_invisible;
use crate::reference::rust_expression::{Expressions, Scope, ident};
use crate::rust::{
    ArgumentItem, BodyCodec, Client, CredentialKind, OperationItem, Passing, RustType, Target,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

/// Writes the sample; `None` if no expression of the client's types says the values of the call.
pub fn rust_sample(
    client: &Client,
    expressions: &Expressions<'_>,
    item: &OperationItem,
    title: &str,
    call: &Call,
) -> Option<String> {
    let scope = Scope::default();
    let mut lets = Vec::new();
    let base_url = call.variable(call.base_url)?;
    let (key, fallback) = (&base_url.name, &base_url.fallback);
    lets.push(quote!(let base_url = variable(#key, #fallback);));
    let mut builder = quote!(Client::builder().base_url(base_url));
    for (index, variables) in &call.credentials {
        let credential = client.credentials.get(*index)?;
        let method = ident(&credential.method);
        let mut arguments = Vec::new();
        for id in variables {
            let variable = call.variable(*id)?;
            let name = Ident::new(&variable.name.to_ascii_lowercase(), Span::call_site());
            let (key, fallback) = (&variable.name, &variable.fallback);
            lets.push(quote!(let #name = variable(#key, #fallback);));
            arguments.push(quote!(#name));
        }
        debug_assert!(
            arguments.len()
                == if credential.kind == CredentialKind::Basic {
                    2
                } else {
                    1
                }
        );
        builder.extend(quote!(.#method(#(#arguments),*)));
    }
    let made = made_call(item, expressions, call, &scope, &mut lets)?;
    let print = match call.download.and_then(|id| call.variable(id)) {
        Some(variable) => {
            let (key, fallback) = (&variable.name, &variable.fallback);
            quote!(std::fs::write(variable(#key, #fallback), &*response)?;)
        }
        None => quote!(println!("{response:?}");),
    };
    let package = ident(&client.package.module);
    let imports = imports(&package, &scope);
    let file = quote! {
        #imports
        use std::env;

        #[tokio::main]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            #(#lets)*
            let client = #builder.build()?;
            let response = #made.await.map_err(shown)?;
            #print
            Ok(())
        }

        /// What is to be said of an error. An answer that the document does not name is shown whole.
        fn shown<E: std::fmt::Debug>(error: #package::Error<E>) -> String {
            match error {
                #package::Error::Undocumented(answer) => {
                    format!("{}: {}", answer.status(), String::from_utf8_lossy(answer.body()))
                }
                other => format!("{other:?}"),
            }
        }

        /// A variable of the environment, or its fallback.
        fn variable(name: &str, fallback: &str) -> String {
            env::var(name).unwrap_or_else(|_| fallback.to_owned())
        }
    };
    let file: syn::File = syn::parse2(file).ok()?;
    Some(format!("// {}\n\n{}", comment(title), spaced(file)))
}

/// The call as a client named `client` makes it, without being awaited; `None` if no expression says its values.
pub fn made_call(
    item: &OperationItem,
    expressions: &Expressions<'_>,
    call: &Call,
    scope: &Scope,
    lets: &mut Vec<TokenStream>,
) -> Option<TokenStream> {
    let mut arguments = Vec::new();
    for argument in &item.arguments {
        arguments.push(sent(call, argument, expressions, scope, lets)??);
    }
    let mut setters = TokenStream::new();
    for setter in &item.setters {
        if let Some(value) = sent(call, setter, expressions, scope, lets)? {
            let method = ident(&setter.name);
            setters.extend(quote!(.#method(#value)));
        }
    }
    let method = ident(&item.method);
    Some(quote!(client.#method(#(#arguments),*)#setters))
}

/// The file with a blank line before each item that is no import.
pub fn spaced(file: syn::File) -> String {
    let mut out = String::new();
    for item in file.items {
        if !matches!(item, syn::Item::Use(_)) {
            out.push('\n');
        }
        out.push_str(&prettyplease::unparse(&syn::File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![item],
        }));
    }
    out
}

/// What a file imports of the client.
pub fn imports(package: &Ident, scope: &Scope) -> TokenStream {
    let names = scope.imports.borrow();
    let names: Vec<Ident> = names
        .iter()
        .map(|name| match name.strip_prefix("r#") {
            Some(raw) => Ident::new_raw(raw, Span::call_site()),
            None => Ident::new(name, Span::call_site()),
        })
        .collect();
    let body = scope.bodies.borrow().then(|| quote!(Body,));
    let items = scope.items.borrow().then(|| quote!(BodyItems,));
    let file = scope.files.borrow().then(|| quote!(, FilePart));
    let mut lines = match (&body, &items, &file) {
        (None, None, None) => quote!(use #package::Client;),
        _ => quote!(use #package::{#body #items Client #file};),
    };
    if *scope.types_module.borrow() {
        lines.extend(quote!(use #package::types;));
    }
    match names.as_slice() {
        [] => {}
        [name] => lines.extend(quote!(use #package::types::#name;)),
        names => lines.extend(quote!(use #package::types::{#(#names),*};)),
    }
    lines
}

/// The expression of an argument: the inner `None` if the call does not send it, the outer if it cannot be said.
fn sent(
    call: &Call,
    argument: &ArgumentItem,
    expressions: &Expressions<'_>,
    scope: &Scope,
    lets: &mut Vec<TokenStream>,
) -> Option<Option<TokenStream>> {
    let (location, name) = match &argument.target {
        Target::Path(name, _) | Target::ReservedPath(name, _) => (ParameterLocation::Path, name),
        Target::Query(name, _) | Target::ReservedQuery(name, _) => (ParameterLocation::Query, name),
        Target::Header(name, _) => (ParameterLocation::Header, name),
        Target::Cookie(name, _) | Target::ReservedCookie(name, _) => {
            (ParameterLocation::Cookie, name)
        }
        Target::Body(_) | Target::Choice(_) => return body(call, argument, expressions, scope),
    };
    let Some(sent) = call
        .arguments
        .iter()
        .find(|sent| sent.location == location && sent.name == name.as_str())
    else {
        return Some(None);
    };
    if let Some(id) = sent.variable
        && let Some(parse) = from_text(&argument.ty)
    {
        let variable = call.variable(id)?;
        let local = local_name(argument);
        let (key, fallback) = (&variable.name, &variable.fallback);
        lets.push(quote!(let #local = variable(#key, #fallback)#parse;));
        return Some(Some(match argument.passing {
            Passing::Str | Passing::Slice => quote!(&#local),
            Passing::Value | Passing::Into => quote!(#local),
        }));
    }
    if let (Passing::Str, Value::String(text)) = (argument.passing, &sent.value) {
        return Some(Some(quote!(#text)));
    }
    let value = expressions.expression(&argument.ty, &sent.value, scope)?;
    Some(Some(passed(argument, value)))
}

fn body(
    call: &Call,
    argument: &ArgumentItem,
    expressions: &Expressions<'_>,
    scope: &Scope,
) -> Option<Option<TokenStream>> {
    let Some(body) = &call.body else {
        return Some(None);
    };
    if let RustType::Items(_) = argument.ty {
        let list = expressions.expression(&argument.ty, &body.value, scope)?;
        return Some(Some(match &argument.target {
            Target::Choice(_) => {
                *scope.items.borrow_mut() = true;
                quote!(BodyItems::from(#list))
            }
            _ => list,
        }));
    }
    if let BodyContent::Text(text) = &body.content
        && !is_xml(argument)
    {
        return Some(Some(match &argument.target {
            Target::Body(item) if item.codec == BodyCodec::Bytes => quote!(#text.as_bytes()),
            Target::Choice(_) if argument.ty == RustType::Body => {
                *scope.bodies.borrow_mut() = true;
                quote!(Body::from(#text.as_bytes()))
            }
            _ => quote!(#text),
        }));
    }
    let value = expressions.expression(&argument.ty, &body.value, scope)?;
    Some(Some(passed(argument, value)))
}

/// Whether a text is the XML of a value, which is what Rust has.
fn is_xml(argument: &ArgumentItem) -> bool {
    let codec = match &argument.target {
        Target::Body(item) => Some(&item.codec),
        Target::Choice(choice) => choice.variants.first().map(|first| &first.body.codec),
        _ => None,
    };
    matches!(codec, Some(BodyCodec::Xml(_)))
}

fn passed(argument: &ArgumentItem, value: TokenStream) -> TokenStream {
    match argument.passing {
        Passing::Str | Passing::Slice => quote!(&#value),
        Passing::Value | Passing::Into => value,
    }
}

/// What makes a value of a type from a text of the environment, for types that have one.
pub fn from_text(ty: &RustType) -> Option<TokenStream> {
    match ty {
        RustType::String | RustType::Secret => Some(quote!()),
        integer if integer.is_integer() => Some(quote!(.parse()?)),
        RustType::Bool
        | RustType::F32
        | RustType::F64
        | RustType::BigInteger
        | RustType::BigNumber
        | RustType::Uuid => Some(quote!(.parse()?)),
        _ => None,
    }
}

/// The name of a local variable; the sample's own names are not taken from it.
pub fn local_name(argument: &ArgumentItem) -> Ident {
    let name = argument.name.as_str();
    let own = ["client", "response", "base_url", "variable", "env", "shown"].contains(&name)
        || name.starts_with("api_");
    if own {
        format_ident!("{}_value", name)
    } else {
        ident(&argument.name)
    }
}

fn comment(title: &str) -> String {
    let line: String = title
        .chars()
        .map(|c| if is_invisible(c) { ' ' } else { c })
        .collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
