//! A council asks its residents: in public, with dates, and with a list that says why.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::harness::consultation::{announce, announcement, ask, choose, working_days_after};
use crate::harness::council::{move_to, town_with_a_public_concern};
use crate::harness::{Answer, Council, Person, Town, unharmed};

fn page(town: &Town, id: &str) -> Value {
    let path = format!("/consultations/{id}");
    town.visitor().get(&path).expect(200)
}

fn refused_field(answer: Answer, pointer: &str, code: &str) {
    let problem = answer.expect(422);
    assert_eq!(problem["fields"][0]["pointer"], pointer, "{problem}");
    assert_eq!(problem["fields"][0]["code"], code, "{problem}");
}

fn go_to(town: &Town, from: NaiveDate, to: &Value) -> Person {
    let to: NaiveDate = to.as_str().unwrap().parse().unwrap();
    town.move_clock((to - from).num_seconds());
    Person::sign_in(town, "municipality.secretary")
}

fn extend(secretary: &Person, id: &str, dates: &Value) -> Answer {
    secretary
        .post(&format!("/consultations/{id}/extensions"))
        .json(json!({"dates": dates, "reason": "Bien shumë festa në këtë kohë."}))
        .send()
}

fn withdraw(secretary: &Person, id: &str) -> Answer {
    secretary
        .post(&format!("/consultations/{id}/withdrawal"))
        .json(json!({"reason": "Pyetja ishte shkruar gabim."}))
        .send()
}

#[test]
fn nothing_is_announced_without_an_objective_or_dates() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let whole = announcement(town.clock().today());
    for missing in ["objective", "dates", "question", "explanation"] {
        let mut body = whole.clone();
        body.as_object_mut().unwrap().remove(missing);
        ask(&secretary, body).refused(400, "body_invalid");
    }
    for empty in ["objective", "question", "explanation"] {
        let mut body = whole.clone();
        body[empty] = json!("  ");
        refused_field(ask(&secretary, body), &format!("/{empty}"), "too_short");
    }
    let list = "/municipalities/elbasan/consultations";
    let none = town.visitor().get(list).expect(200);
    assert_eq!(none["items"], json!([]));

    ask(&secretary, whole).expect(201);
    let one = town.visitor().get(list).expect(200);
    assert_eq!(one["items"][0]["phase"], "collect");
    unharmed(&town);
}

/// Law 146/2014 art. 15.
#[test]
fn everybody_has_twenty_working_days_and_nobody_waits_beyond_forty() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let today = town.clock().today();
    let until = |day: NaiveDate| {
        let mut body = announcement(today);
        body["dates"]["collect_until"] = json!(day);
        for (mark, days) in [
            ("discuss_until", 7),
            ("vote_until", 14),
            ("result_until", 21),
            ("plan_until", 60),
            ("report_on", 300),
        ] {
            body["dates"][mark] = json!(day + Days::new(days));
        }
        ask(&secretary, body)
    };
    let pointer = "/dates/collect_until";
    let (first, last) = (working_days_after(today, 20), working_days_after(today, 40));
    refused_field(until(first - Days::new(1)), pointer, "days_too_few");
    refused_field(until(last + Days::new(1)), pointer, "days_too_many");
    until(first).expect(201);
    until(last).expect(201);
}

#[test]
fn dates_in_disorder_and_a_beginning_in_the_past_are_refused() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let today = town.clock().today();
    let mut turned = announcement(today);
    turned["dates"]["vote_until"] = turned["dates"]["discuss_until"].clone();
    refused_field(
        ask(&secretary, turned),
        "/dates/vote_until",
        "day_out_of_order",
    );
    let mut past = announcement(today);
    past["dates"]["collect_from"] = json!(today - Days::new(1));
    refused_field(ask(&secretary, past), "/dates/collect_from", "day_is_over");
    let mut nowhere = announcement(today);
    nowhere["units"] = json!(["gjinar", "atlantis"]);
    refused_field(ask(&secretary, nowhere), "/units/0", "unit_unknown");
}

#[test]
fn a_document_lies_at_a_public_address_or_is_refused() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let with = |address: &str| {
        let mut body = announcement(town.clock().today());
        body["documents"] = json!([{"title": "Plani i vitit 2026", "address": address}]);
        ask(&secretary, body)
    };
    for address in [
        "javascript:alert(1)",
        "http://elbasani.gov.al/plani.pdf",
        "https://me:secret@elbasani.gov.al/",
        "plani.pdf",
    ] {
        let pointer = "/documents/0/address";
        refused_field(with(address), pointer, "address_invalid");
    }
    let page = with("https://elbasani.gov.al/plani.pdf").expect(201);
    assert_eq!(
        page["documents"][0]["address"],
        "https://elbasani.gov.al/plani.pdf"
    );
}

#[test]
fn the_clock_moves_it_through_its_phases() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let today = town.clock().today();
    let id = announce(&town, &secretary);
    let dates = page(&town, &id)["dates"].clone();
    for (mark, phase) in [
        ("collect_from", "collect"),
        ("collect_until", "collect"),
        ("discuss_until", "discuss"),
        ("vote_until", "vote"),
        ("result_until", "result"),
        ("plan_until", "plan"),
        ("report_on", "report"),
    ] {
        go_to(&town, today, &dates[mark]);
        assert_eq!(page(&town, &id)["phase"], phase, "on {mark}");
        let list = town.visitor().get("/municipalities/elbasan/consultations");
        assert_eq!(list.expect(200)["items"][0]["phase"], phase, "on {mark}");
        let place = town.visitor().get("/municipalities/elbasan").expect(200);
        let open = ["collect", "discuss", "vote"].contains(&phase);
        let asks = place["asks"].as_array().unwrap();
        assert_eq!(asks.len(), usize::from(open), "on {mark}");
    }
}

#[test]
fn more_time_is_given_in_public_and_what_is_over_stays_over() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let today = town.clock().today();
    let id = announce(&town, &secretary);
    let mut dates = page(&town, &id)["dates"].clone();
    refused_field(
        extend(&secretary, &id, &dates),
        "/dates/collect_until",
        "day_unmoved",
    );
    let old_end = dates["collect_until"].clone();
    dates["collect_until"] = json!(working_days_after(today, 22));
    dates["discuss_until"] = json!(working_days_after(today, 30));
    dates["vote_until"] = json!(working_days_after(today, 35));
    let extended = extend(&secretary, &id, &dates).expect(200);
    assert_eq!(extended["dates"], dates);
    assert_eq!(extended["notices"][1]["kind"], "extended");
    let said = &page(&town, &id)["notices"][1];
    assert_eq!(said["text"], "Bien shumë festa në këtë kohë.");
    assert_eq!(said["institution"], "municipality");

    let mut back = dates.clone();
    back["collect_until"] = old_end;
    refused_field(
        extend(&secretary, &id, &back),
        "/dates/collect_until",
        "day_shortened",
    );
    let secretary = go_to(&town, today, &dates["discuss_until"]);
    let mut late = dates.clone();
    late["collect_until"] = json!(working_days_after(today, 23));
    refused_field(
        extend(&secretary, &id, &late),
        "/dates/collect_until",
        "day_is_over",
    );
}

#[test]
fn it_is_taken_back_in_public_but_not_once_the_vote_has_begun() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let today = town.clock().today();
    let (taken, kept) = (announce(&town, &secretary), announce(&town, &secretary));
    let page = withdraw(&secretary, &taken).expect(200);
    assert_eq!(page["phase"], "withdrawn");
    assert_eq!(page["notices"][1]["text"], "Pyetja ishte shkruar gabim.");
    withdraw(&secretary, &taken).refused(409, "consultation_over");
    extend(&secretary, &taken, &page["dates"]).refused(409, "consultation_over");
    let secretary = go_to(&town, today, &page["dates"]["vote_until"]);
    withdraw(&secretary, &kept).refused(409, "consultation_over");
}

#[test]
fn the_list_says_why_somebodys_concern_is_not_on_it_and_freezes_with_the_vote() {
    let (town, council, concern) = town_with_a_public_concern();
    let today = town.clock().today();
    let start = today - Days::new(1);
    let secretary = council.secretary;
    let id = announce(&town, &secretary);
    let out = json!({"included": false});
    refused_field(
        choose(&secretary, &id, &concern, out),
        "/reason",
        "required",
    );
    let out = json!({"included": false, "reason": "Është zgjidhur javën e kaluar."});
    let left = choose(&secretary, &id, &concern, out.clone()).expect(200);
    assert_eq!(left["list"], json!([]));
    let said = page(&town, &id);
    assert_eq!(
        said["left_out"][0]["reason"],
        "Është zgjidhur javën e kaluar."
    );
    assert_eq!(said["left_out"][0]["concern"]["id"], concern);

    let put_on = choose(&secretary, &id, &concern, json!({"included": true})).expect(200);
    assert_eq!(put_on["left_out"], json!([]));
    assert_eq!(put_on["list"][0]["concern"]["id"], concern);
    assert_eq!(put_on["candidates"], 1);

    let secretary = go_to(&town, start, &put_on["dates"]["vote_until"]);
    choose(&secretary, &id, &concern, out).refused(409, "list_frozen");
    assert_eq!(page(&town, &id)["candidates"], 1);
}

/// K1: of what was referred to a protected mechanism only a count remains.
#[test]
fn a_concern_that_is_referred_leaves_the_list_and_what_was_left_out() {
    let (town, council, concern) = town_with_a_public_concern();
    let secretary = council.secretary;
    let [listed, left] = [announce(&town, &secretary), announce(&town, &secretary)];
    choose(&secretary, &listed, &concern, json!({"included": true})).expect(200);
    let out = json!({"included": false, "reason": "Nuk hyn këtu."});
    choose(&secretary, &left, &concern, out).expect(200);
    move_to(
        &secretary,
        &concern,
        json!({"to": "referred", "whose": "Mekanizmi i referimit"}),
    )
    .expect(200);
    for id in [listed, left] {
        let said = page(&town, &id);
        assert_eq!((&said["list"], &said["left_out"]), (&json!([]), &json!([])));
        assert_eq!(said["candidates"], 0);
        assert!(!said.to_string().contains(&concern), "{said}");
    }
}

#[test]
fn only_a_public_concern_of_the_place_is_voted_on() {
    let (town, council, concern) = town_with_a_public_concern();
    let secretary = council.secretary;
    let mut elsewhere = announcement(town.clock().today());
    elsewhere["units"] = json!(["shushice"]);
    let elsewhere = ask(&secretary, elsewhere).expect(201)["id"].clone();
    let yes = json!({"included": true});
    choose(
        &secretary,
        elsewhere.as_str().unwrap(),
        &concern,
        yes.clone(),
    )
    .refused(404, "concern_unknown");

    let id = announce(&town, &secretary);
    let (private, _) = town
        .visitor()
        .submit_anonymously("Ende askush nuk e ka parë");
    choose(&secretary, &id, &private, yes.clone()).refused(404, "concern_unknown");
    let merged = json!({"to": "merged", "into": private, "reason": "Është i njëjti."});
    move_to(&secretary, &private, json!({"to": "published"})).expect(200);
    town.move_clock(50 * 3600);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    move_to(&secretary, &concern, merged).expect(200);
    choose(&secretary, &id, &concern, yes).refused(404, "concern_unknown");
}
