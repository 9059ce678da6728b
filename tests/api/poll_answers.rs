//! What a pupil answers: once by slip or device, in the form a question has, and in words nobody reads alone.

use serde_json::{Value, json};

use crate::harness::database::{number, open};
use crate::harness::polls::{
    act, cast, open_class, open_for, options, paper, paper_of, published, question, room, young,
};
use crate::harness::{Town, unharmed};

#[test]
fn a_show_of_hands_takes_one_answer_of_a_device_and_no_more_than_there_are_pupils() {
    let town = Town::start();
    let (_, young) = young(&town);
    let poll = published(&young, "school", paper());
    let code = room(&young, &poll, "hands", Some(("Gjimnazi", "10-B")), 3);
    open_for(&young, &code, 20).expect(200);
    let cast = |symbol: char| {
        let pupil = town.visitor().with_device(symbol);
        let path = format!("/poll-rooms/{code}/answers");
        pupil
            .post(&path)
            .json(json!({"slip": null, "answers": {"safe": "yes"}}))
            .send()
    };
    cast('a').expect(201);
    cast('a').refused(409, "device_answered");
    let nobody = town.visitor();
    let path = format!("/poll-rooms/{code}/answers");
    let bare = nobody
        .post(&path)
        .json(json!({"slip": null, "answers": {"safe": "yes"}}))
        .send();
    assert_eq!(bare.status, 400, "{}", bare.text());
    cast('b').expect(201);
    cast('c').expect(201);
    cast('d').refused(409, "poll_full");
    let room = nobody.get(&format!("/poll-rooms/{code}")).expect(200);
    assert_eq!(
        (&room["way"], &room["answered"]),
        (&json!("hands"), &json!(3))
    );
    young
        .post(&format!("/poll-rooms/{code}/closing"))
        .send()
        .expect(200);
    let results = nobody.get(&format!("/poll-rooms/{code}/results"));
    assert_eq!(results.expect(200)["hands"], 3, "marked as a show of hands");
    unharmed(&town);
}

/// T-VOTE-01.
#[test]
fn what_is_no_answer_is_refused_where_it_stands_and_uses_nothing_up() {
    let town = Town::start();
    let (_, young) = young(&town);
    let rows = json!({"required": true, "rows": options(&["a"]), "scale": "agreement"});
    let why = json!({"options": options(&["x", "y", "z"]), "most": 2,
        "only_if": {"question": "feel", "options": ["1"]}});
    let questions = json!([
        question("much", "matrix", rows),
        question("feel", "sentiment", json!({})),
        question("why", "multiple", why),
    ]);
    let poll = published(&young, "school", paper_of(questions));
    let (code, slips) = open_class(&town, &young, &poll, ("Gjimnazi", "10-B"), 1);
    let pupil = town.visitor();
    for (answers, pointer, fault) in no_answers() {
        let problem = cast(&pupil, &code, &slips[0], answers.clone()).expect(422);
        assert_eq!(problem["fields"][0]["pointer"], pointer, "{answers}");
        assert_eq!(problem["fields"][0]["code"], fault, "{answers}");
    }
    let felt = json!({"value": 1, "text": "Errësirë"});
    let good = json!({"much": {"a": 1}, "feel": felt, "why": ["x"]});
    cast(&pupil, &code, &slips[0], good).expect(201);
    unharmed(&town);
}

/// What is no answer, where that is said and how.
fn no_answers() -> Vec<(Value, &'static str, &'static str)> {
    let much = |value: Value| json!({"much": {"a": value}});
    let with = |more: Value| {
        let mut answers = much(json!(1));
        for (name, value) in more.as_object().unwrap() {
            answers[name] = value.clone();
        }
        answers
    };
    let felt = |value: i32, text: &str| json!({"value": value, "text": text});
    let long = "ë".repeat(301);
    vec![
        (much(json!(0)), "/answers/much/a", "out_of_range"),
        (much(json!(6)), "/answers/much/a", "out_of_range"),
        (much(json!(3.5)), "/answers/much", "wrong_kind"),
        (much(json!("3")), "/answers/much", "wrong_kind"),
        (much(json!(null)), "/answers/much", "wrong_kind"),
        (much(json!([])), "/answers/much", "wrong_kind"),
        (json!({}), "/answers/much", "required"),
        (
            json!({"much": {"a": 1, "b": 1}}),
            "/answers/much",
            "option_unknown",
        ),
        (json!({"other": 1}), "/answers", "question_unknown"),
        (with(json!({"why": ["x"]})), "/answers/why", "not_asked"),
        (
            with(json!({"feel": felt(4, "a")})),
            "/answers/feel",
            "out_of_range",
        ),
        (
            with(json!({"feel": felt(1, &long)})),
            "/answers/feel/text",
            "too_long",
        ),
        (
            with(json!({"feel": felt(1, "a"), "why": ["x", "y", "z"]})),
            "/answers/why",
            "too_many",
        ),
    ]
}

#[test]
fn what_was_written_is_read_by_nobody_until_enough_wrote() {
    let town = Town::start();
    let (_, young) = young(&town);
    let say = |id: &str| question(id, "text", json!({}));
    let poll = published(&young, "school", paper_of(json!([say("many"), say("few")])));
    let (code, slips) = open_class(&town, &young, &poll, ("Gjimnazi", "10-B"), 10);
    let pupil = town.visitor();
    for (place, slip) in slips.iter().enumerate() {
        let mut answers = json!({"many": format!("Fjala {place}")});
        if place < 9 {
            answers["few"] = json!("E fshehtë");
        }
        cast(&pupil, &code, slip, answers).expect(201);
    }
    let path = format!("/polls/{poll}/texts");
    young.get(&path).refused(409, "poll_not_closed");
    town.move_clock(600);
    act(&young, &poll, "closing").expect(200);
    let texts = young.get(&path).expect(200);
    let items = texts["items"].as_array().unwrap();
    assert_eq!(items.len(), 10);
    let left = "SELECT count(*) AS number FROM poll_texts";
    let left = number(&mut open(&town), left);
    assert_eq!(left, 10, "what nine wrote is erased");
    assert!(!texts.to_string().contains("fshehtë"));
    let shown = || {
        let results = pupil.get(&format!("/polls/{poll}/results")).expect(200);
        results["questions"][0]["texts"].clone()
    };
    assert_eq!(shown(), json!([]));
    let judge = |place: usize, state: &str| {
        let path = format!("/poll-texts/{}", items[place]["id"].as_str().unwrap());
        young
            .request("PUT", &path)
            .json(json!({"state": state}))
            .send()
            .expect(200)
    };
    judge(0, "published");
    judge(1, "declined");
    assert_eq!(shown(), json!([items[0]["text"]]));
    unharmed(&town);
}
