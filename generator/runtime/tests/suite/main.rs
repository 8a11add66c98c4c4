//! Tests of the runtime as a client has it: its files included as modules, two levels below the crate.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "these are tests"
)]

mod client;
mod codec;
mod compression;
#[allow(dead_code, reason = "no test uses all of the runtime")]
mod emitted;
mod fault_server;
mod faults;
mod formats;
mod framing;
mod json;
mod keyed;
mod layers;
mod oauth;
mod oauth_users;
mod observed;
mod params;
mod reqwest;
mod secrets;
mod signatures;
mod stages;
mod unions;
