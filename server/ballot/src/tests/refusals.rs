use super::cases::all;
use super::town::{Town, receipt};
use crate::{BallotBox, Bytes, Evidence, Method, Refusal, Vote, verify, verify_on};
use std::collections::BTreeSet;

#[test]
fn a_true_box_adds_up() {
    for method in [Method::Prioritising, Method::Question] {
        let town = Town::new(method);
        let honest = town.honest();
        let json = serde_json::to_vec(&honest).unwrap();
        let read = BallotBox::from_json(&json).unwrap();
        assert_eq!(read, honest);
        let evidence = Evidence {
            roots: vec![honest.root],
            closing: Some(honest.root),
            receipts: vec![receipt(&honest, 0), receipt(&honest, 2)],
            ..Evidence::default()
        };
        let report = verify(&read, &evidence).unwrap();
        assert_eq!(report.result, honest.result);
        assert_eq!(report.receipts, 2);
        assert!(!report.single_issuer);
        assert!(report.issuers[1].revealed && !report.issuers[2].revealed);
    }
}

#[test]
fn each_lie_is_called_by_its_name() {
    let mut told = BTreeSet::new();
    for case in all() {
        let found = verify(&case.lie, &case.evidence).unwrap_err();
        assert_eq!(found, case.expected, "{}", case.name);
        assert_eq!(
            verify_on(&case.lie, &case.evidence, 4).unwrap_err(),
            found,
            "{}",
            case.name
        );
        told.insert(found.code());
    }
    let known: BTreeSet<_> = Refusal::all().iter().map(|(code, ..)| *code).collect();
    assert_eq!(told, known, "a refusal without a lie to show it");
}

#[test]
fn the_first_item_at_fault_is_told_on_any_number_of_threads() {
    let town = Town::new(Method::Prioritising);
    let mut lie = town.honest();
    for item in lie.items.iter_mut().skip(3) {
        item.signature = Bytes([1; 64]);
    }
    for threads in 0..9 {
        let found = verify_on(&lie, &Evidence::default(), threads).unwrap_err();
        assert_eq!(found, Refusal::BadTokenSignature { item: 3 });
    }
}

#[test]
fn who_replaced_a_vote_is_no_complaint() {
    let town = Town::new(Method::Prioritising);
    let mut later = town.honest();
    let evidence = Evidence {
        roots: vec![later.root],
        receipts: vec![receipt(&later, 1)],
        ..Evidence::default()
    };
    let vote = later.items[1].vote();
    let again = Vote {
        value: 5,
        sequence: vote.sequence + 1,
        ..vote
    };
    town.recast(&mut later.items[1], again);
    town.seal(&mut later);
    verify(&later, &evidence).unwrap();
}

#[test]
fn every_refusal_speaks_both_languages() {
    for (code, english, albanian) in Refusal::all() {
        assert!(english.ends_with('.') && albanian.ends_with('.'), "{code}");
        assert_ne!(english, albanian);
    }
    let refusal = Refusal::BadIssuerSignature { item: 4, issuer: 0 };
    assert!(
        refusal
            .in_english()
            .starts_with("Vote no. 5, institution no. 1: ")
    );
    assert!(
        refusal
            .in_albanian()
            .starts_with("Vota nr. 5, institucioni nr. 1: ")
    );
}

#[test]
fn a_box_has_no_room_for_more_than_it_has_to_say() {
    let town = Town::new(Method::Question);
    let mut json = serde_json::to_value(town.honest()).unwrap();
    json["items"][0]["time"] = "12:00".into();
    assert!(BallotBox::from_json(json.to_string().as_bytes()).is_none());
}
