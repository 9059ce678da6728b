//! Signing in with a code sent by e-mail: 8 symbols, 10 minutes, one use, 5 tries.

use crate::crockford::{self, SymbolsRefusal};
use core::fmt;
use thiserror::Error;

/// Symbols of a sign-in code: 8 of 5 bits, 40 bits.
pub const CODE_SYMBOLS: usize = 8;
/// Seconds for which a code may be used.
pub const CODE_LASTS_SECONDS: i64 = 600;
/// Wrong tries after which a code is spent.
pub const CODE_TRIES: u32 = 5;
/// Seconds before another code may be asked for.
pub const RESEND_AFTER_SECONDS: i64 = 60;

/// A code as sent by e-mail. Prints as `SignInCode(..)` in debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct SignInCode {
    values: [u8; CODE_SYMBOLS],
}

impl SignInCode {
    /// Makes a code from 5 random bytes.
    #[must_use]
    pub fn from_entropy(entropy: [u8; 5]) -> Self {
        Self {
            values: crockford::values_of_bits(&entropy),
        }
    }

    /// Reads a code as typed; see [`crockford::read`] for what is tolerated.
    ///
    /// # Errors
    /// [`SymbolsRefusal`] when it is not 8 symbols. That is answered like a wrong code.
    pub fn parse(text: &str) -> Result<Self, SymbolsRefusal> {
        crockford::read(text).map(|values| Self { values })
    }

    /// The 8 symbols without dashes, upper case: the one text that is hashed.
    #[must_use]
    pub fn canonical(&self) -> String {
        self.values.map(crockford::symbol).iter().collect()
    }
}

/// As written in the mail: `XXXX-XXXX`.
impl fmt::Display for SignInCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, value) in self.values.iter().enumerate() {
            if place == 4 {
                f.write_str("-")?;
            }
            write!(f, "{}", crockford::symbol(*value))?;
        }
        Ok(())
    }
}

impl fmt::Debug for SignInCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignInCode(..)")
    }
}

/// What is known when somebody types a code for an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// Seconds since the code was made; negative when a clock was set back.
    pub age_seconds: i64,
    /// Wrong tries on this code before this one.
    pub wrong_tries: u32,
    /// Whether the code was used before.
    pub used: bool,
    /// Whether the typed code is the one that was sent.
    pub matches: bool,
}

/// Why a code does not open a session. The caller tells people one and the same thing for all
/// of these (`code_wrong`); only the bookkeeping differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CodeRefusal {
    /// Older than ten minutes, or from the future.
    #[error("the code has expired")]
    Expired,
    /// Used before, or tried wrongly too often.
    #[error("the code is spent")]
    Spent,
    /// Not the code that was sent; `tries_left` more may follow.
    #[error("the code is not the one that was sent")]
    Wrong {
        /// How many tries remain on this code.
        tries_left: u32,
    },
}

/// Judges one attempt.
///
/// # Errors
/// [`CodeRefusal`]. On [`CodeRefusal::Wrong`] the caller counts the try, on success it marks
/// the code as used, both in the same transaction as this judgement.
pub const fn judge(attempt: Attempt) -> Result<(), CodeRefusal> {
    if attempt.used || attempt.wrong_tries >= CODE_TRIES {
        return Err(CodeRefusal::Spent);
    }
    if attempt.age_seconds < 0 || attempt.age_seconds >= CODE_LASTS_SECONDS {
        return Err(CodeRefusal::Expired);
    }
    if attempt.matches {
        Ok(())
    } else {
        Err(CodeRefusal::Wrong {
            tries_left: CODE_TRIES - attempt.wrong_tries - 1,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Attempt, CodeRefusal, SignInCode, judge};

    const FRESH: Attempt = Attempt {
        age_seconds: 30,
        wrong_tries: 0,
        used: false,
        matches: true,
    };

    #[test]
    fn a_fresh_code_opens_a_session_once() {
        assert_eq!(judge(FRESH), Ok(()));
        let used = Attempt {
            used: true,
            ..FRESH
        };
        assert_eq!(judge(used), Err(CodeRefusal::Spent));
    }

    #[test]
    fn a_code_lasts_ten_minutes() {
        let at = |age_seconds| {
            judge(Attempt {
                age_seconds,
                ..FRESH
            })
        };
        assert_eq!(at(599), Ok(()));
        assert_eq!(at(600), Err(CodeRefusal::Expired));
        assert_eq!(at(-1), Err(CodeRefusal::Expired));
    }

    #[test]
    fn after_five_wrong_tries_even_the_right_code_is_spent() {
        let wrong = |wrong_tries| {
            judge(Attempt {
                wrong_tries,
                matches: false,
                ..FRESH
            })
        };
        assert_eq!(wrong(0), Err(CodeRefusal::Wrong { tries_left: 4 }));
        assert_eq!(wrong(4), Err(CodeRefusal::Wrong { tries_left: 0 }));
        let right = Attempt {
            wrong_tries: 5,
            ..FRESH
        };
        assert_eq!(judge(right), Err(CodeRefusal::Spent));
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = SignInCode::from_entropy([0, 1, 2, 3, 4]);
        assert_eq!(code.to_string(), "000G-40R4");
        assert_eq!(SignInCode::parse(" ooog40r4\n"), Ok(code.clone()));
        assert_eq!(format!("{code:?}"), "SignInCode(..)");
    }
}
