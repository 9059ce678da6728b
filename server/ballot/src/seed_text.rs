//! The seed on paper: 52 Crockford symbols (256 bits, 4 clear bits) and a check symbol.
//!
//! Invariant: as in `domain::receipt`, the sum of `a^i * x_i` over GF(32) is 0. The order of `a`
//! is 31, so neighbours have different weights: one wrong symbol, or two neighbours swapped,
//! breaks the sum at any length.

use crate::seed::Seed;
use domain::crockford::{self, ALPHABET, SymbolsRefusal};
use thiserror::Error;
use zeroize::Zeroizing;

/// Symbols of a seed on paper, the check symbol included.
pub const SEED_SYMBOLS: usize = 53;

/// Why a text is not a seed. Carries no part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SeedRefusal {
    /// Not 53 symbols.
    #[error("a written seed has 53 symbols")]
    WrongLength,
    /// A character outside the alphabet.
    #[error("a written seed has only digits and the letters A to Z without I, L, O and U")]
    UnknownSymbol,
    /// 53 symbols that do not belong together.
    #[error("the check symbol does not fit: a symbol is mistyped")]
    WrongCheck,
}

/// The seed as written down: `XXXX-XXXX-…-C`, thirteen groups and the check symbol.
#[must_use]
pub fn seed_to_text(seed: &Seed) -> Zeroizing<String> {
    let mut values = Zeroizing::new([0_u8; SEED_SYMBOLS]);
    let bits = seed
        .as_bytes()
        .iter()
        .flat_map(|byte| (0..8_u8).rev().map(move |shift| (byte >> shift) & 1));
    for (place, bit) in bits.enumerate() {
        if let Some(value) = values.get_mut(place / 5) {
            *value |= bit << (4 - place % 5);
        }
    }
    // The check symbol c solves sum + a^52 * c = 0; a^10 = a^-52, as a^31 = 1 and 62 = 2 * 31.
    let check = (0..10).fold(weighted_sum(values.as_ref()), |value, _| times_a(value));
    if let Some(last) = values.last_mut() {
        *last = check;
    }
    let mut text = Zeroizing::new(String::with_capacity(SEED_SYMBOLS + 13));
    for (place, value) in values.iter().enumerate() {
        if place > 0 && place % 4 == 0 {
            text.push('-');
        }
        let symbol = ALPHABET.get(usize::from(*value));
        text.push(symbol.copied().unwrap_or('0'));
    }
    text
}

/// Reads a seed as typed or scanned; tolerant as receipts are (case, spaces, dashes, O, I, L).
///
/// # Errors
/// [`SeedRefusal`] when it is not 53 symbols that fit together.
pub fn seed_from_text(text: &str) -> Result<Seed, SeedRefusal> {
    let values = crockford::read::<SEED_SYMBOLS>(text).map_err(|refusal| match refusal {
        SymbolsRefusal::WrongLength => SeedRefusal::WrongLength,
        SymbolsRefusal::UnknownSymbol => SeedRefusal::UnknownSymbol,
    })?;
    let values = Zeroizing::new(values);
    if weighted_sum(values.as_ref()) != 0 {
        return Err(SeedRefusal::WrongCheck);
    }
    let mut bytes = Zeroizing::new([0_u8; 32]);
    let bits = values
        .iter()
        .take(SEED_SYMBOLS - 1)
        .flat_map(|value| (0..5_u8).rev().map(move |shift| (value >> shift) & 1));
    for (place, bit) in bits.enumerate() {
        match bytes.get_mut(place / 8) {
            Some(byte) => *byte |= bit << (7 - place % 8),
            // The last four bits belong to nothing and are clear.
            None if bit != 0 => return Err(SeedRefusal::WrongCheck),
            None => {}
        }
    }
    Ok(Seed::from_entropy(*bytes))
}

/// The sum of `a^i * x_i`, by Horner's rule from the last symbol.
fn weighted_sum(values: &[u8]) -> u8 {
    values
        .iter()
        .rev()
        .fold(0, |sum, value| times_a(sum) ^ value)
}

/// Multiplies by `a` = 2 in GF(32) made by `x^5 + x^2 + 1`.
const fn times_a(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 0b10_0000 == 0 {
        doubled
    } else {
        doubled ^ 0b10_0101
    }
}

#[cfg(test)]
mod tests {
    use super::{SeedRefusal, seed_from_text, seed_to_text};
    use crate::seed::Seed;
    use domain::crockford::ALPHABET;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_written_seed_reads_back(entropy: [u8; 32]) {
            let text = seed_to_text(&Seed::from_entropy(entropy));
            prop_assert_eq!(text.len(), 53 + 13);
            let messy = text.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "L");
            let read = seed_from_text(&messy).unwrap();
            prop_assert_eq!(read.as_bytes(), &entropy);
        }

        #[test]
        fn one_wrong_symbol_is_noticed(entropy: [u8; 32], at in 0_usize..53, other in 0_usize..32) {
            let text = seed_to_text(&Seed::from_entropy(entropy)).replace('-', "");
            let mut symbols: Vec<char> = text.chars().collect();
            prop_assume!(symbols[at] != ALPHABET[other]);
            symbols[at] = ALPHABET[other];
            let text: String = symbols.iter().collect();
            prop_assert_eq!(seed_from_text(&text).unwrap_err(), SeedRefusal::WrongCheck);
        }

        #[test]
        fn swapped_neighbours_are_noticed(entropy: [u8; 32], at in 0_usize..52) {
            let text = seed_to_text(&Seed::from_entropy(entropy)).replace('-', "");
            let mut symbols: Vec<char> = text.chars().collect();
            prop_assume!(symbols[at] != symbols[at + 1]);
            symbols.swap(at, at + 1);
            let text: String = symbols.iter().collect();
            prop_assert_eq!(seed_from_text(&text).unwrap_err(), SeedRefusal::WrongCheck);
        }
    }
}
