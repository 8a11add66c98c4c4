//! specwright.
fn main() {}
