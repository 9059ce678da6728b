//! Searches: what somebody wrote is found by each of its words, on either store.

use std::cell::Cell;

use diesel::prelude::*;
use domain::text::{Title, search_terms};
use trekendesh::concerns::ConcernId;
use trekendesh::concerns::lists::{Filter, visible};
use trekendesh::concerns::store::{get_concern, set_concern};
use trekendesh::concerns::submit::{Identity, SubmitConcern, submit};
use trekendesh::identity::viewer::Viewer;
use trekendesh::platform::app::Unit;
use trekendesh::platform::problem::Problem;
use trekendesh::schema::concerns;

use super::changes::texts;
use super::{House, feed};
use crate::harness::people::receipt_of;

const TEXT: &str = "Prej dy javësh rruga është pa drita.";
const TITLES: [&str; 5] = [
    "Rruga e shkollës pa drita",
    "Ndriçimi i rrugës \"Qemal Stafa\", nr. 12",
    "Çështje: 3 gropa te ura (e vjetra)",
    "NEAR(a b) OR title:rruga AND NOT *",
    "Zhurmë nga lokali 24/7 te kati i 2-të",
];

/// Letters, marks and signs of Latin, Greek and Cyrillic, which both stores cut into the same words. What
/// SQLite holds for a letter ends with Unicode 6.1; of other scripts it misses some.
fn is_of_here(c: char) -> bool {
    matches!(c, '\0'..='\u{52f}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{205f}')
}

/// A public concern with this title.
fn publish(unit: &mut Unit<'_>, title: &str, turn: u32) -> Result<ConcernId, Problem> {
    let receipt = Some(receipt_of("search", turn));
    let words = (title, TEXT);
    let input = SubmitConcern::new(
        "lighting",
        None,
        None,
        words,
        Identity::Anonymous,
        None,
        receipt,
    );
    let received = submit(unit, &Viewer::Visitor, "elbasan", input, Vec::new())?;
    let mut row = get_concern(unit, &received.id.parse().unwrap())?;
    row.public_on = Some(unit.today());
    set_concern(unit, &row)?;
    Ok(row.id)
}

/// Whether these words find it.
fn finds(unit: &mut Unit<'_>, code: &str, id: &ConcernId, words: &str) -> Result<bool, Problem> {
    let filter = Filter {
        words: Some(words.to_owned()),
        ..Filter::default()
    };
    let found = visible(unit, code, &filter).filter(concerns::id.eq(id.clone()));
    Ok(found.count().get_result::<i64>(unit.conn)? > 0)
}

#[test]
fn what_was_written_is_found_by_each_of_its_words() {
    let house = House::open();
    let turn = Cell::new(0);
    feed("titles", &texts(&TITLES), |title| {
        if Title::parse(&title).is_err() {
            return;
        }
        turn.set(turn.get() + 1);
        let (number, written) = (turn.get(), title.clone());
        let missed = house.write(move |unit| {
            let id = publish(unit, &title, number)?;
            let code = get_concern(unit, &id)?.municipality_code;
            let title = Title::parse(&title).unwrap();
            let mut words = search_terms(title.as_str());
            words.push(title.to_string());
            words.retain(|word| !search_terms(word).is_empty() && word.chars().all(is_of_here));
            let mut missed = Vec::new();
            for word in words {
                if !finds(unit, &code, &id, &word)? {
                    missed.push(word);
                }
            }
            Ok(missed)
        });
        assert_eq!(missed.unwrap(), Vec::<String>::new(), "{written:?}");
    });
}
