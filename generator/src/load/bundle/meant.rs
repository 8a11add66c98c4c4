//! What a reference to an object of the wrong kind can only have meant.

use super::resolve::Target;
use super::sites::Site;
use crate::load::objects::Kind;
use crate::source::Pointer;
use serde_json::{Map, Value, json};

/// Repairs a reference to an object of the kind `found`: to a schema where that is what the object holds, to an object
/// with the schema where the schema alone is named. Nothing where the name or the place of a value would have to be
/// guessed.
pub(super) fn meant(root: &Value, site: &Site, found: Kind, at: &Pointer) -> Option<Target> {
    let title = found.table().title;
    match (site.kind, found) {
        (Kind::Schema, _) => Some(Target::Deeper {
            pointer: schema_in(root, site, at)?,
            message: format!(
                "`{}` leads to an object of the kind {title}: the schema in it is taken",
                site.target
            ),
        }),
        (wanted, Kind::Schema) => Some(Target::Around {
            object: object_around(wanted, &site.target)?,
            message: format!(
                "`{}` leads to a schema: it is taken for an object of the kind {} with this schema",
                site.target,
                wanted.table().title
            ),
        }),
        _ => None,
    }
}

/// The schema that an object holds; of several contents that of the media type under which the reference stands, else
/// the first.
fn schema_in(root: &Value, site: &Site, at: &Pointer) -> Option<Pointer> {
    let holds = |at: &Pointer| root.pointer(at.as_str()).is_some_and(Value::is_object);
    let own = at.child("schema");
    if holds(&own) {
        return Some(own);
    }
    let content = at.child("content");
    let contents = root.pointer(content.as_str())?.as_object()?;
    let tokens: Vec<String> = site.pointer.tokens().collect();
    let same = tokens
        .iter()
        .rev()
        .find(|token| contents.contains_key(*token));
    let media_type = same.or_else(|| contents.keys().next())?;
    let schema = content.child(media_type).child("schema");
    holds(&schema).then_some(schema)
}

/// An object that says no more than its schema.
fn object_around(kind: Kind, target: &str) -> Option<Map<String, Value>> {
    let schema = json!({ "$ref": target });
    let content = json!({ "application/json": { "schema": schema } });
    let object = match kind {
        Kind::Response => json!({ "description": "", "content": content }),
        Kind::RequestBody => json!({ "content": content }),
        Kind::Header => json!({ "schema": schema }),
        _ => return None,
    };
    match object {
        Value::Object(object) => Some(object),
        _ => None,
    }
}
