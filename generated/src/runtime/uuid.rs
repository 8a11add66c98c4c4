//! UUIDs as values of the codec.

use std::fmt;

use uuid::Uuid;

use super::codec::{Decode, Encode, Format, Slot, TextSlot, View};

impl Encode for Uuid {
    fn view(&self) -> View<'_> {
        View::Format(self)
    }
}

impl Format for Uuid {
    fn format(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "{self}")
    }
}

impl Decode for Uuid {
    fn blank() -> Self {
        Uuid::nil()
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }
}

impl TextSlot for Uuid {
    fn put(&mut self, text: &str) -> bool {
        Uuid::parse_str(text).map(|uuid| *self = uuid).is_ok()
    }
    fn expected(&self) -> &'static str {
        "a UUID"
    }
}
