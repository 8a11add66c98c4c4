//! The runtime of the clients that specwright emits.
//!
//! The files of this crate are copied as text into each client, so they name each other through `super` only, carry no
//! tests and stand side by side. This file is not copied: the emitter writes the list of those that a client uses.
//! The macros of [`macros`] are for the crate that they are copied into; the tests include the files for that reason.

pub mod authorize;
pub mod base64;
pub mod basic;
pub mod body;
pub mod call;
pub mod chrono;
pub mod client;
pub mod clock;
pub mod codec;
pub mod containers;
pub mod credential;
pub mod decimal;
pub mod distinct;
pub mod error;
pub mod fields;
pub mod file_part;
pub mod form;
pub mod inspect;
pub mod iso8601;
pub mod jiff;
pub mod json;
pub mod layer;
pub mod limits;
pub mod macros;
pub mod measures;
pub mod multipart;
pub mod net;
pub mod oauth;
pub mod oauth_code;
pub mod oauth_device;
pub mod oauth_discovery;
pub mod oauth_endpoint;
pub mod operation;
pub mod page_request;
pub mod pages;
pub mod paging;
pub mod params;
pub mod pattern;
pub mod random;
pub mod read;
pub mod request;
pub mod reqwest;
pub mod response;
pub mod retry;
pub mod rfc3339;
pub mod rust_decimal;
pub mod schema;
pub mod serde;
pub mod server;
pub mod spelled;
pub mod time;
pub mod token;
pub mod trail;
pub mod transport;
pub mod unions;
pub mod url;
pub mod uuid;
pub mod validate;
pub mod values;
pub mod write;
