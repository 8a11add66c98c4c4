//! Addresses of the Internet Protocol as values of the codec.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::codec::{Decode, Encode, Format, Slot, TextSlot, View};
use super::spelled::{Spelled, TextForm, text_values};

/// An [`Ipv6Addr`], and how the server spelled it where that is not as in RFC 5952: `2001:DB8:0::1` for `2001:db8::1`.
pub type Ipv6 = Spelled<Ipv6Addr>;

text_values!(Ipv4Addr);

impl TextForm for Ipv4Addr {
    const EXPECTED: &'static str = "an IPv4 address";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "{self}")
    }
    fn some() -> Self {
        Ipv4Addr::UNSPECIFIED
    }
}

impl TextForm for Ipv6Addr {
    const EXPECTED: &'static str = "an IPv6 address";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "{self}")
    }
    fn some() -> Self {
        Ipv6Addr::UNSPECIFIED
    }
}
