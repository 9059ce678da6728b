//! Residents say that they come to a meeting: one place each, in turn where there are too few.

use std::collections::BTreeSet;
use std::thread;

use serde_json::{Value, json};

use super::push::{subscribe, town as town_with_push};
use crate::harness::database::{lines, number, open};
use crate::harness::meeting::{
    announced, cancel, change, come, hearing, in_days, meet, places, stay_away, with_places,
};
use crate::harness::town::wait_until;
use crate::harness::{Council, Person, PushService, Town, unharmed};

fn own(person: &Person, id: &str) -> Value {
    let part = person.get(&format!("/meetings/{id}/mine"));
    assert_eq!(part.header("cache-control"), "no-store");
    part.expect(200)["place"].clone()
}

fn counts(capacity: u32, taken: u32, waiting: u32) -> Value {
    json!({"capacity": capacity, "taken": taken, "waiting": waiting})
}

const PLACE: &str = "place";

fn has_place() -> Value {
    json!({"standing": PLACE, "turn": null})
}

fn waits(turn: u32) -> Value {
    json!({"standing": "waiting", "turn": turn})
}

fn phone(town: &Town, symbol: char) -> Person {
    town.visitor().with_device(symbol)
}

#[test]
fn everybody_takes_one_place_and_only_oneself_reads_whose_it_is() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let id = announced(&secretary, with_places(&town, 40));
    let (arta, phone) = (town.resident("arta"), phone(&town, 'A'));
    assert_eq!(places(&town, &id), counts(40, 0, 0));
    for person in [&arta, &phone, &arta, &phone] {
        let taken = come(person, &id).expect(200);
        assert_eq!(taken["place"], has_place());
    }
    assert_eq!(places(&town, &id), counts(40, 2, 0));
    let nobody = json!({"standing": "none", "turn": null});
    for person in [&town.visitor(), &town.visitor().with_device('B')] {
        assert_eq!(own(person, &id), nobody);
    }
    assert_eq!(
        (own(&arta, &id), own(&phone, &id)),
        (has_place(), has_place())
    );
    for _ in 0..2 {
        let left = stay_away(&arta, &id).expect(200);
        assert_eq!(left["place"], nobody);
        assert_eq!(left["places"], counts(40, 1, 0));
    }
    come(&town.visitor(), &id).refused(400, "device_needed");
    unharmed(&town);
}

#[test]
fn where_nobody_counts_places_everybody_has_one() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let id = announced(&secretary, hearing(in_days(&town, 10)));
    for symbol in ['A', 'B', 'C'] {
        let taken = come(&phone(&town, symbol), &id).expect(200);
        assert_eq!(taken["place"], has_place());
    }
    let all = json!({"capacity": null, "taken": 3, "waiting": 0});
    assert_eq!(places(&town, &id), all);
}

#[test]
fn who_waited_longest_gets_the_place_that_is_given_back_and_is_told() {
    let town = town_with_push();
    let service = PushService::start(&town);
    let secretary = Council::seat(&town).secretary;
    let id = announced(&secretary, with_places(&town, 1));
    let (first, tablet) = (phone(&town, 'A'), phone(&town, 'B'));
    let (arta, besa) = (town.resident("arta"), town.resident("besa"));
    let browser = service.browser("arta");
    subscribe(&arta, &browser, json!([]));
    let letters = town.smtp.count("arta@example.al");
    for (turn, person) in [&first, &tablet, &arta, &besa].into_iter().enumerate() {
        let taken = come(person, &id).expect(200)["place"].clone();
        let turn = u32::try_from(turn).unwrap();
        let expected = if turn == 0 { has_place() } else { waits(turn) };
        assert_eq!(taken, expected);
    }
    assert_eq!(places(&town, &id), counts(1, 1, 3));
    // Whoever gives up waiting lets those behind move up; a device is told where it asks.
    stay_away(&first, &id).expect(200);
    assert_eq!(own(&tablet, &id), has_place());
    assert_eq!((own(&arta, &id), own(&besa, &id)), (waits(1), waits(2)));
    assert!(service.asked(&browser).is_empty());

    stay_away(&tablet, &id).expect(200);
    assert_eq!((own(&arta, &id), own(&besa, &id)), (has_place(), waits(1)));
    assert_eq!(places(&town, &id), counts(1, 1, 1));
    let said = json!({"kind": "place_given", "meeting": id, "language": "en"});
    assert_eq!(service.wait_for(&browser, 1), [said]);
    let letter = town.smtp.wait_for("arta@example.al", letters);
    assert!(
        letter.body.contains(&format!("/takime/{id}")),
        "{}",
        letter.body
    );
    let inbox = arta.get("/me/inbox").expect(200)["items"].clone();
    assert_eq!(
        (&inbox[0]["kind"], &inbox[0]["meeting"]),
        (&json!("place_given"), &json!(id))
    );
    assert_eq!(inbox.as_array().unwrap().len(), 1, "told once: {inbox}");
    assert_eq!(besa.get("/me/inbox").expect(200)["items"], json!([]));
    unharmed(&town);
}

#[test]
fn more_places_let_in_who_waits_and_a_smaller_room_takes_none_away() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let id = announced(&secretary, with_places(&town, 1));
    let phones: Vec<_> = "ABCDEF"
        .chars()
        .map(|symbol| phone(&town, symbol))
        .collect();
    for person in &phones {
        come(person, &id).expect(200);
    }
    change(&secretary, &id, with_places(&town, 4)).expect(200);
    assert_eq!(places(&town, &id), counts(4, 4, 2));
    assert_eq!(own(&phones[3], &id), has_place());
    assert_eq!(own(&phones[5], &id), waits(2));
    change(&secretary, &id, with_places(&town, 2)).expect(200);
    assert_eq!(places(&town, &id), counts(2, 4, 2));
    stay_away(&phones[0], &id).expect(200);
    assert_eq!(own(&phones[4], &id), waits(1), "there are more than places");
    change(&secretary, &id, hearing(in_days(&town, 10))).expect(200);
    let all = json!({"capacity": null, "taken": 5, "waiting": 0});
    assert_eq!(places(&town, &id), all);
}

#[test]
fn the_last_place_is_taken_once_however_many_want_it_at_once() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let id = announced(&secretary, with_places(&town, 1));
    let symbols: Vec<char> = "0123456789ABCDEFGHJK".chars().collect();
    thread::scope(|scope| {
        for symbol in symbols.iter().chain(&symbols) {
            let (town, id) = (&town, &id);
            scope.spawn(move || come(&phone(town, *symbol), id).expect(200));
        }
    });
    assert_eq!(places(&town, &id), counts(1, 1, 19));
    let turns: BTreeSet<String> = symbols
        .iter()
        .map(|symbol| own(&phone(&town, *symbol), &id)["turn"].to_string())
        .collect();
    assert_eq!(
        turns.len(),
        20,
        "everybody has a turn of their own: {turns:?}"
    );
    // All go at once, and nobody is left waiting beside a free place.
    thread::scope(|scope| {
        for symbol in &symbols[..19] {
            let (town, id) = (&town, &id);
            scope.spawn(move || stay_away(&phone(town, *symbol), id).expect(200));
        }
    });
    assert_eq!(places(&town, &id), counts(1, 1, 0));
    let left = own(&phone(&town, symbols[19]), &id);
    assert_eq!(left, has_place());
}

#[test]
fn nobody_takes_a_place_where_nobody_is_let_in_or_nothing_is_to_come() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let mut closed = hearing(in_days(&town, 10));
    closed["kind"] = json!("council");
    let closed = announced(&secretary, closed);
    let arta = town.resident("arta");
    come(&arta, &closed).refused(409, "meeting_closed");
    assert_eq!(places(&town, &closed), Value::Null);
    come(&arta, "0000000000000000").refused(404, "meeting_unknown");
    let off = announced(&secretary, with_places(&town, 4));
    come(&arta, &off).expect(200);
    cancel(&secretary, &off).expect(200);
    let begun = announced(&secretary, hearing(in_days(&town, 1)));
    come(&arta, &begun).expect(200);
    // At half past five on the day it has begun.
    town.move_clock(86_400 + 5 * 3_600);
    let arta = town.resident_again(arta, "arta");
    for id in [&off, &begun] {
        come(&arta, id).refused(409, "meeting_over");
        stay_away(&arta, id).refused(409, "meeting_over");
    }
    unharmed(&town);
}

#[test]
fn places_are_a_number_that_a_hall_can_have_and_only_of_open_meetings() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let with = |capacity: Value, kind: &str| {
        let mut body = hearing(in_days(&town, 10));
        body["capacity"] = capacity;
        body["kind"] = json!(kind);
        meet(&secretary, body)
    };
    for (capacity, kind, code) in [
        (0, "hearing", "min"),
        (-1, "hearing", "min"),
        (5001, "hearing", "max"),
        (40, "council", "not_open_to_all"),
    ] {
        let refused = with(json!(capacity), kind).expect(422);
        assert_eq!(refused["fields"][0]["pointer"], "/capacity");
        assert_eq!(refused["fields"][0]["code"], code, "{capacity}");
    }
    for odd in [json!("40"), json!(1.5), json!(1e12), json!([4])] {
        with(odd, "hearing").refused(400, "body_invalid");
    }
    with(json!(5000), "youth_forum").expect(201);
    with(Value::Null, "council").expect(201);
}

/// T-ANON-03, for places: the rows of one person at several meetings have nothing in common, say nothing of
/// who it is, and go when the meeting is over; the numbers stay.
#[test]
fn where_one_person_goes_cannot_be_brought_together_and_is_forgotten() {
    let mut town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let ids = [1, 2].map(|days| announced(&secretary, hearing(in_days(&town, days))));
    let off = announced(&secretary, with_places(&town, 9));
    let (arta, phone) = (town.resident("arta"), phone(&town, 'A'));
    for id in ids.iter().chain([&off]) {
        come(&arta, id).expect(200);
        come(&phone, id).expect(200);
    }
    let rows = "SELECT count(*) AS number FROM meeting_places";
    for column in ["mark", "sealed"] {
        let distinct = format!("SELECT count(DISTINCT {column}) AS number FROM meeting_places");
        assert_eq!(number(&mut open(&town), &distinct), 6, "{column}");
    }
    let account = lines(
        &mut open(&town),
        "SELECT id AS line FROM accounts WHERE email = 'arta@example.al'",
    )
    .remove(0);
    let kept = lines(
        &mut open(&town),
        "SELECT mark || sealed AS line FROM meeting_places",
    )
    .concat();
    for plain in [account.as_str(), &"A".repeat(26), "device "] {
        assert!(!kept.contains(plain), "{plain}");
    }
    assert!(!town.log().contains("/place"), "the time of it is logged");

    cancel(&secretary, &off).expect(200);
    town.move_clock(86_400 + 8 * 3_600);
    town.kill_and_restart();
    wait_until("what is over or off is forgotten", || {
        number(&mut open(&town), rows) == 2
    });
    assert_eq!(places(&town, &ids[0])["taken"], 2);
    assert_eq!(places(&town, &off), counts(9, 2, 0));
    let arta = town.resident_again(arta, "arta");
    assert_eq!(own(&arta, &ids[1]), has_place());
}

#[test]
fn an_account_that_goes_leaves_its_places_to_others() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let id = announced(&secretary, with_places(&town, 1));
    let (arta, tablet) = (town.resident("arta"), phone(&town, 'B'));
    come(&arta, &id).expect(200);
    come(&tablet, &id).expect(200);
    assert_eq!(arta.delete("/me").status, 204);
    assert_eq!(own(&tablet, &id), has_place());
    assert_eq!(places(&town, &id), counts(1, 1, 0));
}

/// Whoever makes up devices works for it, and an account does not.
#[test]
fn a_flood_of_devices_is_asked_for_work() {
    let town = Town::start_with(&[("TREKENDESH_PROOF_AFTER", "40")]);
    let secretary = Council::seat(&town).secretary;
    let id = announced(&secretary, with_places(&town, 500));
    let symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let answers: Vec<_> = symbols
        .chars()
        .map(|symbol| come(&phone(&town, symbol), &id))
        .collect();
    assert_eq!(answers[0].status, 200);
    let last = answers.into_iter().next_back().unwrap();
    assert!(last["work"]["challenge"].is_string(), "{}", last.text());
    last.refused(429, "proof_needed");
    come(&town.resident("arta"), &id).expect(200);
}
