//! `trekendesh verify`: anybody recounts a published box, without a server.

use std::fs;

use serde_json::{Value, json};

use crate::harness::Town;

const VECTORS: &str = include_str!("../../server/ballot/vectors/protocol.json");

fn vectors() -> Value {
    serde_json::from_str(VECTORS).unwrap()
}

/// What the command says of a box and of what is held against it.
fn verify(town: &Town, published: &Value, evidence: &Value, language: &str) -> (bool, String) {
    let (file, known) = (town.path("box.json"), town.path("evidence.json"));
    fs::write(&file, published.to_string()).unwrap();
    fs::write(&known, evidence.to_string()).unwrap();
    let [file, known] = [&file, &known].map(|path| path.to_str().unwrap());
    let line = ["verify", file, "--evidence", known, "--language", language];
    town.run(&line)
}

#[test]
fn a_box_that_adds_up_is_told_with_its_result() {
    let (town, vectors) = (Town::start(), vectors());
    for method in ["prioritising", "question"] {
        let published = &vectors["boxes"][method];
        let (whole, said) = verify(&town, published, &json!({}), "en");
        assert!(whole, "{said}");
        assert!(said.contains("The box adds up"), "{said}");
        let title = published["consultation"]["title"].as_str().unwrap();
        assert!(said.contains(title), "{said}");
    }
    let published = &vectors["boxes"]["prioritising"];
    let (whole, said) = verify(&town, published, &vectors["evidence"], "sq");
    assert!(whole && said.contains("Kutia del"), "{said}");
    for concern in published["concerns"].as_array().unwrap() {
        assert!(said.contains(concern["title"].as_str().unwrap()), "{said}");
    }
}

#[test]
fn every_lie_of_a_box_is_refused_in_a_sentence() {
    let (town, vectors) = (Town::start(), vectors());
    let cases = vectors["cases"].as_array().unwrap();
    assert!(cases.len() > 20, "control");
    for case in cases {
        let mut lie = vectors["boxes"]["prioritising"].clone();
        for change in case["set"].as_array().unwrap() {
            let path = format!("/{}", change["path"].as_str().unwrap());
            *lie.pointer_mut(&path).unwrap() = change["value"].clone();
        }
        let (whole, said) = verify(&town, &lie, &case["evidence"], "en");
        assert!(!whole, "{}: {said}", case["name"]);
        let code = case["code"].as_str().unwrap();
        assert!(
            said.contains(&format!("[{code}, ")),
            "{}: {said}",
            case["name"]
        );
    }
}

#[test]
fn what_is_no_box_is_refused_in_one_line() {
    let town = Town::start();
    let (whole, said) = verify(&town, &json!({"format": "something"}), &json!({}), "en");
    assert!(!whole);
    assert_eq!(said.trim().lines().count(), 1, "{said}");
    let (whole, said) = town.run(&["verify", "/nowhere/box.json"]);
    assert!(!whole && said.contains("/nowhere/box.json"), "{said}");
}
