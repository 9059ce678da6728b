//! What is printed for a class: the code that opens the poll, and the slips that give the votes.

use core::fmt;

use crate::crockford::{self, SymbolsRefusal};

/// Symbols of a class's code: it opens the poll and gives no vote, so it may be short.
const ROOM_SYMBOLS: usize = 6;
/// Symbols of a slip: 40 bits.
const SLIP_SYMBOLS: usize = 8;

/// The code of a room, for everybody in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoomCode([u8; ROOM_SYMBOLS]);

impl RoomCode {
    /// Makes a code from 4 random bytes, of which two bits are dropped.
    #[must_use]
    pub fn from_entropy(entropy: [u8; 4]) -> Self {
        Self(crockford::values_of_bits(&entropy))
    }

    /// Reads a code as typed or scanned.
    ///
    /// # Errors
    /// [`SymbolsRefusal`] when it is not 6 symbols.
    pub fn parse(text: &str) -> Result<Self, SymbolsRefusal> {
        crockford::read(text).map(Self)
    }
}

/// The symbols without dashes, upper case.
impl fmt::Display for RoomCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crockford::canonical(&self.0))
    }
}

/// A slip of paper that somebody drew from a hat: one answer.
#[derive(Clone, PartialEq, Eq)]
pub struct Slip([u8; SLIP_SYMBOLS]);

impl Slip {
    /// Makes a slip from 5 random bytes.
    #[must_use]
    pub fn from_entropy(entropy: [u8; 5]) -> Self {
        Self(crockford::values_of_bits(&entropy))
    }

    /// Reads a slip as typed or scanned.
    ///
    /// # Errors
    /// [`SymbolsRefusal`] when it is not 8 symbols.
    pub fn parse(text: &str) -> Result<Self, SymbolsRefusal> {
        crockford::read(text).map(Self)
    }

    /// The 8 symbols without dashes, upper case: the one text that is keyed and hashed.
    #[must_use]
    pub fn canonical(&self) -> String {
        crockford::canonical(&self.0)
    }
}

/// As printed: `XXXX-XXXX`.
impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crockford::write_in_fours(f, &self.0)
    }
}

impl fmt::Debug for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Slip(..)")
    }
}
