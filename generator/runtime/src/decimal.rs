//! Numbers as they are spelled, compared without rounding.

use std::cmp::Ordering;

/// The largest step that products are taken of without overflow.
const MOST_STEP: u128 = 1 << 126;

/// A number as it is spelled: `digits * 10^exponent`, without zeros at either end of its digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    is_negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// Reads a number of JSON; `None` for what is none, or has an exponent beyond those of any use.
    pub fn parse(text: &str) -> Option<Decimal> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let spelled = format!("{whole}{fraction}");
        if spelled.is_empty() || !spelled.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let trimmed = spelled.trim_end_matches('0');
        let dropped = spelled.len() - trimmed.len();
        let digits = trimmed.trim_start_matches('0').to_owned();
        let exponent = i64::from(exponent) - i64::try_from(fraction.len()).ok()?
            + i64::try_from(dropped).ok()?;
        Some(Decimal {
            is_negative: is_negative && !digits.is_empty(),
            exponent: if digits.is_empty() { 0 } else { exponent },
            digits,
        })
    }

    /// Whether it has no fraction.
    pub fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// The number, if it is an integer of 128 bits.
    pub fn to_i128(&self) -> Option<i128> {
        let zeros = u32::try_from(self.exponent).ok()?;
        let size = match self.digits.as_str() {
            "" => return Some(0),
            digits => digits.parse::<i128>().ok()?,
        };
        let signed = if self.is_negative { -size } else { size };
        signed.checked_mul(10_i128.checked_pow(zeros)?)
    }

    /// Which of two numbers is larger.
    pub fn compare(&self, other: &Decimal) -> Ordering {
        match (self.sign(), other.sign()) {
            (one, another) if one != another => one.cmp(&another),
            (0, _) => Ordering::Equal,
            (1, _) => self.compare_size(other),
            _ => other.compare_size(self),
        }
    }

    /// Whether it is an integer times the other number. Nothing is demanded by a step of 0, or of more than 38 digits.
    pub fn is_multiple_of(&self, step: &Decimal) -> bool {
        let Ok(modulus) = step.digits.parse::<u128>() else {
            return true;
        };
        // A number without zeros at its end is no multiple of one with some.
        let Ok(zeros) = u64::try_from(self.exponent - step.exponent) else {
            return self.digits.is_empty();
        };
        if modulus > MOST_STEP {
            return true;
        }
        let rest = self.digits.bytes().fold(0, |rest, digit| {
            let tens = multiply(rest, 10, modulus);
            (tens + u128::from(digit.wrapping_sub(b'0'))) % modulus
        });
        multiply(rest, power_of_ten(zeros, modulus), modulus) == 0
    }

    fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.is_negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    /// Compares by the place of the first digit, then digit by digit; both are without sign and not 0.
    fn compare_size(&self, other: &Decimal) -> Ordering {
        let first = |decimal: &Decimal| decimal.digits.len() as i64 + decimal.exponent;
        // Digits after the first places compare as text does, since zeros at the end were taken away.
        let places = first(self).cmp(&first(other));
        places.then_with(|| self.digits.cmp(&other.digits))
    }
}

/// A power of ten, modulo a number that is not 0.
fn power_of_ten(mut power: u64, modulus: u128) -> u128 {
    let (mut result, mut square) = (1 % modulus, 10 % modulus);
    while power > 0 {
        if power & 1 == 1 {
            result = multiply(result, square, modulus);
        }
        square = multiply(square, square, modulus);
        power >>= 1;
    }
    result
}

/// A product, modulo a number of at most 127 bits; by doubling, so that nothing overflows.
fn multiply(mut one: u128, mut other: u128, modulus: u128) -> u128 {
    let mut result = 0;
    one %= modulus;
    while other > 0 {
        if other & 1 == 1 {
            result = (result + one) % modulus;
        }
        one = (one + one) % modulus;
        other >>= 1;
    }
    result
}
