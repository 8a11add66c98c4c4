//! What the script of the site needs to write samples itself, of what a reader types into the form of "Try it": the
//! templates and the tables of the languages, the same for all pages, and what a form cannot change of one call.

mod rust;

use super::dialect::{Json, Texts, dialect};
use super::language::Language;
use super::{Code, SampleWriter, title, typescript};
use crate::model::Operation;
use crate::reference::call::{Call, TAKEN, TAKEN_PREFIXES};
use crate::reference::templates::{TemplateError, Templates};
use crate::rust::{Client, OperationItem};
use serde_json::{Map, Value, json};

/// The languages as data: of most the template and how it spells a call, of Rust the types of the client.
pub fn languages(
    shown: &[Language],
    templates: &Templates,
    client: &Client,
) -> Result<Value, TemplateError> {
    let mut tables = Map::new();
    let names = json!({ "taken": TAKEN, "prefixes": TAKEN_PREFIXES });
    tables.insert("variables".to_owned(), names);
    for language in shown {
        let name = language.as_str();
        if *language == Language::Rust {
            tables.insert(name.to_owned(), rust::table(client));
            continue;
        }
        let template = templates.source(&format!("samples/{name}.jinja"))?;
        let mut table = json!({ "template": template });
        if let (Some(dialect), Some(table)) = (dialect(*language), table.as_object_mut()) {
            let mut set = |key: &str, value: Value| table.insert(key.to_owned(), value);
            set("sigil", json!(dialect.sigil));
            match dialect.texts {
                Texts::Infix(operator) => set("infix", json!(operator)),
                Texts::Call(function) => set("call", json!(function)),
                Texts::Shell => None,
            };
            if let Some(literal) = dialect.literal {
                set("table", literal.table());
            }
            if let Json::Values(values) = dialect.json {
                let rules = match language {
                    Language::TypeScript | Language::JavaScript => "script",
                    _ => name,
                };
                set("values", values.table(rules));
            }
            if *language == Language::TypeScript {
                set("taken", json!(typescript::TAKEN_WORDS));
            }
        }
        tables.insert(name.to_owned(), table);
    }
    Ok(Value::Object(tables))
}

impl SampleWriter<'_> {
    /// What of the samples of a call is the same whatever is typed.
    pub fn fixed(
        &self,
        languages: &[Language],
        operation: &Operation,
        item: &OperationItem,
        call: &Call,
    ) -> Value {
        let mut fixed = Map::new();
        fixed.insert("title".to_owned(), json!(Code::comment(&title(operation))));
        if languages.contains(&Language::TypeScript)
            && let Some(dialect) = dialect(Language::TypeScript)
        {
            let view = typescript::view(self.links, operation, item, "", call, dialect);
            fixed.insert("typescript".to_owned(), view.fixed());
        }
        if languages.contains(&Language::Rust) {
            fixed.insert("rust".to_owned(), rust::fixed(self.links, item, call));
        }
        Value::Object(fixed)
    }
}
