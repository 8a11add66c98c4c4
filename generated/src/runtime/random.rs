//! Numbers that nobody can guess, and in tests the same ones each time.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

/// Where a client takes random numbers from.
#[derive(Debug, Default)]
pub(super) struct Random {
    /// How far the numbers of a seed have been drawn; `None` if they are not to be foreseen.
    seeded: Option<AtomicU64>,
}

impl Random {
    /// The numbers that follow from a seed.
    pub(super) fn from_seed(seed: u64) -> Self {
        Random {
            seeded: Some(AtomicU64::new(seed)),
        }
    }

    /// The next number, as one from 0 to 1.
    pub(super) fn fraction(&self) -> f64 {
        f64::from(self.next() as u32) / f64::from(u32::MAX)
    }

    /// A name of 128 bits, in hexadecimal digits.
    pub(super) fn name(&self) -> String {
        let (first, second) = (self.next(), self.next());
        format!("{first:016x}{second:016x}")
    }

    /// The next number.
    fn next(&self) -> u64 {
        match &self.seeded {
            // The standard library keys its hashers with numbers that the operating system draws.
            None => RandomState::new().hash_one(0),
            Some(state) => {
                // SplitMix64: a step by the golden ratio, then a mix of its bits.
                const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
                let number = state.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
                let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
                number ^ (number >> 31)
            }
        }
    }
}
