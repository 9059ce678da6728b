//! Bytes and ids as the box writes them: base64url without padding, and lower-case UUIDs.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// `N` public bytes; in JSON base64url without padding, in the one canonical spelling.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes<const N: usize>(pub [u8; N]);

/// Writes bytes of any length as the box does.
#[must_use]
pub fn to_base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads what [`to_base64url`] writes, and nothing else: no padding, no stray bits.
#[must_use]
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

impl<const N: usize> fmt::Display for Bytes<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_base64url(&self.0))
    }
}

impl<const N: usize> fmt::Debug for Bytes<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<const N: usize> Serialize for Bytes<N> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Bytes<N> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        let mut bytes = [0_u8; N];
        // One symbol more than fits would be refused by the engine; fewer by the length.
        match URL_SAFE_NO_PAD.decode_slice(text.as_bytes(), &mut bytes) {
            Ok(length) if length == N => Ok(Self(bytes)),
            _ => Err(D::Error::custom(format_args!("not {N} bytes in base64url"))),
        }
    }
}

/// A UUID, in text 36 lower-case symbols.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Uuid([u8; 16]);

impl Uuid {
    fn parse(text: &str) -> Option<Self> {
        let mut symbols = text.bytes().enumerate();
        let mut bytes = [0_u8; 16];
        for byte in &mut bytes {
            *byte = next_digit(&mut symbols)? << 4 | next_digit(&mut symbols)?;
        }
        symbols.next().is_none().then_some(Self(bytes))
    }
}

/// The next hexadecimal digit; dashes are passed exactly where a UUID has them.
fn next_digit(symbols: &mut impl Iterator<Item = (usize, u8)>) -> Option<u8> {
    let (mut place, mut symbol) = symbols.next()?;
    if matches!(place, 8 | 13 | 18 | 23) {
        if symbol != b'-' {
            return None;
        }
        (place, symbol) = symbols.next()?;
    }
    debug_assert!(place < 36, "32 digits and 4 dashes");
    match symbol {
        b'0'..=b'9' => Some(symbol - b'0'),
        b'a'..=b'f' => Some(symbol - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, byte) in self.0.iter().enumerate() {
            if matches!(place, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// Reads a UUID of 36 symbols with small letters; `None` for anything else.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::parse(text).map(|uuid| Self(uuid.0))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&Uuid(self.0), f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
                Self::parse(&text).ok_or_else(|| D::Error::custom("not a UUID"))
            }
        }
    };
}

id! {
    /// One formal vote of one municipality: the scope of keys and tokens.
    ConsultationId
}
id! {
    /// A concern on the frozen list.
    ConcernId
}

#[cfg(test)]
mod tests {
    use super::{Bytes, ConcernId};

    #[test]
    fn a_uuid_has_one_spelling() {
        let text = "00112233-4455-6677-8899-aabbccddeeff";
        let id = ConcernId::parse(text).unwrap();
        assert_eq!(id.to_string(), text);
        assert_eq!(id.0[15], 0xFF);
        for wrong in [
            "00112233-4455-6677-8899-AABBCCDDEEFF",
            "00112233445566778899aabbccddeeff",
            "00112233-4455-6677-8899-aabbccddeeff0",
            "00112233-4455-6677-8899-aabbccddeef",
            "0011223-34455-6677-8899-aabbccddeeff",
        ] {
            assert_eq!(ConcernId::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn bytes_have_one_spelling() {
        let read = |text| serde_json::from_str::<Bytes<2>>(text);
        assert_eq!(read("\"_-8\"").unwrap(), Bytes([0xFF, 0xEF]));
        for wrong in ["\"/+8\"", "\"_-9\"", "\"_-8=\"", "\"_-\"", "\"_-8A\"", "7"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            serde_json::to_string(&Bytes([0xFF, 0xEF])).unwrap(),
            "\"_-8\""
        );
    }
}
