//! Plain values: booleans, numbers, texts, secrets, any JSON.

use secrecy::{ExposeSecret, SecretString};

use super::codec::{Decode, Encode, IntSlot, Json, Slot, TextSlot, View};

impl Encode for bool {
    fn view(&self) -> View<'_> {
        View::Bool(*self)
    }
}

impl Decode for bool {
    fn blank() -> Self {
        false
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Bool(self)
    }
}

macro_rules! integers {
    ($($int:ident as $view:ident, $expected:literal;)*) => { $(
        impl Encode for $int {
            fn view(&self) -> View<'_> {
                View::$view((*self).into())
            }
        }
        impl Decode for $int {
            fn blank() -> Self {
                0
            }
            fn slot(&mut self) -> Slot<'_> {
                Slot::Int(self)
            }
        }
        impl IntSlot for $int {
            fn put(&mut self, value: i128) -> bool {
                $int::try_from(value).map(|value| *self = value).is_ok()
            }
            fn expected(&self) -> &'static str {
                $expected
            }
        }
    )* };
}

integers! {
    i8 as Int, "an integer from -128 to 127";
    i16 as Int, "an integer from -32768 to 32767";
    i32 as Int, "an integer of 32 bits";
    i64 as Int, "an integer of 64 bits";
    u8 as Uint, "an integer from 0 to 255";
    u16 as Uint, "an integer from 0 to 65535";
    u32 as Uint, "an integer of 32 bits, not negative";
    u64 as Uint, "an integer of 64 bits, not negative";
}

impl Encode for f32 {
    fn view(&self) -> View<'_> {
        View::Single(*self)
    }
}

impl Decode for f32 {
    fn blank() -> Self {
        0.0
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Single(self)
    }
}

impl Encode for f64 {
    fn view(&self) -> View<'_> {
        View::Float(*self)
    }
}

impl Decode for f64 {
    fn blank() -> Self {
        0.0
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Float(self)
    }
}

impl Encode for &str {
    fn view(&self) -> View<'_> {
        View::Text(self)
    }
}

impl Encode for String {
    fn view(&self) -> View<'_> {
        View::Text(self)
    }
}

impl Decode for String {
    fn blank() -> Self {
        String::new()
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::String(self)
    }
}

impl Encode for SecretString {
    fn view(&self) -> View<'_> {
        View::Secret(self.expose_secret())
    }
}

impl Decode for SecretString {
    fn blank() -> Self {
        SecretString::default()
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }
}

impl TextSlot for SecretString {
    fn put(&mut self, text: &str) -> bool {
        *self = SecretString::from(text);
        true
    }
}

impl Encode for Json {
    fn view(&self) -> View<'_> {
        View::Json(self)
    }
}

impl Decode for Json {
    fn blank() -> Self {
        Json::Null
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Json(self)
    }
}
