//! Whoever holds the database tries to learn whose an item is.

use std::collections::BTreeSet;

use crate::harness::database::{columns, dump, open};
use crate::harness::town::wait_until;
use crate::harness::vote::Election;
use crate::harness::voter::{Voter, cast};

const VOTERS: u8 = 8;

/// T-ANON-02, T-ANON-08.
#[test]
fn what_was_asked_and_what_was_cast_cannot_be_joined() {
    let mut election = Election::announced();
    let voters = election.voters(VOTERS);
    let vote = election.open_casting();
    let visitor = election.town.visitor();
    // As bad as it can be: everybody casts at once, in the order in which they asked.
    for voter in &voters {
        for index in 0..12 {
            assert_eq!(
                cast(&visitor, &vote, &voter.item(&vote, index, 3, 1)).status,
                204
            );
        }
    }
    let mut file = open(&election.town);
    let names = |table: &str, file: &mut _| -> BTreeSet<String> {
        columns(file, table).into_iter().collect()
    };
    let (asked, cast) = (
        names("token_requests", &mut file),
        names("ballots", &mut file),
    );
    let shared: Vec<_> = asked.intersection(&cast).collect();
    assert_eq!(shared, ["consultation_id"]);
    for column in asked.union(&cast) {
        let told = ["_on", "_at", "time", "session", "address", "number"];
        assert!(!told.iter().any(|word| column.contains(word)), "{column}");
    }
    // The night lays the rows out anew.
    election.town.move_clock_to_hour(3);
    election.town.kill_and_restart();
    wait_until("the rows are in the order of their random keys", || {
        let rows = dump(&election.town).remove("ballots").unwrap();
        order(&rows, &voters, &vote).is_some_and(|order| correlation(&order).abs() < 0.45)
    });
    let all = dump(&election.town);
    // No word of an account is in what was cast, and none of what was cast with an account.
    let cast_words = words(&all["ballots"]);
    let id = election.id.clone();
    for (table, rows) in &all {
        if ["ballots", "votes"].contains(&table.as_str()) {
            continue;
        }
        let shared: Vec<_> = words(rows).intersection(&cast_words).cloned().collect();
        let meant: Vec<_> = shared.iter().filter(|word| **word != id).collect();
        assert_eq!(meant, Vec::<&String>::new(), "{table}");
    }
}

/// The words of rows that are long enough to mean somebody.
fn words(rows: &[String]) -> BTreeSet<String> {
    rows.iter()
        .flat_map(|row| row.split(|letter: char| !letter.is_ascii_alphanumeric()))
        .filter(|word| word.len() >= 12)
        .map(str::to_owned)
        .collect()
}

/// Whose the rows are, by the order in which they asked; nothing where one is nobody's.
fn order(rows: &[String], voters: &[Voter], vote: &serde_json::Value) -> Option<Vec<f64>> {
    rows.iter()
        .map(|row| {
            let of = voters.iter().position(|voter| {
                (0..12).any(|index| {
                    let token = voter.item(vote, index, 3, 1).token;
                    row.contains(&hex::encode(token.0))
                })
            });
            of.and_then(|place| u32::try_from(place).ok())
                .map(f64::from)
        })
        .collect()
}

/// Pearson's correlation of a sequence with its places: four standard deviations of 96 are 0.41.
fn correlation(order: &[f64]) -> f64 {
    let count = f64::from(u32::try_from(order.len()).unwrap());
    let places: Vec<f64> = (0_u32..).take(order.len()).map(f64::from).collect();
    let mean = |of: &[f64]| of.iter().sum::<f64>() / count;
    let (one, two) = (mean(order), mean(&places));
    let spread = |of: &[f64], middle: f64| of.iter().map(|x| (x - middle).powi(2)).sum::<f64>();
    let both: f64 = order
        .iter()
        .zip(&places)
        .map(|(x, y)| (x - one) * (y - two))
        .sum();
    both / (spread(order, one) * spread(&places, two)).sqrt()
}

/// T-ANON-01.
#[test]
fn nothing_that_comes_with_an_item_is_kept() {
    let election = Election::announced();
    let voters = election.voters(1);
    let vote = election.open_casting();
    let resident = election.town.resident("banor1");
    let path = format!("/consultations/{}/items", election.id);
    let item = voters[0].item(&vote, 0, 3, 1);
    // Somebody signed in, with all that a browser and a proxy add, and a key of the queue.
    let request = resident
        .post(&path)
        .header("origin", &election.town.address);
    let canaries = [
        ("user-agent", "Canary-Agent-1"),
        ("x-forwarded-for", "203.0.113.99"),
        ("referer", "https://canary.example/page"),
        ("cookie", "_ga=Canary-Cookie-1"),
        ("idempotency-key", "Canary-Key-0123456789"),
        ("x-device", "CANARY0123CANARY0123CANARY"),
    ];
    let request = request.json(serde_json::to_value(&item).unwrap());
    let request = canaries.iter().fold(request, |request, (name, value)| {
        request.header(name, value)
    });
    assert_eq!(request.send().status, 204);
    let mut kept = election.town.stored_bytes();
    kept.extend(election.town.log().into_bytes());
    for (name, value) in canaries {
        let value = value.split('=').next_back().unwrap().as_bytes();
        let there = kept.windows(value.len()).any(|part| part == value);
        assert!(!there, "{name}");
    }
    let rows = dump(&election.town);
    assert_eq!(rows["ballots"].len(), 1);
    assert_eq!(
        rows["idempotency"]
            .iter()
            .filter(|row| row.contains("items"))
            .count(),
        0
    );
}
