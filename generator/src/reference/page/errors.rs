//! The page of errors: what the API says went wrong, and what the client says.

use super::{docs_cell, snippet, status};
use crate::model::StatusPattern;
use crate::reference::encode::{Cell, FrontMatter, Inline, Table};
use crate::reference::links::{Links, operation_page};
use crate::rust::{OutcomeItem, RustName};
use serde::Serialize;
use std::collections::BTreeMap;

/// What `pages/errors.md.jinja` is given.
#[derive(Serialize)]
pub struct ErrorsView {
    front: Option<FrontMatter>,
    module: Inline,
    /// Each documented error: status, variant, description, operation.
    errors: Option<Table>,
    /// How often each status is documented.
    statuses: Option<Table>,
}

/// With more operations than this, each line names the statuses of an operation and not each error.
const MOST_OPERATIONS: usize = 60;

/// Makes the view of the errors.
pub fn errors_page(links: Links<'_>) -> ErrorsView {
    let brief = links.client.operations.len() > MOST_OPERATIONS;
    let mut errors = if brief {
        Table::new(&["Operation", "Error in Rust", "Statuses"])
    } else {
        Table::new(&["Status", "Operation", "Error in Rust", "Description"])
    };
    let mut statuses: BTreeMap<StatusPattern, usize> = BTreeMap::new();
    for (id, operation) in links.api.operations.iter() {
        let Some(item) = links.operation(id) else {
            continue;
        };
        let OutcomeItem::Enum { name, cases, .. } = &item.error else {
            continue;
        };
        let page = links.page_url(&operation_page(item), None);
        let method = Cell::link(&Cell::code(item.method.as_str()), &page);
        for case in cases {
            *statuses.entry(case.status).or_default() += 1;
            if !brief {
                let docs = operation
                    .responses
                    .iter()
                    .find(|response| response.status == case.status)
                    .map_or(Cell::own(""), |response| docs_cell(&response.docs, true));
                errors.row([
                    Cell::text(&case.status.to_string()),
                    method.clone(),
                    Cell::code(&path(name, &snippet::pattern(case))),
                    docs,
                ]);
            }
        }
        if brief {
            let list = cases
                .iter()
                .map(|case| Cell::text(&case.status.to_string()));
            errors.row([method, Cell::code(name.as_str()), Cell::join(list, ", ")]);
        }
    }
    let mut table = Table::new(&["Status", "Meaning", "Operations"]);
    for (pattern, count) in statuses {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        table.row([
            Cell::text(&pattern.to_string()),
            status::meaning(pattern),
            Cell::number(count),
        ]);
    }
    ErrorsView {
        front: links.front("Errors", None),
        module: Inline::text(links.client.package.module.as_str()),
        errors: errors.filled(),
        statuses: table.filled(),
    }
}

fn path(name: &RustName, variant: &str) -> String {
    format!("{name}::{variant}")
}
