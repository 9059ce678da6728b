//! What comes in by a link, and what a poll that is closed does not let happen any more.

use serde_json::{Value, json};

use crate::harness::polls::{
    act, by_device, cast, open_class, open_for, options, paper, paper_of, published, question,
    room, sheet, young,
};
use crate::harness::{Answer, Person, Town, unharmed};

fn open_days(person: &Person, code: &str) {
    let opening = person.post(&format!("/poll-rooms/{code}/opening"));
    opening.json(json!({"days": 1})).send().expect(200);
}

fn results(town: &Town, path: &str) -> Answer {
    town.visitor().get(&format!("{path}/results"))
}

/// A survey whose link was answered from so many devices, when it is closed: itself and the link's code.
fn surveyed(town: &Town, young: &Person, devices: usize) -> (String, String) {
    let poll = published(young, "survey", paper());
    let link = room(young, &poll, "link", None, 0);
    by_device(town, &link, 0).refused(409, "poll_not_open");
    open_days(young, &link);
    for device in 0..devices {
        by_device(town, &link, device).expect(201);
    }
    by_device(town, &link, 0).refused(409, "device_answered");
    young
        .post(&format!("/poll-rooms/{link}/closing"))
        .send()
        .expect(200);
    (poll, link)
}

#[test]
fn a_survey_tells_of_five_and_not_of_four_and_only_when_all_of_it_is_closed() {
    let town = Town::start();
    let (_, young) = young(&town);
    let surveys = [4, 5].map(|devices| surveyed(&town, &young, devices));
    town.move_clock(600);
    for ((poll, link), devices) in surveys.iter().zip([4, 5]) {
        // Another link may be told with this one, so of this one alone nothing is told before.
        results(&town, &format!("/poll-rooms/{link}")).refused(409, "poll_not_closed");
        act(&young, poll, "closing").expect(200);
        for path in [format!("/poll-rooms/{link}"), format!("/polls/{poll}")] {
            let told = results(&town, &path).expect(200);
            assert_eq!(told["answered"], devices);
            let shown = told["questions"][0]["results"].as_array().unwrap();
            assert_eq!(shown.len(), usize::from(devices == 5), "{devices}: {told}");
            let n: Vec<&Value> = shown.iter().map(|one| &one["n"]).collect();
            assert!(n.iter().all(|n| **n == 5), "{n:?}");
        }
    }
    unharmed(&town);
}

/// What came in after the closing would be told of nobody and erased by nobody.
#[test]
fn a_class_that_was_not_opened_stays_shut_when_its_poll_is_closed() {
    let town = Town::start();
    let (_, young) = young(&town);
    let say = question("say", "text", json!({}));
    let poll = published(&young, "school", paper_of(json!([say])));
    let late = room(&young, &poll, "slips", Some(("Gjimnazi", "12-A")), 10);
    sheet(&young, &late);
    let hands = room(&young, &poll, "hands", Some(("Gjimnazi", "12-B")), 10);
    act(&young, &poll, "closing").expect(200);
    for code in [&late, &hands] {
        open_for(&young, code, 5).refused(409, "poll_over");
        let answer = town.visitor().post(&format!("/poll-rooms/{code}/answers"));
        let answer = answer.header("x-device", &format!("{:026}", 7));
        let body = json!({"slip": "0000-0000", "answers": {"say": "Jam këtu."}});
        answer.json(body).send().refused(409, "poll_over");
    }
    let printed = young.post(&format!("/poll-rooms/{late}/sheet")).send();
    printed.refused(409, "poll_over");
    let more =
        json!({"way": "link", "school": null, "class": null, "invited": null, "grace_minutes": 0});
    let added = young.post(&format!("/polls/{poll}/rooms")).json(more);
    added.send().refused(409, "poll_over");
    let texts = young.get(&format!("/polls/{poll}/texts")).expect(200);
    assert_eq!(texts["items"], json!([]));
    unharmed(&town);
}

/// How many answered is counted beside the options, whatever these are called.
#[test]
fn an_option_may_be_called_as_people_are_counted() {
    let town = Town::start();
    let (_, young) = young(&town);
    let named = json!({"required": true, "options": options(&["n", "s", "y"])});
    let asked = question("safe", "single", named);
    let poll = published(&young, "school", paper_of(json!([asked])));
    let (code, slips) = open_class(&town, &young, &poll, ("Gjimnazi", "10-B"), 12);
    for (place, slip) in slips.iter().enumerate() {
        let answer = if place < 6 { "n" } else { "s" };
        cast(&town.visitor(), &code, slip, json!({"safe": answer})).expect(201);
    }
    town.move_clock(600);
    let told = results(&town, &format!("/poll-rooms/{code}")).expect(200);
    let shown = &told["questions"][0]["results"][0];
    let shares = shown["parts"][0]["values"].as_array().unwrap().iter();
    let shares: Vec<f64> = shares.map(|one| one["percent"].as_f64().unwrap()).collect();
    assert_eq!((&shown["n"], shares), (&json!(12), vec![50.0, 50.0, 0.0]));
    unharmed(&town);
}

/// Of pupils nothing is told below ten, whatever a poll calls them.
#[test]
fn a_class_that_answers_a_survey_is_told_from_ten_on() {
    let town = Town::start();
    let (_, young) = young(&town);
    let poll = published(&young, "survey", paper());
    assert_eq!(
        town.visitor().get(&format!("/polls/{poll}")).expect(200)["k"],
        5
    );
    let hall = room(&young, &poll, "hands", Some(("Salla", "Takimi")), 9);
    open_for(&young, &hall, 5).expect(200);
    for device in 0..9 {
        by_device(&town, &hall, device).expect(201);
    }
    town.move_clock(600);
    act(&young, &poll, "closing").expect(200);
    for path in [format!("/poll-rooms/{hall}"), format!("/polls/{poll}")] {
        let told = results(&town, &path).expect(200);
        assert_eq!((&told["k"], &told["answered"]), (&json!(10), &json!(9)));
        assert_eq!(told["questions"][0]["results"], json!([]));
    }
    unharmed(&town);
}
