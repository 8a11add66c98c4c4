//! The command line as a user meets it: arguments in, files, streams and exit codes out.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod files;
mod sandbox;
mod streams;
