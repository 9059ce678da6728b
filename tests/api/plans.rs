//! The council writes its plan, approves it, and everybody reads it.

use serde_json::{Value, json};

use crate::harness::council::{move_to, town_with_a_public_concern};
use crate::harness::meeting::{approve_minutes, held, in_days, minutes, write_minutes};
use crate::harness::plan::{approve, approved, draft, objective, page, patrols};
use crate::harness::{Answer, Council, Person, Town, unharmed};

fn refused_field(answer: Answer, pointer: &str, code: &str) {
    let problem = answer.expect(422);
    assert_eq!(problem["fields"][0]["pointer"], pointer, "{problem}");
    assert_eq!(problem["fields"][0]["code"], code, "{problem}");
}

fn plan(town: &Town) -> Value {
    let path = "/municipalities/elbasan/measures";
    town.visitor().get(path).expect(200)
}

fn concern(town: &Town, id: &str) -> Value {
    town.visitor().get(&format!("/concerns/{id}")).expect(200)
}

#[test]
fn a_measure_says_what_by_whom_until_when_and_how_it_is_told() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let objective = objective(&town, &secretary, "Shkolla të sigurta");
    let whole = patrols(&town, &objective, &[]);
    for (at, value, pointer, code) in [
        (
            "/objective",
            json!("0000000000000000"),
            "/objective",
            "objective_unknown",
        ),
        ("/title", json!("Pak"), "/title", "too_short"),
        ("/lead", json!(""), "/lead", "required"),
        ("/lead", json!("navy"), "/lead", "institution_unknown"),
        (
            "/supporters",
            json!(["police"]),
            "/supporters/0",
            "repeated",
        ),
        (
            "/supporters",
            json!(["school", "school"]),
            "/supporters/1",
            "repeated",
        ),
        (
            "/due_on",
            json!(in_days(&town, 0).pred_opt()),
            "/due_on",
            "day_out_of_order",
        ),
        ("/report_days", json!(1), "/report_days", "out_of_range"),
        ("/budget", json!(-1), "/budget", "out_of_range"),
        (
            "/indicators/0/target",
            json!(4.0),
            "/indicators/0/target",
            "same_as_baseline",
        ),
        (
            "/indicators/1/source",
            json!(""),
            "/indicators/1/source",
            "too_short",
        ),
        (
            "/concerns",
            json!(["nobody"]),
            "/concerns/0",
            "concern_unknown",
        ),
    ] {
        let mut body = whole.clone();
        *body.pointer_mut(at).unwrap() = value;
        refused_field(draft(&secretary, body), pointer, code);
    }
    assert_eq!(plan(&town)["objectives"][0]["measures"], json!([]));
    unharmed(&town);
}

/// Study B3.
#[test]
fn a_measure_has_one_lead_and_keeps_only_what_was_promised() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let objective = objective(&town, &secretary, "Shkolla të sigurta");
    let whole = patrols(&town, &objective, &[]);
    let mut two = whole.clone();
    two["lead"] = json!(["police", "municipality"]);
    draft(&secretary, two).refused(400, "body_invalid");
    let mut promised = whole;
    promised["commitment"] = json!({"meeting": "0000000000000000", "item": 1});
    refused_field(
        draft(&secretary, promised),
        "/commitment",
        "commitment_unknown",
    );
}

/// Study G1.
#[test]
fn no_measure_is_approved_without_an_indicator() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let objective = objective(&town, &secretary, "Shkolla të sigurta");
    let mut body = patrols(&town, &objective, &[]);
    let indicators = body["indicators"].take();
    body["indicators"] = json!([]);
    let made = draft(&secretary, body.clone()).expect(201);
    let id = made["id"].as_str().unwrap();
    refused_field(approve(&secretary, id), "/indicators", "required");
    town.visitor()
        .get(&format!("/measures/{id}"))
        .refused(404, "measure_unknown");
    body["indicators"] = indicators;
    let path = format!("/measures/{id}");
    let changed = secretary.request("PUT", &path).json(body.clone()).send();
    assert_eq!(
        changed.expect(200)["indicators"].as_array().unwrap().len(),
        2
    );
    approve(&secretary, id).expect(200);
    approve(&secretary, id).refused(409, "measure_approved");
    let again = secretary.request("PUT", &path).json(body).send();
    again.refused(409, "measure_approved");
    secretary.delete(&path).refused(409, "measure_approved");
    let row = &plan(&town)["objectives"][0]["measures"][0];
    assert_eq!(
        (&row["lead"], &row["state"]),
        (&json!("police"), &json!("planned"))
    );
    assert_eq!(row["supporters"], json!(["municipality", "school"]));
    assert_eq!(page(&town, id)["indicators"][1]["target"], 2.0);
    unharmed(&town);
}

#[test]
fn a_measure_whose_day_has_passed_is_not_approved() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let objective = objective(&town, &secretary, "Shkolla të sigurta");
    let made = draft(&secretary, patrols(&town, &objective, &[])).expect(201);
    let id = made["id"].as_str().unwrap();
    town.move_clock(31 * 86_400);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    refused_field(approve(&secretary, id), "/due_on", "in_the_past");
    secretary.delete(&format!("/measures/{id}")).expect(204);
    secretary
        .delete(&format!("/objectives/{objective}"))
        .expect(204);
    assert_eq!(plan(&town)["objectives"], json!([]));
}

#[test]
fn an_objective_with_measures_stays() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let id = objective(&town, &secretary, "Shkolla të sigurta");
    let path = format!("/objectives/{id}");
    let words = json!({"title": "Rrugë të sigurta", "text": "Për këmbësorët."});
    secretary
        .request("PUT", &path)
        .json(words)
        .send()
        .expect(200);
    draft(&secretary, patrols(&town, &id, &[])).expect(201);
    secretary.delete(&path).refused(409, "objective_in_use");
    let shown = &plan(&town)["objectives"][0];
    assert_eq!(shown["title"], "Rrugë të sigurta");
    assert_eq!(shown["measures"], json!([]), "a draft is the council's own");
}

/// Study I4, in both directions.
#[test]
fn a_concern_is_planned_with_the_measure_that_answers_it() {
    let (town, council, id) = town_with_a_public_concern();
    move_to(&council.secretary, &id, json!({"to": "prioritised"})).expect(200);
    assert_eq!(plan(&town)["unanswered"][0]["id"], json!(id));
    let measure = approved(&town, &council.secretary, &[&id]);
    let shown = concern(&town, &id);
    assert_eq!(shown["status"], "planned");
    assert_eq!(shown["lead"], "police");
    assert_eq!(shown["measures"][0]["id"], json!(measure));
    let last = shown["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(last["due_on"], json!(in_days(&town, 30)));
    let page = page(&town, &measure);
    assert_eq!(page["concerns"][0]["id"], json!(id));
    assert_eq!(page["concerns"][0]["status"], "planned");
    assert_eq!(page["objective"]["title"], "Shkolla të sigurta");
    assert_eq!(plan(&town)["unanswered"], json!([]));
    unharmed(&town);
}

#[test]
fn a_measure_answers_only_what_is_owed_something() {
    let (town, council, id) = town_with_a_public_concern();
    let objective = objective(&town, &council.secretary, "Shkolla të sigurta");
    let body = patrols(&town, &objective, &[&id]);
    let made = draft(&council.secretary, body.clone()).expect(201);
    let measure = made["id"].as_str().unwrap();
    let ground = json!({"to": "declined", "legal_ground": "Ligji 139/2015, neni 23"});
    move_to(&council.secretary, &id, ground).expect(200);
    refused_field(draft(&council.secretary, body), "/concerns/0", "is_closed");
    refused_field(
        approve(&council.secretary, measure),
        "/concerns/0",
        "is_closed",
    );
}

/// Study C2: what a meeting promised becomes a measure.
#[test]
fn what_a_meeting_promised_is_kept_by_a_measure_of_the_same_lead() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let (meeting, secretary) = held(&town, &secretary);
    write_minutes(&secretary, &meeting, minutes(&town)).expect(200);
    let open = |secretary: &Person| {
        let path = "/municipalities/elbasan/desk/plan";
        secretary.get(path).expect(200)["commitments"].clone()
    };
    assert_eq!(open(&secretary), json!([]), "not before they are approved");
    approve_minutes(&secretary, &meeting).expect(200);
    let waiting = open(&secretary);
    assert_eq!(waiting[0]["lead"], "police");
    assert_eq!(waiting[0]["item"], 1);
    let objective = objective(&town, &secretary, "Shkolla të sigurta");
    let mut body = patrols(&town, &objective, &[]);
    body["commitment"] = json!({"meeting": meeting, "item": 2});
    refused_field(
        draft(&secretary, body.clone()),
        "/commitment",
        "commitment_unknown",
    );
    body["commitment"] = json!({"meeting": meeting, "item": 1});
    let mut other = body.clone();
    other["lead"] = json!("health");
    refused_field(draft(&secretary, other), "/lead", "lead_differs");
    let made = draft(&secretary, body).expect(201);
    let measure = made["id"].as_str().unwrap();
    assert_eq!(open(&secretary), json!([]));
    approve(&secretary, measure).expect(200);
    assert_eq!(
        page(&town, measure)["commitment"]["meeting"],
        json!(meeting)
    );
    let shown = town.visitor().get(&format!("/meetings/{meeting}"));
    let kept = &shown.expect(200)["measures"][0];
    assert_eq!((&kept["id"], &kept["item"]), (&json!(measure), &json!(1)));
    unharmed(&town);
}

/// Study J5.
#[test]
fn a_measure_that_looks_like_another_is_approved_with_a_word_on_it() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let others = json!({
        "plan": "Plani vendor i sigurisë rrugore 2025",
        "measures": ["Patrulla te shkollat e mesme", "Trotuare të reja"],
    });
    let path = "/municipalities/elbasan/desk/other-measures";
    let put = secretary.request("PUT", path).json(others).send();
    put.expect(200);
    let objective = objective(&town, &secretary, "Shkolla të sigurta");
    let mut body = patrols(&town, &objective, &[]);
    let made = draft(&secretary, body.clone()).expect(201);
    let id = made["id"].as_str().unwrap();
    assert_eq!(made["twins"][0]["title"], "Patrulla te shkollat e mesme");
    assert_eq!(made["twins"].as_array().unwrap().len(), 1);
    refused_field(approve(&secretary, id), "/overlap", "overlap_unexplained");
    body["overlap"] = json!("Kjo është për shkollat nëntëvjeçare; plani tjetër për të mesmet.");
    let path = format!("/measures/{id}");
    secretary
        .request("PUT", &path)
        .json(body)
        .send()
        .expect(200);
    approve(&secretary, id).expect(200);
    assert!(page(&town, id)["overlap"].is_string());
}

/// "Pa burime": without a budget, or without anybody who speaks for whoever leads.
#[test]
fn a_measure_without_means_says_so() {
    let town = Town::start();
    let council = Council::seat(&town);
    let id = approved(&town, &council.secretary, &[]);
    assert_eq!(page(&town, &id)["unresourced"], false);
    let path = "/municipalities/elbasan/seats";
    let seats = council.administrator.get(path).expect(200);
    let police = seats["items"].as_array().unwrap().iter();
    let police = police
        .clone()
        .find(|seat| seat["institution"] == "police")
        .unwrap();
    let seat = format!("/seats/{}", police["id"].as_str().unwrap());
    council.administrator.delete(&seat).expect(204);
    assert_eq!(page(&town, &id)["unresourced"], true, "nobody leads");
    let holder = json!({"email": "police.member@example.al"});
    let path = format!("{seat}/holder");
    let filled = council.administrator.request("PUT", &path).json(holder);
    filled.send().expect(200);
    assert_eq!(page(&town, &id)["unresourced"], false);
    let change = json!({"due_on": in_days(&town, 40), "reason": "Makina vjen më vonë."});
    let path = format!("/measures/{id}/changes");
    let changed = council.secretary.post(&path).json(change).send();
    changed.expect(200);
    let shown = page(&town, &id);
    assert_eq!(shown["unresourced"], true, "no budget");
    assert_eq!(shown["steps"][1]["kind"], "changed");
    assert_eq!(shown["steps"][1]["text"], "Makina vjen më vonë.");
    assert_eq!(shown["due_on"], json!(in_days(&town, 40)));
}

#[test]
fn the_plan_is_the_secretarys_to_write_and_each_towns_own() {
    let town = Town::start();
    let council = Council::seat(&town);
    let theirs = objective(&town, &council.secretary, "Shkolla të sigurta");
    let body = patrols(&town, &theirs, &[]);
    draft(&council.police, body.clone()).refused(403, "not_allowed");
    draft(&council.administrator, body.clone()).refused(403, "not_allowed");
    draft(&town.visitor(), body.clone()).refused(401, "sign_in_needed");
    let elsewhere = council.secretary.post("/municipalities/tirane/measures");
    elsewhere
        .json(body.clone())
        .send()
        .refused(403, "not_allowed");
    let made = draft(&council.secretary, body).expect(201);
    let id = made["id"].as_str().unwrap();
    approve(&council.police, id).refused(403, "not_allowed");
    let desk = format!("/desk/measures/{id}");
    council.police.get(&desk).expect(200);
    town.visitor().get(&desk).refused(401, "sign_in_needed");
    town.resident("besa")
        .get(&desk)
        .refused(404, "measure_unknown");
}
