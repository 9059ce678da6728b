//! What residents say worries them stands beside what institutions counted, each figure with its source (study C10,
//! H5).

use chrono::{Datelike as _, Days};
use serde_json::{Value, json};

use crate::harness::council::move_to;
use crate::harness::doors::Door;
use crate::harness::shapes::other_shapes;
use crate::harness::{Answer, Council, Person, Town, unharmed};
use crate::hostile::meetings::of_berat;

const FIGURES: &str = "/municipalities/elbasan/figures";

fn figure(town: &Town, year: i32, value: f64) -> Value {
    json!({"topic": "lighting", "name": "Aksidente në rrugë pa drita", "year": year, "value": value,
        "source": "Policia Rrugore, raporti vjetor", "published_on": town.clock().today()})
}

fn set(person: &Person, figures: Value) -> Answer {
    let body = json!({"figures": figures});
    person.request("PUT", FIGURES).json(body).send()
}

fn listed(town: &Town) -> Value {
    town.visitor().get(FIGURES).expect(200)["items"].clone()
}

#[test]
fn what_is_said_of_a_topic_stands_beside_what_was_counted() {
    let town = Town::start();
    let author = town.visitor();
    let ids = ["Rruga e shkollës pa drita", "Lagjja e re pa drita"]
        .map(|title| author.submit_anonymously(title).0);
    let council = Council::seat(&town).publish(&town, &[&ids[0], &ids[1]]);
    move_to(&council.secretary, &ids[0], json!({"to": "prioritised"})).expect(200);
    let arta = town.resident("arta");
    arta.put(&format!("/concerns/{}/support", ids[1]))
        .expect(200);
    assert_eq!(
        listed(&town),
        json!([]),
        "without a figure there is nothing to compare"
    );
    let year = town.clock().today().year();
    let figures = json!([figure(&town, year - 1, 7.0), figure(&town, year, 4.5)]);
    set(&council.police, figures).expect(200);
    let items = listed(&town);
    let topic = &items[0];
    assert_eq!(topic["topic"], "lighting");
    let said = json!([{"year": year, "concerns": 2, "supporters": 1, "prioritised": 1}]);
    assert_eq!(topic["said"], said);
    let series = &topic["counted"][0];
    assert_eq!(
        (
            &series["institution"],
            series["values"].as_array().unwrap().len()
        ),
        (&json!("police"), 2)
    );
    let last = &series["values"][1];
    assert_eq!((&last["year"], &last["value"]), (&json!(year), &json!(4.5)));
    assert_eq!(last["source"], "Policia Rrugore, raporti vjetor");
    assert_eq!(last["published_on"], json!(town.clock().today()));

    // The same of the same year takes its place; the municipality's own is another series.
    set(&council.police, json!([figure(&town, year, 5.0)])).expect(200);
    set(&council.secretary, json!([figure(&town, year, 9.0)])).expect(200);
    let counted = listed(&town)[0]["counted"].clone();
    let of = |place: usize| counted[place]["institution"].clone();
    assert_eq!((of(0), of(1)), (json!("municipality"), json!("police")));
    assert_eq!(counted[1]["values"][1]["value"], 5.0);
    let id = counted[1]["values"][0]["id"].as_str().unwrap();
    council
        .secretary
        .delete(&format!("/figures/{id}"))
        .refused(403, "not_allowed");
    council.police.delete(&format!("/figures/{id}")).expect(204);
    council
        .police
        .delete(&format!("/figures/{id}"))
        .refused(404, "figure_unknown");
    assert_eq!(
        listed(&town)[0]["counted"][1]["values"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    unharmed(&town);
}

/// What is not public is not counted beside anything.
#[test]
fn what_nobody_may_read_is_not_said() {
    let town = Town::start();
    let council = Council::seat(&town);
    town.visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    let year = town.clock().today().year();
    set(&council.police, json!([figure(&town, year, 4.0)])).expect(200);
    assert_eq!(listed(&town)[0]["said"], json!([]));
    for topic in ["domestic", "nothing", ""] {
        let mut other = figure(&town, year, 4.0);
        other["topic"] = json!(topic);
        let refused = set(&council.police, json!([figure(&town, year, 1.0), other])).expect(422);
        assert_eq!(refused["fields"][0]["pointer"], "/figures/1/topic");
    }
    assert_eq!(
        listed(&town)[0]["counted"][0]["values"][0]["value"],
        4.0,
        "all or none"
    );
}

#[test]
fn figures_are_taken_from_whoever_speaks_for_an_institution_and_in_one_shape() {
    let town = Town::start();
    let council = Council::seat(&town);
    let berat = of_berat(&town);
    let year = town.clock().today().year();
    let good = json!({"figures": [figure(&town, year, 4.0)]});
    let send =
        |person: &Person, body: &Value| person.request("PUT", FIGURES).json(body.clone()).send();
    send(&town.visitor(), &good).refused(401, "sign_in_needed");
    for person in [&town.resident("arta"), &berat, &council.administrator] {
        send(person, &good).refused(403, "not_allowed");
    }
    let door = Door {
        person: &council.police,
        method: "PUT",
        path: FIGURES,
        body: good.clone(),
    };
    door.takes_nothing_else(700_000);
    let shapes = other_shapes(&good["figures"][0]).into_iter();
    door.takes_none_of(shapes.map(|shape| json!({"figures": [shape]})).collect());
    let mut late = good.clone();
    late["figures"][0]["published_on"] = json!(town.clock().today() + Days::new(1));
    let twice = json!({"figures": [good["figures"][0], good["figures"][0]]});
    let many = json!({"figures": vec![good["figures"][0].clone(); 501]});
    for (body, code) in [
        (late, "in_the_future"),
        (twice, "repeated"),
        (many, "too_many"),
        (json!({"figures": []}), "too_few"),
    ] {
        let refused = send(&council.police, &body).expect(422);
        assert_eq!(refused["fields"][0]["code"], code);
    }
    assert_eq!(listed(&town), json!([]));
    council
        .police
        .request("PUT", "/municipalities/nowhere/figures")
        .json(good)
        .send()
        .refused(404, "municipality_unknown");
    council
        .police
        .delete("/figures/A")
        .refused(404, "figure_unknown");
    door.is_done_once("figures-0001-0001", || listed(&town));
    unharmed(&town);
}
