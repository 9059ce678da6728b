//! Receipts: the key to an anonymous concern's thread, made on the author's device (F2).
//!
//! A receipt must never reach a log, an address bar or a message: [`Receipt`] prints as
//! `Receipt(..)` in debug output, refusals carry no part of it, and only [`Receipt::canonical`]
//! and its `Display` give it away.

use crate::crockford::{self, SymbolsRefusal};
use core::fmt;
use thiserror::Error;

/// Random symbols of a receipt: 20 of 5 bits, 100 bits.
pub const RANDOM_SYMBOLS: usize = 20;
/// All symbols, with the check symbol at the end.
pub const SYMBOLS: usize = 21;

/// 20 random Crockford base32 symbols and a check symbol over GF(32).
///
/// Invariant: the check symbol fits ([`crockford::fits`]).
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt {
    values: [u8; SYMBOLS],
}

/// Why a text is not a receipt. Carries no part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReceiptRefusal {
    /// Not 21 symbols.
    #[error("a receipt has 21 symbols")]
    WrongLength,
    /// A character outside the alphabet.
    #[error("a receipt has only the digits and the letters A to Z without I, L, O and U")]
    UnknownSymbol,
    /// 21 symbols, but mistyped: the check symbol does not fit.
    #[error("the check symbol does not fit: a symbol is mistyped")]
    WrongCheck,
}

impl Receipt {
    /// Makes a receipt from 13 random bytes: the first 100 bits count, the last 4 are dropped.
    #[must_use]
    pub fn from_entropy(entropy: [u8; 13]) -> Self {
        let random = crockford::values_of_bits::<RANDOM_SYMBOLS>(&entropy);
        let mut values = [0_u8; SYMBOLS];
        for (value, drawn) in values.iter_mut().zip(random) {
            *value = drawn;
        }
        crockford::complete(&mut values);
        Self { values }
    }

    /// Reads a receipt as typed, pasted or scanned; see [`crockford::read`] for what is
    /// tolerated.
    ///
    /// # Errors
    /// [`ReceiptRefusal`] when it is not 21 symbols that fit together. No store needs to be
    /// asked to know that.
    pub fn parse(text: &str) -> Result<Self, ReceiptRefusal> {
        let values = crockford::read::<SYMBOLS>(text).map_err(|refusal| match refusal {
            SymbolsRefusal::WrongLength => ReceiptRefusal::WrongLength,
            SymbolsRefusal::UnknownSymbol => ReceiptRefusal::UnknownSymbol,
        })?;
        if crockford::fits(&values) {
            Ok(Self { values })
        } else {
            Err(ReceiptRefusal::WrongCheck)
        }
    }

    /// The 21 symbols without dashes, upper case: the one text that is keyed and hashed.
    #[must_use]
    pub fn canonical(&self) -> String {
        crockford::canonical(&self.values)
    }
}

/// As shown to its owner: `XXXX-XXXX-XXXX-XXXX-XXXX-C`.
impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crockford::write_in_fours(f, &self.values)
    }
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receipt(..)")
    }
}

#[cfg(test)]
mod tests;
