//! What is said of an operation in sentences, for every kind of page: how it hands out pages, and what it streams.

use crate::model::{Advance, Framing, ItemStream, PageEnd, PagePlace, Pagination, Type, WireName};

/// A piece of a sentence, in the encoding of no output.
#[derive(Debug, Clone, PartialEq)]
pub enum Phrase<'a> {
    /// Words of ours.
    Words(&'static str),
    /// A name of the document.
    Code(String),
    /// A type, by its name.
    Type(&'a Type),
}

/// How an operation hands out what it has in pages.
pub fn pagination(paging: &Pagination) -> Vec<Phrase<'_>> {
    let mut out = vec![
        Phrase::Words("The answer is one page of items of the type "),
        Phrase::Type(&paging.item),
    ];
    if !paging.items.is_empty() {
        out.extend([Phrase::Words(", in "), path(&paging.items)]);
    }
    out.push(Phrase::Words(". "));
    match &paging.advance {
        Advance::Cursor { to, from, more } => {
            out.push(Phrase::Words("For the next page, send "));
            out.extend([path(from), Phrase::Words(" of the answer as ")]);
            place(to, &mut out);
            end(more.as_ref().map(|more| (more, " is false")), &mut out);
        }
        Advance::LastItem { to, from, more } => {
            out.push(Phrase::Words("For the next page, send "));
            out.extend([path(from), Phrase::Words(" of the last item as ")]);
            place(to, &mut out);
            end(more.as_ref().map(|more| (more, " is false")), &mut out);
        }
        Advance::Offset {
            to,
            first,
            end: last,
        } => {
            out.push(Phrase::Words(match first {
                0 => "For the next page, send the number of items so far as ",
                _ => "For the next page, send the number of its first item as ",
            }));
            place(to, &mut out);
            end(page_end(last), &mut out);
        }
        Advance::Page {
            to,
            first,
            end: last,
        } => {
            out.push(Phrase::Words("For the next page, send its number as "));
            place(to, &mut out);
            out.extend([
                Phrase::Words("; the first one is "),
                Phrase::Code(first.to_string()),
            ]);
            end(page_end(last), &mut out);
        }
        Advance::Url { from } => {
            out.push(Phrase::Words("The URL of the next page is in "));
            out.extend([path(from), Phrase::Words(" of the answer.")]);
        }
        Advance::Header { to, from } => {
            let name = Phrase::Code(from.as_str().to_owned());
            match to {
                Some(to) => {
                    let words = "For the next page, send what the answer has in the header ";
                    out.extend([Phrase::Words(words), name, Phrase::Words(" as ")]);
                    place(to, &mut out);
                    out.push(Phrase::Words(
                        "; without that header, the page is the last one.",
                    ));
                }
                None => out.extend([
                    Phrase::Words("The URL of the next page is in the header "),
                    name,
                    Phrase::Words(" of the answer."),
                ]),
            }
        }
        Advance::Link => out.extend([
            Phrase::Words("The URL of the next page is in the header "),
            Phrase::Code("Link".to_owned()),
            Phrase::Words(" of the answer."),
        ]),
    }
    out
}

/// What a stream holds, and how its items stand in it.
pub fn stream(stream: &ItemStream) -> Vec<Phrase<'_>> {
    vec![
        Phrase::Words("As "),
        Phrase::Code(stream.media_type.as_str().to_owned()),
        Phrase::Words(match stream.framing {
            Framing::Events => ", a stream of server-sent events. The data of each is of the type ",
            Framing::Lines => ", a stream with a JSON value on each line, of the type ",
            Framing::Sequence => {
                ", a stream of JSON values, each after a record separator, of the type "
            }
            Framing::Parts => ", a stream of parts with headers of their own, each of the type ",
        }),
        Phrase::Type(&stream.item),
        Phrase::Words("."),
    ]
}

fn place(place: &PagePlace, out: &mut Vec<Phrase<'_>>) {
    match place {
        PagePlace::Query(name) => out.extend([
            Phrase::Words("the query parameter "),
            Phrase::Code(name.as_str().to_owned()),
        ]),
        PagePlace::Body(names) => out.extend([path(names), Phrase::Words(" of the body")]),
    }
}

fn page_end(end: &PageEnd) -> Option<(&Vec<WireName>, &'static str)> {
    match end {
        PageEnd::Empty => None,
        PageEnd::Flag(names) => Some((names, " is false")),
        PageEnd::Missing(names) => Some((names, " is missing, null or empty")),
        PageEnd::Items(names) => Some((names, " items are read")),
        PageEnd::Pages(names) => Some((names, " pages are read")),
    }
}

fn end(last: Option<(&Vec<WireName>, &'static str)>, out: &mut Vec<Phrase<'_>>) {
    out.push(Phrase::Words(". The last page is the one "));
    match last {
        None => out.push(Phrase::Words("without items.")),
        Some((names, says)) => out.extend([
            Phrase::Words("where "),
            path(names),
            Phrase::Words(says),
            Phrase::Words("."),
        ]),
    }
}

/// Names of properties, one inside the other.
fn path<'a>(names: &[WireName]) -> Phrase<'a> {
    let names: Vec<&str> = names.iter().map(WireName::as_str).collect();
    Phrase::Code(names.join("."))
}
