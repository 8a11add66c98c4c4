//! Lets the types of the client travel through anything that speaks serde.

use serde::de::{DeserializeSeed as _, Deserializer, Error as _};
use serde::ser::{Serialize as _, Serializer};

use super::codec::{Decode, Encode};
use super::read::Reader;
use super::trail::Trail;
use super::write::Writer;

/// Writes a value.
///
/// # Errors
///
/// If the format cannot spell it.
pub fn serialize<S: Serializer>(value: &dyn Encode, output: S) -> Result<S::Ok, S::Error> {
    Writer(value.view()).serialize(output)
}

/// Reads into a value.
///
/// # Errors
///
/// If the input is not of its type. The error says where.
pub fn deserialize<'de, D: Deserializer<'de>>(
    target: &mut dyn Decode,
    input: D,
) -> Result<(), D::Error> {
    let mut trail = Trail::default();
    let result = Reader::new(target.slot(), &mut trail).deserialize(input);
    result.map_err(|error| match trail.into_known_error() {
        Some(known) => D::Error::custom(known),
        None => error,
    })
}

/// Implements serde's traits: `serde_impls!(Pet, Owner);`
#[allow(unused_macros, reason = "a client may have no types")]
macro_rules! serde_impls {
    ($($name:ident),* $(,)?) => { $(
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                output: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                runtime::serde::serialize(self, output)
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                input: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let mut value = <Self as runtime::codec::Decode>::blank();
                runtime::serde::deserialize(&mut value, input)?;
                ::std::result::Result::Ok(value)
            }
        }
    )* };
}

#[allow(unused_imports, reason = "a client may have no types")]
pub(crate) use serde_impls;
