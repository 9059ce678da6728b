//! The summary that the law asks for: what became of each concern that residents brought.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::harness::consultation::{announce, announcement, ask, choose};
use crate::harness::council::move_to;
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::town::wait_until;
use crate::harness::{Answer, Council, Person, Town, unharmed};

fn summary(town: &Town, id: &str) -> Value {
    let path = format!("/consultations/{id}/summary");
    town.visitor().get(&path).expect(200)
}

/// Goes to the day after the collection ended, in a town that began on `start`; the secretary is
/// signed in anew.
fn after_collection(town: &Town, start: NaiveDate, id: &str) -> Person {
    let page = town.visitor().get(&format!("/consultations/{id}"));
    let until = page.expect(200)["dates"]["collect_until"].clone();
    let until: NaiveDate = until.as_str().unwrap().parse().unwrap();
    let next = until + Days::new(1);
    town.move_clock((next - start).num_seconds());
    Person::sign_in(town, "municipality.secretary")
}

fn town_with_a_council() -> (Town, NaiveDate, Council) {
    let town = Town::start();
    let (start, council) = (town.clock().today(), Council::seat(&town));
    (town, start, council)
}

fn submit(town: &Town, topic: &str, unit: &str, title: &str) -> String {
    let mut body = anonymous_concern(title, &receipt_of(title, 1));
    body["topic"] = json!(topic);
    body["unit"] = json!(unit);
    let path = "/municipalities/elbasan/concerns";
    let answer: Answer = town.visitor().post(path).json(body).send();
    answer.expect(201)["id"].as_str().unwrap().to_owned()
}

/// Public concerns with these titles, and the council that published them.
fn published(town: &Town, council: Council, titles: &[&str]) -> (Council, Vec<String>) {
    let ids: Vec<String> = titles
        .iter()
        .map(|title| submit(town, "lighting", "gjinar", title))
        .collect();
    let named: Vec<&str> = ids.iter().map(String::as_str).collect();
    (council.publish(town, &named), ids)
}

#[test]
fn it_says_of_every_public_concern_what_became_of_it_and_why() {
    let (town, start, council) = town_with_a_council();
    let id = announce(&town, &council.secretary);
    let titles = [
        "Drita një",
        "Drita dy",
        "Drita tre",
        "Drita katër",
        "Drita pesë",
        "Drita gjashtë",
    ];
    let (council, ids) = published(&town, council, &titles);
    let [on, out, merged, declined, elsewhere, open] = <[String; 6]>::try_from(ids).unwrap();
    let secretary = &council.secretary;
    choose(secretary, &id, &on, json!({"included": true})).expect(200);
    let why = json!({"included": false, "reason": "Është bërë."});
    choose(secretary, &id, &out, why).expect(200);
    let into = json!({"to": "merged", "into": on, "reason": "Është i njëjti vend."});
    move_to(secretary, &merged, into).expect(200);
    let no = json!({"to": "declined", "reason": "Rruga është private.", "legal_ground": "Ligji 139/2015"});
    move_to(secretary, &declined, no).expect(200);
    let whose = json!({"to": "not_ours", "reason": "E ka OSHEE.", "whose": "OSHEE"});
    move_to(secretary, &elsewhere, whose).expect(200);

    after_collection(&town, start, &id);
    let said = summary(&town, &id);
    let of = |concern: &str| {
        let all = said["concerns"].as_array().unwrap();
        let found = all.iter().find(|one| one["id"] == concern);
        found
            .unwrap_or_else(|| panic!("{concern} in {said}"))
            .clone()
    };
    assert_eq!(said["concerns"].as_array().unwrap().len(), 6);
    assert_eq!(
        (&said["ready"], &said["may_change"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(
        (&of(&on)["became"], &of(&on)["title"]),
        (&json!("accepted"), &json!("Drita një"))
    );
    assert_eq!(of(&out)["became"], "left_out");
    assert_eq!(of(&out)["reason"], "Është bërë.");
    assert_eq!(of(&merged)["became"], "merged");
    assert_eq!(of(&merged)["into"], json!({"id": on, "title": "Drita një"}));
    assert_eq!(of(&declined)["became"], "declined");
    assert_eq!(of(&declined)["reason"], "Rruga është private.");
    assert_eq!(of(&declined)["legal_ground"], "Ligji 139/2015");
    assert_eq!(of(&elsewhere)["became"], "not_ours");
    assert_eq!(of(&elsewhere)["whose"], "OSHEE");
    assert_eq!(of(&open)["became"], "undecided");
    assert_eq!(of(&open)["reason"], json!(null));
    unharmed(&town);
}

#[test]
fn nothing_is_summed_up_while_concerns_are_collected_nor_of_what_was_taken_back() {
    let (town, start, council) = town_with_a_council();
    let [kept, taken] = [
        announce(&town, &council.secretary),
        announce(&town, &council.secretary),
    ];
    let (council, _) = published(&town, council, &["Rruga pa drita"]);
    let early = summary(&town, &kept);
    assert_eq!(
        (&early["ready"], &early["concerns"]),
        (&json!(false), &json!([]))
    );
    let back = json!({"reason": "Pyetja ishte gabim."});
    let path = format!("/consultations/{taken}/withdrawal");
    council.secretary.post(&path).json(back).send().expect(200);
    after_collection(&town, start, &kept);
    assert_eq!(
        summary(&town, &kept)["concerns"].as_array().unwrap().len(),
        1
    );
    let back = summary(&town, &taken);
    assert_eq!(
        (&back["ready"], &back["concerns"]),
        (&json!(false), &json!([]))
    );
}

#[test]
fn it_has_what_came_in_time_and_in_its_units_and_what_was_decided_of_although_it_came_before() {
    let (town, start, council) = town_with_a_council();
    let (council, before) = published(&town, council, &["Erdhi më parë", "Erdhi edhe kjo më parë"]);
    let mut asked = announcement(town.clock().today());
    asked["units"] = json!(["gjinar"]);
    let asked = ask(&council.secretary, asked).expect(201);
    let id = asked["id"].as_str().unwrap();
    choose(
        &council.secretary,
        id,
        &before[0],
        json!({"included": true}),
    )
    .expect(200);
    let there = submit(&town, "lighting", "shushice", "Në një njësi tjetër");
    let here = submit(&town, "lighting", "gjinar", "Në këtë njësi");
    for concern in [&there, &here] {
        move_to(&council.secretary, concern, json!({"to": "published"})).expect(200);
    }
    after_collection(&town, start, id);
    for concern in [&there, &here] {
        wait_until("it is public", || {
            town.visitor().get(&format!("/concerns/{concern}")).status == 200
        });
    }
    submit(&town, "lighting", "gjinar", "Erdhi vonë");
    let said = summary(&town, id);
    let ids: Vec<_> = said["concerns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].clone())
        .collect();
    assert_eq!(
        ids,
        [json!(before[0]), json!(here)],
        "the first received first"
    );
}

/// DESIGN, statistics: groups under five are not told, nor is a difference of one.
#[test]
fn of_what_is_not_public_it_tells_how_many_and_a_few_like_none() {
    let (town, start, council) = town_with_a_council();
    let id = announce(&town, &council.secretary);
    let private =
        |number: usize| submit(&town, "disputes", "gjinar", &format!("E fshehtë {number}"));
    let secret: Vec<String> = (0..4).map(private).collect();
    let waiting: Vec<String> = (0..6)
        .map(|number| submit(&town, "lighting", "gjinar", &format!("Ende pret {number}")))
        .collect();
    let secretary = after_collection(&town, start, &id);
    let said = summary(&town, &id);
    let few = json!({"waiting": 5, "returned": null, "closed": null, "protected": null});
    assert_eq!(said["unseen"], few);
    for hidden in secret.iter().chain(&waiting) {
        assert!(!said.to_string().contains(hidden.as_str()), "{said}");
    }
    for word in ["E fshehtë", "Ende pret", "disputes"] {
        assert!(!said.to_string().contains(word), "{said}");
    }
    for concern in &waiting[..2] {
        move_to(&secretary, concern, json!({"to": "returned"})).expect(200);
    }
    let tomorrow = town.clock().today() + Days::new(1);
    town.move_clock((tomorrow - start).num_seconds());
    let few = json!({"waiting": null, "returned": null, "closed": null, "protected": null});
    assert_eq!(summary(&town, &id)["unseen"], few);
}

#[test]
fn one_that_is_referred_changes_nothing_in_it_but_that_it_is_gone() {
    let (town, start, council) = town_with_a_council();
    let id = announce(&town, &council.secretary);
    let (council, ids) = published(&town, council, &["Rruga pa drita", "Sheshi pa drita"]);
    choose(&council.secretary, &id, &ids[0], json!({"included": true})).expect(200);
    let into = json!({"to": "merged", "into": ids[0], "reason": "Është i njëjti."});
    move_to(&council.secretary, &ids[1], into).expect(200);
    let secretary = after_collection(&town, start, &id);
    assert_eq!(summary(&town, &id)["concerns"].as_array().unwrap().len(), 2);
    move_to(
        &secretary,
        &ids[0],
        json!({"to": "referred", "whose": "Mekanizmi i referimit"}),
    )
    .expect(200);
    let said = summary(&town, &id);
    assert_eq!(
        said["concerns"],
        json!([]),
        "what became part of it is gone with it"
    );
    assert_eq!(said["unseen"]["protected"], json!(null));
}

#[test]
fn its_table_has_the_same_and_runs_nothing_in_a_spreadsheet() {
    let (town, start, council) = town_with_a_council();
    let id = announce(&town, &council.secretary);
    let (council, ids) = published(&town, council, &["=HYPERLINK(A1) drita"]);
    let why = json!({"included": false, "reason": "+1+1, \"siç\"\nthamë"});
    choose(&council.secretary, &id, &ids[0], why).expect(200);
    after_collection(&town, start, &id);
    let path = format!("/consultations/{id}/summary.csv");
    let answer = town.visitor().get(&path);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        answer.header("content-disposition"),
        format!("attachment; filename=\"{id}.csv\"")
    );
    let text = answer.text();
    let mut lines = text.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("id,title,unit,received_on,became,on,reason")
    );
    let line = lines.next().unwrap();
    assert!(
        line.starts_with(&format!("{},'=HYPERLINK(A1) drita,gjinar,", ids[0])),
        "{line}"
    );
    assert!(
        line.contains(",left_out,") && line.contains("\"'+1+1, \"\"siç\"\""),
        "{line}"
    );
}
