//! A council remembers: whoever comes to a seat finds what was promised, what was decided and what is asked of them
//! (study A7 to A10, B1, B2, E1, E2).

use chrono::Days;
use serde_json::{Value, json};

use crate::harness::council::move_to;
use crate::harness::database::{open, tables};
use crate::harness::meeting::{
    announced, approve_minutes, hearing, in_days, minutes, write_minutes,
};
use crate::harness::pdf::read_pdf;
use crate::harness::plan::approved;
use crate::harness::town::wait_until;
use crate::harness::{Answer, Council, Person, Town, unharmed};

const DAY: i64 = 86_400;
const ELBASAN: &str = "/municipalities/elbasan";

pub fn name(council: &Council, seat: &str, email: &str, more: Value) -> Answer {
    let mut body = more;
    body["email"] = json!(email);
    let path = format!("/seats/{seat}/holder");
    council
        .administrator
        .request("PUT", &path)
        .json(body)
        .send()
}

pub fn papers(person: &Person, seat: &str) -> Value {
    person.get(&format!("/seats/{seat}/papers")).expect(200)
}

pub fn read(person: &Person, seat: &str, paper: &str, version: i32) -> Answer {
    let body = json!({"paper": paper, "version": version});
    person
        .post(&format!("/seats/{seat}/acknowledgements"))
        .json(body)
        .send()
}

pub fn unread(person: &Person) -> Value {
    person.get("/me").expect(200)["seats"][0]["unread"].clone()
}

fn write_role(person: &Person, seat: &str, text: &str) -> Answer {
    let path = format!("/seats/{seat}/role-text");
    person
        .request("PUT", &path)
        .json(json!({"text": text}))
        .send()
}

/// A council with a concern that waits, minutes that promise, and a measure: the meeting and the measure.
fn at_work(town: &Town) -> (Council, String, String) {
    let council = Council::seat(town);
    let (concern, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    let council = council.publish(town, &[&concern]);
    move_to(&council.secretary, &concern, json!({"to": "prioritised"})).expect(200);
    let assigned = council
        .secretary
        .request("PUT", &format!("/concerns/{concern}/assignment"));
    assigned
        .json(json!({"institution": "police"}))
        .send()
        .expect(200);
    let meeting = announced(&council.secretary, hearing(in_days(town, 1)));
    town.move_clock(3 * DAY);
    let secretary = Person::sign_in(town, "municipality.secretary");
    write_minutes(&secretary, &meeting, minutes(town)).expect(200);
    approve_minutes(&secretary, &meeting).expect(200);
    let measure = approved(town, &secretary, &[]);

    let council = Council {
        administrator: Person::sign_in(town, "admin"),
        secretary,
        police: Person::sign_in(town, "police.member"),
    };
    (council, meeting, measure)
}

/// Study A7 and A8.
#[test]
fn whoever_comes_to_a_seat_finds_what_goes_on_and_says_that_they_read_it() {
    let town = Town::start();
    let (council, meeting, measure) = at_work(&town);
    let seat = council.seat_of("police");
    name(&council, &seat, "i.ri@example.al", json!({})).expect(200);
    let new = Person::sign_in(&town, "i.ri");
    assert_eq!(unread(&new), json!(["handover"]));
    let handover = papers(&new, &seat)["handover"].clone();
    assert_eq!(handover["measures"][0]["id"], json!(measure));
    assert_eq!(handover["commitments"].as_array().unwrap().len(), 1);
    assert_eq!(
        handover["commitments"][0]["text"],
        "Patrullë te shkolla çdo mëngjes."
    );
    assert_eq!(handover["commitments"][0]["meeting"], json!(meeting));
    assert_eq!(handover["decisions"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&handover["waiting"], &handover["referred"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(handover["acknowledged_on"], Value::Null);
    let before = council.police.get(&format!("/seats/{seat}/papers"));
    before.refused(404, "seat_unknown");
    let today = town.clock().today();
    let after = read(&new, &seat, "handover", 0).expect(200);
    assert_eq!(after["handover"]["acknowledged_on"], json!(today));
    read(&new, &seat, "handover", 0).expect(200);
    assert_eq!(unread(&new), json!([]));

    // Who comes after them begins with it anew, and finds the same.
    name(&council, &seat, "tjeter@example.al", json!({})).expect(200);
    let other = Person::sign_in(&town, "tjeter");
    assert_eq!(unread(&other), json!(["handover"]));
    assert_eq!(
        papers(&other, &seat)["handover"]["measures"],
        handover["measures"]
    );
    // What was decided more than a year ago is no news.
    town.move_clock(400 * DAY);
    let other = Person::sign_in(&town, "tjeter");
    let later = papers(&other, &seat)["handover"].clone();
    assert_eq!(later["decisions"], json!([]));
    unharmed(&town);
}

/// Referrals are told as counts, and few of them not at all.
#[test]
fn a_handover_tells_of_referrals_only_how_many() {
    let town = Town::start();
    let council = Council::seat(&town);
    let seat = council.seat_of("police");
    for count in 1..=5 {
        let title = format!("Diçka e ndjeshme nr. {count}");
        let (id, _) = town.visitor().submit_anonymously(&title);
        let leaves = json!({"to": "referred", "whose": "Njësia e mbrojtjes"});
        move_to(&council.secretary, &id, leaves).expect(200);
        let told = papers(&council.police, &seat)["handover"].clone();
        let expected = if count < 5 { Value::Null } else { json!(5) };
        assert_eq!(told["referred"], expected, "{count}");
        assert!(!told.to_string().contains("ndjeshme"));
    }
}

/// Study A9.
#[test]
fn a_focal_point_comes_by_letter_with_a_substitute_and_a_term_that_ends() {
    let town = Town::start();
    let council = Council::seat(&town);
    let seat = council.seat_of("police");
    let today = town.clock().today();
    let day = |days| today + Days::new(days);
    let letter = json!({"letter_no": "2087/3", "letter_on": today, "term_until": day(60)});
    let view = name(&council, &seat, "police.member@example.al", letter.clone()).expect(200);
    assert_eq!(view["appointment"]["letter_no"], "2087/3");
    assert_eq!(view["appointment"]["term_until"], json!(day(60)));
    let mut stands_in = letter;
    stands_in["substitute"] = json!(true);
    let view = name(&council, &seat, "zevendesi@example.al", stands_in).expect(200);
    assert_eq!(view["substitute"], "zevendesi@example.al");
    assert_eq!(
        view["holder"], "police.member@example.al",
        "who holds it stays"
    );
    let substitute = Person::sign_in(&town, "zevendesi");
    substitute.get(&format!("{ELBASAN}/desk/plan")).expect(200);
    assert_eq!(papers(&substitute, &seat)["seat"]["substitute"], true);
    council
        .administrator
        .delete(&format!("/seats/{seat}/substitute"))
        .expect(204);
    Person::sign_in(&town, "zevendesi")
        .get(&format!("{ELBASAN}/desk/plan"))
        .refused(403, "not_allowed");
    Person::sign_in(&town, "police.member")
        .get(&format!("{ELBASAN}/desk/plan"))
        .expect(200);
}

/// What somebody's inbox says of the council's papers.
fn told(town: &Town, name: &str) -> Vec<String> {
    let inbox = Person::sign_in(town, name).get("/me/inbox").expect(200);
    let items = inbox["items"].as_array().unwrap().clone().into_iter();
    let of = items.filter(|item| item["kind"] == "papers");
    of.map(|item| item["title"].as_str().unwrap().to_owned())
        .collect()
}

/// Study A9: an expired term reminds the institution.
#[test]
fn a_term_that_ends_is_said_a_month_before_and_on_the_day_after() {
    let mut town = Town::start();
    let council = Council::seat(&town);
    let seat = council.seat_of("police");
    let day = |days| town.clock().today() + Days::new(days);
    let until = day(60);
    for (email, substitute) in [("police.member", false), ("zevendesi", true)] {
        let term = json!({"term_until": until, "substitute": substitute});
        let email = format!("{email}@example.al");
        name(&council, &seat, &email, term).expect(200);
    }
    let last = until.format("%d.%m.%Y");
    for (days, said) in [(31, "Mandati po mbaron"), (62, "Mandati mbaroi")] {
        town.move_clock(days * DAY);
        town.wake();
        for name in [
            "police.member",
            "zevendesi",
            "admin",
            "municipality.secretary",
        ] {
            wait_until(&format!("{name} hears: {said}"), || {
                told(&town, name)
                    .first()
                    .is_some_and(|title| title.starts_with(said))
            });
            let titles = told(&town, name);
            assert!(titles[0].contains(&last.to_string()), "{titles:?}");
        }
    }
    let public = town
        .visitor()
        .get(&format!("{ELBASAN}/council"))
        .expect(200);
    let overs: Vec<_> = public["seats"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["term_over"])
        .collect();
    assert_eq!(overs, [&json!(false), &json!(true)]);
    town.kill_and_restart();
    town.move_clock(70 * DAY);
    town.wake();
    assert_eq!(told(&town, "police.member").len(), 2, "each is said once");
}

#[test]
fn whoever_follows_in_time_ends_no_term() {
    let town = Town::start();
    let council = Council::seat(&town);
    let seat = council.seat_of("police");
    let today = town.clock().today();
    let until = json!({"term_until": today + Days::new(10)});
    name(&council, &seat, "police.member@example.al", until).expect(200);
    name(&council, &seat, "i.ri@example.al", json!({})).expect(200);
    let faults = |more: Value| {
        name(&council, &seat, "i.ri@example.al", more).expect(422)["fields"][0].clone()
    };
    let past = faults(json!({"term_until": today}));
    assert_eq!(
        (&past["pointer"], &past["code"]),
        (&json!("/term_until"), &json!("in_the_past"))
    );
    let future = faults(json!({"letter_on": today + Days::new(1)}));
    assert_eq!(
        (&future["pointer"], &future["code"]),
        (&json!("/letter_on"), &json!("in_the_future"))
    );
    town.move_clock(12 * DAY);
    town.wake();
    town.visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    town.move_clock(14 * DAY);
    town.wake();
    let inbox = || {
        Person::sign_in(&town, "municipality.secretary")
            .get("/me/inbox")
            .expect(200)
    };
    wait_until("the desk's own news", || {
        !inbox()["items"].as_array().unwrap().is_empty()
    });
    let inbox = inbox();
    assert!(
        inbox["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["kind"] == "desk"),
        "{inbox}"
    );
}

/// Study A10.
#[test]
fn what_a_seat_is_there_for_is_read_by_its_holder_and_printed_as_an_annex() {
    let town = Town::start();
    let council = Council::seat(&town);
    let seat = council.seat_of("police");
    let text = "Flet në këshill për Policinë e Elbasanit.\nI përgjigjet çdo shqetësimi: #panic() *jo* $x$.";
    council
        .police
        .get(&format!("/seats/{seat}/role.pdf"))
        .refused(404, "role_text_unknown");
    write_role(&council.police, &seat, text).refused(403, "not_allowed");
    write_role(&council.secretary, &seat, text).expect(200);
    let listed = || {
        let all = council
            .secretary
            .get(&format!("{ELBASAN}/desk/seats"))
            .expect(200);
        let mut all = all["items"].as_array().unwrap().clone().into_iter();
        all.find(|one| one["id"] == json!(seat)).unwrap()
    };
    assert_eq!(unread(&council.police), json!(["handover", "role"]));
    assert_eq!(
        (&listed()["role_text"], &listed()["role_read_on"]),
        (&json!(text), &Value::Null)
    );
    let wrong = read(&council.police, &seat, "role", 2).expect(422);
    assert_eq!(wrong["fields"][0]["code"], "paper_replaced");
    read(&council.police, &seat, "role", 1).expect(200);
    assert_eq!(listed()["role_read_on"], json!(town.clock().today()));

    let pdf = council.police.get(&format!("/seats/{seat}/role.pdf"));
    assert_eq!(pdf.header("content-type"), "application/pdf");
    let (words, ink) = read_pdf(&town, &pdf.bytes);
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "REPUBLIKA E SHQIPËRISË",
        "Aneks i përshkrimit të punës",
        "Policia",
        "I përgjigjet çdo shqetësimi: #panic() *jo* $x$.",
        "Mbajtësi i vendit",
    ] {
        assert!(flat.contains(said), "{said} is not in: {flat}");
    }
    assert!(ink.len() == 1 && ink[0] > 0.005, "{ink:?}");
    // Another text is to be read anew; the one before is kept.
    write_role(
        &council.secretary,
        &seat,
        "Flet në këshill për Policinë dhe raporton çdo muaj.",
    )
    .expect(200);
    assert_eq!(unread(&council.police), json!(["handover", "role"]));
    council
        .secretary
        .get(&format!("/seats/{seat}/role.pdf"))
        .refused(404, "seat_unknown");
    unharmed(&town);
}

/// Nothing of who read what is told of people: the public reads counts.
#[test]
fn the_public_learns_how_many_are_prepared_and_never_who() {
    let town = Town::demo();
    assert!(
        tables(&mut open(&town))
            .iter()
            .any(|table| table == "acknowledgements")
    );
    let council = town.visitor().get(&format!("{ELBASAN}/council"));
    let text = council.text();
    let council = council.expect(200);
    let told = &council["preparedness"];
    assert_eq!(
        (
            &told["held"],
            &told["regulation_read"],
            &told["role_read"],
            &told["trained"]
        ),
        (&json!(7), &json!(4), &json!(5), &json!(5))
    );
    assert_eq!(council["regulation"]["decision_no"], "2");
    assert_eq!(council["regulation"]["decided_on"], "2022-03-04");
    for hidden in ["@", "letter", "2087", "since", "role_read_on"] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
    let police = Person::sign_in(&town, "policia");
    let seats = police.get("/me").expect(200)["seats"].clone();
    assert_eq!(seats[0]["unread"], json!([]));
    let own = papers(&police, seats[0]["id"].as_str().unwrap());
    assert!(!own["handover"]["measures"].as_array().unwrap().is_empty());
    assert!(!own["handover"]["decisions"].as_array().unwrap().is_empty());
    assert_eq!(own["trainings"].as_array().unwrap().len(), 1);
}
