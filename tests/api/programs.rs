//! A council's programme of work follows from what was announced and from the regulation (study C3).

use chrono::{Datelike, Days, NaiveDate};
use serde_json::json;

use crate::harness::consultation::{announcement, ask};
use crate::harness::meeting::{
    announced, approve_minutes, cancel, hearing, in_days, minutes, write_minutes,
};
use crate::harness::plan::{approved, draft, objective, patrols, report, under_way};
use crate::harness::{Council, Person, Town, unharmed};

const ELBASAN: &str = "/municipalities/elbasan";

/// What is on the programme of the year of a day and of the next: kind, day, whether it was done, what it is called.
fn program(town: &Town) -> Vec<(String, NaiveDate, Option<bool>, String)> {
    let year = town.clock().today().year();
    let items = (year..=year + 1).flat_map(|year| {
        let path = format!("{ELBASAN}/programs/{year}");
        let page = town.visitor().get(&path).expect(200);
        assert_eq!(page["year"], json!(year));
        page["items"].as_array().unwrap().clone()
    });
    let told = items.map(|item| {
        let text = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
        let on = text("on").parse().unwrap();
        (text("kind"), on, item["done"].as_bool(), text("title"))
    });
    told.collect()
}

fn of(
    program: &[(String, NaiveDate, Option<bool>, String)],
    kind: &str,
) -> Vec<(NaiveDate, Option<bool>)> {
    let own = program.iter().filter(|(one, ..)| one == kind);
    own.map(|(_, on, done, _)| (*on, *done)).collect()
}

#[test]
fn meetings_stand_with_the_day_minutes_named_and_the_day_the_regulation_wants() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    assert!(
        of(&program(&town), "sitting_due").is_empty(),
        "a council that never met owes no day"
    );
    let mut sitting = hearing(in_days(&town, 1));
    sitting["kind"] = json!("council");
    let id = announced(&secretary, sitting);
    let dropped = announced(&secretary, hearing(in_days(&town, 20)));
    cancel(&secretary, &dropped).expect(200);
    town.move_clock(86_400 + 8 * 3_600);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    let next = minutes(&town)["next_on"].as_str().unwrap().parse().unwrap();
    let held = town.clock().today();
    write_minutes(&secretary, &id, minutes(&town)).expect(200);
    assert!(
        of(&program(&town), "sitting_set").is_empty(),
        "what is not approved is not told"
    );
    approve_minutes(&secretary, &id).expect(200);
    let told = program(&town);
    assert_eq!(of(&told, "meeting"), [(held, None)]);
    assert_eq!(of(&told, "sitting_set"), [(next, None)]);
    let every = town
        .visitor()
        .get(&format!("{ELBASAN}/meetings"))
        .expect(200);
    let every = Days::new(every["meeting_days"].as_u64().unwrap());
    let due = of(&told, "sitting_due");
    assert_eq!(due[0], (held + every, None));
    assert_eq!(
        due.get(1).map(|(day, _)| *day),
        Some(held + every + every).filter(|day| day.year() <= held.year() + 1)
    );
    // Announced, it takes the place of the day that was only named.
    announced(&secretary, hearing(next));
    let told = program(&town);
    assert_eq!(of(&told, "meeting").len(), 2);
    assert!(of(&told, "sitting_set").is_empty());
    unharmed(&town);
}

#[test]
fn measures_and_their_reports_stand_by_their_days_and_drafts_do_not() {
    let town = Town::start();
    let council = Council::seat(&town);
    let id = approved(&town, &council.secretary, &[]);
    let aim = objective(&town, &council.secretary, "Rrugë të ndriçuara");
    draft(&council.secretary, patrols(&town, &aim, &[])).expect(201);
    let told = program(&town);
    assert_eq!(of(&told, "measure_due"), [(in_days(&town, 30), None)]);
    assert_eq!(of(&told, "measure_report"), [(in_days(&town, 10), None)]);
    assert!(
        told.iter()
            .any(|(.., title)| title == "Patrullë para shkollave në Gjinar")
    );
    town.move_clock(11 * 86_400);
    let late = program(&town);
    let reports = of(&late, "measure_report");
    assert_eq!(reports[0].1, Some(false), "{reports:?}");
    let police = Person::sign_in(&town, "police.member");
    report(&police, &id, under_way(9.0)).expect(200);
    assert_eq!(
        of(&program(&town), "measure_report"),
        [(in_days(&town, 10), None)]
    );
    unharmed(&town);
}

#[test]
fn a_consultation_stands_with_each_of_its_phases() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let asked = announcement(town.clock().today());
    let schedule = asked["dates"].clone();
    ask(&secretary, asked).expect(201);
    let told = program(&town);
    let day = |name: &str| -> NaiveDate { schedule[name].as_str().unwrap().parse().unwrap() };
    assert_eq!(of(&told, "collection")[0].0, day("collect_from"));
    assert_eq!(of(&told, "vote")[0].0, day("discuss_until") + Days::new(1));
    assert_eq!(
        of(&told, "planning")[0].0,
        day("result_until") + Days::new(1)
    );
    let days: Vec<_> = told.iter().map(|(_, on, ..)| *on).collect();
    assert!(days.is_sorted_by_key(|day| day.year()), "{days:?}");
    unharmed(&town);
}

#[test]
fn the_programme_of_the_sample_year_is_a_calendar_whose_events_keep_their_names() {
    let town = Town::demo();
    let year = town.clock().today().year();
    let path = format!("{ELBASAN}/programs/{year}");
    let page = town.visitor().get(&path).expect(200);
    let items = page["items"].as_array().unwrap();
    let kinds: Vec<_> = items
        .iter()
        .filter_map(|item| item["kind"].as_str())
        .collect();
    for kind in ["meeting", "measure_due"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    let calendar = town.visitor().get(&format!("{path}.ics"));
    assert!(calendar.header("content-type").starts_with("text/calendar"));
    let text = calendar.text().replace("\r\n ", "");
    assert_eq!(text.matches("BEGIN:VEVENT").count(), items.len());
    for item in items.iter().filter(|item| item["kind"] == "meeting") {
        let uid = format!("UID:meeting-{}@trekendesh", item["about"].as_str().unwrap());
        assert!(text.contains(&uid), "{uid}");
    }
    let names: std::collections::BTreeSet<_> = text
        .lines()
        .filter(|line| line.starts_with("UID:"))
        .collect();
    assert_eq!(names.len(), items.len(), "each has a name of its own");
    let again = town.visitor().get(&format!("{path}.ics"));
    assert_eq!(
        again.bytes, calendar.bytes,
        "the same programme is the same text"
    );
    for wrong in ["1999", "2101", "x"] {
        let path = format!("{ELBASAN}/programs/{wrong}");
        town.visitor().get(&path).refused(404, "not_found");
        town.visitor()
            .get(&format!("{path}.ics"))
            .refused(404, "not_found");
    }
}

/// What is announced too late does not hide what is owed.
#[test]
fn a_day_the_council_should_have_met_by_stands_although_a_later_sitting_is_announced() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let mut sitting = hearing(in_days(&town, 1));
    sitting["kind"] = json!("council");
    announced(&secretary, sitting.clone());
    let list = town.visitor().get(&format!("{ELBASAN}/meetings"));
    let every = list.expect(200)["meeting_days"].as_u64().unwrap();
    let due = in_days(&town, 1 + every);
    town.move_clock(86_400 * i64::try_from(every + 5).unwrap());
    let secretary = Person::sign_in(&town, "municipality.secretary");
    sitting["on"] = json!(in_days(&town, 20));
    announced(&secretary, sitting);
    assert_eq!(of(&program(&town), "sitting_due")[0], (due, Some(false)));
    unharmed(&town);
}

#[test]
fn there_is_no_programme_of_a_place_that_does_not_exist() {
    let town = Town::start();
    for end in ["", ".ics"] {
        let path = format!("/municipalities/atlantis/programs/2026{end}");
        let answer = town.visitor().get(&path);
        answer.refused(404, "municipality_unknown");
    }
}
