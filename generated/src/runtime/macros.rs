//! One line for each type: what the codec must know of it.
//!
//! The macros name `runtime::...` where they are called, so that the files work in a crate, in a module and in one
//! file; whoever calls them has `runtime` in scope. They expand to no closures and to nothing that has type
//! parameters, since what each type adds is what a big client pays for in compile time.
#![allow(
    unused_macros,
    unused_imports,
    reason = "a client uses those that its types call for"
)]

/// A struct: `record!(Pet, 0 name = Required("name"), 1 tag = Optional("petTag"); rest others);`
///
/// The rows are numbered from 0; `2 limit = Defaulted("limit", "10")` is filled in with that JSON. `rest` names the map
/// that keeps unlisted keys. A record that holds secrets has `secret` in front of its name and cannot be compared.
macro_rules! record {
    (secret $name:ident $(, $index:literal $field:ident = $presence:ident($($spec:literal),+))* $(; rest $rest:ident)?) => {
        impl runtime::codec::RecordView for $name {
            fn spec(&self) -> &'static runtime::codec::RecordSpec {
                &runtime::codec::RecordSpec {
                    name: stringify!($name),
                    fields: &[$(runtime::codec::FieldSpec::$presence($($spec),+)),*],
                }
            }
            fn field(&self, index: usize) -> runtime::codec::View<'_> {
                match index {
                    $($index => runtime::codec::Encode::view(&self.$field),)*
                    _ => runtime::codec::View::Absent,
                }
            }
            $(fn rest(&self) -> ::std::option::Option<&dyn runtime::codec::MapView> {
                ::std::option::Option::Some(&self.$rest)
            })?
        }
        impl runtime::codec::RecordSlot for $name {
            fn field_slot(&mut self, index: usize) -> runtime::codec::Slot<'_> {
                match index {
                    $($index => runtime::codec::Decode::slot(&mut self.$field),)*
                    _ => runtime::codec::Slot::Record(self),
                }
            }
            $(fn rest_slot(&mut self) -> ::std::option::Option<&mut dyn runtime::codec::MapSlot> {
                ::std::option::Option::Some(&mut self.$rest)
            })?
        }
        impl runtime::codec::Encode for $name {
            fn view(&self) -> runtime::codec::View<'_> {
                runtime::codec::View::Record(self)
            }
        }
        impl runtime::codec::Decode for $name {
            fn blank() -> Self {
                Self {
                    $($field: runtime::codec::Decode::blank(),)*
                    $($rest: runtime::codec::Decode::blank(),)?
                }
            }
            fn slot(&mut self) -> runtime::codec::Slot<'_> {
                runtime::codec::Slot::Record(self)
            }
        }
        runtime::macros::debug!($name);
    };
    ($name:ident $($rows:tt)*) => {
        runtime::macros::record!(secret $name $($rows)*);
        runtime::macros::compare!($name);
    };
}

/// An enum of strings: `string_enum!(Access, Unknown, Read = "READ", Write = "WRITE");`
macro_rules! string_enum {
    ($name:ident, $fallback:ident $(, $variant:ident = $wire:literal)*) => {
        impl $name {
            /// The value as it is on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::$fallback(value) => value,
                }
            }
        }
        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    _ => Self::$fallback(::std::borrow::ToOwned::to_owned(value)),
                }
            }
        }
        impl ::std::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl runtime::codec::TextSlot for $name {
            fn put(&mut self, text: &str) -> bool {
                *self = Self::from(text);
                true
            }
            fn names(&self) -> &'static [&'static str] {
                &[$($wire),*]
            }
        }
        impl runtime::codec::Encode for $name {
            fn view(&self) -> runtime::codec::View<'_> {
                runtime::codec::View::Text(self.as_str())
            }
        }
        impl runtime::codec::Decode for $name {
            fn blank() -> Self {
                Self::$fallback(::std::string::String::new())
            }
            fn slot(&mut self) -> runtime::codec::Slot<'_> {
                runtime::codec::Slot::Text(self)
            }
        }
        runtime::macros::debug!($name);
    };
}

/// An enum of integers: `integer_enum!(Priority, Unknown, Low = 1, High = 2);`
macro_rules! integer_enum {
    ($name:ident, $fallback:ident $(, $variant:ident = $wire:literal)*) => {
        impl $name {
            /// The value as it is on the wire.
            pub fn value(&self) -> i64 {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::$fallback(value) => *value,
                }
            }
        }
        impl ::std::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    _ => Self::$fallback(value),
                }
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.value(), f)
            }
        }
        impl runtime::codec::IntSlot for $name {
            fn put(&mut self, value: i128) -> bool {
                match i64::try_from(value) {
                    ::std::result::Result::Ok(value) => {
                        *self = Self::from(value);
                        true
                    }
                    ::std::result::Result::Err(_) => false,
                }
            }
            fn expected(&self) -> &'static str {
                "an integer of 64 bits"
            }
        }
        impl runtime::codec::Encode for $name {
            fn view(&self) -> runtime::codec::View<'_> {
                runtime::codec::View::Int(self.value())
            }
        }
        impl runtime::codec::Decode for $name {
            fn blank() -> Self {
                Self::$fallback(0)
            }
            fn slot(&mut self) -> runtime::codec::Slot<'_> {
                runtime::codec::Slot::Int(self)
            }
        }
        runtime::macros::debug!($name);
    };
}

/// An enum of types, decided by a property: `tagged_union!(Pet, Unknown, "petType", 0 Cat = ["cat"], 1 Dog = ["dog", "puppy"]);`
///
/// A variant with `if Object` behind its tags is that of objects whose tag is unknown or not there.
///
/// A union that holds secrets has `secret` in front of its name, cannot be compared, and does not show a value of no
/// known variant.
macro_rules! tagged_union {
    (secret $name:ident, $fallback:ident, $tag:literal $(, $index:literal $variant:ident = [$($value:literal),* $(,)?] $(if $when:ident)?)*) => {
        runtime::macros::union_codec!(
            $name, $fallback, true, false, ::std::option::Option::Some($tag) $(, $index $variant [$($value),*] [$($when)?])*
        );
    };
    ($name:ident, $fallback:ident, $tag:literal $(, $index:literal $variant:ident = [$($value:literal),* $(,)?] $(if $when:ident)?)*) => {
        runtime::macros::union_codec!(
            $name, $fallback, false, false, ::std::option::Option::Some($tag) $(, $index $variant [$($value),*] [$($when)?])*
        );
        runtime::macros::compare!($name);
    };
}

/// An enum of types, decided by the shape of the value:
/// `untagged_union!(Source, Unknown, 0 Id if Text, 1 Card if Property("object", "card"), 2 Bank if Has("account"), 3 Amount);`
///
/// What stands behind `if` is a `codec::When`: a property and its values, or the properties that there are. A variant
/// without one is tried, as `if Trial` would say. A value of which nothing holds is kept as it is, and so is one that does not keep what its kind or its properties promised; one
/// whose property names a variant must be of it. With `if Any` behind the fallback, a value of which nothing holds is
/// as good as another.
///
/// A union that holds secrets has `secret` in front of its name, cannot be compared, and does not show a value of no
/// known variant.
macro_rules! untagged_union {
    (secret $name:ident, $fallback:ident $(if $any:ident)? $(, $index:literal $variant:ident $(if $when:ident $(($($what:expr),*))?)?)* $(,)?) => {
        runtime::macros::union_codec!(
            $name, $fallback, true, runtime::macros::allows!($($any)?), ::std::option::Option::None
            $(, $index $variant [] [$($when $(($($what),*))?)?])*
        );
    };
    ($name:ident, $fallback:ident $(if $any:ident)? $(, $index:literal $variant:ident $(if $when:ident $(($($what:expr),*))?)?)* $(,)?) => {
        runtime::macros::union_codec!(
            $name, $fallback, false, runtime::macros::allows!($($any)?), ::std::option::Option::None
            $(, $index $variant [] [$($when $(($($what),*))?)?])*
        );
        runtime::macros::compare!($name);
    };
}

/// What both kinds of unions have.
macro_rules! union_codec {
    ($name:ident, $fallback:ident, $has_secrets:literal, $allows_others:expr, $tag:expr $(, $index:literal $variant:ident [$($value:literal),*] [$($when:tt)*])*) => {
        impl runtime::codec::UnionView for $name {
            fn spec(&self) -> &'static runtime::codec::UnionSpec {
                &runtime::codec::UnionSpec {
                    tag: $tag,
                    has_secrets: $has_secrets,
                    allows_others: $allows_others,
                    variants: &[$(runtime::codec::VariantSpec {
                        name: stringify!($variant),
                        tags: &[$($value),*],
                        when: runtime::macros::when!($($when)*),
                    }),*],
                }
            }
            fn variant(&self) -> ::std::option::Option<usize> {
                match self {
                    $(Self::$variant(_) => ::std::option::Option::Some($index),)*
                    Self::$fallback(_) => ::std::option::Option::None,
                }
            }
            fn value(&self) -> runtime::codec::View<'_> {
                match self {
                    $(Self::$variant(value) => runtime::codec::Encode::view(value),)*
                    Self::$fallback(value) => runtime::codec::View::Json(value),
                }
            }
        }
        impl runtime::codec::UnionSlot for $name {
            fn select(&mut self, variant: usize) -> runtime::codec::Slot<'_> {
                *self = match variant {
                    $($index => Self::$variant(runtime::codec::Decode::blank()),)*
                    _ => Self::$fallback(runtime::codec::Json::Null),
                };
                match self {
                    $(Self::$variant(value) => runtime::codec::Decode::slot(value),)*
                    Self::$fallback(value) => runtime::codec::Slot::Json(value),
                }
            }
            fn keep(&mut self, value: runtime::codec::Json) {
                *self = Self::$fallback(value);
            }
        }
        impl runtime::codec::Encode for $name {
            fn view(&self) -> runtime::codec::View<'_> {
                runtime::codec::View::Union(self)
            }
        }
        impl runtime::codec::Decode for $name {
            fn blank() -> Self {
                Self::$fallback(runtime::codec::Json::Null)
            }
            fn slot(&mut self) -> runtime::codec::Slot<'_> {
                runtime::codec::Slot::Union(self)
            }
        }
        runtime::macros::debug!($name);
    };
}

/// Whether values of no variant are as good.
macro_rules! allows {
    () => {
        false
    };
    (Any) => {
        true
    };
}

/// What decides that a value is a variant.
macro_rules! when {
    () => {
        runtime::codec::When::Trial
    };
    (Property ($name:expr $(, $value:expr)*)) => {
        runtime::codec::When::Property($name, &[$($value),*])
    };
    (Has ($($name:expr),*)) => {
        runtime::codec::When::Has(&[$($name),*])
    };
    ($when:ident) => {
        runtime::codec::When::$when
    };
}

/// A struct around one value, which the wire does not see: `newtype!(Tree);`
///
/// One that holds secrets has `secret` in front of its name and cannot be compared.
macro_rules! newtype {
    (secret $name:ident) => {
        impl runtime::codec::Encode for $name {
            fn view(&self) -> runtime::codec::View<'_> {
                runtime::codec::Encode::view(&self.0)
            }
        }
        impl runtime::codec::Decode for $name {
            fn blank() -> Self {
                Self(runtime::codec::Decode::blank())
            }
            fn slot(&mut self) -> runtime::codec::Slot<'_> {
                runtime::codec::Decode::slot(&mut self.0)
            }
        }
        runtime::macros::debug!($name);
    };
    ($name:ident) => {
        runtime::macros::newtype!(secret $name);
        runtime::macros::compare!($name);
    };
}

/// The documented errors of an operation, each with its answer: `api_error!(CreateError { Conflict = "409 Conflict" });`
macro_rules! api_error {
    ($name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(match self {
                    $(Self::$variant(_) => $text,)*
                })
            }
        }
        impl runtime::error::Documented for $name {
            fn status(&self) -> http::StatusCode {
                match self {
                    $(Self::$variant(answer) => answer.status(),)*
                }
            }
            fn headers(&self) -> &http::HeaderMap {
                match self {
                    $(Self::$variant(answer) => answer.headers(),)*
                }
            }
        }
        impl ::std::error::Error for $name {}
    };
}

/// `Debug` through the view.
macro_rules! debug {
    ($name:ident) => {
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                runtime::inspect::debug(self, f)
            }
        }
    };
}

/// `PartialEq` through the view.
macro_rules! compare {
    ($name:ident) => {
        impl ::std::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                runtime::inspect::equal(self, other)
            }
        }
    };
}

pub(crate) use allows;
pub(crate) use api_error;
pub(crate) use compare;
pub(crate) use debug;
pub(crate) use integer_enum;
pub(crate) use newtype;
pub(crate) use record;
pub(crate) use string_enum;
pub(crate) use tagged_union;
pub(crate) use union_codec;
pub(crate) use untagged_union;
pub(crate) use when;
