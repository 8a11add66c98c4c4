//! How types describe themselves, so that one reader and one writer serve them all.
//!
//! A type shows what it holds as a [`View`] and takes what arrives through a [`Slot`]. Neither has type parameters, so
//! the code that reads and writes JSON, forms, queries and `Debug` output is compiled once, not once for each type.

use std::any::Any;
use std::fmt;

use super::read;
use super::write;

/// Any JSON value.
pub type Json = serde_json::Value;

/// A value that can be sent.
pub trait Encode {
    /// What the value holds.
    fn view(&self) -> View<'_>;
}

/// A value that can be received.
pub trait Decode: Encode {
    /// The value before anything has been read into it.
    fn blank() -> Self
    where
        Self: Sized;
    /// The place that takes what arrives.
    fn slot(&mut self) -> Slot<'_>;
}

/// What a value holds.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// Nothing: an optional field that is not sent, `null` wherever something must stand.
    Absent,
    /// An explicit `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A signed integer.
    Int(i64),
    /// An unsigned integer.
    Uint(u64),
    /// A number of single precision, which is written with no more digits than it has.
    Single(f32),
    /// A number.
    Float(f64),
    /// A number of any size, as it is spelled.
    Number(&'a str),
    /// A text.
    Text(&'a str),
    /// A value with a text form, such as a date.
    Format(&'a dyn Format),
    /// A text that only the wire may see.
    Secret(&'a str),
    /// A list or tuple.
    List(&'a dyn ListView),
    /// A map.
    Map(&'a dyn MapView),
    /// A record.
    Record(&'a dyn RecordView),
    /// One of several types.
    Union(&'a dyn UnionView),
    /// Any JSON.
    Json(&'a Json),
}

/// A place that takes what arrives.
pub enum Slot<'a> {
    /// Takes a boolean.
    Bool(&'a mut bool),
    /// Takes an integer.
    Int(&'a mut dyn IntSlot),
    /// Takes a number in single precision.
    Single(&'a mut f32),
    /// Takes a number.
    Float(&'a mut f64),
    /// Takes a number as it is spelled.
    Number(&'a mut dyn TextSlot),
    /// Takes any text.
    String(&'a mut String),
    /// Takes a text of some form.
    Text(&'a mut dyn TextSlot),
    /// Takes `null` or something.
    Optional(&'a mut dyn OptionalSlot),
    /// Takes an array.
    List(&'a mut dyn ListSlot),
    /// Takes an object with any keys.
    Map(&'a mut dyn MapSlot),
    /// Takes an object with known keys.
    Record(&'a mut dyn RecordSlot),
    /// Takes one of several types.
    Union(&'a mut dyn UnionSlot),
    /// Takes any JSON.
    Json(&'a mut Json),
}

/// A value with a text form.
pub trait Format {
    /// Writes the text. It fails only if the output does.
    fn format(&self, out: &mut dyn fmt::Write) -> fmt::Result;
    /// The value itself, where it is more than its text: a file is sent as one by a body of parts.
    fn as_any(&self) -> Option<&dyn Any> {
        None
    }
    /// Writes the text by which values are compared, where one value can be spelled in several ways.
    fn format_usual(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        self.format(out)
    }
}

/// Takes an integer.
pub trait IntSlot {
    /// Takes the integer, or says that it is out of range.
    fn put(&mut self, value: i128) -> bool;
    /// What is taken, as in "expected an integer from 0 to 255".
    fn expected(&self) -> &'static str;
}

/// Takes a text of some form.
pub trait TextSlot {
    /// Takes the text, or says that it does not have the form.
    fn put(&mut self, text: &str) -> bool;
    /// What is taken, as in "expected a UUID".
    fn expected(&self) -> &'static str {
        "a string"
    }
    /// The texts that the document names; empty where it names none.
    fn names(&self) -> &'static [&'static str] {
        &[]
    }
}

/// Takes `null` or something.
pub trait OptionalSlot {
    /// Makes room for something.
    fn fill(&mut self) -> Slot<'_>;
    /// Takes `null`.
    fn clear(&mut self);
}

/// The items of a list or tuple.
pub trait ListView {
    /// How many there are.
    fn count(&self) -> usize;
    /// One of them.
    fn item(&self, index: usize) -> Option<View<'_>>;
}

/// Takes an array.
pub trait ListSlot {
    /// Forgets what it has taken.
    fn clear(&mut self);
    /// Makes room for the item at this index, which is the next one; `None` if there is no more room.
    fn next(&mut self, index: usize) -> Option<Slot<'_>>;
    /// How many items there must be.
    fn fixed(&self) -> Option<usize> {
        None
    }
}

/// The entries of a map.
pub trait MapView {
    /// The entries in order.
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, View<'_>)> + '_>;
    /// Whether there is an entry with this key.
    fn has(&self, key: &str) -> bool;
}

/// Takes an object with any keys.
pub trait MapSlot {
    /// Forgets what it has taken.
    fn clear(&mut self);
    /// Makes room for the value of this key.
    fn entry(&mut self, key: String) -> Slot<'_>;
    /// What is expected of keys, if this is none that is taken.
    fn expects(&self, _key: &str) -> Option<&'static str> {
        None
    }
}

/// The fields of a record.
pub trait RecordView {
    /// What the record looks like.
    fn spec(&self) -> &'static RecordSpec;
    /// The field at this index of the specification.
    fn field(&self, index: usize) -> View<'_>;
    /// What the record keeps beside its fields.
    fn rest(&self) -> Option<&dyn MapView> {
        None
    }
}

/// Takes an object with known keys.
pub trait RecordSlot: RecordView {
    /// The field at this index of the specification.
    fn field_slot(&mut self, index: usize) -> Slot<'_>;
    /// What takes the other keys; without it they are passed over.
    fn rest_slot(&mut self) -> Option<&mut dyn MapSlot> {
        None
    }
}

/// What a record looks like.
#[derive(Debug)]
pub struct RecordSpec {
    /// Its name in Rust.
    pub name: &'static str,
    /// Its fields.
    pub fields: &'static [FieldSpec],
}

/// A field of a record, with its name on the wire.
#[derive(Debug, Clone, Copy)]
pub enum FieldSpec {
    /// It must be there.
    Required(&'static str),
    /// It may be absent.
    Optional(&'static str),
    /// It may be absent, and is then what this JSON says.
    Defaulted(&'static str, &'static str),
}

impl FieldSpec {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Required(name) | Self::Optional(name) | Self::Defaulted(name, _) => name,
        }
    }

    /// Whether it must be there.
    pub fn is_required(self) -> bool {
        matches!(self, FieldSpec::Required(_))
    }
}

/// A value that is one of several types.
pub trait UnionView {
    /// The variants.
    fn spec(&self) -> &'static UnionSpec;
    /// The variant that it is; `None` if it is none of the known ones.
    fn variant(&self) -> Option<usize>;
    /// What the variant holds.
    fn value(&self) -> View<'_>;
}

/// Takes one of several types.
pub trait UnionSlot: UnionView {
    /// Becomes the blank variant of this index.
    fn select(&mut self, variant: usize) -> Slot<'_>;
    /// Keeps a value that is none of the known variants.
    fn keep(&mut self, value: Json);
}

/// The variants of a union.
#[derive(Debug)]
pub struct UnionSpec {
    /// The property that decides; `None` if the shape of the value does.
    pub tag: Option<&'static str>,
    /// Whether a variant holds secrets, so that a value of no known variant may hold one too.
    pub has_secrets: bool,
    /// Whether a value of no known variant is as good as one of a known.
    pub allows_others: bool,
    /// The variants.
    pub variants: &'static [VariantSpec],
}

/// A variant of a union.
#[derive(Debug)]
pub struct VariantSpec {
    /// Its name in Rust.
    pub name: &'static str,
    /// The values of the deciding property that mean it; the first is written.
    pub tags: &'static [&'static str],
    /// What a value must be to be this variant, where no property decides for all of them.
    pub when: When,
}

/// What decides that a value is a variant of a union. The surest comes first: a property, then what properties there
/// are, then the kind of the value, then trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// It is an object whose property is one of these texts or, if it is none, is spelled as one of these. What else the
    /// variant demands must hold then: if it does not, the value is not kept but refused.
    Property(&'static str, &'static [&'static str]),
    /// It is an object that has all of these properties.
    Has(&'static [&'static str]),
    /// It is `null`.
    Null,
    /// It is a boolean.
    Bool,
    /// It is a number without a fraction.
    Integer,
    /// It is a number.
    Number,
    /// It is a text.
    Text,
    /// It is an array.
    Array,
    /// It is an object.
    Object,
    /// It can be read as one, and better than as another that is tried.
    Trial,
}

/// Reads a value from JSON.
///
/// # Errors
///
/// If the bytes are not JSON, or not JSON of this type. The error never quotes a value.
pub fn decode<T: Decode>(json: &[u8]) -> Result<T, DecodeError> {
    let mut value = T::blank();
    read::read_json(&mut value, json)?;
    Ok(value)
}

/// Writes a value as JSON.
///
/// # Errors
///
/// If it holds a number that JSON cannot spell: infinity or not a number.
pub fn encode(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    encode_view(value.view())
}

/// What is seen of a value as JSON.
pub(super) fn encode_view(view: View<'_>) -> Result<Vec<u8>, EncodeError> {
    write::write_json(view)
}

/// Why a value could not be read: what was expected where. It names places and kinds, never values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    path: String,
    message: String,
}

impl DecodeError {
    /// An error at a place.
    pub(super) fn new(path: String, message: String) -> Self {
        DecodeError { path, message }
    }

    /// Where it is, such as `items[3].name`; empty for the whole value.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there, such as "expected a string, found null".
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_error(&self.path, &self.message, f)
    }
}

impl std::error::Error for DecodeError {}

/// Why a value could not be written. It names places, never values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError {
    path: String,
    message: String,
}

impl EncodeError {
    /// An error at a place.
    pub(super) fn new(path: String, message: String) -> Self {
        EncodeError { path, message }
    }

    /// Where it is, such as `items[3].price`; empty for the whole value.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_error(&self.path, &self.message, f)
    }
}

impl std::error::Error for EncodeError {}

fn write_error(path: &str, message: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if path.is_empty() {
        f.write_str(message)
    } else {
        write!(f, "`{path}`: {message}")
    }
}
