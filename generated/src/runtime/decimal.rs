//! Numbers as they are spelled, compared without rounding.

use std::cmp::Ordering;

/// The most digits that are told apart; the numbers of JSON have fewer.
const MOST_DIGITS: usize = 38;

/// A number as it is spelled: `digits * 10^exponent`, without zeros at the end of its digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    is_negative: bool,
    digits: u128,
    exponent: i64,
}

impl Decimal {
    /// Reads a number of JSON; `None` for what is none, or has more digits than are told apart.
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
        let trimmed = spelled.trim_end_matches('0');
        let dropped = spelled.len() - trimmed.len();
        let exponent = i64::from(exponent) - i64::try_from(fraction.len()).ok()?
            + i64::try_from(dropped).ok()?;
        let is_number = !spelled.is_empty() && spelled.bytes().all(|byte| byte.is_ascii_digit());
        match trimmed.trim_start_matches('0') {
            _ if !is_number => None,
            "" => Some(Decimal {
                is_negative: false,
                digits: 0,
                exponent: 0,
            }),
            digits if digits.len() > MOST_DIGITS => None,
            digits => Some(Decimal {
                is_negative,
                digits: digits.parse().ok()?,
                exponent,
            }),
        }
    }

    /// Which of two numbers is larger.
    pub fn compare(self, other: Decimal) -> Ordering {
        match (self.sign(), other.sign()) {
            (one, another) if one != another => one.cmp(&another),
            (0, _) => Ordering::Equal,
            (1, _) => self.compare_size(other),
            _ => other.compare_size(self),
        }
    }

    /// Whether it is an integer times the other number, which is not 0.
    pub fn is_multiple_of(self, step: Decimal) -> bool {
        if self.digits == 0 || step.digits == 0 {
            return self.digits == 0;
        }
        let shift = self.exponent - step.exponent;
        if shift >= 0 {
            let rest = power_of_ten(shift.unsigned_abs(), step.digits);
            return multiply(self.digits % step.digits, rest, step.digits) == 0;
        }
        // The step has more zeros: where they do not fit beside its digits, it is larger than any number of ours.
        u32::try_from(shift.unsigned_abs())
            .ok()
            .and_then(|shift| 10_u128.checked_pow(shift))
            .and_then(|zeros| step.digits.checked_mul(zeros))
            .is_some_and(|step| self.digits.is_multiple_of(step))
    }

    fn sign(self) -> i8 {
        match (self.digits, self.is_negative) {
            (0, _) => 0,
            (_, true) => -1,
            _ => 1,
        }
    }

    /// Compares by the place of the first digit, then digit by digit; both are without sign and not 0.
    fn compare_size(self, other: Decimal) -> Ordering {
        let (one, another) = (self.digits.to_string(), other.digits.to_string());
        let first = |digits: &str, exponent: i64| digits.len() as i64 + exponent;
        let places = first(&one, self.exponent).cmp(&first(&another, other.exponent));
        // Digits after the first places compare as text does, since zeros at the end were taken away.
        places.then_with(|| one.cmp(&another))
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
