//! Reads YAML from the events of `saphyr-parser`.

mod limits;

use super::scalar::{self, Meaning};
use super::{Failure, duplicate_key, too_deep};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::budget::Budget;
use crate::source::{FileId, Origin, Pointer, locate};
use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput, Tag};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// Reads one YAML document. Keys that stand twice are errors, and reading goes on with the first.
pub(super) fn parse(
    file: FileId,
    text: &str,
    budget: &mut Budget<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Value, Failure> {
    let mut reader = Reader {
        file,
        text,
        budget,
        diagnostics,
        parser: Parser::new_from_str(text),
        path: Vec::new(),
        anchors: HashMap::new(),
        weight: 0,
        duplicates: Vec::new(),
    };
    let value = reader.document()?;
    reader.report_duplicates();
    Ok(value)
}

struct Reader<'a, 'd, 'o> {
    file: FileId,
    text: &'a str,
    budget: &'d mut Budget<'o>,
    diagnostics: &'d mut Diagnostics,
    parser: Parser<'a, StrInput<'a>>,
    /// The way from the root to the value that is being read.
    path: Vec<Cow<'a, str>>,
    anchors: HashMap<usize, Anchor>,
    /// The bytes that all values so far would take, roughly.
    weight: usize,
    /// Keys that stand twice, where they stand first and where again.
    duplicates: Vec<(Origin, Span, Span)>,
}

/// A value that aliases may repeat.
enum Anchor {
    /// It is being read, so an alias to it is a cycle.
    Open,
    Closed {
        value: Value,
        nodes: usize,
        weight: usize,
        height: usize,
    },
}

/// An event that begins a value, with what all of them have in common.
type Begin<'a> = (Event<'a>, Span);

impl<'a> Reader<'a, '_, '_> {
    fn document(&mut self) -> Result<Value, Failure> {
        let mut value = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentEnd | Event::Nothing => {}
                Event::DocumentStart(_) if value.is_some() => {
                    let message = "the file holds more than one document";
                    return Err(self
                        .fail(Code::Syntax, message, span)
                        .map_help("keep one OpenAPI document in one file; `---` begins another"));
                }
                Event::DocumentStart(_) => {
                    let begin = self.next()?;
                    value = Some(self.node(begin, 0)?.0);
                }
                Event::StreamEnd => {
                    return value.ok_or_else(|| {
                        self.fail(Code::Syntax, "the file holds no document", span)
                    });
                }
                _ => return Err(self.fail(Code::Syntax, "a document was expected", span)),
            }
        }
    }

    fn next(&mut self) -> Result<Begin<'a>, Failure> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                let span = Span::empty(*error.marker());
                // The parser has a limit of its own, which is reached while it looks ahead.
                if error.info().contains("recursion limit") {
                    return Err(self.fail(
                        Code::Limit,
                        too_deep(self.budget.options.max_depth),
                        span,
                    ));
                }
                let message = format!("this is not YAML: {}", error.info());
                Err(self.fail(Code::Syntax, message, span))
            }
            None => {
                let span = Span::default();
                Err(self.fail(Code::Syntax, "the file ends early", span))
            }
        }
    }

    /// Reads a value and says how many levels it has. The recursion ends at the limit of depth.
    fn node(&mut self, (event, span): Begin<'a>, depth: usize) -> Result<(Value, usize), Failure> {
        self.count(1, span)?;
        let (nodes, weight) = (self.budget.nodes, self.weight);
        let anchor = match &event {
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(anchor, _)
            | Event::MappingStart(anchor, _) => *anchor,
            _ => 0,
        };
        if anchor != 0 {
            self.anchors.insert(anchor, Anchor::Open);
        }
        let (value, height) = match event {
            Event::Alias(id) => return self.alias(id, depth, span),
            Event::Scalar(text, style, _, tag) => {
                self.weight += text.len() + 1;
                (self.scalar(text, style, tag), 0)
            }
            Event::SequenceStart(..) => self.sequence(depth, span)?,
            Event::MappingStart(..) => self.mapping(depth, span)?,
            _ => return Err(self.fail(Code::Syntax, "a value was expected", span)),
        };
        if anchor != 0 {
            let weight = self.weight - weight + 1;
            // Keeping a copy costs as much as unfolding it once, so it counts as much.
            self.unfold(weight, span)?;
            let closed = Anchor::Closed {
                value: value.clone(),
                nodes: self.budget.nodes - nodes + 1,
                weight,
                height,
            };
            self.anchors.insert(anchor, closed);
        }
        Ok((value, height))
    }

    fn sequence(&mut self, depth: usize, span: Span) -> Result<(Value, usize), Failure> {
        self.enter(depth, span)?;
        let (mut items, mut height) = (Vec::new(), 0);
        loop {
            let begin = self.next()?;
            if begin.0 == Event::SequenceEnd {
                return Ok((Value::Array(items), height + 1));
            }
            self.path.push(Cow::Owned(items.len().to_string()));
            let (item, levels) = self.node(begin, depth + 1)?;
            self.path.pop();
            height = height.max(levels);
            items.push(item);
        }
    }

    fn mapping(&mut self, depth: usize, span: Span) -> Result<(Value, usize), Failure> {
        self.enter(depth, span)?;
        let (mut members, mut height) = (Map::new(), 0);
        // The span of each key in the order of the members; none for those that a merge key brought.
        let mut keys: Vec<Option<Span>> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                return Ok((Value::Object(members), height + 1));
            }
            let is_merge =
                matches!(&event, Event::Scalar(text, ScalarStyle::Plain, _, _) if text == "<<");
            let key = self.key(event, span)?;
            let begin = self.next()?;
            let value_span = begin.1;
            self.path.push(key.clone());
            if is_merge {
                let (value, levels) = self.node(begin, depth + 1)?;
                height = height.max(levels);
                self.merge(value, &mut members, value_span)?;
                keys.resize(members.len(), None);
                self.path.pop();
                continue;
            }
            // The search is linear, but a known key is either an error or one that a merge key brought.
            let known = match members.contains_key(key.as_ref()) {
                true => members.keys().position(|known| known.as_str() == key),
                false => None,
            };
            if let Some(first) = known.and_then(|index| keys.get(index).copied().flatten()) {
                self.duplicates.push((self.origin(), first, span));
                self.node(begin, depth + 1)?;
                self.path.pop();
                continue;
            }
            let (value, levels) = self.node(begin, depth + 1)?;
            self.path.pop();
            height = height.max(levels);
            match known.and_then(|index| keys.get_mut(index)) {
                Some(merged) => *merged = Some(span),
                None => keys.push(Some(span)),
            }
            members.insert(key.into_owned(), value);
        }
    }

    /// Keys become strings as the text spells them: a status may be written `200`, and `1.10` stays `1.10`.
    fn key(&mut self, event: Event<'a>, span: Span) -> Result<Cow<'a, str>, Failure> {
        let text = match event {
            Event::Scalar(text, style, anchor, _) => {
                let is_null = style == ScalarStyle::Plain
                    && matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL");
                if is_null {
                    let message = "a key must be a string, and this one is null";
                    return Err(self
                        .fail(Code::Syntax, message, span)
                        .map_help("put it in quotes"));
                }
                if anchor != 0 {
                    let closed = Anchor::Closed {
                        value: Value::from(text.as_ref()),
                        nodes: 1,
                        weight: text.len(),
                        height: 0,
                    };
                    self.anchors.insert(anchor, closed);
                }
                text
            }
            Event::Alias(id) => match self.anchors.get(&id) {
                Some(Anchor::Closed {
                    value: Value::String(text),
                    ..
                }) => Cow::Owned(text.clone()),
                _ => return Err(self.fail(Code::Syntax, "a key must be a string", span)),
            },
            _ => {
                let message = "a key must be a string, not an object or an array";
                return Err(self.fail(Code::Syntax, message, span));
            }
        };
        self.weight += text.len();
        Ok(text)
    }

    /// Adds the members of a merge key (<https://yaml.org/type/merge.html>): what stands in the mapping itself wins.
    fn merge(
        &mut self,
        value: Value,
        members: &mut Map<String, Value>,
        span: Span,
    ) -> Result<(), Failure> {
        let sources = match value {
            Value::Array(items) => items,
            other => vec![other],
        };
        for source in sources {
            let Value::Object(source) = source else {
                let message = "a merge key must be given an object or an array of objects";
                return Err(self.fail(Code::Syntax, message, span));
            };
            for (key, value) in source {
                if !members.contains_key(&key) {
                    members.insert(key, value);
                }
            }
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: Cow<'a, str>,
        style: ScalarStyle,
        tag: Option<Cow<'a, Tag>>,
    ) -> Value {
        let kind = tag
            .as_ref()
            .map(|tag| (tag.is_yaml_core_schema(), tag.suffix.as_str()));
        match kind {
            None if style != ScalarStyle::Plain => return Value::String(text.into_owned()),
            Some((true, "str" | "binary" | "timestamp")) => {
                return Value::String(text.into_owned());
            }
            None | Some((true, "int" | "float" | "bool" | "null")) => {}
            Some((_, suffix)) => {
                let message = format!("the tag `{suffix}` is ignored");
                self.warn(Code::NotSupported, message);
                return Value::String(text.into_owned());
            }
        }
        match scalar::plain(&text) {
            Meaning::Value(Value::String(_)) => Value::String(text.into_owned()),
            Meaning::Value(value) => value,
            Meaning::Unspeakable => {
                let message = format!("JSON has no number for `{text}`; it is taken as a string");
                self.warn(Code::InvalidValue, message);
                Value::String(text.into_owned())
            }
        }
    }

    /// The pointer says where, without counting the bytes up to here for each of many findings.
    fn warn(&mut self, code: Code, message: String) {
        let diagnostic = Diagnostic::new(code, self.origin(), message);
        self.diagnostics.push(diagnostic);
    }

    fn fail(&self, code: Code, message: impl Into<String>, span: Span) -> Failure {
        Box::new(Diagnostic::new(code, self.origin(), message).at(self.bytes(span)))
    }

    /// The bytes of all keys are counted in one pass.
    fn report_duplicates(&mut self) {
        let duplicates = std::mem::take(&mut self.duplicates);
        let spans = duplicates
            .iter()
            .flat_map(|(_, first, second)| [first, second]);
        let chars: Vec<Range<usize>> = spans
            .map(|span| span.start.index()..span.end.index())
            .collect();
        let places = locate::bytes_of_chars(self.text, &chars);
        for ((origin, ..), places) in duplicates.into_iter().zip(places.chunks(2)) {
            let (first, second) = (places.first().cloned(), places.get(1).cloned());
            self.diagnostics.push(duplicate_key(origin, first, second));
        }
    }

    fn origin(&self) -> Origin {
        let pointer = self
            .path
            .iter()
            .fold(Pointer::root(), |pointer, token| pointer.child(token));
        Origin::new(self.file, pointer)
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        let chars = span.start.index()..span.end.index();
        let places = locate::bytes_of_chars(self.text, &[chars]);
        places.into_iter().next().unwrap_or_default()
    }
}

trait MapHelp {
    fn map_help(self, help: &str) -> Self;
}

impl MapHelp for Failure {
    fn map_help(mut self, help: &str) -> Self {
        self.help = Some(help.to_owned());
        self
    }
}
