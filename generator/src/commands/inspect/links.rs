//! Which answers lead to which calls, and with what.

use crate::commands::console::{FAINT, STRONG};
use serde_json::{Value, json};
use specwright::model::{Link, Operation};
use specwright::pipeline::Product;
use specwright::rust::OperationItem;

/// For people: a line for each link.
pub(super) fn list(product: &Product) -> String {
    let lines: Vec<String> = linked(product)
        .map(|found| {
            let given: Vec<String> = given(product, found.link)
                .map(|(name, value)| format!("{name} = {value}"))
                .collect();
            let with = match given.is_empty() {
                true => String::new(),
                false => format!(" with {}", given.join(", ")),
            };
            let server = found.link.server.as_ref();
            let at = server.map(|server| format!(" at {}", server.default_url()));
            format!(
                "  {}  {}: {} -> {}{with}{} {FAINT}({}){FAINT:#}\n",
                found.item.method,
                found.status,
                found.link.name.as_str(),
                target(product, found.link),
                at.unwrap_or_default(),
                method(&found),
            )
        })
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    format!("\n{STRONG}Links{STRONG:#}\n{}", lines.concat())
}

/// For machines.
pub(super) fn machine_list(product: &Product) -> Vec<Value> {
    linked(product)
        .map(|found| {
            let given = given(product, found.link).map(|(name, value)| (name, Value::from(value)));
            json!({
                "method": found.item.method.as_str(),
                "status": found.status,
                "link": found.link.name.as_str(),
                "to": target(product, found.link),
                "given": Value::Object(given.collect()),
                "server": found.link.server.as_ref().map(|server| server.default_url()),
                "follow": method(&found),
            })
        })
        .collect()
}

/// A link of an answer.
struct Found<'p> {
    item: &'p OperationItem,
    status: String,
    link: &'p Link,
}

fn linked(product: &Product) -> impl Iterator<Item = Found<'_>> {
    let operations = product
        .api
        .operations
        .iter()
        .map(|(_, operation)| operation);
    let operations = operations.zip(&product.client.operations);
    operations.flat_map(|(operation, item): (&Operation, _)| {
        operation.responses.iter().flat_map(move |response| {
            response.links.iter().map(move |link| Found {
                item,
                status: response.status.to_string(),
                link,
            })
        })
    })
}

/// What a link gives the call, each parameter by its place and its name.
fn given<'p>(product: &'p Product, link: &'p Link) -> impl Iterator<Item = (String, String)> + 'p {
    let target = &product.api.operations[link.target];
    let parameters = link.parameters.iter().filter_map(|(index, value)| {
        let parameter = target.parameters.get(*index)?;
        let place = parameter.location.as_str();
        Some((format!("{place}.{}", parameter.name.as_str()), value))
    });
    let body = link
        .body
        .iter()
        .map(|body| ("body".to_owned(), &body.value));
    parameters
        .chain(body)
        .map(|(name, value)| (name, value.to_string()))
}

fn target<'p>(product: &'p Product, link: &Link) -> &'p str {
    let target = product.client.operations.get(link.target.index());
    target.map_or("", |target| target.method.as_str())
}

/// The method of the answer that follows it.
fn method<'p>(found: &Found<'p>) -> &'p str {
    found
        .item
        .method_of(found.link)
        .map_or("", |method| method.as_str())
}
