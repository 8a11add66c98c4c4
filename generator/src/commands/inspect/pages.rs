//! Which operations hand out what they have in pages, and how that is known.

use crate::commands::console::{FAINT, STRONG};
use serde_json::{Value, json};
use specwright::model::{Advance, PageEnd, PagePlace, Pagination, PaginationSource, WireName};
use specwright::pipeline::Product;

/// For people: a line for each operation.
pub(super) fn list(product: &Product) -> String {
    let lines: Vec<String> = paginated(product)
        .map(|(method, pagination)| {
            let how = how(pagination);
            let kind = pagination.advance.kind();
            let source = source(pagination.source);
            let items = match &*spelled(&pagination.items) {
                "" => "the answer".to_owned(),
                items => items.to_owned(),
            };
            format!("  {method}  {kind}: {how}; items in {items} {FAINT}({source}){FAINT:#}\n")
        })
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    format!(
        "\n{STRONG}In pages{STRONG:#} {FAINT}({} of {} operations){FAINT:#}\n{}",
        lines.len(),
        product.api.operations.len(),
        lines.concat()
    )
}

/// For machines.
pub(super) fn machine_list(product: &Product) -> Vec<Value> {
    paginated(product)
        .map(|(method, pagination)| {
            json!({
                "method": method,
                "style": pagination.advance.kind(),
                "how": how(pagination),
                "items": spelled(&pagination.items),
                "source": source(pagination.source),
            })
        })
        .collect()
}

fn paginated(product: &Product) -> impl Iterator<Item = (&str, &Pagination)> {
    product.client.operations.iter().filter_map(|operation| {
        let paging = operation.paging.as_ref()?;
        Some((operation.method.as_str(), &paging.pagination))
    })
}

fn source(source: PaginationSource) -> &'static str {
    match source {
        PaginationSource::Inferred => "inferred",
        PaginationSource::Declared => "declared",
        PaginationSource::Configured => "configured",
    }
}

/// What leads to the next page, such as `next_cursor -> cursor while has_more`.
fn how(pagination: &Pagination) -> String {
    match &pagination.advance {
        Advance::Cursor { to, from, more } => {
            format!("{} -> {}{}", spelled(from), place(to), while_more(more))
        }
        Advance::LastItem { to, from, more } => {
            let from = spelled(from);
            format!("last item's {from} -> {}{}", place(to), while_more(more))
        }
        Advance::Offset { to, first: 0, end } => format!("{}{}", place(to), until(end)),
        Advance::Offset { to, first, end } | Advance::Page { to, first, end } => {
            format!("{} from {first}{}", place(to), until(end))
        }
        Advance::Url { from } => spelled(from),
        Advance::Header { to, from } => {
            let to = to.as_ref().map(|to| format!(" -> {}", place(to)));
            format!("header {}{}", from.as_str(), to.unwrap_or_default())
        }
        Advance::Link => "header Link".to_owned(),
    }
}

fn place(place: &PagePlace) -> String {
    match place {
        PagePlace::Query(name) => name.as_str().to_owned(),
        PagePlace::Body(path) => format!("body {}", spelled(path)),
    }
}

fn while_more(more: &Option<Vec<WireName>>) -> String {
    let text = more
        .as_ref()
        .map(|more| format!(" while {}", spelled(more)));
    text.unwrap_or_default()
}

fn until(end: &PageEnd) -> String {
    match end {
        PageEnd::Empty => " until a page is empty".to_owned(),
        PageEnd::Flag(path) | PageEnd::Missing(path) => format!(" while {}", spelled(path)),
        PageEnd::Items(path) | PageEnd::Pages(path) => format!(" up to {}", spelled(path)),
    }
}

fn spelled(path: &[WireName]) -> String {
    let names: Vec<&str> = path.iter().map(WireName::as_str).collect();
    names.join(".")
}
