//! Signing in with a code sent by e-mail: 8 symbols, 10 minutes, one use. Whoever asks for one gets
//! a ticket, and each ticket has 5 tries: what others try spends nobody's but their own.

use crate::crockford::{self, SymbolsRefusal};
use core::fmt;
use thiserror::Error;

/// Symbols of a sign-in code: 8 of 5 bits, 40 bits.
pub const CODE_SYMBOLS: usize = 8;
/// Seconds for which a code, and the ticket of whoever asked for it, may be used.
pub const CODE_LASTS_SECONDS: i64 = 600;
/// Wrong tries after which a ticket is spent.
pub const CODE_TRIES: u32 = 5;
/// Seconds before another letter goes out, at the soonest.
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
        crockford::canonical(&self.values)
    }
}

/// As written in the mail: `XXXX-XXXX`.
impl fmt::Display for SignInCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crockford::write_in_fours(f, &self.values)
    }
}

impl fmt::Debug for SignInCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignInCode(..)")
    }
}

/// Whether one more letter goes to an address, whose codes that are still good have these ages in
/// seconds. The pause doubles with each of them: whoever asks for somebody else's codes all day long
/// sends them a letter every few minutes and no more, and however often that is, the last one in the
/// mailbox stays good for minutes yet. So nobody is ever left without a code by somebody else's asking.
#[must_use]
pub fn sends_another(ages: &[i64]) -> bool {
    let pause = ages
        .iter()
        .skip(1)
        .fold(RESEND_AFTER_SECONDS, |pause, _| pause.saturating_mul(2));
    ages.iter().min().is_none_or(|newest| *newest >= pause)
}

/// What is known when somebody types a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// Seconds since the ticket was given; negative when a clock was set back.
    pub age_seconds: i64,
    /// Wrong tries with this ticket before this one.
    pub wrong_tries: u32,
    /// Whether the typed code is one that was sent and is still good.
    pub matches: bool,
}

/// Why a code does not open a session. The caller tells people one and the same thing for all
/// of these (`code_wrong`); only the bookkeeping differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CodeRefusal {
    /// The ticket is older than ten minutes, or from the future.
    #[error("the ticket has expired")]
    Expired,
    /// The ticket was tried wrongly too often.
    #[error("the ticket is spent")]
    Spent,
    /// Not a code that was sent; `tries_left` more may follow.
    #[error("the code is not one that was sent")]
    Wrong {
        /// How many tries remain with this ticket.
        tries_left: u32,
    },
}

/// Judges one attempt.
///
/// # Errors
/// [`CodeRefusal`]. On [`CodeRefusal::Wrong`] the caller counts the try, on success it takes
/// ticket and codes away, both in the same transaction as this judgement.
pub const fn judge(attempt: Attempt) -> Result<(), CodeRefusal> {
    if attempt.wrong_tries >= CODE_TRIES {
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
    use super::{Attempt, CODE_LASTS_SECONDS, CodeRefusal, SignInCode, judge, sends_another};

    const FRESH: Attempt = Attempt {
        age_seconds: 30,
        wrong_tries: 0,
        matches: true,
    };

    #[test]
    fn a_ticket_lasts_ten_minutes() {
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
    fn after_five_wrong_tries_even_the_right_code_is_refused() {
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
    fn an_address_that_is_asked_for_every_second_gets_few_letters_and_always_has_a_good_code() {
        let mut sent: Vec<i64> = Vec::new();
        for now in 0..3600 {
            let live = sent.iter().map(|at| now - at);
            let ages: Vec<i64> = live.filter(|age| *age < CODE_LASTS_SECONDS).collect();
            if sends_another(&ages) {
                sent.push(now);
            }
            let left = CODE_LASTS_SECONDS - (now - sent.last().unwrap());
            assert!(left > 300, "{left} s left of the newest code at {now}");
        }
        assert_eq!(sent[..4], [0, 60, 180, 420]);
        assert!(sent.len() <= 20, "{} letters in an hour", sent.len());
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = SignInCode::from_entropy([0, 1, 2, 3, 4]);
        assert_eq!(code.to_string(), "000G-40R4");
        assert_eq!(SignInCode::parse(" ooog40r4\n"), Ok(code.clone()));
        assert_eq!(format!("{code:?}"), "SignInCode(..)");
    }
}
