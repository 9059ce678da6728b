//! What exists elsewhere is answered like what does not exist: byte for byte.

use serde_json::{Value, json};

use super::access_scene::Scene;
use crate::harness::{Person, unharmed};

const NOWHERE: &str = "0000000000000000";

/// What the secretary of Berat tries on things of Elbasan.
fn attempts(id: &str) -> Vec<(&'static str, String, Value)> {
    vec![
        ("GET", format!("/desk/concerns/{id}"), Value::Null),
        (
            "POST",
            format!("/concerns/{id}/moves"),
            json!({"to": "in_review", "reason": "Po e shqyrtojmë."}),
        ),
        (
            "POST",
            format!("/concerns/{id}/answers"),
            json!({"verdict": "done", "text": "U krye javën e kaluar."}),
        ),
        (
            "PUT",
            format!("/concerns/{id}/assignment"),
            json!({"institution": "police"}),
        ),
        (
            "POST",
            format!("/concerns/{id}/notes"),
            json!({"text": "Shënim", "visibility": "members"}),
        ),
        (
            "POST",
            format!("/concerns/{id}/messages"),
            json!({"text": "Cila rrugë?"}),
        ),
        (
            "POST",
            "/municipalities/berat/desk/moves".to_owned(),
            json!({"ids": [id], "move": {"to": "in_review", "reason": "Po e shqyrtojmë."}}),
        ),
        ("GET", format!("/concerns/{id}"), Value::Null),
        ("PUT", format!("/concerns/{id}/support"), Value::Null),
        ("DELETE", format!("/concerns/{id}/support"), Value::Null),
        ("PUT", format!("/concerns/{id}/contest"), Value::Null),
        ("DELETE", format!("/concerns/{id}/contest"), Value::Null),
        ("PUT", format!("/concerns/{id}/follow"), Value::Null),
        ("GET", format!("/me/concerns/{id}"), Value::Null),
        (
            "POST",
            format!("/me/concerns/{id}/messages"),
            json!({"text": "Faleminderit"}),
        ),
    ]
}

/// Status, headers and body, with the id that was asked for taken out.
fn seen(person: &Person, attempt: &(&'static str, String, Value), id: &str) -> String {
    let (method, path, body) = attempt;
    let request = person.request(method, path);
    let answer = match body {
        Value::Null => request.send(),
        body => request.json(body.clone()).send(),
    };
    let mut headers: Vec<String> = answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "date")
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort();
    format!("{} {headers:?} {}", answer.status, answer.text()).replace(id, "ID")
}

/// T-ROLE-03.
#[test]
fn what_exists_elsewhere_is_answered_like_what_does_not_exist() {
    let scene = Scene::set();
    for name in ["elsewhere", "resident"] {
        let person = scene.person(name);
        let there = attempts(&scene.private);
        for (there, nowhere) in there.iter().zip(attempts(NOWHERE)) {
            let (a, b) = (
                seen(person, there, &scene.private),
                seen(person, &nowhere, NOWHERE),
            );
            assert_eq!(a, b, "{name}: {} {}", there.0, there.1);
        }
    }
    let holder = json!({"email": "dikush@example.al"});
    for (method, before, id, after, body) in [
        ("GET", "photos", &scene.private_photo, "", Value::Null),
        ("DELETE", "seats", &scene.seat, "", Value::Null),
        ("PUT", "seats", &scene.seat, "/holder", holder),
    ] {
        let ask = |id: &str| (method, format!("/{before}/{id}{after}"), body.clone());
        let person = scene.person("elsewhere");
        let (a, b) = (
            seen(person, &ask(id), id),
            seen(person, &ask(NOWHERE), NOWHERE),
        );
        assert_eq!(a, b, "{method} {before}{after}");
    }
    unharmed(&scene.town);
}

/// T-ROLE-03: naming another municipality's concern as the target of a merge tells nothing of it.
#[test]
fn a_merge_into_what_is_elsewhere_is_answered_like_one_into_nothing() {
    let scene = Scene::set();
    let elsewhere = scene.concern_of_berat();
    for (name, to) in [
        ("police", "merged"),
        ("secretary", "merged"),
        ("secretary", "done"),
        ("secretary", "declined"),
    ] {
        let person = scene.person(name);
        let ask = |into: &str| {
            let body = json!({"to": to, "into": into, "reason": "I njëjti vend."});
            ("POST", format!("/concerns/{}/moves", scene.private), body)
        };
        let (a, b) = (
            seen(person, &ask(&elsewhere), &elsewhere),
            seen(person, &ask(NOWHERE), NOWHERE),
        );
        assert_eq!(a, b, "{name} {to}");
    }
}
