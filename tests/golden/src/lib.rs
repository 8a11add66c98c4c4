//! The clients of all cases, each a module. That this compiles without a warning is a test of its own; the tests
//! beside it call them.

#![deny(warnings)]
#![forbid(unsafe_code)]

include!(concat!(env!("OUT_DIR"), "/cases.rs"));
