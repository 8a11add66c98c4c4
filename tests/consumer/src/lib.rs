//! A program whose build script generates the client that it calls.

#![deny(warnings)]

/// The client, as its build script left it.
pub mod api_keys {
    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}
