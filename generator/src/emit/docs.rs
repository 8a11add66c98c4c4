//! Documentation comments.

use super::doc_text::DocText;
use crate::rust::{Docs, Paragraph};
use proc_macro2::TokenStream;
use quote::quote;

/// The text of an item's documentation.
pub(super) fn doc_text(docs: &Docs) -> DocText {
    let mut text = DocText::default();
    let mut facts: Vec<String> = Vec::new();
    for paragraph in &docs.paragraphs {
        match paragraph {
            Paragraph::Fact(label, value) => {
                facts.push(format!("{label}: {}.", DocText::code(value)));
                continue;
            }
            Paragraph::Demand(words) => {
                facts.push(sentence(words));
                continue;
            }
            _ => {}
        }
        flush_facts(&mut text, &mut facts);
        text.add(match paragraph {
            Paragraph::Prose(prose) => DocText::prose(prose),
            Paragraph::Lead(prose) => DocText::prose(prose).first_paragraph(),
            Paragraph::Own(own) => DocText::own(own),
            Paragraph::Fact(..) | Paragraph::Demand(_) => DocText::default(),
        });
    }
    flush_facts(&mut text, &mut facts);
    text
}

/// Facts stand in one paragraph, a sentence each.
fn flush_facts(text: &mut DocText, facts: &mut Vec<String>) {
    if !facts.is_empty() {
        text.add(DocText::own(&facts.join(" ")));
        facts.clear();
    }
}

/// Words as a sentence.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    let mut sentence: String = first.into_iter().chain(letters).collect();
    sentence.push('.');
    sentence
}

/// The attributes of an item's documentation, with a text of our own where the document says nothing.
pub(super) fn emit_docs(docs: &Docs, otherwise: &str) -> TokenStream {
    let mut text = doc_text(docs);
    if text.lines().is_empty() {
        text = DocText::own(otherwise);
    }
    if docs.deprecated {
        text.add(DocText::own(
            "Deprecated: the API advises against using it.",
        ));
    }
    emit_text(&text)
}

/// The attributes of a text, one for each line. A space comes before each, so that no line can be another kind of comment.
pub(super) fn emit_text(text: &DocText) -> TokenStream {
    let lines = text.lines().iter().map(|line| match line.as_str() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// The inner attributes of a text.
pub(super) fn emit_inner_text(text: &DocText) -> TokenStream {
    let lines = text.lines().iter().map(|line| match line.as_str() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote!(#(#![doc = #lines])*)
}
