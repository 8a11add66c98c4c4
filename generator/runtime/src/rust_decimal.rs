//! Decimal numbers that travel as text.

use std::fmt;

use rust_decimal::Decimal as Number;

use super::spelled::{Spelled, TextForm};

/// A [`rust_decimal::Decimal`], and how the server spelled it. What it cannot hold without rounding is refused.
pub type Decimal = Spelled<Number>;

impl TextForm for Number {
    const EXPECTED: &'static str = "a decimal number of at most 28 digits";

    fn read(text: &str) -> Option<Self> {
        Number::from_str_exact(text).ok()
    }
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "{self}")
    }
    fn some() -> Self {
        Number::ZERO
    }
}
