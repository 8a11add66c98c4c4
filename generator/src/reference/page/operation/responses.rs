//! What a page says of the responses of its operation.

use super::super::schema::{Limits, Rows, type_cell};
use super::super::{docs_cell, status};
use super::{ExampleView, SchemaView, contents_cell, required};
use crate::model::{Content, ContentKind, Operation, Response, StatusPattern, Type};
use crate::reference::encode::{Cell, Fence, Inline, Table};
use crate::reference::example::{self, Direction};
use crate::reference::links::Links;
use crate::reference::sample::json_text;

pub(super) fn response_examples(links: Links<'_>, operation: &Operation) -> Vec<ExampleView> {
    let mut views: Vec<ExampleView> = Vec::new();
    let mut shown: Vec<(String, bool, Fence)> = Vec::new();
    for response in &operation.responses {
        let json = |content: &&Content| matches!(content.kind, ContentKind::Json(_));
        for content in response.contents().filter(json) {
            let value = example::body(links.api, content, Direction::Response);
            let code = Fence::new("json", &json_text(&value));
            let status = response.status.to_string();
            match shown.iter_mut().find(|(_, _, known)| *known == code) {
                Some((statuses, success, _)) => {
                    *success |= response.status.is_success();
                    statuses.push_str(", ");
                    statuses.push_str(&status);
                }
                None => shown.push((status, response.status.is_success(), code)),
            }
        }
    }
    views.extend(
        shown
            .into_iter()
            .map(|(statuses, success, code)| ExampleView {
                success,
                title: Inline::text(&format!("{statuses} response")),
                code,
            }),
    );
    views
}

pub fn response_table(links: Links<'_>, responses: &[Response]) -> Option<Table> {
    let mut table = Table::new(&["Status", "Meaning", "Description", "Schema"]);
    for response in responses {
        let schema = match &response.content {
            Some(_) => contents_cell(links, response.contents()),
            None => Cell::own("none"),
        };
        table.row([
            Cell::text(&response.status.to_string()),
            status::meaning(response.status),
            docs_cell(&response.docs, false),
            schema,
        ]);
    }
    table.filled()
}

/// A table for each schema, with all statuses that have it.
pub(super) fn response_schemas(
    links: Links<'_>,
    operation: &Operation,
    limits: Limits,
) -> Vec<SchemaView> {
    let mut schemas: Vec<(&Type, Vec<StatusPattern>)> = Vec::new();
    for response in &operation.responses {
        for ty in response.contents().filter_map(|content| content.kind.ty()) {
            match schemas.iter_mut().find(|(known, _)| *known == ty) {
                Some((_, statuses)) if statuses.contains(&response.status) => {}
                Some((_, statuses)) => statuses.push(response.status),
                None => schemas.push((ty, vec![response.status])),
            }
        }
    }
    schemas
        .into_iter()
        .filter_map(|(ty, statuses)| {
            let mut rows = Rows::new(links, limits);
            rows.parts(&Cell::own("(body)"), ty, 0);
            let enumerations = rows.enumeration_table("Property");
            let mut table =
                Table::new(&["Name", "Type", "Required", "Restrictions", "Description"]);
            let hidden = rows.list.len().saturating_sub(limits.fields);
            for row in rows.list.into_iter().take(limits.fields) {
                table.row([
                    row.marked_name(),
                    row.ty,
                    required(row.required),
                    Cell::join(row.restrictions, ", "),
                    row.description,
                ]);
            }
            if hidden > 0 {
                table.row([
                    Cell::join([Cell::number(size(hidden)), Cell::own("more")], " "),
                    type_cell(links, ty),
                    Cell::own(""),
                    Cell::own(""),
                    Cell::own("All fields are described with the type."),
                ]);
            }
            let statuses = statuses
                .iter()
                .map(|status| Inline::code(&status.to_string()));
            Some(SchemaView {
                title: Inline::join(statuses, ", "),
                table: table.filled()?,
                enumerations,
            })
        })
        .collect()
}

fn size(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

pub(super) fn header_table(links: Links<'_>, operation: &Operation) -> Option<Table> {
    let mut table = Table::new(&["Status", "Header", "Type", "Required", "Description"]);
    for response in &operation.responses {
        push_headers(links, response, &mut table);
    }
    table.filled()
}

fn push_headers(links: Links<'_>, response: &Response, table: &mut Table) {
    for header in &response.headers {
        table.row([
            Cell::text(&response.status.to_string()),
            Cell::text(header.name.as_str()),
            type_cell(links, &header.ty),
            required(header.required),
            docs_cell(&header.docs, false),
        ]);
    }
}
