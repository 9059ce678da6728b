//! What becomes of a poll: the class sees how many answered, the council takes it up, the pupils hear of it, and
//! everybody may count again.

use serde_json::{Value, json};

use super::changes::Line;
use crate::harness::meeting::{
    announced, approve_minutes, hearing, in_days, meet, minutes, write_minutes,
};
use crate::harness::polls::{
    act, cast, open_class, options, paper, paper_of, published, question, room, young,
};
use crate::harness::{Person, Town, unharmed};

#[test]
fn a_class_sees_how_many_answered_and_nothing_of_what() {
    let town = Town::start();
    let (_, young) = young(&town);
    let poll = published(&young, "school", paper());
    let (code, slips) = open_class(&town, &young, &poll, ("Gjimnazi", "10-B"), 2);
    let line = Line::at(&format!("{}/api/v1/poll-rooms/{code}/count", town.address));
    let told = || loop {
        if let Some(data) = line.next().strip_prefix("data: ") {
            break serde_json::from_str::<Value>(data).unwrap();
        }
    };
    let first = told();
    let names: Vec<&String> = first.as_object().unwrap().keys().collect();
    assert_eq!(names, ["answered", "closes_at", "state"]);
    assert_eq!(
        (&first["answered"], &first["state"]),
        (&json!(0), &json!("open"))
    );
    cast(&town.visitor(), &code, &slips[0], json!({"safe": "yes"})).expect(201);
    assert_eq!(told()["answered"], 1);
    cast(&town.visitor(), &code, &slips[1], json!({"safe": "no"})).expect(201);
    assert_eq!(told()["answered"], 2);
    young
        .post(&format!("/poll-rooms/{code}/closing"))
        .send()
        .expect(200);
    // Everybody answered: nobody is awaited.
    assert_eq!(told()["state"], "closed");
    town.visitor()
        .get("/poll-rooms/000000/count")
        .refused(404, "poll_room_unknown");
    unharmed(&town);
}

#[test]
fn one_class_does_not_take_the_places_of_all_screens() {
    let town = Town::start();
    let (_, young) = young(&town);
    let poll = published(&young, "school", paper());
    let codes =
        ["10-A", "10-B"].map(|class| room(&young, &poll, "hands", Some(("Gjimnazi", class)), 10));
    let path = |code: &str| format!("/poll-rooms/{code}/count");
    let screen = |code: &str| {
        let line = Line::at(&format!("{}/api/v1{}", town.address, path(code)));
        while !line.next().starts_with("data: ") {}
        line
    };
    let screens: Vec<Line> = (0..16).map(|_| screen(&codes[0])).collect();
    town.visitor().get(&path(&codes[0])).refused(503, "busy");
    drop(screen(&codes[1]));
    drop(screens);
    unharmed(&town);
}

/// Study L1, L3.
#[test]
fn what_the_young_say_comes_to_the_council_and_its_answer_to_the_polls_page() {
    let town = Town::start();
    let (council, young) = young(&town);
    let poll = published(&young, "school", paper());
    let offered = |secretary: &Person| {
        let parked = secretary
            .get("/municipalities/elbasan/desk/parked")
            .expect(200);
        parked["polls"].clone()
    };
    act(&young, &poll, "agenda").refused(409, "poll_not_closed");
    act(&young, &poll, "closing").expect(200);
    assert_eq!(offered(&council.secretary), json!([]));
    let about = |poll: &str| {
        let mut body = hearing(in_days(&town, 1));
        body["agenda"][0] = json!({"title": "Të rinjtë thonë", "poll": poll});
        body
    };
    let early = meet(&council.secretary, about(&poll)).expect(422);
    assert_eq!(early["fields"][0]["pointer"], "/agenda/0/poll");
    act(&young, &poll, "agenda").expect(200);
    act(&young, &poll, "agenda").refused(409, "poll_sent");
    let waiting = json!([{"id": poll, "title": {"sq": "Sa të sigurt ndihemi", "en": null}}]);
    assert_eq!(offered(&council.secretary), waiting);
    let meeting = announced(&council.secretary, about(&poll));
    assert_eq!(offered(&council.secretary), json!([]));
    let page = town
        .visitor()
        .get(&format!("/meetings/{meeting}"))
        .expect(200);
    assert_eq!(page["agenda"][0]["poll"]["id"], json!(poll));
    town.move_clock(86_400 + 8 * 3_600);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    write_minutes(&secretary, &meeting, minutes(&town)).expect(200);
    let heard = || town.visitor().get(&format!("/polls/{poll}")).expect(200)["council"].clone();
    assert_eq!(
        heard()["items"][0]["outcome"],
        json!(null),
        "not before it is approved"
    );
    approve_minutes(&secretary, &meeting).expect(200);
    let council = heard();
    let item = &council["items"][0];
    assert_eq!(
        (&item["meeting_id"], &item["title"]),
        (&json!(meeting), &json!("Të rinjtë thonë"))
    );
    let outcome = json!({"kind": "commitment", "text": "Patrullë te shkolla çdo mëngjes.", "lead": "police",
        "due_on": in_days(&town, 30)});
    assert_eq!(item["outcome"], outcome);
    unharmed(&town);
}

/// How many figures results show.
fn values_in(results: &Value) -> usize {
    let questions = results["questions"].as_array().unwrap().iter();
    let shown = questions.flat_map(|question| question["results"].as_array().unwrap());
    let parts = shown.flat_map(|result| result["parts"].as_array().unwrap());
    parts
        .map(|part| part["values"].as_array().unwrap().len())
        .sum()
}

#[test]
fn results_are_taken_away_as_tables_no_spreadsheet_takes_for_formulas() {
    let town = Town::start();
    let (_, young) = young(&town);
    let answers = json!({"options": options(&["yes", "no"])});
    let mut safe = question("safe", "single", answers);
    safe["text"]["sq"] = json!("=1+1 A ndiheni të sigurt?");
    let much = question(
        "much",
        "matrix",
        json!({"rows": options(&["a"]), "scale": "agreement"}),
    );
    let poll = published(&young, "school", paper_of(json!([safe, much])));
    let (code, slips) = open_class(&town, &young, &poll, ("=HYPERLINK(1)", "10-B"), 30);
    for (place, slip) in slips.iter().enumerate() {
        let much = if place < 20 { 5 } else { 3 };
        let answers = json!({"safe": "yes", "much": {"a": much}});
        cast(&town.visitor(), &code, slip, answers).expect(201);
    }
    town.move_clock(10 * 60);
    act(&young, &poll, "closing").expect(200);
    let table = town.visitor().get(&format!("/polls/{poll}/results.csv"));
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    let text = table.text();
    assert!(text.contains("safe,all,,,30,0,20,,yes,100,,,\n"), "{text}");
    // 20 fives and 10 threes are told as 60 and 40 in a hundred: mean 4.2, interval 1.96 * sqrt(28.8 / 29 / 30).
    assert!(
        text.contains("much,class,'=HYPERLINK(1),10-B,30,0,20,a,5,60,4.2,3.8,4.6\n"),
        "{text}"
    );
    let results = town.visitor().get(&format!("/polls/{poll}/results"));
    let values = values_in(&results.expect(200));
    assert_eq!(
        text.lines().count(),
        values + 1,
        "the table equals what is shown"
    );
    let book = town
        .visitor()
        .get(&format!("/polls/{poll}/codebook.csv"))
        .text();
    assert!(
        book.contains("safe,single,question,safe,'=1+1 A ndiheni të sigurt?,"),
        "{book}"
    );
    assert!(
        book.contains("much,matrix,value,5,plotësisht dakord,fully agree,\n"),
        "{book}"
    );
    unharmed(&town);
}
