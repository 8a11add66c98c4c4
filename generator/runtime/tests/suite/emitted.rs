//! A client written by hand in the way in which the emitter writes them.

pub mod api;
pub mod runtime;
pub mod types;
