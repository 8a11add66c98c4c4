//! The contract tests of an emitted crate: one call of each operation, with the values that the samples show.

use super::call::{self, Call};
use super::facts::PartTypes;
use super::flavour::Flavour;
use super::links::{Links, plain};
use super::rust_expression::{Expressions, Scope, ident};
use super::sample::rust::{imports, made_call, spaced};
use crate::artifact::{Artifact, ArtifactPath};
use crate::model::Api;
use crate::rust::{Client, CredentialKind, OperationItem};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// How the tests are run.
const RUN: &str =
    "needs a server: BASE_URL=http://localhost:4010 cargo test --test contract -- --ignored";

/// What the calls may do that a program would not.
const ALLOWED: &str = r#"
#![allow(
    clippy::box_default,
    deprecated,
    reason = "each operation is called, and each type is named"
)]

"#;

/// The file with the tests; `None` if no operation can be called.
pub fn contract_tests(api: &Api, client: &Client) -> Option<Artifact> {
    let links = Links {
        api,
        client,
        flavour: Flavour::default(),
        part_types: &PartTypes::new(api),
    };
    let expressions = Expressions::new(client);
    let scope = Scope::default();
    let mut calls = Vec::new();
    let mut left_out = Vec::new();
    for (id, operation) in api.operations.iter() {
        let Some(item) = links.operation(id) else {
            continue;
        };
        let call = without_variables(call::build(api, operation, item));
        match made_call(item, &expressions, &call, &scope, &mut Vec::new()) {
            Some(made) => calls.push((item, made)),
            None => left_out.push(plain(&item.method)),
        }
    }
    if calls.is_empty() {
        return None;
    }
    let tester = tester(&scope);
    let tests = calls.iter().map(|(item, made)| test(item, made, &tester));
    let package = ident(&client.package.module);
    let imports = imports(&package, &scope);
    let helpers = helpers(client, &package, &tester);
    let file = quote! {
        #imports
        #(#tests)*
        #helpers
    };
    let file: syn::File = syn::parse2(file).ok()?;
    let mut text = String::from(
        "//! The contract: each operation is called once with example values, and its answer is to be a success that the
//! document names.
//!
//! `BASE_URL=http://localhost:4010 cargo test --test contract -- --ignored` calls the server that is named there.
",
    );
    if !left_out.is_empty() {
        text.push_str("//!\n//! No example value can be said in Rust for:");
        for name in left_out {
            text.push_str(&format!("\n//! - `{name}`"));
        }
        text.push('\n');
    }
    text.push_str(ALLOWED);
    text.push_str(&spaced(file));
    Some(Artifact {
        path: ArtifactPath::new(["tests", "contract.rs"]),
        content: text,
    })
}

/// The call with its values in place: a sample reads some from the environment.
fn without_variables(mut call: Call) -> Call {
    for argument in &mut call.arguments {
        argument.variable = None;
    }
    call
}

/// A name for what the tests share, which no imported type has.
fn tester(scope: &Scope) -> Ident {
    let mut name = "Contract".to_owned();
    while scope.imports.borrow().contains(&name) {
        name.push_str("Test");
    }
    Ident::new(&name, Span::call_site())
}

fn test(item: &OperationItem, made: &TokenStream, tester: &Ident) -> TokenStream {
    let name = ident(&item.method);
    quote! {
        #[tokio::test]
        #[ignore = #RUN]
        async fn #name() -> Result<(), Box<dyn std::error::Error>> {
            let client = #tester::client();
            #tester::judge(#made.await);
            Ok(())
        }
    }
}

fn helpers(client: &Client, package: &Ident, tester: &Ident) -> TokenStream {
    let credentials = client.credentials.iter().map(|credential| {
        let method = ident(&credential.method);
        match credential.kind {
            CredentialKind::Basic => quote!(.#method("user", "password")),
            CredentialKind::Bearer | CredentialKind::ApiKey { .. } => quote!(.#method("secret")),
        }
    });
    quote! {
        /// What the tests share.
        struct #tester;

        impl #tester {
            /// A client of the server under test, with credentials that only a mock server accepts.
            fn client() -> Client {
                let base_url = std::env::var("BASE_URL").expect("BASE_URL names the server");
                let builder = Client::builder().base_url(base_url);
                builder #(#credentials)* .build().expect("what the builder was given is legal")
            }

            /// Fails with all that the server said, unless it answered as the document has it for a success.
            fn judge<T, H, E>(answer: Result<#package::Response<T, H>, #package::Error<E>>)
            where
                E: std::fmt::Debug + #package::runtime::error::Documented,
            {
                match answer {
                    Ok(answer) => println!("answered {}", answer.status()),
                    Err(#package::Error::Undocumented(answer)) => panic!(
                        "undocumented: {} {:?} {}",
                        answer.status(),
                        answer.headers(),
                        String::from_utf8_lossy(answer.body())
                    ),
                    Err(#package::Error::Decode(answer)) => panic!(
                        "undecoded: {} {:?} {}: {}",
                        answer.status(),
                        answer.headers(),
                        answer.error(),
                        String::from_utf8_lossy(answer.body())
                    ),
                    Err(#package::Error::Request(error)) => panic!("unsent: {error}"),
                    Err(error) => panic!("refused: {:?} {error:?}", error.headers()),
                }
            }
        }
    }
}
