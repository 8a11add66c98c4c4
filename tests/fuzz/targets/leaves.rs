//! A document with any text in every leaf that is prose: the items of the client and the elements of the pages are those
//! of the benign document.

#![no_main]

use libfuzzer_sys::fuzz_target;
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Value, json};
use specwright::pipeline::Product;
use specwright_fuzz::{assert_code, ending, made, run, tags};
use std::collections::BTreeSet;

fuzz_target!(|texts: Vec<String>| {
    let hostile = run(&document(&texts).to_string(), true).product.expect("prose refuses no document");
    assert_code(&hostile);
    let benign = run(&document(&["word".to_owned()]).to_string(), true).product.unwrap();
    assert_eq!(items(&benign), items(&hostile));
    let known: BTreeSet<String> = elements(&benign).into_iter().collect();
    for element in elements(&hostile) {
        // What CommonMark makes of prose.
        let of_prose = [
            "p", "br", "hr", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span", "table",
            "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6",
        ];
        assert!(known.contains(&element) || of_prose.contains(&element.as_str()), "<{element}>");
    }
    for page in ending(&hostile, ".html") {
        for tag in tags(&page.content) {
            let is_handler = |word: &str| word.to_ascii_lowercase().starts_with("on") && word.contains('=');
            assert!(!tag.split(' ').skip(1).any(is_handler), "{tag} in {}", page.path.as_str());
        }
        assert!(!page.content.to_ascii_lowercase().contains("href=\"javascript:"), "{}", page.path.as_str());
    }
});

/// A document in which these texts stand in turn wherever there is prose but in the description of its server, which gives
/// a constant its name.
fn document(texts: &[String]) -> Value {
    let mut next = texts.iter().cycle();
    let mut text = || next.next().cloned().unwrap_or_else(|| "word".to_owned());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "T", "version": "1", "summary": text(), "description": text(), "termsOfService": text(),
            "contact": {"name": text(), "url": text(), "email": text()}, "license": {"name": text(), "url": text()},
        },
        "externalDocs": {"url": text(), "description": text()},
        "tags": [{"name": "t", "description": text(), "externalDocs": {"url": text(), "description": text()}}],
        "servers": [{"url": "https://{a}.example", "description": "word", "variables": {"a": {"default": "b", "description": text()}}}],
        "paths": {"/p/{id}": {"summary": text(), "description": text(), "post": {
            "operationId": "o", "tags": ["t"], "summary": text(), "description": text(),
            "parameters": [
                {"name": "id", "in": "path", "required": true, "description": text(), "schema": {"type": "string"}, "example": text()},
                {"name": "q", "in": "query", "description": text(), "schema": {"type": "string", "description": text(), "default": text(), "example": text()}},
            ],
            "requestBody": {"description": text(), "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/S"}, "examples": {"e": {"summary": text(), "description": text(), "value": {"a": text()}}},
            }}},
            "responses": {"200": {"description": text(), "headers": {"X": {"description": text(), "schema": {"type": "string"}}},
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}}, "400": {"description": text()}},
        }}},
        "components": {
            "schemas": {"S": {"type": "object", "title": text(), "description": text(), "properties": {
                "a": {"type": "string", "description": text(), "example": text(), "title": text()},
                "e": {"type": "string", "enum": ["x", "y"], "description": text()},
            }}},
            "securitySchemes": {"k": {"type": "apiKey", "in": "header", "name": "K", "description": text()}},
        },
    })
}

/// The tokens of every file of Rust, without documentation and without what literals hold.
fn items(product: &Product) -> Vec<(String, String)> {
    let files = made(product).filter(|file| file.path.as_str().ends_with(".rs"));
    files
        .map(|file| {
            let mut spelled = String::new();
            spell(file.content.parse().unwrap(), &mut spelled);
            (file.path.as_str().to_owned(), spelled)
        })
        .collect()
}

fn spell(tokens: TokenStream, spelled: &mut String) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                // `#[doc = ".."]` and `#![doc = ".."]`.
                let mut ahead = tokens.clone();
                let mut group = ahead.next();
                if matches!(&group, Some(TokenTree::Punct(punct)) if punct.as_char() == '!') {
                    group = ahead.next();
                }
                if let Some(TokenTree::Group(group)) = group
                    && group.stream().into_iter().next().is_some_and(|first| first.to_string() == "doc")
                {
                    tokens = ahead.collect::<TokenStream>().into_iter().peekable();
                    continue;
                }
                spelled.push_str("# ");
            }
            TokenTree::Group(group) => {
                spelled.push_str("( ");
                spell(group.stream(), spelled);
                spelled.push_str(") ");
            }
            TokenTree::Literal(_) => spelled.push_str("_ "),
            other => {
                spelled.push_str(&other.to_string());
                spelled.push(' ');
            }
        }
    }
}

fn elements(product: &Product) -> Vec<String> {
    let pages = ending(product, ".html");
    let tags = pages.flat_map(|page| tags(&page.content));
    tags.map(|tag| tag.split(' ').next().unwrap_or_default().trim_start_matches('/').to_owned()).collect()
}
