//! Writes values as XML.

use std::borrow::Cow;

use super::codec::{FieldSpec, Json, RecordView, View};
use super::params::Unspellable;
use super::parts::{Parts, parts};
use super::write::added_tag;
use super::xml::{XmlField, XmlName, XmlNode, XmlRoot, XmlTypes};

const NO_NAME: Unspellable = Unspellable("it has a key that no element of XML can be called");
const NO_TEXT: Unspellable = Unspellable("it has a character that XML cannot have");
const TOO_DEEP: Unspellable = Unspellable("it is nested too deeply");
const NOT_PLAIN: Unspellable =
    Unspellable("it has an object where XML has an attribute or a text, which are plain values");

/// Deeper values are refused, for they could only come from a mistake.
const MAX_DEPTH: usize = 128;

/// What says that an element is `null` (XML Schema, section 2.6.2).
const NIL: &str = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"";

/// The text of a value as a document of XML.
pub fn xml_text(view: View<'_>, types: &XmlTypes, root: &XmlRoot) -> Result<String, Unspellable> {
    let mut writer = Writer {
        out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned(),
        types,
        scope: Vec::new(),
        depth: 0,
    };
    match behind(view) {
        (_, View::List(_)) => writer.list(Name::from(root.name), view, Some(root.item.into()))?,
        _ => writer.element(Name::from(root.name), view)?,
    }
    Ok(writer.out)
}

/// A name that is to be written.
#[derive(Clone, Copy)]
struct Name<'n> {
    prefix: &'n str,
    local: &'n str,
    namespace: &'n str,
}

impl From<XmlName> for Name<'static> {
    fn from(name: XmlName) -> Self {
        Name {
            prefix: name.prefix,
            local: name.local,
            namespace: name.namespace,
        }
    }
}

struct Writer<'t> {
    out: String,
    types: &'t XmlTypes,
    /// The prefixes that are declared around here, and what they stand for.
    scope: Vec<(String, String)>,
    depth: usize,
}

impl Writer<'_> {
    /// A list: each item is an element, and so is the list if its items have a name of their own.
    fn list(
        &mut self,
        name: Name<'_>,
        view: View<'_>,
        items: Option<Name<'_>>,
    ) -> Result<(), Unspellable> {
        let Parts::Items(values) = parts(view) else {
            return self.element(name, view);
        };
        match items {
            None => values
                .into_iter()
                .try_for_each(|value| self.value(name, value)),
            Some(item) => self.within(name, &[], |writer| {
                values
                    .into_iter()
                    .try_for_each(|value| writer.value(item, value))
            }),
        }
    }

    /// A value of a name; a list within a list has an element around it.
    fn value(&mut self, name: Name<'_>, view: View<'_>) -> Result<(), Unspellable> {
        match behind(view) {
            (_, View::List(_)) => self.list(name, view, Some(name)),
            (_, View::Json(Json::Array(_))) => self.list(name, view, Some(name)),
            _ => self.element(name, view),
        }
    }

    fn element(&mut self, name: Name<'_>, view: View<'_>) -> Result<(), Unspellable> {
        let (tag, inner) = behind(view);
        match inner {
            View::Null | View::Absent | View::Json(Json::Null) => {
                let known = self.scope.len();
                self.open(name, &[])?;
                self.scope.truncate(known);
                self.out.push_str(NIL);
                self.out.push_str("/>");
                Ok(())
            }
            View::Record(record) => {
                let attributes = self.attributes(record)?;
                self.within(name, &attributes, |writer| {
                    writer.tag(tag, record)?;
                    writer.members(record)
                })
            }
            View::Map(map) => self.within(name, &[], |writer| {
                map.entries()
                    .try_for_each(|(key, view)| writer.member(key, view))
            }),
            View::Json(Json::Object(members)) => self.within(name, &[], |writer| {
                let mut members = members.iter();
                members.try_for_each(|(key, value)| writer.member(key, View::Json(value)))
            }),
            inner => {
                let text = plain(inner)?;
                self.within(name, &[], |writer| writer.text(&text))
            }
        }
    }

    /// A member of an object of which no type is known.
    fn member(&mut self, key: &str, view: View<'_>) -> Result<(), Unspellable> {
        let name = Name {
            prefix: "",
            local: key,
            namespace: "",
        };
        self.list(name, view, None)
    }

    /// The property by which a union is told, where its variant has no place for it.
    fn tag(
        &mut self,
        tag: Option<(&str, &str)>,
        record: &dyn RecordView,
    ) -> Result<(), Unspellable> {
        match tag {
            Some((key, value)) if !record.spec().fields.iter().any(|field| field.name() == key) => {
                self.member(key, View::Text(value))
            }
            _ => Ok(()),
        }
    }

    /// The properties that are attributes, with what their names stand for.
    fn attributes(
        &self,
        record: &dyn RecordView,
    ) -> Result<Vec<(Name<'static>, String)>, Unspellable> {
        let mut attributes = Vec::new();
        for (field, view) in self.fields(record) {
            match (field.node, behind(view).1) {
                (XmlNode::Attribute, View::Absent | View::Null) => {}
                (XmlNode::Attribute, inner) => {
                    attributes.push((Name::from(field.name), plain(inner)?.into_owned()));
                }
                (XmlNode::None, View::Record(inner)) => attributes.extend(self.attributes(inner)?),
                _ => {}
            }
        }
        Ok(attributes)
    }

    /// The properties that are no attributes, then those that the record has no names for.
    fn members(&mut self, record: &dyn RecordView) -> Result<(), Unspellable> {
        for (field, view) in self.fields(record) {
            match (field.node, behind(view).1) {
                (_, View::Absent) | (XmlNode::Attribute, _) => {}
                (XmlNode::Element, _) => {
                    self.list(field.name.into(), view, field.items.map(Name::from))?;
                }
                (XmlNode::Text, inner) => self.text(&plain(inner)?)?,
                (XmlNode::CData, inner) => self.cdata(&plain(inner)?)?,
                (XmlNode::None, View::Record(inner)) => self.members(inner)?,
                (XmlNode::None, _) => self.list(field.name.into(), view, None)?,
            }
        }
        match record.rest() {
            Some(rest) => rest
                .entries()
                .try_for_each(|(key, view)| self.member(key, view)),
            None => Ok(()),
        }
    }

    fn fields<'v>(&self, record: &'v dyn RecordView) -> Vec<(XmlField, View<'v>)> {
        let spec = record.spec();
        let fields = spec.fields.iter().enumerate();
        fields
            .map(|(index, field)| {
                let how = self.types.field(spec.name, field.name());
                match (record.field(index), field) {
                    (View::Absent, FieldSpec::Required(_) | FieldSpec::Defaulted(..)) => {
                        (how, View::Null)
                    }
                    (view, _) => (how, view),
                }
            })
            .collect()
    }

    /// An element with what is written in it; nothing makes it an empty one.
    fn within(
        &mut self,
        name: Name<'_>,
        attributes: &[(Name<'_>, String)],
        write: impl FnOnce(&mut Self) -> Result<(), Unspellable>,
    ) -> Result<(), Unspellable> {
        if self.depth >= MAX_DEPTH {
            return Err(TOO_DEEP);
        }
        let known = self.scope.len();
        self.open(name, attributes)?;
        let start = self.out.len();
        self.out.push('>');
        self.depth += 1;
        write(self)?;
        self.depth -= 1;
        self.scope.truncate(known);
        if self.out.len() == start + 1 {
            self.out.truncate(start);
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.name(name)?;
            self.out.push('>');
        }
        Ok(())
    }

    /// The beginning of an element, with its attributes, but for its end.
    fn open(
        &mut self,
        name: Name<'_>,
        attributes: &[(Name<'_>, String)],
    ) -> Result<(), Unspellable> {
        self.out.push('<');
        self.name(name)?;
        self.declare(name)?;
        for (name, _) in attributes {
            // An attribute without a prefix is in no namespace.
            if !name.prefix.is_empty() {
                self.declare(*name)?;
            }
        }
        for (name, value) in attributes {
            self.out.push(' ');
            self.name(*name)?;
            self.quoted(value)?;
        }
        Ok(())
    }

    fn declare(&mut self, name: Name<'_>) -> Result<(), Unspellable> {
        let mut declared = self.scope.iter().rev();
        let known = declared.find(|(prefix, _)| prefix == name.prefix);
        if name.namespace.is_empty() || known.is_some_and(|(_, uri)| uri == name.namespace) {
            return Ok(());
        }
        self.scope
            .push((name.prefix.to_owned(), name.namespace.to_owned()));
        self.out.push_str(" xmlns");
        if !name.prefix.is_empty() {
            self.out.push(':');
            self.out.push_str(name.prefix);
        }
        self.quoted(name.namespace)
    }

    fn name(&mut self, name: Name<'_>) -> Result<(), Unspellable> {
        if !is_name(name.local) || !(name.prefix.is_empty() || is_name(name.prefix)) {
            return Err(NO_NAME);
        }
        if !name.prefix.is_empty() {
            self.out.push_str(name.prefix);
            self.out.push(':');
        }
        self.out.push_str(name.local);
        Ok(())
    }

    fn quoted(&mut self, text: &str) -> Result<(), Unspellable> {
        self.out.push_str("=\"");
        for c in legal(text)? {
            match c {
                '"' => self.out.push_str("&quot;"),
                '\t' => self.out.push_str("&#9;"),
                '\n' => self.out.push_str("&#10;"),
                c => self.push(c),
            }
        }
        self.out.push('"');
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Unspellable> {
        legal(text)?.for_each(|c| self.push(c));
        Ok(())
    }

    fn cdata(&mut self, text: &str) -> Result<(), Unspellable> {
        if !is_legal(text) {
            return Err(NO_TEXT);
        }
        self.out.push_str("<![CDATA[");
        self.out.push_str(&text.replace("]]>", "]]]]><![CDATA[>"));
        self.out.push_str("]]>");
        Ok(())
    }

    fn push(&mut self, c: char) {
        match c {
            '&' => self.out.push_str("&amp;"),
            '<' => self.out.push_str("&lt;"),
            '>' => self.out.push_str("&gt;"),
            // A reader takes it for a line break otherwise.
            '\r' => self.out.push_str("&#13;"),
            c => self.out.push(c),
        }
    }
}

/// What a union holds, and the tag that stands for it.
fn behind(view: View<'_>) -> (Option<(&str, &str)>, View<'_>) {
    let (mut tag, mut view) = (None, view);
    while let View::Union(union) = view {
        tag = tag.or(added_tag(union));
        view = union.value();
    }
    (tag, view)
}

fn plain(view: View<'_>) -> Result<Cow<'_, str>, Unspellable> {
    match parts(view) {
        Parts::Plain(text) => Ok(text),
        Parts::None => Ok(Cow::Borrowed("")),
        Parts::Items(_) | Parts::Entries(_) => Err(NOT_PLAIN),
    }
}

/// The characters, if XML can have all of them.
fn legal(text: &str) -> Result<std::str::Chars<'_>, Unspellable> {
    match is_legal(text) {
        true => Ok(text.chars()),
        false => Err(NO_TEXT),
    }
}

/// Whether XML can have all characters of a text (XML 1.0, section 2.2).
fn is_legal(text: &str) -> bool {
    let is_illegal = |c: char| {
        (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    !text.chars().any(is_illegal)
}

/// Whether an element can be called so, without a prefix (Namespaces in XML 1.0, section 3).
fn is_name(name: &str) -> bool {
    let is_first = |c: char| c.is_alphabetic() || c == '_';
    let is_next = |c: char| is_first(c) || c.is_numeric() || matches!(c, '-' | '.' | '\u{b7}');
    name.starts_with(is_first) && name.chars().all(is_next)
}
