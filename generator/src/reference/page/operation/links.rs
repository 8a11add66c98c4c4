//! What a page says of the calls that the answers of its operation lead to.

use super::super::docs_cell;
use crate::model::{Link, LinkValue, Operation};
use crate::reference::encode::{Cell, Table};
use crate::reference::links::{Links, operation_page, plain};
use crate::rust::OperationItem;

/// The links of all answers.
pub(super) fn link_table(
    links: Links<'_>,
    operation: &Operation,
    item: &OperationItem,
) -> Option<Table> {
    let mut table = Table::new(&["Status", "Link", "Calls", "With", "Rust", "Description"]);
    for response in &operation.responses {
        for link in &response.links {
            table.row([
                Cell::text(&response.status.to_string()),
                Cell::text(link.name.as_str()),
                target_cell(links, link),
                given_cell(links, link),
                method_cell(item, link),
                docs_cell(&link.docs, false),
            ]);
        }
    }
    table.filled()
}

/// The operation that a link leads to.
fn target_cell(links: Links<'_>, link: &Link) -> Cell {
    match links.operation(link.target) {
        Some(target) => {
            let url = links.page_url(&operation_page(target), None);
            Cell::link(&Cell::code(plain(&target.method)), &url)
        }
        None => Cell::own(""),
    }
}

/// What it gives that operation.
fn given_cell(links: Links<'_>, link: &Link) -> Cell {
    let target = &links.api.operations[link.target];
    let pair =
        |name: Cell, value: &LinkValue| Cell::join([name, Cell::code(&value.to_string())], " = ");
    let mut pairs: Vec<Cell> = link
        .parameters
        .iter()
        .filter_map(|(index, value)| {
            let name = target.parameter_label(*index)?;
            Some(pair(Cell::text(&name), value))
        })
        .collect();
    pairs.extend((link.body.iter()).map(|body| pair(Cell::own("body"), &body.value)));
    if let Some(server) = &link.server {
        pairs.push(Cell::join(
            [Cell::own("at"), Cell::code(&server.default_url())],
            " ",
        ));
    }
    Cell::join(pairs, "<br/>")
}

/// The method of the answer that follows it.
fn method_cell(item: &OperationItem, link: &Link) -> Cell {
    match item.method_of(link) {
        Some(method) => Cell::code(plain(method)),
        None => Cell::own(""),
    }
}
