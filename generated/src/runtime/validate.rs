//! Holds values to what the document demands of them beyond their types: lengths, bounds, patterns, sizes.
//!
//! The demands are a table, and one walker goes through any value by its view, so that no type adds code of its own.

use std::fmt;

use super::codec::{Encode, Json, RecordView, View};
use super::decimal::Decimal;
use super::distinct::{first_pair, json_of};
use super::trail::{Step, push_step};

/// What the document demands of the types of a client.
pub struct Rules {
    /// The demands of each type that has some, in the order of their names.
    pub types: &'static [(&'static str, &'static [Rule])],
    /// Whether a text matches a pattern somewhere.
    pub is_match: Matcher,
    /// Whether a value keeps to a schema.
    pub keeps: fn(schema: &'static str, value: &Json, is_match: Matcher) -> bool,
}

/// Says whether a text matches a pattern somewhere.
pub type Matcher = fn(pattern: &str, text: &str) -> bool;

/// A demand (JSON Schema Validation, section 6). Of a value that it does not speak of, it demands nothing.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// A text has at least so many characters: Unicode code points.
    MinLength(u64),
    /// A text has at most so many characters.
    MaxLength(u64),
    /// A text matches a regular expression of ECMA 262 somewhere.
    Pattern(&'static str),
    /// A number is at least this.
    Minimum(&'static str),
    /// A number is more than this.
    ExclusiveMinimum(&'static str),
    /// A number is at most this.
    Maximum(&'static str),
    /// A number is less than this.
    ExclusiveMaximum(&'static str),
    /// A number is a multiple of this.
    MultipleOf(&'static str),
    /// An array has at least so many items.
    MinItems(u64),
    /// An array has at most so many items.
    MaxItems(u64),
    /// The items of an array differ.
    UniqueItems,
    /// An object has at least so many properties.
    MinProperties(u64),
    /// An object has at most so many properties.
    MaxProperties(u64),
    /// It is one of these.
    OneOf(&'static [&'static str]),
    /// The value of a field keeps to these.
    Field(&'static str, &'static [Rule]),
    /// Each item of an array, each value of a map, or each value beside the fields of an object keeps to these.
    Each(&'static [Rule]),
    /// A union that is its variant of this index keeps to these.
    Variant(usize, &'static [Rule]),
    /// It keeps to the demands of this type.
    Type(&'static str),
    /// It keeps to a schema, which says what no other demand does.
    Schema(&'static str),
}

/// What a value does not keep to: every demand that it fails. It names places, never values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationError {
    violations: Vec<Violation>,
}

impl ValidationError {
    /// The demands that the value fails, in the order of its parts; at least one.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.violations.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ValidationError {}

/// A demand that a value fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    path: String,
    message: String,
}

impl Violation {
    /// Where it is, such as `items[3].name`; empty for the whole value.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is demanded there, such as "must have at most 64 characters, has 65".
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.message),
            path => write!(f, "`{path}`: {}", self.message),
        }
    }
}

/// Checks a value, and all that is in it, against the demands of its type and of theirs.
///
/// # Errors
///
/// If it fails any; all of them are listed.
pub fn validate(value: &dyn Encode, ty: &str, rules: &Rules) -> Result<(), ValidationError> {
    let mut walker = Walker {
        rules,
        path: String::new(),
        violations: Vec::new(),
    };
    let view = value.view();
    if !matches!(view, View::Record(_)) {
        walker.demand(view, rules.of(ty));
    }
    walker.descend(view);
    match walker.violations {
        none if none.is_empty() => Ok(()),
        violations => Err(ValidationError { violations }),
    }
}

/// Implements `validate` for types: `validates!(Pet, Owner);` where `RULES`, `types` and `runtime` are in scope.
#[allow(unused_macros, reason = "only a client has types")]
macro_rules! validates {
    ($($name:ident),* $(,)?) => { $(
        impl types::$name {
            /// Checks this value, and all that is in it, against what the document demands beyond the types.
            ///
            /// # Errors
            ///
            /// If it fails any demand; all of them are listed, each with the path of the value that fails it.
            pub fn validate(&self) -> ::std::result::Result<(), runtime::validate::ValidationError> {
                runtime::validate::validate(self, stringify!($name), &RULES)
            }
        }
    )* };
}

#[allow(unused_imports, reason = "only a client has types")]
pub(crate) use validates;

impl Rules {
    fn of(&self, ty: &str) -> &'static [Rule] {
        let found = self.types.binary_search_by(|(name, _)| (*name).cmp(ty));
        let rules = found.ok().and_then(|index| self.types.get(index));
        rules.map_or(&[], |(_, rules)| rules)
    }
}

/// Goes through a value and notes what it fails.
struct Walker<'r> {
    rules: &'r Rules,
    path: String,
    violations: Vec<Violation>,
}

impl Walker<'_> {
    /// Goes into a value to the records in it, whose demands are known by their names.
    fn descend(&mut self, view: View<'_>) {
        match view {
            View::Record(record) => self.record(view, record),
            // What holds of which values is said where the union stands.
            View::Union(union) if union.spec().allows_others => {}
            View::Union(union) => {
                if union.variant().is_none() {
                    self.fail("must be one of the variants that the document names".to_owned());
                }
                self.descend(union.value());
            }
            View::List(_) | View::Map(_) => self.each(view, |walker, part| walker.descend(part)),
            // Values of no documented type hold no records.
            _ => {}
        }
    }

    fn record(&mut self, view: View<'_>, record: &dyn RecordView) {
        let spec = record.spec();
        let rules = self.rules.of(spec.name);
        self.demand(view, rules);
        for (index, field) in spec.fields.iter().enumerate() {
            let value = record.field(index);
            let demands = rules.iter().filter_map(|rule| match rule {
                Rule::Field(name, demands) if *name == field.name() => Some(*demands),
                _ => None,
            });
            self.at(Step::Key(field.name().into()), |walker| {
                demands.for_each(|demands| walker.demand(value, demands));
                walker.descend(value);
            });
        }
        if let Some(rest) = record.rest() {
            self.each(View::Map(rest), |walker, part| walker.descend(part));
        }
    }

    /// Checks a value against demands. Where null is allowed, nothing is demanded of it.
    fn demand(&mut self, view: View<'_>, rules: &'static [Rule]) {
        if matches!(view, View::Absent | View::Null | View::Json(Json::Null)) {
            return;
        }
        for rule in rules {
            match (rule, view) {
                (Rule::Schema(schema), _) => self.keep(view, schema),
                (Rule::Type(ty), _) => self.demand(view, self.rules.of(ty)),
                (Rule::Variant(index, rules), View::Union(union)) => {
                    if union.variant() == Some(*index) {
                        self.demand(union.value(), rules);
                    }
                }
                // A union is what its variant holds.
                (_, View::Union(union)) => {
                    self.demand(union.value(), std::slice::from_ref(rule));
                }
                (Rule::Each(rules), View::Record(record)) => {
                    if let Some(rest) = record.rest() {
                        self.each(View::Map(rest), |walker, part| walker.demand(part, rules));
                    }
                }
                (Rule::Each(rules), _) => {
                    self.each(view, |walker, part| walker.demand(part, rules));
                }
                (rule, view) => {
                    if let Some(message) = self.failure(rule, view) {
                        self.fail(message);
                    }
                }
            }
        }
    }

    /// Checks a value against a schema. What JSON cannot spell is found when it is sent.
    fn keep(&mut self, view: View<'_>, schema: &'static str) {
        let value = json_of(view);
        if value.is_some_and(|value| !(self.rules.keeps)(schema, &value, self.rules.is_match)) {
            self.fail(format!("must keep to the schema {schema}"));
        }
    }

    fn fail(&mut self, message: String) {
        let path = self.path.clone();
        self.violations.push(Violation { path, message });
    }

    /// What is wrong with a value by a demand that speaks of it as a whole.
    fn failure(&self, rule: &Rule, view: View<'_>) -> Option<String> {
        match *rule {
            Rule::MinLength(min) => too_few(view.characters()?, min, "character"),
            Rule::MaxLength(max) => too_many(view.characters()?, max, "character"),
            Rule::Pattern(pattern) => {
                let is_match = (self.rules.is_match)(pattern, &view.text()?);
                (!is_match).then(|| format!("must match the pattern {pattern}"))
            }
            Rule::Minimum(bound) => out_of(view, bound, "at least", |order| order.is_lt()),
            Rule::ExclusiveMinimum(bound) => {
                out_of(view, bound, "more than", |order| order.is_le())
            }
            Rule::Maximum(bound) => out_of(view, bound, "at most", |order| order.is_gt()),
            Rule::ExclusiveMaximum(bound) => {
                out_of(view, bound, "less than", |order| order.is_ge())
            }
            Rule::MultipleOf(step) => {
                let is_multiple = view.decimal()?.is_multiple_of(&Decimal::parse(step)?);
                (!is_multiple).then(|| format!("must be a multiple of {step}"))
            }
            Rule::MinItems(min) => too_few(view.items()?, min, "item"),
            Rule::MaxItems(max) => too_many(view.items()?, max, "item"),
            Rule::UniqueItems => {
                let (one, other) = first_pair(view)?;
                Some(format!(
                    "must have items that differ, but those at {one} and {other} are the same"
                ))
            }
            Rule::MinProperties(min) => too_few(view.properties()?, min, "property"),
            Rule::MaxProperties(max) => too_many(view.properties()?, max, "property"),
            Rule::OneOf(values) => {
                let is_known = values.contains(&view.plain_text()?.as_ref());
                (!is_known).then(|| "must be one of the values that the document names".to_owned())
            }
            Rule::Field(..)
            | Rule::Each(_)
            | Rule::Variant(..)
            | Rule::Type(_)
            | Rule::Schema(_) => None,
        }
    }

    /// Visits each item of a list and each value of a map.
    fn each(&mut self, view: View<'_>, mut visit: impl FnMut(&mut Self, View<'_>)) {
        match view {
            View::List(list) => {
                for index in 0..list.count() {
                    if let Some(item) = list.item(index) {
                        self.at(Step::Item(index), |walker| visit(walker, item));
                    }
                }
            }
            View::Map(map) => {
                for (key, value) in map.entries() {
                    let step = Step::Key(key.to_owned().into());
                    self.at(step, |walker| visit(walker, value));
                }
            }
            View::Json(Json::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.at(Step::Item(index), |walker| visit(walker, View::Json(item)));
                }
            }
            View::Json(Json::Object(entries)) => {
                for (key, value) in entries {
                    let step = Step::Key(key.clone().into());
                    self.at(step, |walker| visit(walker, View::Json(value)));
                }
            }
            _ => {}
        }
    }

    /// Does something a step further in.
    fn at(&mut self, step: Step, work: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        push_step(&mut self.path, &step);
        work(self);
        self.path.truncate(length);
    }
}

fn too_few(count: usize, min: u64, what: &str) -> Option<String> {
    let is_less = u64::try_from(count).is_ok_and(|count| count < min);
    is_less.then(|| format!("must have at least {}, has {count}", counted(min, what)))
}

fn too_many(count: usize, max: u64, what: &str) -> Option<String> {
    let is_more = u64::try_from(count).map_or(true, |count| count > max);
    is_more.then(|| format!("must have at most {}, has {count}", counted(max, what)))
}

fn counted(count: u64, what: &str) -> String {
    match (count, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        _ => format!("{count} {what}s"),
    }
}

fn out_of(
    view: View<'_>,
    bound: &str,
    words: &str,
    fails: fn(std::cmp::Ordering) -> bool,
) -> Option<String> {
    let order = view.decimal()?.compare(&Decimal::parse(bound)?);
    fails(order).then(|| format!("must be {words} {bound}"))
}
