//! What people write: cleaned once, on the way in, and held in types that cannot be wrong.
//!
//! Invariants of every text type here: NFC, no control or invisible direction-changing
//! characters (a name cannot turn the rest of a line around), length counted in code points
//! after cleaning, at least one letter or digit.

mod office;
mod tidy;

pub use tidy::{defused, fold, search_terms, search_words, tidy};

use core::fmt;
use thiserror::Error;

/// Why a text is refused. Carries no part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TextRefusal {
    /// Fewer than `min` characters.
    #[error("shorter than {min} characters")]
    TooShort {
        /// The least number of characters.
        min: usize,
    },
    /// More than `max` characters.
    #[error("longer than {max} characters")]
    TooLong {
        /// The greatest number of characters.
        max: usize,
    },
    /// Nothing but punctuation and symbols.
    #[error("without a letter or digit")]
    NoLetters,
    /// Several lines where one is expected.
    #[error("more than one line")]
    HasLineBreak,
    /// A web address where none belongs: names travel in mails to others (T-MAIL-01).
    #[error("contains a web address")]
    HasUrl,
    /// An `@` where none belongs.
    #[error("contains an @")]
    HasAt,
    /// An institution's or office's name where a person's belongs.
    #[error("names an institution")]
    NamesAnInstitution,
}

/// Bytes one character of a clean text may have come from, with all that is dropped around it.
const BYTES_A_CHARACTER: usize = 16;

/// Defines a text type: cleaned by the given function, bounded, optionally checked further.
macro_rules! text_type {
    ($(#[$about:meta])* $name:ident, $min:literal..=$max:literal, $clean:path $(, $check:path)?) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The least number of characters.
            pub const MIN: usize = $min;
            /// The greatest number of characters.
            pub const MAX: usize = $max;

            /// Cleans and checks what somebody wrote.
            ///
            /// # Errors
            /// [`TextRefusal`] when the cleaned text breaks a bound or a rule of this type.
            pub fn parse(written: &str) -> Result<Self, TextRefusal> {
                // Megabytes are refused before they are cleaned, which takes time.
                if written.len() > Self::MAX * BYTES_A_CHARACTER {
                    return Err(TextRefusal::TooLong { max: Self::MAX });
                }
                $($check(written)?;)?
                let text = $clean(written);
                within(&text, Self::MIN, Self::MAX)?;
                Ok(Self(text))
            }

            /// The clean text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The clean text, given away.
            #[must_use]
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

text_type! {
    /// The title of a concern, on one line.
    Title, 5..=120, tidy::tidy_line
}

text_type! {
    /// The text of a concern, an answer or a message, in the author's own words (I3).
    Body, 10..=4000, tidy
}

text_type! {
    /// A message in a thread or an internal note: as [`Body`], but a single "po" will do.
    Message, 1..=4000, tidy
}

text_type! {
    /// What was said at a meeting, as its minutes keep it (C1).
    Protocol, 10..=12_000, tidy
}

text_type! {
    /// How a council works, as it decided (B1).
    Rules, 200..=60_000, tidy
}

text_type! {
    /// A question in the discussion of a consultation: one thing, not a speech.
    Question, 3..=600, tidy
}

text_type! {
    /// The reason of a move, a legal ground, or whose a matter is: shown to the public (C9).
    Reason, 3..=1000, tidy
}

text_type! {
    /// A few words in an answer to a poll.
    Remark, 1..=300, tidy
}

text_type! {
    /// One of the answers a question can be voted on with, on one line.
    Choice, 1..=120, tidy::tidy_line
}

text_type! {
    /// A name others are shown, of a seat or a source: a name, not an address and not a link.
    DisplayName, 2..=60, tidy::tidy_line, name_is_a_name
}

text_type! {
    /// The name a resident chooses to be shown by: as [`DisplayName`], but not one that poses as an
    /// institution or office.
    ResidentName, 2..=60, tidy::tidy_line, name_is_a_residents
}

fn within(text: &str, min: usize, max: usize) -> Result<(), TextRefusal> {
    let length = text.chars().count();
    if length < min {
        return Err(TextRefusal::TooShort { min });
    }
    if length > max {
        return Err(TextRefusal::TooLong { max });
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err(TextRefusal::NoLetters);
    }
    Ok(())
}

fn name_is_a_name(written: &str) -> Result<(), TextRefusal> {
    let name = tidy(written);
    if name.contains('\n') {
        return Err(TextRefusal::HasLineBreak);
    }
    if tidy::looks_like_a_link(&name) {
        return Err(TextRefusal::HasUrl);
    }
    if name.contains(['@', '\u{FF20}', '\u{FE6B}']) {
        return Err(TextRefusal::HasAt);
    }
    Ok(())
}

fn name_is_a_residents(written: &str) -> Result<(), TextRefusal> {
    name_is_a_name(written)?;
    if office::poses_as_an_office(&tidy(written)) {
        return Err(TextRefusal::NamesAnInstitution);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
