//! Crockford's base32: the symbols people copy from paper and read out on the phone.
//!
//! Reading is lenient where people err and strict everywhere else. The TypeScript twin reads
//! the same vectors (`vectors/receipt.json`), so every rule below is spelled out.

use core::fmt;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

/// The 32 symbols, in order of their values. I, L, O and U are left out by Crockford.
pub const ALPHABET: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J',
    'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];

/// The longest text worth reading, in code points, counted before anything is dropped.
pub const LONGEST_TEXT: usize = 256;

/// Why a text is not a row of symbols. Carries no part of the text: it may be a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SymbolsRefusal {
    /// Too few or too many symbols after spaces and dashes were dropped.
    #[error("the number of symbols is not the expected one")]
    WrongLength,
    /// A character that is no symbol and no separator.
    #[error("a character does not belong to the alphabet")]
    UnknownSymbol,
}

/// The symbol of a value; values above 31 are read modulo 32.
pub(crate) fn symbol(value: u8) -> char {
    ALPHABET
        .get(usize::from(value % 32))
        .copied()
        .unwrap_or('0')
}

/// Reads exactly `N` symbol values from what a person typed or pasted.
///
/// After NFKC (which turns full-width letters and digits into plain ones): white space, dashes
/// and invisible characters are dropped, ASCII letters are upper-cased, `O` is read as `0`,
/// `I` and `L` as `1`.
///
/// # Errors
/// [`SymbolsRefusal`] when another character occurs, or not exactly `N` symbols remain.
pub fn read<const N: usize>(text: &str) -> Result<[u8; N], SymbolsRefusal> {
    if text.chars().nth(LONGEST_TEXT).is_some() {
        return Err(SymbolsRefusal::WrongLength);
    }
    let mut values = [0_u8; N];
    let mut places = values.iter_mut();
    for typed in text.nfkc().filter(|c| !is_separator(*c)) {
        let value = value_of(typed).ok_or(SymbolsRefusal::UnknownSymbol)?;
        *places.next().ok_or(SymbolsRefusal::WrongLength)? = value;
    }
    if places.next().is_some() {
        return Err(SymbolsRefusal::WrongLength);
    }
    Ok(values)
}

/// The first `5 * N` bits of `bytes`, most significant bit first, as `N` values of 5 bits.
/// Missing bits are read as zero, surplus bits are dropped.
pub(crate) fn values_of_bits<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut bits = bytes
        .iter()
        .flat_map(|byte| (0..8_u8).rev().map(move |shift| (byte >> shift) & 1));
    let mut values = [0_u8; N];
    for value in &mut values {
        for _ in 0..5 {
            *value = (*value << 1) | bits.next().unwrap_or(0);
        }
    }
    values
}

/// The symbols of values, without dashes.
pub(crate) fn canonical(values: &[u8]) -> String {
    values.iter().copied().map(symbol).collect()
}

/// Writes the symbols of values in fours: `XXXX-XXXX-..`.
pub(crate) fn write_in_fours(f: &mut fmt::Formatter<'_>, values: &[u8]) -> fmt::Result {
    for (place, value) in values.iter().enumerate() {
        if place > 0 && place % 4 == 0 {
            f.write_str("-")?;
        }
        write!(f, "{}", symbol(*value))?;
    }
    Ok(())
}

/// Writes the symbol into the last place that makes the values fit together.
pub(crate) fn complete<const N: usize>(values: &mut [u8; N]) {
    if let Some(last) = values.last_mut() {
        *last = 0;
    }
    // With the last still 0, the sum is that of the others; a^(32-N) = a^-(N-1), as a^31 = 1.
    let check = (N..32).fold(weighted_sum(values), |value, _| times_a(value));
    if let Some(last) = values.last_mut() {
        *last = check;
    }
}

/// Whether values `x0..xn` (at most 31) fit together: whether the sum of `a^i * x_i` is 0, where `a`
/// = 2 in GF(32) made by `x^5 + x^2 + 1`. Because `a` has order 31, every single wrong symbol and
/// every swap of two different neighbours breaks the sum.
pub(crate) fn fits(values: &[u8]) -> bool {
    weighted_sum(values) == 0
}

/// The sum of `a^i * x_i`, by Horner's rule from the last symbol.
fn weighted_sum(values: &[u8]) -> u8 {
    values
        .iter()
        .rev()
        .fold(0, |sum, value| times_a(sum) ^ value)
}

/// Multiplies by `a` = 2 in GF(32) made by `x^5 + x^2 + 1`.
pub(crate) const fn times_a(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 0b10_0000 == 0 {
        doubled
    } else {
        doubled ^ 0b10_0101
    }
}

fn value_of(typed: char) -> Option<u8> {
    let upper = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|symbol| *symbol == upper)?;
    u8::try_from(place).ok()
}

/// White space (Unicode `White_Space`), dashes and invisible characters.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '\u{00AD}' | '\u{058A}' | '\u{2010}'
                ..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{2E3A}' | '\u{2E3B}' | '\u{301C}'
        )
        || matches!(c,
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::{ALPHABET, SymbolsRefusal, read, symbol, values_of_bits};

    #[test]
    fn bits_are_taken_from_the_left() {
        assert_eq!(values_of_bits::<2>(&[0xF8, 0x40]), [31, 1]);
        assert_eq!(values_of_bits::<2>(&[0xFF]), [31, 28]);
    }

    #[test]
    fn every_symbol_reads_back_as_its_value() {
        for value in 0..32_u8 {
            assert_eq!(read::<1>(&symbol(value).to_string()), Ok([value]));
        }
        assert_eq!(ALPHABET.len(), 32);
    }

    #[test]
    fn what_people_mistype_is_understood() {
        assert_eq!(read::<4>(" o-i\nL\u{200B}\u{FF17} "), Ok([0, 1, 1, 7]));
    }

    #[test]
    fn everything_else_is_refused() {
        assert_eq!(read::<1>("U"), Err(SymbolsRefusal::UnknownSymbol));
        assert_eq!(read::<1>("\u{131}"), Err(SymbolsRefusal::UnknownSymbol));
        assert_eq!(read::<2>("7"), Err(SymbolsRefusal::WrongLength));
        assert_eq!(read::<2>("777"), Err(SymbolsRefusal::WrongLength));
        assert_eq!(
            read::<2>(&" ".repeat(300)),
            Err(SymbolsRefusal::WrongLength)
        );
    }
}
