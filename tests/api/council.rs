//! Everybody reads who sits in the council, and nobody reads who that person is (study A2, A7).

use serde_json::{Value, json};

use crate::harness::{Council, Town, unharmed};

const COUNCIL: &str = "/municipalities/elbasan/council";

fn seats(town: &Town) -> Vec<Value> {
    let council = town.visitor().get(COUNCIL).expect(200);
    council["seats"].as_array().unwrap().clone()
}

#[test]
fn seats_are_public_by_institution_and_role_and_say_who_chairs() {
    let town = Town::start();
    assert_eq!(seats(&town), Vec::<Value>::new());
    let council = Council::seat(&town);
    town.member(&council.administrator, "school", "member");
    let shown = seats(&town);
    let institutions: Vec<_> = shown.iter().map(|seat| &seat["institution"]).collect();
    assert_eq!(institutions, ["municipality", "police", "school"]);
    assert_eq!(shown[0]["role"], "secretary");
    assert!(
        shown
            .iter()
            .all(|seat| seat["held"] == true && seat["chairs"] == false)
    );
    let text = town.visitor().get(COUNCIL).text();
    assert!(
        !text.contains('@') && !text.contains("administrator"),
        "{text}"
    );

    let list = council
        .administrator
        .get("/municipalities/elbasan/seats")
        .expect(200);
    let list = list["items"].as_array().unwrap().clone();
    let police = list
        .iter()
        .find(|seat| seat["institution"] == "police")
        .unwrap();
    let path = format!("/seats/{}", police["id"].as_str().unwrap());
    let chair = council
        .administrator
        .request("PUT", &format!("{path}/chair"));
    chair.json(json!({"chairs": true})).send().expect(200);
    assert_eq!(seats(&town)[1]["chairs"], true);
    council.administrator.delete(&path).expect(204);
    let empty = &seats(&town)[1];
    assert_eq!(
        (&empty["held"], &empty["chairs"]),
        (&json!(false), &json!(true))
    );
    unharmed(&town);
}

#[test]
fn a_municipality_without_a_council_has_no_seats() {
    let town = Town::start();
    let all = town.visitor().get("/municipalities").expect(200);
    let all = all["items"].as_array().unwrap().clone();
    let none = all.iter().find(|one| one["council"] == "none").unwrap();
    let path = format!("/municipalities/{}/council", none["slug"].as_str().unwrap());
    let shown = town.visitor().get(&path).expect(200);
    assert_eq!(
        (&shown["council"], &shown["seats"]),
        (&json!("none"), &json!([]))
    );
    assert_eq!(shown["preparedness"]["held"], 0);
    town.visitor()
        .get("/municipalities/atlantis/council")
        .refused(404, "municipality_unknown");
}
