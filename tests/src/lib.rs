//! Shared helpers of the tests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot do its work fails the test that called it"
)]

pub mod places;
pub mod server;

use std::io::Write as _;

/// Says on the terminal that a test did nothing, and why. The test harness swallows what `eprintln!` writes in a test
/// that passes, so this goes to the stream itself.
pub fn skipped(test: &str, reason: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED {test}: {reason}");
}
