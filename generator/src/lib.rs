//! Turns an OpenAPI document into a Rust client and its reference documentation.
//!
//! The stages and what flows between them are in `ARCHITECTURE.md`.

pub mod analysis;
pub mod artifact;
pub mod diagnostic;
pub mod load;
pub mod lower;
pub mod model;
pub mod plan;
pub mod rust;
pub mod source;
