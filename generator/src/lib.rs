//! Turns an OpenAPI document into a Rust client and its reference documentation.
//!
//! [`Generator`] is the whole of it as one call, for build scripts. The stages and what flows between them are public
//! too; [`pipeline`] is their table of contents, and `ARCHITECTURE.md` says why they are what they are.

pub mod analysis;
pub mod artifact;
pub mod config;
pub mod diagnostic;
pub mod emit;
mod generator;
pub mod load;
pub mod lower;
#[cfg(feature = "mock")]
pub mod mock;
pub mod model;
pub mod pipeline;
pub mod plan;
pub mod reference;
pub mod rust;
pub mod source;

pub use artifact::Layout;
pub use generator::{GenerateError, Generated, Generator};
pub use pipeline::{Parts, Strict};
pub use plan::{Defaults, Formats};
pub use reference::Flavour;
pub use rust::{DateCrate, Feature};
