//! Whoever casts what they must not.

use std::thread;

use ballot::Item;
use serde_json::{Value, json};

use crate::harness::consultation::{announcement, ask};
use crate::harness::database::{number, open};
use crate::harness::unharmed;
use crate::harness::vote::Election;
use crate::harness::voter::{Voter, cast};

/// A second consultation, and its vote.
fn elsewhere(election: &Election) -> Value {
    let asked = announcement(election.town.clock().today());
    let page = ask(&election.council.secretary, asked).expect(201);
    let path = format!("/consultations/{}/vote", page["id"].as_str().unwrap());
    crate::harness::town::wait_until("its issuers are there", || {
        election.town.visitor().get(&path).status == 200
    });
    election.town.visitor().get(&path).expect(200)
}

/// T-VOTE-01, T-ANON-07.
#[test]
fn each_item_that_must_not_be_cast_has_its_own_refusal() {
    let election = Election::announced();
    let visitor = election.town.visitor();
    let other_vote = elsewhere(&election);
    let resident = election.resident("arta");
    let (mut voter, mut foreign) = (Voter::new(1), Voter::new(1));
    let announced = election.vote();
    voter.take(&announced, &voter.ask(&resident, &announced).expect(200));
    foreign.take(
        &other_vote,
        &foreign.ask(&resident, &other_vote).expect(200),
    );
    let early = voter.item(&announced, 0, 3, 1);
    cast(&visitor, &announced, &early).refused(409, "casting_not_open");
    let vote = election.open_casting();
    let refused = |item: &Item, status, code| cast(&visitor, &vote, item).refused(status, code);
    let good = voter.item(&vote, 0, 3, 5);
    // Of another vote, in the place of this one.
    let mut stolen = good.clone();
    stolen.signatures = foreign.item(&other_vote, 0, 3, 5).signatures;
    refused(&stolen, 422, "item_foreign");
    let mut unsigned = good.clone();
    unsigned.signatures = vec![None, None, None];
    refused(&unsigned, 422, "item_foreign");
    let mut one_alone = good.clone();
    one_alone.signatures[0] = None;
    one_alone.signatures[2] = None;
    refused(&one_alone, 422, "item_foreign");
    let mut swapped = good.clone();
    swapped.signatures.swap(0, 1);
    refused(&swapped, 422, "item_foreign");
    let concern = voter.concern(&vote, 0);
    let wrong = voter.item_about(&vote, 0, (concern + 1) % 3, 3, 5);
    refused(&wrong, 422, "item_other_concern");
    refused(&voter.item(&vote, 0, 6, 5), 422, "item_value");
    let mut tampered = good.clone();
    tampered.value = 5;
    refused(&tampered, 422, "item_tampered");
    tampered.value = 3;
    tampered.sequence = 6;
    refused(&tampered, 422, "item_tampered");
    assert_eq!(cast(&visitor, &vote, &good).status, 204);
    refused(&good, 409, "item_repeated");
    refused(&voter.item(&vote, 0, 4, 5), 409, "item_repeated");
    refused(&voter.item(&vote, 0, 4, 4), 409, "item_older");
    // Withdrawing is a vote like any other.
    assert_eq!(
        cast(&visitor, &vote, &voter.item(&vote, 0, 0, 6)).status,
        204
    );
    election.move_to("casting_until", 1);
    refused(&voter.item(&vote, 0, 4, 7), 409, "casting_over");
    let counted = election.wait_for("counted");
    assert_eq!(counted["result"]["withdrawn"], 1);
    assert_eq!(counted["result"]["counted"], 0);
    unharmed(&election.town);
}

/// T-VOTE-01.
#[test]
fn what_is_no_item_is_refused_before_anything_is_computed() {
    let election = Election::announced();
    let voters = election.voters(1);
    let vote = election.open_casting();
    let good = serde_json::to_value(voters[0].item(&vote, 0, 3, 1)).unwrap();
    let path = format!("/consultations/{}/items", election.id);
    let visitor = election.town.visitor();
    let send = |name: &str, value: Value| {
        let mut item = good.clone();
        item[name] = value;
        visitor.post(&path).json(item).send()
    };
    for value in [json!(3.5), json!("3"), json!(null), json!(-1), json!(256)] {
        send("value", value).refused(400, "body_invalid");
    }
    send("voter", json!("arta")).refused(400, "body_invalid");
    send("index", json!(65_536)).refused(400, "body_invalid");
    send("token", json!("AAAA")).refused(422, "fields_invalid");
    send("signature", json!("no base64!")).refused(422, "fields_invalid");
    send("signatures", json!(["A"])).refused(422, "fields_invalid");
    send("sequence", json!(4_000_000_000_u32)).refused(422, "fields_invalid");
    send("signatures", json!(vec![Value::Null; 2_000])).refused(422, "item_foreign");
    let unknown = "/consultations/0000000000000000/items";
    let answer = visitor.post(unknown).json(good.clone()).send();
    answer.refused(404, "consultation_unknown");
    let count = "SELECT count(*) AS number FROM ballots";
    assert_eq!(number(&mut open(&election.town), count), 0);
    unharmed(&election.town);
}

/// T-ANON-07.
#[test]
fn fifty_at_once_of_one_token_are_one_and_the_last_stands() {
    let election = Election::announced();
    let voters = election.voters(1);
    let vote = election.open_casting();
    let taken: Vec<u32> = thread::scope(|scope| {
        let one = |sequence: u32| {
            let item = voters[0].item(&vote, 0, u8::try_from(sequence % 5 + 1).unwrap(), sequence);
            let visitor = election.town.visitor();
            let (vote, item) = (&vote, item);
            scope.spawn(move || match cast(&visitor, vote, &item).status {
                204 => Some(sequence),
                status => {
                    assert_eq!(status, 409);
                    None
                }
            })
        };
        let all: Vec<_> = (1..=50).map(one).collect();
        all.into_iter()
            .filter_map(|one| one.join().unwrap())
            .collect()
    });
    assert!(taken.contains(&50), "nothing later stood in its way");
    let mut file = open(&election.town);
    let asked = |what: &str| format!("SELECT {what} AS number FROM ballots");
    assert_eq!(number(&mut file, &asked("count(*)")), 1);
    assert_eq!(number(&mut file, &asked("max(sequence)")), 50);
    unharmed(&election.town);
}

/// T-VOTE-01: exactly once, however many ask at once.
#[test]
fn fifty_requests_for_tokens_at_once_are_one() {
    let election = Election::announced();
    let vote = election.vote();
    let resident = election.resident("arta");
    let token = resident.token();
    let answers: Vec<(u8, u16)> = thread::scope(|scope| {
        let one = |number: u8| {
            let person = election.town.visitor().with_token(token);
            let vote = &vote;
            // Five devices, ten times each.
            let seed = number % 5 + 1;
            scope.spawn(move || (seed, Voter::new(seed).ask(&person, vote).status))
        };
        let all: Vec<_> = (0..50).map(one).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let given: Vec<u8> = answers
        .iter()
        .filter(|(_, status)| *status == 200)
        .map(|(seed, _)| *seed)
        .collect();
    assert_eq!(given.len(), 10, "{answers:?}");
    assert!(given.iter().all(|seed| *seed == given[0]), "{answers:?}");
    assert!(
        answers
            .iter()
            .all(|(_, status)| matches!(status, 200 | 409))
    );
    let sealed = election.open_casting();
    for issuer in sealed["issuers"].as_array().unwrap() {
        assert_eq!(issuer["accounts"], 1);
        assert_eq!(issuer["tokens"], 12);
    }
}
