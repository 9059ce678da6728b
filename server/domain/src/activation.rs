//! Activation codes: what a municipality prints on a letter, so that one resident proves once a year
//! to live in a unit. Like receipts they never reach a log or an address bar.

use crate::crockford::{self, SymbolsRefusal};
use core::fmt;

/// All symbols of a code: 11 random ones of 5 bits, 55 bits, and a check symbol.
pub const SYMBOLS: usize = 12;
/// The most letters of one batch.
pub const BATCH: u32 = 2_000;

/// 11 random Crockford base32 symbols and a check symbol.
///
/// Invariant: the check symbol fits ([`crockford::fits`]).
#[derive(Clone, PartialEq, Eq)]
pub struct ActivationCode {
    values: [u8; SYMBOLS],
}

impl ActivationCode {
    /// Makes a code from 7 random bytes, of which the last bit is dropped.
    #[must_use]
    pub fn from_entropy(entropy: [u8; 7]) -> Self {
        let mut values = crockford::values_of_bits::<SYMBOLS>(&entropy);
        crockford::complete(&mut values);
        Self { values }
    }

    /// Reads a code as typed or scanned; see [`crockford::read`] for what is tolerated.
    ///
    /// # Errors
    /// [`SymbolsRefusal`] when it is not 12 symbols that fit together.
    pub fn parse(text: &str) -> Result<Self, SymbolsRefusal> {
        let values = crockford::read::<SYMBOLS>(text)?;
        if crockford::fits(&values) {
            Ok(Self { values })
        } else {
            Err(SymbolsRefusal::UnknownSymbol)
        }
    }

    /// The 12 symbols without dashes, upper case: the one text that is keyed and hashed.
    #[must_use]
    pub fn canonical(&self) -> String {
        crockford::canonical(&self.values)
    }
}

/// As printed: `XXXX-XXXX-XXXX`.
impl fmt::Display for ActivationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crockford::write_in_fours(f, &self.values)
    }
}

impl fmt::Debug for ActivationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ActivationCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::{ActivationCode, SYMBOLS};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_is_read_as_it_is_printed(entropy: [u8; 7]) {
            let code = ActivationCode::from_entropy(entropy);
            prop_assert_eq!(ActivationCode::parse(&code.to_string()), Ok(code.clone()));
            let lower = code.canonical().to_lowercase();
            prop_assert_eq!(ActivationCode::parse(&lower), Ok(code));
        }

        #[test]
        fn a_mistyped_code_is_known_for_one(entropy: [u8; 7], place in 0..SYMBOLS, other in 0_usize..32) {
            let code = ActivationCode::from_entropy(entropy);
            let mut typed: Vec<char> = code.canonical().chars().collect();
            typed[place] = crate::crockford::ALPHABET[other];
            let typed: String = typed.into_iter().collect();
            prop_assume!(typed != code.canonical());
            prop_assert!(ActivationCode::parse(&typed).is_err());
        }
    }

    #[test]
    fn a_code_prints_no_part_of_itself_for_developers() {
        let code = ActivationCode::from_entropy([7; 7]);
        assert_eq!(format!("{code:?}"), "ActivationCode(..)");
    }
}
