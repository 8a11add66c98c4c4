//! The module `client`: a method for each operation, each credential and each optional parameter.

use super::arguments::{emit_parameter, emit_passed, emit_step};
use super::choices::sent_docs;
use super::doc_text::DocText;
use super::docs::{doc_text, emit_docs, emit_text};
use super::links::{emit_kept, links_docs};
use super::names::{
    API_SPEC, BODY, BODY_ITEMS, CLIENT, CLIENT_BUILDER, CREDENTIAL, FILE_PART, Imports, REQUEST,
    binding, ident,
};
use super::paging::paging_docs;
use super::records::emit_many_arguments;
use super::servers::own_lists;
use super::stream::stream_docs;
use crate::rust::{
    ArgumentItem, Client, CredentialItem, CredentialKind, OperationItem, PathPiece, RustType,
    Target, WireName,
};
use proc_macro2::TokenStream;
use quote::quote;

/// The module.
pub(super) fn emit_client(client: &Client) -> TokenStream {
    let mut imports = Imports::default();
    let spec = emit_spec(client, &mut imports);
    let client_type = imports.name(CLIENT);
    let builder = imports.name(CLIENT_BUILDER);
    let methods: Vec<_> = client
        .operations
        .iter()
        .map(|operation| emit_method(client, operation, &mut imports))
        .collect();
    let credentials: Vec<_> = client
        .credentials
        .iter()
        .map(|credential| emit_credential(credential, &mut imports))
        .collect();
    let credentials = (!credentials.is_empty()).then(|| quote!(impl #builder { #(#credentials)* }));
    let setters: Vec<_> = client
        .operations
        .iter()
        .filter(|operation| !operation.setters.is_empty())
        .map(|operation| {
            let marker = ident(&operation.marker);
            let request = imports.name(REQUEST);
            let setters: Vec<_> = operation
                .setters
                .iter()
                .map(|setter| emit_setter(operation, setter, &mut imports))
                .collect();
            quote!(impl #request<'_, operations::#marker> { #(#setters)* })
        })
        .collect();
    import_siblings(client, &mut imports);
    let uses = imports.items();
    quote! {
        //! A method for each operation.
        #uses
        #spec
        impl #client_type {
            /// Starts a client with the document's servers and no credentials.
            pub fn builder() -> #builder {
                #builder::new(&API)
            }
            #(#methods)*
        }
        #credentials
        #(#setters)*
    }
}

/// Imports the modules beside this one, those that are used.
fn import_siblings(client: &Client, imports: &mut Imports) {
    let holds = |is: &dyn Fn(&RustType) -> bool| {
        let arguments = client
            .operations
            .iter()
            .flat_map(|operation| operation.arguments.iter().chain(&operation.setters));
        // What a body may be stands with the operations.
        let mut arguments =
            arguments.filter(|argument| !matches!(argument.target, Target::Choice(_)));
        arguments.any(|argument| argument.ty.has(is))
    };
    if holds(&|ty| matches!(ty, RustType::Named(_))) {
        imports.sibling("types");
    }
    if holds(&|ty| *ty == RustType::Body) {
        imports.name(BODY);
    }
    if holds(&|ty| matches!(ty, RustType::Items(_))) {
        imports.name(BODY_ITEMS);
    }
    if holds(&|ty| *ty == RustType::File) {
        imports.name(FILE_PART);
    }
    if !client.operations.is_empty() {
        imports.sibling("operations");
    }
    imports.sibling("security");
    imports.sibling("servers");
}

fn emit_spec(client: &Client, imports: &mut Imports) -> TokenStream {
    let spec = imports.name(API_SPEC);
    let name = &client.package.name;
    let version = client.api_version.as_str();
    let lists = own_lists(client).into_iter().map(|list| {
        let name = ident(&list.constant);
        quote!(servers::#name)
    });
    quote! {
        /// What this client was generated from.
        static API: #spec = #spec {
            name: #name,
            version: #version,
            servers: servers::ALL,
            operation_servers: &[#(#lists),*],
            schemes: security::ALL,
        };
    }
}

fn emit_method(client: &Client, operation: &OperationItem, imports: &mut Imports) -> TokenStream {
    let docs = emit_method_docs(client, operation);
    let deprecated = emit_deprecated(operation.docs.deprecated);
    let name = ident(&operation.method);
    let marker = ident(&operation.marker);
    let request = imports.name(REQUEST);
    let many = emit_many_arguments(operation.arguments.len() + 1);
    let arguments = operation.arguments.iter().map(|argument| {
        let name = binding(&argument.name);
        let ty = emit_passed(argument);
        quote!(, #name: #ty)
    });
    let arguments = quote!(#(#arguments)*);
    let steps = operation
        .arguments
        .iter()
        .map(|argument| emit_step(operation, argument, imports));
    let mut steps: Vec<TokenStream> = steps.collect();
    for (target, text) in &operation.constants {
        let text = text.as_str();
        steps.push(emit_parameter(target, &quote!(&#text), imports));
        let kept = operation.kept_as(target);
        steps.extend(kept.map(|kept| quote!(.keep_value(#kept, &#text))));
    }
    let kept = emit_kept(operation, imports);
    let idempotent = operation.idempotency_header.as_ref().map(|header| {
        let header = header.as_str();
        quote!(.idempotent(#header))
    });
    let steps = quote!(#(#steps)* #idempotent #kept);
    quote! {
        #docs
        #deprecated
        #many
        pub fn #name(&self #arguments) -> #request<'_, operations::#marker> {
            #request::new(self)#steps
        }
    }
}

/// The attribute of what the API advises against.
pub(super) fn emit_deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote!(#[deprecated = "the API advises against using it"]))
}

fn emit_method_docs(client: &Client, operation: &OperationItem) -> TokenStream {
    let mut text = doc_text(&operation.docs);
    let path = DocText::code(&format!(
        "{} {}",
        operation.http_method.as_str(),
        path_template(operation)
    ));
    text.add(DocText::own(&format!("{path}.")));
    let documented: Vec<(&ArgumentItem, DocText)> = operation
        .arguments
        .iter()
        .map(|argument| (argument, doc_text(&argument.docs).first_paragraph()))
        .filter(|(_, docs)| !docs.lines().is_empty())
        .collect();
    for argument in &operation.arguments {
        if let Target::Body(body) = &argument.target
            && !body.synonyms.is_empty()
        {
            text.add(sent_docs(body));
        }
    }
    if !operation.constants.is_empty() {
        text.add(constant_docs(&operation.constants));
    }
    if !operation.spellings.is_empty() {
        text.add(spelling_docs(
            &operation.spellings,
            "`.accept(..)` asks for it, and `.stream()` gives it as it comes",
        ));
    }
    if !operation.xml_spellings.is_empty() {
        text.add(spelling_docs(
            &operation.xml_spellings,
            "it is read as the same, and `.accept(..)` asks for it",
        ));
    }
    if !documented.is_empty() {
        text.add(DocText::own("# Arguments"));
        let mut items = DocText::default();
        for (argument, docs) in &documented {
            items.add_item(&format!("`{}`", argument.name), docs);
        }
        text.add(items);
    }
    if let Some(paging) = &operation.paging {
        text.add(DocText::own("# Pages"));
        text.add(paging_docs(paging));
    }
    if let Some(stream) = &operation.stream {
        text.add(DocText::own("# Events"));
        text.add(stream_docs(stream));
    }
    if let Some(links) = links_docs(client, operation) {
        text.add(DocText::own("# Links"));
        text.add(DocText::own("The answer has methods that lead on:"));
        text.add(links);
    }
    emit_text(&text)
}

/// What goes with every call, though nobody gives it.
fn constant_docs(constants: &[(Target, WireName)]) -> DocText {
    let sent = constants.iter().filter_map(|(target, text)| {
        let name = target.parameter()?;
        let text = DocText::code(text.as_str());
        Some(format!("{} as {text}", DocText::code(name.as_str())))
    });
    let sent = sent.collect::<Vec<_>>().join(", ");
    DocText::own(&format!("Always sent: {sent}."))
}

/// What an answer may be spelled as beside what the call asks for.
fn spelling_docs(spellings: &[WireName], how: &str) -> DocText {
    let names = spellings.iter().map(|name| DocText::code(name.as_str()));
    let names = names.collect::<Vec<_>>().join(", ");
    DocText::own(&format!("The API answers the same as {names} too: {how}."))
}

/// The path as the document spells it.
pub(super) fn path_template(operation: &OperationItem) -> String {
    operation
        .path
        .iter()
        .map(|piece| match piece {
            PathPiece::Literal(text) => text.as_str().to_owned(),
            PathPiece::Parameter(name) => format!("{{{}}}", name.as_str()),
        })
        .collect()
}

fn emit_setter(
    operation: &OperationItem,
    setter: &ArgumentItem,
    imports: &mut Imports,
) -> TokenStream {
    let mut docs = emit_docs(&setter.docs, &format!("Sets `{}`.", setter.name));
    if let Target::Body(body) = &setter.target
        && !body.synonyms.is_empty()
    {
        let sent = emit_text(&sent_docs(body));
        docs = quote!(#docs #[doc = ""] #sent);
    }
    let deprecated = emit_deprecated(setter.docs.deprecated);
    let name = ident(&setter.name);
    let value = binding(&setter.name);
    let ty = emit_passed(setter);
    let step = emit_step(operation, setter, imports);
    quote! {
        #docs
        #deprecated
        pub fn #name(self, #value: #ty) -> Self {
            self #step
        }
    }
}

fn emit_credential(credential: &CredentialItem, imports: &mut Imports) -> TokenStream {
    let method = ident(&credential.method);
    let constant = ident(&credential.constant);
    let kind = imports.name(CREDENTIAL);
    let otherwise = format!(
        "Gives the credential of the scheme `{}`.",
        credential.method
    );
    let docs = emit_docs(&credential.docs, &otherwise);
    match credential.kind {
        CredentialKind::Basic => quote! {
            #docs
            pub fn #method(
                self,
                user: impl Into<String>,
                password: impl Into<secrecy::SecretString>,
            ) -> Self {
                self.credential(&security::#constant, #kind::basic(user, password))
            }
        },
        CredentialKind::Bearer => quote! {
            #docs
            pub fn #method(self, token: impl Into<#kind>) -> Self {
                self.credential(&security::#constant, token.into())
            }
        },
        CredentialKind::ApiKey { .. } => quote! {
            #docs
            pub fn #method(self, key: impl Into<#kind>) -> Self {
                self.credential(&security::#constant, key.into())
            }
        },
    }
}
