//! What is said of the pages of an operation rather than inferred: in the document by `x-specwright-pagination`, in the
//! configuration by the table `pagination`. Both are spelled alike.

use super::{PagePlace, PaginationSource, WireName, is_token};
use crate::source::Origin;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What the configuration says of the pages of operations: by their operationId, or by method and path, such as
/// `GET /orders`. `None` for one that has no pages, whatever its names look like.
pub type PageRules = BTreeMap<String, Option<PageRule>>;

/// What the document says of the pages of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredPages {
    /// What it says; `None` if the operation has no pages, whatever its names look like.
    pub rule: Option<PageRule>,
    /// Where it says so.
    pub origin: Origin,
}

/// What leads from a page to the next one, as a user says it. What is not said is inferred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRule {
    /// What kind of thing leads to the next page.
    pub style: PageStyle,
    /// Where the request says which page it asks for: `parameter`, or `body` for a property of the body.
    pub to: Option<PagePlace>,
    /// Where the answer, or its last item, has what leads to the next page.
    pub next: Option<NextPlace>,
    /// Where the items are in the answer.
    pub items: Option<Vec<WireName>>,
    /// The property of the answer that says whether there are more pages.
    pub more: Option<Vec<WireName>>,
    /// The property of the answer that is the number of all items.
    pub total: Option<Vec<WireName>>,
    /// The property of the answer that is the number of all pages.
    pub pages: Option<Vec<WireName>>,
    /// The number of the first page, or of the first item.
    pub first: Option<u64>,
}

/// The kinds of things that lead to the next page; see [`super::Advance`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in `Advance`")]
pub enum PageStyle {
    Cursor,
    LastItem,
    Offset,
    Page,
    NextUrl,
    Link,
}

/// Where an answer has what leads to the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextPlace {
    /// In this property of the body.
    Body(Vec<WireName>),
    /// In this header.
    Header(WireName),
}

/// What is wrong with what was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRuleFault {
    /// The key whose value is wrong; `None` for the whole.
    pub key: Option<String>,
    /// What is wrong, a clause without its end.
    pub message: String,
}

impl PageRuleFault {
    /// A fault of what a key says.
    pub fn of(key: &str, message: impl Into<String>) -> Self {
        PageRuleFault {
            key: Some(key.to_owned()),
            message: message.into(),
        }
    }

    /// A fault of the whole.
    pub fn whole(message: impl Into<String>) -> Self {
        PageRuleFault {
            key: None,
            message: message.into(),
        }
    }
}

/// The styles by their names, each with the keys that mean something for it.
const STYLES: [(&str, PageStyle, &[&str]); 6] = [
    (
        "cursor",
        PageStyle::Cursor,
        &["parameter", "body", "next", "items", "more"],
    ),
    (
        "last-item",
        PageStyle::LastItem,
        &["parameter", "body", "next", "items", "more"],
    ),
    (
        "offset",
        PageStyle::Offset,
        &["parameter", "body", "items", "more", "total", "first"],
    ),
    (
        "page",
        PageStyle::Page,
        &["parameter", "body", "items", "more", "pages", "first"],
    ),
    ("next-url", PageStyle::NextUrl, &["next", "items"]),
    ("link", PageStyle::Link, &["items"]),
];

impl PageRule {
    /// Understands what a user says: `false`, which is `None`, or an object.
    ///
    /// # Errors
    ///
    /// When a key is unknown, is missing, means nothing for the style, or has a value of the wrong kind.
    pub fn decode(value: &Value) -> Result<Option<Self>, PageRuleFault> {
        let members = match value {
            Value::Bool(false) => return Ok(None),
            Value::Object(members) => members,
            _ => return Err(PageRuleFault::whole("is neither `false` nor an object")),
        };
        let style = decode_style(members)?;
        let first = match members.get("first") {
            None => None,
            Some(first) => Some(first.as_u64().ok_or_else(|| {
                PageRuleFault::of("first", "`first` is the number of the first page or item")
            })?),
        };
        let ends = ["more", "total", "pages"];
        if let [_, second, ..] = *ends
            .into_iter()
            .filter(|key| members.contains_key(*key))
            .collect::<Vec<&str>>()
        {
            let message = "one of `more`, `total` and `pages` says where the pages end";
            return Err(PageRuleFault::of(second, message));
        }
        Ok(Some(PageRule {
            style,
            to: decode_place(members)?,
            next: decode_next(members)?,
            items: decode_path(members, "items")?,
            more: decode_path(members, "more")?,
            total: decode_path(members, "total")?,
            pages: decode_path(members, "pages")?,
            first,
        }))
    }
}

fn decode_style(members: &Map<String, Value>) -> Result<PageStyle, PageRuleFault> {
    let names = || STYLES.map(|(name, ..)| format!("`{name}`")).join(", ");
    let said = members
        .get("style")
        .ok_or_else(|| PageRuleFault::whole(format!("has no `style`: one of {}", names())))?;
    let found = STYLES.iter().find(|(name, ..)| said == *name);
    let (name, style, keys) = found
        .ok_or_else(|| PageRuleFault::of("style", format!("`style` must be one of {}", names())))?;
    for key in members.keys().filter(|key| *key != "style") {
        if !keys.contains(&key.as_str()) {
            let message = format!("`{key}` means nothing for the style `{name}`");
            return Err(PageRuleFault::of(key, message));
        }
    }
    Ok(*style)
}

fn decode_place(members: &Map<String, Value>) -> Result<Option<PagePlace>, PageRuleFault> {
    let body = decode_path(members, "body")?;
    match (members.get("parameter"), body) {
        (None, None) => Ok(None),
        (Some(Value::String(name)), None) => Ok(Some(PagePlace::Query(WireName::new(name)))),
        (None, Some(path)) if !path.is_empty() => Ok(Some(PagePlace::Body(path))),
        (Some(_), None) => {
            let message = "`parameter` is the name of a query parameter";
            Err(PageRuleFault::of("parameter", message))
        }
        (None, Some(_)) => Err(PageRuleFault::of("body", "`body` names a property")),
        (Some(_), Some(_)) => {
            let message = "either `parameter` or `body` says which page is asked for";
            Err(PageRuleFault::of("body", message))
        }
    }
}

fn decode_next(members: &Map<String, Value>) -> Result<Option<NextPlace>, PageRuleFault> {
    let Some(Value::Object(place)) = members.get("next") else {
        return Ok(decode_path(members, "next")?.map(NextPlace::Body));
    };
    match place.get("header") {
        Some(Value::String(name)) if is_token(name) && place.len() == 1 => {
            Ok(Some(NextPlace::Header(WireName::new(name))))
        }
        _ => {
            let message = "`next` is names of properties, or `header` with the name of one";
            Err(PageRuleFault::of("next", message))
        }
    }
}

/// Names of properties, one inside the other: with dots between, or as a list, since a name may have dots itself.
fn decode_path(
    members: &Map<String, Value>,
    key: &str,
) -> Result<Option<Vec<WireName>>, PageRuleFault> {
    let fault = || {
        let message =
            format!("`{key}` is names of properties: a text with dots between them, or a list");
        PageRuleFault::of(key, message)
    };
    match members.get(key) {
        None => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(Some(Vec::new())),
        Some(Value::String(text)) if text.split('.').any(str::is_empty) => Err(fault()),
        Some(Value::String(text)) => Ok(Some(text.split('.').map(WireName::new).collect())),
        Some(Value::Array(names)) => {
            let names = names
                .iter()
                .map(|name| name.as_str().map(WireName::new).ok_or_else(fault));
            names.collect::<Result<Vec<WireName>, _>>().map(Some)
        }
        Some(_) => Err(fault()),
    }
}

/// What is wrong with what was said of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFault {
    /// The operation; `None` if there is none of that name.
    pub operation: Option<super::OperationId>,
    /// What the configuration calls it.
    pub name: String,
    /// Who says it.
    pub source: PaginationSource,
    /// What is wrong with it.
    pub fault: PageRuleFault,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    fn fault(value: Value) -> (Option<String>, String) {
        let fault = PageRule::decode(&value).unwrap_err();
        (fault.key, fault.message)
    }

    #[test]
    fn names_with_dots_are_lists_and_headers_are_objects() {
        let rule = json!({"style": "cursor", "parameter": "at", "next": ["a.b", "c"], "items": ""});
        let rule = PageRule::decode(&rule).unwrap().unwrap();
        let names = |names: &[&str]| names.iter().map(|name| WireName::new(*name)).collect();
        assert_eq!(rule.next, Some(NextPlace::Body(names(&["a.b", "c"]))));
        assert_eq!(rule.items, Some(Vec::new()));
        let rule = json!({"style": "cursor", "body": "a.b", "next": {"header": "X-Next"}});
        let rule = PageRule::decode(&rule).unwrap().unwrap();
        assert_eq!(rule.to, Some(PagePlace::Body(names(&["a", "b"]))));
        assert_eq!(rule.next, Some(NextPlace::Header(WireName::new("X-Next"))));
        assert_eq!(PageRule::decode(&json!(false)), Ok(None));
    }

    #[test]
    fn a_mistake_is_told_with_its_key() {
        let (key, message) = fault(json!({"style": "cursor", "nxt": "a"}));
        assert_eq!(key.as_deref(), Some("nxt"), "{message}");
        let (key, message) = fault(json!({"style": "cursors"}));
        assert_eq!(key.as_deref(), Some("style"), "{message}");
        let (key, _) = fault(json!({"style": "cursor", "next": {"header": "a b"}}));
        assert_eq!(key.as_deref(), Some("next"));
        let (key, _) = fault(json!({"style": "offset", "more": "a", "total": "b"}));
        assert_eq!(key.as_deref(), Some("total"));
        let (key, _) = fault(json!({"style": "page", "items": "a..b"}));
        assert_eq!(key.as_deref(), Some("items"));
        assert_eq!(fault(json!(true)).0, None);
        assert_eq!(fault(json!({})).0, None);
    }
}
