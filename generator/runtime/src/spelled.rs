//! Values with a text form that can be spelled in several ways, such as points in time.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use super::codec::{Decode, Encode, Format, Slot, TextSlot, View};

/// A type with a text form.
pub trait TextForm: Sized {
    /// What is read, as in "expected a date and time as in RFC 3339".
    const EXPECTED: &'static str;
    /// Reads a text; `None` if it does not have the form, or means what the type cannot hold.
    fn read(text: &str) -> Option<Self>;
    /// Writes the usual text. It fails only if the output does.
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result;
    /// Some value, before one has been read.
    fn some() -> Self;
}

/// A value, and how the server spelled it where that is not the usual way: `.500Z` for `.5Z`, `+00:00` for `Z`. It is
/// sent back as it came. It derefs to the value, compares as the value, and is made of one by `into`.
#[derive(Clone)]
pub struct Spelled<T> {
    value: T,
    text: Option<Box<str>>,
}

impl<T> Spelled<T> {
    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Spelled<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> From<T> for Spelled<T> {
    fn from(value: T) -> Self {
        Spelled { value, text: None }
    }
}

impl<T: TextForm> FromStr for Spelled<T> {
    type Err = WrongForm;

    fn from_str(text: &str) -> Result<Self, WrongForm> {
        let value = T::read(text).ok_or(WrongForm(T::EXPECTED))?;
        let mut rest = Rest(text);
        let is_usual = value.write(&mut rest).is_ok() && rest.0.is_empty();
        let text = (!is_usual).then(|| text.into());
        Ok(Spelled { value, text })
    }
}

impl<T: TextForm> fmt::Display for Spelled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Format::format(self, f)
    }
}

impl<T: TextForm> fmt::Debug for Spelled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Format::format(self, f)
    }
}

impl<T: PartialEq> PartialEq for Spelled<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: PartialEq> PartialEq<T> for Spelled<T> {
    fn eq(&self, other: &T) -> bool {
        self.value == *other
    }
}

impl<T: Eq> Eq for Spelled<T> {}

impl<T: PartialOrd> PartialOrd for Spelled<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: Ord> Ord for Spelled<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T: Hash> Hash for Spelled<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<T: TextForm> Encode for Spelled<T> {
    fn view(&self) -> View<'_> {
        View::Format(self)
    }
}

impl<T: TextForm> Format for Spelled<T> {
    fn format(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        match &self.text {
            Some(text) => out.write_str(text),
            None => self.value.write(out),
        }
    }

    fn format_usual(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        self.value.write(out)
    }
}

impl<T: TextForm> Decode for Spelled<T> {
    fn blank() -> Self {
        Spelled::from(T::some())
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }
}

impl<T: TextForm> TextSlot for Spelled<T> {
    fn put(&mut self, text: &str) -> bool {
        text.parse().map(|value| *self = value).is_ok()
    }
    fn expected(&self) -> &'static str {
        T::EXPECTED
    }
}

/// A text that does not have the form of its type. It says what was expected, not what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongForm(&'static str);

impl fmt::Display for WrongForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.0)
    }
}

impl std::error::Error for WrongForm {}

/// The end of a text that has not been written yet. Writing anything else to it fails.
struct Rest<'t>(&'t str);

impl fmt::Write for Rest<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(text).ok_or(fmt::Error)?;
        Ok(())
    }
}

/// Lets a type with one text form be a value of the codec: `text_values!(Date);`
#[allow(unused_macros, reason = "not every type with a text form has one only")]
macro_rules! text_values {
    ($($name:ty),* $(,)?) => { $(
        impl Encode for $name {
            fn view(&self) -> View<'_> {
                View::Format(self)
            }
        }
        impl Format for $name {
            fn format(&self, out: &mut dyn fmt::Write) -> fmt::Result {
                TextForm::write(self, out)
            }
        }
        impl Decode for $name {
            fn blank() -> Self {
                TextForm::some()
            }
            fn slot(&mut self) -> Slot<'_> {
                Slot::Text(self)
            }
        }
        impl TextSlot for $name {
            fn put(&mut self, text: &str) -> bool {
                TextForm::read(text).map(|value| *self = value).is_some()
            }
            fn expected(&self) -> &'static str {
                <$name as TextForm>::EXPECTED
            }
        }
    )* };
}

#[allow(
    unused_imports,
    reason = "not every type with a text form has one only"
)]
pub(super) use text_values;
