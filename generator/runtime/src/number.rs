//! Numbers of any size and with any number of digits, kept as they are spelled.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::codec::{Decode, Encode, Slot, TextSlot, View};
use super::decimal::Decimal;
use super::json::Cursor;

/// Makes a type that keeps a number as it is spelled.
macro_rules! spelled_numbers {
    ($($(#[$doc:meta])* $name:ident, $is:path, $expected:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Box<str>);

        impl $name {
            /// The number as JSON spells it.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The nearest number of 64 bits; infinite if it is out of their range.
            pub fn to_f64(&self) -> f64 {
                self.0.parse().unwrap_or(f64::NAN)
            }

            /// The number, if it is an integer of 128 bits.
            pub fn to_i128(&self) -> Option<i128> {
                self.decimal()?.to_i128()
            }

            fn decimal(&self) -> Option<Decimal> {
                Decimal::parse(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = WrongNumber;

            fn from_str(text: &str) -> Result<Self, WrongNumber> {
                let is_one = read(text).is_some_and(|decimal| $is(&decimal));
                let number = is_one.then(|| $name(text.into()));
                number.ok_or(WrongNumber($expected))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        /// Numbers are equal whatever their spelling: `1.50` is `1.5`.
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.decimal() == other.decimal()
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                match (self.decimal(), other.decimal()) {
                    (Some(one), Some(other)) => one.compare(&other),
                    (one, other) => one.is_some().cmp(&other.is_some()),
                }
            }
        }

        impl Encode for $name {
            fn view(&self) -> View<'_> {
                View::Number(&self.0)
            }
        }

        impl Decode for $name {
            fn blank() -> Self {
                $name::from(0_i64)
            }
            fn slot(&mut self) -> Slot<'_> {
                Slot::Number(self)
            }
        }

        impl TextSlot for $name {
            fn put(&mut self, text: &str) -> bool {
                text.parse().map(|value| *self = value).is_ok()
            }
            fn expected(&self) -> &'static str {
                $expected
            }
        }

        from_integers!($name: i32, i64, i128, u32, u64, u128);
    )* };
}

macro_rules! from_integers {
    ($name:ident: $($int:ident),*) => { $(
        impl From<$int> for $name {
            fn from(value: $int) -> Self {
                $name(value.to_string().into())
            }
        }
    )* };
}

spelled_numbers! {
    /// An integer of any size. It is made of an integer of Rust by `into`, or of digits by `parse`.
    BigInteger, Decimal::is_integer, "an integer";
    /// A number with every digit that it is spelled with. It is made of an integer by `into`, or of a text such as
    /// `"0.10"` by `parse`.
    BigNumber, is_any, "a number";
}

/// The number that a text is, if JSON spells it so.
fn read(text: &str) -> Option<Decimal> {
    let mut cursor = Cursor::new(text);
    cursor.number().ok()?;
    let is_all = cursor.text_since(Cursor::new(text)).len() == text.len();
    is_all.then(|| Decimal::parse(text)).flatten()
}

fn is_any(_: &Decimal) -> bool {
    true
}

/// A text that is no number, or none without a fraction where an integer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongNumber(&'static str);

impl fmt::Display for WrongNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.0)
    }
}

impl std::error::Error for WrongNumber {}
