//! The roll of residents: what somebody types from their identity card, read so that a clerk's table and
//! a resident's thumb come to the same text.
//!
//! Invariants: no part of it is shown to developers, and a refusal names which part, never what it held.

use core::fmt;

use chrono::NaiveDate;

/// How days are written on cards, in registers and by browsers.
const DAYS: [&str; 4] = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y"];
/// Letters and digits of a personal number: a letter, eight digits, a letter.
const NUMBER: usize = 10;
/// Letters and digits of the number of a card, at least and at most.
const CARD: core::ops::RangeInclusive<usize> = 6..=12;

/// Which part cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The personal number.
    Number,
    /// The day of birth.
    Born,
    /// The number of the card.
    Card,
}

/// Who somebody is, by what stands on their card.
///
/// Invariant: upper-case letters and digits without spaces, and a day that exists.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    number: String,
    born: NaiveDate,
    card: String,
}

impl Person {
    /// Reads the three parts as typed, or as a table has them.
    ///
    /// # Errors
    /// [`Fault`] for the first part that cannot be read.
    pub fn parse(number: &str, born: &str, card: &str) -> Result<Self, Fault> {
        Ok(Self {
            number: read_number(number).ok_or(Fault::Number)?,
            born: read_day(born).ok_or(Fault::Born)?,
            card: read_card(card).ok_or(Fault::Card)?,
        })
    }

    /// The one text that is keyed and hashed for a year's roll.
    #[must_use]
    pub fn canonical(&self, year: i32) -> String {
        format!("{year} {} {} {}", self.number, self.born, self.card)
    }

    /// Whom this is about, whatever card was typed: what tries are counted by.
    #[must_use]
    pub fn whose(&self) -> &str {
        &self.number
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Person(..)")
    }
}

fn read_number(typed: &str) -> Option<String> {
    let text = squeezed(typed, NUMBER)?;
    let fits = text.char_indices().all(|(place, symbol)| {
        if place == 0 || place == NUMBER - 1 {
            symbol.is_ascii_uppercase()
        } else {
            symbol.is_ascii_digit()
        }
    });
    (text.len() == NUMBER && fits).then_some(text)
}

fn read_card(typed: &str) -> Option<String> {
    let text = squeezed(typed, *CARD.end())?;
    CARD.contains(&text.len()).then_some(text)
}

fn read_day(typed: &str) -> Option<NaiveDate> {
    let text = typed.trim();
    DAYS.iter()
        .find_map(|format| NaiveDate::parse_from_str(text, format).ok())
}

/// Without spaces and dashes, upper case; nothing where it holds more symbols or others than letters
/// and digits.
fn squeezed(typed: &str, most: usize) -> Option<String> {
    let mut text = String::new();
    for symbol in typed.chars() {
        if symbol.is_whitespace() || symbol == '-' {
            continue;
        }
        if !symbol.is_ascii_alphanumeric() || text.len() == most {
            return None;
        }
        text.push(symbol.to_ascii_uppercase());
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::{Fault, Person};
    use proptest::prelude::*;

    #[test]
    fn a_table_and_a_thumb_come_to_the_same_text() {
        let table = Person::parse("J50514087P", "1995-05-14", "032145678").unwrap();
        for (number, born, card) in [
            ("j50514087p", "14.05.1995", "032145678"),
            (" J5051 4087 P ", "14/05/1995", "032-145-678"),
            ("J-50514087-P", "14-05-1995", " 0321 45678"),
        ] {
            assert_eq!(Person::parse(number, born, card), Ok(table.clone()));
        }
        assert_eq!(
            table.canonical(2027),
            "2027 J50514087P 1995-05-14 032145678"
        );
        assert_ne!(table.canonical(2026), table.canonical(2027));
    }

    #[test]
    fn each_part_that_cannot_be_read_is_named() {
        let day = "1995-05-14";
        for number in [
            "",
            "J5051408P",
            "550514087P",
            "J5051408PP",
            "J50514087ë",
            "J50514087PP",
        ] {
            assert_eq!(
                Person::parse(number, day, "032145678"),
                Err(Fault::Number),
                "{number}"
            );
        }
        for born in ["", "1995", "30.02.1995", "1995-13-01", "nesër"] {
            let read = Person::parse("J50514087P", born, "032145678");
            assert_eq!(read, Err(Fault::Born), "{born}");
        }
        for card in ["", "12345", "1234567890123", "03214567ç"] {
            assert_eq!(
                Person::parse("J50514087P", day, card),
                Err(Fault::Card),
                "{card}"
            );
        }
    }

    #[test]
    fn a_person_prints_no_part_of_themselves_for_developers() {
        let person = Person::parse("J50514087P", "1995-05-14", "032145678").unwrap();
        assert_eq!(format!("{person:?}"), "Person(..)");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused(number: String, born: String, card: String) {
            drop(Person::parse(&number, &born, &card));
        }
    }
}
