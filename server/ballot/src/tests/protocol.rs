//! `vectors/protocol.json`, which the TypeScript twin reads too. After a change of the protocol:
//! `UPDATE_VECTORS=1 cargo test -p ballot the_shared_vectors`.

use super::cases::{all, place};
use super::patch::{apply, diff};
use super::town::{HERE, Town, receipt, reveal, rng, seed};
use crate::{
    BallotBox, Bytes, ConcernId, Evidence, Item, Method, PinnedIssuer, Refusal, Terms, Weights,
    choices_hash, commitment, concerns_hash, count_ratings, leaf, seed_to_text, token_message,
    verify,
};
use chacha20::rand_core::Rng as _;
use serde_json::{Value, json};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/protocol.json");

#[test]
fn the_shared_vectors_are_what_the_code_does() {
    let made = vectors();
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        let text = serde_json::to_string_pretty(&made).unwrap() + "\n";
        std::fs::write(FILE, text).unwrap();
    }
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(FILE).unwrap()).unwrap();
    assert!(kept == made, "the protocol changed, or its vectors did");
}

#[test]
fn the_vectors_boxes_are_read_as_they_say() {
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(FILE).unwrap()).unwrap();
    for case in kept["cases"].as_array().unwrap() {
        let mut lie = kept["boxes"]["prioritising"].clone();
        apply(&mut lie, &case["set"]);
        let evidence: Evidence = serde_json::from_value(case["evidence"].clone()).unwrap();
        let found = BallotBox::from_json(lie.to_string().as_bytes())
            .ok_or(Refusal::Unreadable)
            .and_then(|lie| verify(&lie, &evidence))
            .unwrap_err();
        assert_eq!(case["code"], found.code(), "{}", case["name"]);
        assert_eq!(case["place"], place(found), "{}", case["name"]);
    }
}

fn vectors() -> Value {
    let town = Town::new(Method::Prioritising);
    let question = Town::new(Method::Question);
    let honest = town.honest();
    let leaves: Vec<_> = honest
        .items
        .iter()
        .map(|item| leaf(&item.canonical()))
        .collect();
    let ids: Vec<ConcernId> = honest.concerns.iter().map(|listed| listed.id).collect();
    let asked = question.honest();
    json!({
        "consultation": HERE,
        "seed": Bytes(*seed(0).as_bytes()),
        "seed_text": *seed_to_text(&seed(0)),
        "fingerprints": town.keys.iter().map(|key| key.public().fingerprint()).collect::<Vec<_>>(),
        "tokens": tokens(&town),
        "reveal": Bytes(reveal(0)),
        "commitment": commitment(HERE, &reveal(0)),
        "concerns_hash": concerns_hash(&ids),
        "choices_hash": choices_hash(&asked.choices),
        "announcements": [honest.announcement(), asked.announcement()],
        "leaves": leaves,
        "receipt": receipt(&honest, 3),
        "evidence": evidence(&town, &honest),
        "counts": counts(),
        "cases": cases(&honest),
        "sentences": sentences(),
        "boxes": { "prioritising": honest, "question": asked },
    })
}

fn evidence(town: &Town, honest: &BallotBox) -> Evidence {
    let issuers = town.keys.iter().zip(&town.identities);
    Evidence {
        issuers: issuers
            .map(|(key, identity)| PinnedIssuer {
                identity: identity.public(),
                key: key.public().fingerprint(),
            })
            .collect(),
        roots: vec![honest.root],
        closing: Some(honest.root),
        receipts: vec![receipt(honest, 0)],
    }
}

fn tokens(town: &Town) -> Vec<Value> {
    (0..2)
        .map(|index| {
            let token = town.token(0, index);
            let blinded = |key: &crate::IssuerKey| token.blind(key.public()).unwrap();
            let signed = |key: &crate::IssuerKey| key.blind_sign(&mut rng(), &blinded(key)).unwrap();
            json!({
                "index": index,
                "public": token.public(),
                "message": crate::to_base64url(&token_message(HERE, token.public())),
                "blinded": town.keys.iter().map(|key| Bytes(blinded(key))).collect::<Vec<_>>(),
                "blind_signatures": town.keys.iter().map(|key| Bytes(signed(key))).collect::<Vec<_>>(),
                "signatures": town.signatures(&token, 0),
            })
        })
        .collect()
}

fn cases(honest: &BallotBox) -> Vec<Value> {
    let honest = serde_json::to_value(honest).unwrap();
    all()
        .iter()
        .map(|case| {
            json!({
                "name": case.name,
                "set": diff(&honest, &serde_json::to_value(&case.lie).unwrap()),
                "evidence": case.evidence,
                "code": case.expected.code(),
                "place": place(case.expected),
            })
        })
        .collect()
}

fn sentences() -> Vec<Value> {
    let all = Refusal::all().iter();
    all.map(|(code, english, albanian)| json!({ "code": code, "en": english, "sq": albanian }))
        .collect()
}

/// Counts of drawn ratings with drawn weights and terms.
fn counts() -> Vec<Value> {
    let mut rng = rng();
    let mut draw = |below: u32| rng.next_u32() % below;
    (0..24_u32)
        .map(|round| {
            let mut weight =
                || u16::try_from(draw(if round % 2 == 0 { 5 } else { 65_536 })).unwrap();
            let weights = Weights {
                votes: weight().max(1),
                severity: weight(),
                frequency: weight(),
                harm: weight(),
            };
            let mut percent = || u8::try_from(draw(101)).unwrap();
            let list: Vec<(ConcernId, Terms)> = (0..5)
                .map(|number| {
                    let terms = Terms {
                        severity: percent(),
                        frequency: percent(),
                        harm: percent(),
                    };
                    (ConcernId([number; 16]), terms)
                })
                .collect();
            let ratings: Vec<(u16, u8)> = (0..round * 3)
                .map(|_| {
                    (
                        u16::try_from(draw(5)).unwrap(),
                        u8::try_from(draw(6)).unwrap(),
                    )
                })
                .collect();
            let items: Vec<Item> = ratings
                .iter()
                .map(|(index, value)| rated(*index, *value))
                .collect();
            let terms = list.iter().map(|(_, t)| [t.severity, t.frequency, t.harm]);
            json!({
                "weights": weights,
                "terms": terms.collect::<Vec<_>>(),
                "ratings": ratings,
                "outcome": count_ratings(&list, weights, &items),
            })
        })
        .collect()
}

fn rated(index: u16, value: u8) -> Item {
    Item {
        token: Bytes([0; 32]),
        index,
        value,
        sequence: 0,
        signatures: Vec::new(),
        signature: Bytes([0; 64]),
    }
}
