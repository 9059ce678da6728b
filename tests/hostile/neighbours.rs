//! What one municipality sends about what is another's.

use chrono::Datelike as _;
use serde_json::{Value, json};

use super::meetings::of_berat;
use crate::harness::plan::{objective, patrols};
use crate::harness::{Council, Town, unharmed};

#[test]
fn a_measure_takes_nothing_from_another_municipality() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let foreign = objective(&town, &secretary, "Shkolla të sigurta");
    let berat = of_berat(&town);
    let year = town.clock().today().year();
    let aim = json!({"year": year, "objective": {"title": "Rrugë të sigurta"}});
    let own = berat
        .post("/municipalities/berat/objectives")
        .json(aim)
        .send()
        .expect(201);
    let (concern, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    let with = |field: &str, value: Value| {
        let mut body = patrols(&town, own["id"].as_str().unwrap(), &[]);
        body[field] = value;
        berat
            .post("/municipalities/berat/measures")
            .json(body)
            .send()
            .expect(422)
    };
    let refused = with("objective", json!(foreign));
    assert_eq!(refused["fields"][0]["pointer"], "/objective");
    let refused = with("concerns", json!([concern]));
    assert_eq!(refused["fields"][0]["pointer"], "/concerns/0");
    let refused = with(
        "commitment",
        json!({"meeting": "0000000000000000", "item": 1}),
    );
    assert!(
        refused["fields"][0]["pointer"]
            .as_str()
            .unwrap()
            .starts_with("/commitment")
    );
    unharmed(&town);
}
