//! One question with choices, instead of a list of concerns.

use serde_json::{Value, json};

use crate::harness::consultation::{announcement, ask, choose};
use crate::harness::council::town_with_a_public_concern;
use crate::harness::{Answer, Council, Person, Town, unharmed};

fn with_choices(town: &Town, secretary: &Person, choices: &Value) -> Answer {
    let mut body = announcement(town.clock().today());
    body["choices"] = choices.clone();
    ask(secretary, body)
}

#[test]
fn a_question_is_announced_with_its_choices_in_their_order() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let choices = json!([
        "Të mbyllet për makina",
        "Të mbetet siç është",
        "Vetëm të dielave"
    ]);
    let asked = with_choices(&town, &secretary, &choices).expect(201);
    let id = asked["id"].as_str().unwrap();
    let page = town
        .visitor()
        .get(&format!("/consultations/{id}"))
        .expect(200);
    assert_eq!(page["method"], "question");
    assert_eq!(page["choices"], choices);

    let listed = ask(&secretary, announcement(town.clock().today())).expect(201);
    assert_eq!(listed["method"], "prioritising");
    assert_eq!(listed["choices"], json!([]));
    let list = "/municipalities/elbasan/consultations";
    let list = town.visitor().get(list).expect(200);
    let methods: Vec<_> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| card["method"].clone())
        .collect();
    assert!(methods.contains(&json!("question")) && methods.contains(&json!("prioritising")));
    unharmed(&town);
}

#[test]
fn a_question_has_two_to_twelve_choices_and_no_two_alike() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let many = |count: usize| json!((0..count).map(|n| format!("Rruga {n}")).collect::<Vec<_>>());
    for (choices, pointer, code) in [
        (many(1), "/choices", "too_few"),
        (many(13), "/choices", "too_many"),
        (json!(["Po", " "]), "/choices/1", "too_short"),
        (json!(["Po", "ë".repeat(121)]), "/choices/1", "too_long"),
        (
            json!(["Po", "Jo", "  po\u{200b} "]),
            "/choices/2",
            "repeated",
        ),
        (
            json!(["Rruga Çajupi", "rruga cajupi"]),
            "/choices/1",
            "repeated",
        ),
        (json!(["?", "Jo"]), "/choices/0", "no_letters"),
    ] {
        let refused = with_choices(&town, &secretary, &choices).expect(422);
        assert_eq!(refused["fields"][0]["pointer"], pointer, "{choices}");
        assert_eq!(refused["fields"][0]["code"], code, "{choices}");
    }
    for choices in [json!(["A", "B"]), many(12), json!(["1", "ë".repeat(120)])] {
        with_choices(&town, &secretary, &choices).expect(201);
    }
}

#[test]
fn a_question_with_choices_has_no_list() {
    let (town, council, concern) = town_with_a_public_concern();
    let asked = with_choices(&town, &council.secretary, &json!(["Po", "Jo"])).expect(201);
    let id = asked["id"].as_str().unwrap();
    let yes = json!({"included": true});
    choose(&council.secretary, id, &concern, yes).refused(409, "list_not_used");
    let page = town
        .visitor()
        .get(&format!("/consultations/{id}"))
        .expect(200);
    assert_eq!(
        (&page["list"], &page["candidates"]),
        (&json!([]), &json!(0))
    );
}
