//! A year later the council answers for what was done, kept or not.

use std::collections::BTreeSet;

use aws_lc_rs::digest::{SHA256, digest};
use chrono::{Datelike as _, NaiveDate};
use diesel::connection::SimpleConnection as _;
use serde_json::{Value, json};

use crate::harness::council::move_to;
use crate::harness::database::{lines, number, open};
use crate::harness::doors::Door;
use crate::harness::pdf::read_pdf;
use crate::harness::{Answer, Council, Person, Town, unharmed};

const REPORTS: &str = "/municipalities/elbasan/reports";
const FOREWORD: &str = "Këshilli u mblodh katër herë dhe i përgjigjet çdo përparësie të vitit.";

fn report(town: &Town, year: i32) -> Value {
    town.visitor().get(&format!("{REPORTS}/{year}")).expect(200)
}

fn publish(person: &Person, year: i32) -> Answer {
    let path = format!("{REPORTS}/{year}/publication");
    person
        .post(&path)
        .json(json!({"foreword": FOREWORD}))
        .send()
}

/// Puts the clock on the second day of the next year.
fn next_year(town: &Town) -> i32 {
    let today = town.clock().today();
    let then = NaiveDate::from_ymd_opt(today.year() + 1, 1, 2).unwrap();
    town.move_clock((then - today).num_days() * 86_400);
    today.year()
}

fn ids(priorities: &Value) -> BTreeSet<String> {
    let all = priorities.as_array().unwrap().iter();
    all.map(|one| one["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Study G3 and G5: set equality with the rows, what nobody took up first.
#[test]
fn the_clock_moves_to_the_years_end_and_every_concern_that_was_put_first_is_told() {
    let town = Town::demo();
    let year = next_year(&town);
    let told = report(&town, year);
    let record = &told["record"];
    let query = "SELECT DISTINCT events.concern_id AS line FROM events JOIN concerns ON concerns.id = \
                 events.concern_id WHERE to_state = 'prioritised' AND public_on IS NOT NULL";
    let rows: BTreeSet<_> = lines(&mut open(&town), query).into_iter().collect();
    assert!(rows.len() >= 8, "{rows:?}");
    assert_eq!(ids(&record["priorities"]), rows);
    let of = |verdict: &str| {
        let all = record["priorities"].as_array().unwrap().iter();
        all.filter(|one| one["verdict"] == verdict).count()
    };
    assert_eq!(record["priorities"][0]["verdict"], "unaddressed");
    assert_eq!((of("unaddressed"), of("kept"), of("partly")), (2, 1, 1));
    assert!(of("late") >= 1, "{record}");
    assert_eq!(record["until"], json!(format!("{year}-12-31")));
    let file = &mut open(&town);
    let received = number(file, "SELECT count(*) AS number FROM concerns");
    assert_eq!(record["totals"]["received"], json!(received));
    assert_eq!(
        record["totals"]["referred"],
        Value::Null,
        "one would point at somebody"
    );
    assert_eq!(
        record["totals"]["sittings"], 5,
        "the one that was to come is over"
    );
    let seats = record["seats"].as_array().unwrap();
    let silent = seats.iter().filter(|seat| seat["silent"] == true);
    let silent: Vec<_> = silent.map(|seat| &seat["institution"]).collect();
    assert!(silent.contains(&&json!("prosecution")), "{seats:?}");
    // The year that has begun answers for what was carried over.
    let next = &report(&town, year + 1)["record"];
    let carried = next["priorities"].as_array().unwrap();
    assert!(!carried.is_empty() && carried.iter().all(|one| one["carried"] == true));
    assert_eq!(next["before"], record["totals"]);
    unharmed(&town);
}

/// Study C1 for reports: frozen, hashed, and noticed when somebody changes it.
#[test]
fn a_published_report_is_frozen_whatever_happens_later() {
    let town = Town::demo();
    let secretary = Person::sign_in(&town, "sekretaria");
    let year = town.clock().today().year();
    publish(&secretary, year).refused(409, "year_not_over");
    town.visitor()
        .get(&format!("{REPORTS}/{year}.pdf"))
        .refused(404, "report_unknown");
    next_year(&town);
    let secretary = Person::sign_in(&town, "sekretaria");
    let police = Person::sign_in(&town, "policia");
    publish(&police, year).refused(403, "not_allowed");
    let before = report(&town, year);
    let page = publish(&secretary, year).expect(201);
    assert!(
        page["record"]["foreword"]
            .as_str()
            .unwrap()
            .starts_with("Këshilli")
    );
    assert_eq!(page["record"]["totals"], before["record"]["totals"]);
    publish(&secretary, year).refused(409, "report_published");
    let priorities = page["record"]["priorities"].as_array().unwrap();
    let going = priorities.iter().find(|one| one["verdict"] == "under_way");
    let going = going.unwrap()["id"].as_str().unwrap();
    let leaves = json!({"to": "referred", "whose": "Njësia e mbrojtjes"});
    move_to(&secretary, going, leaves).expect(200);
    let after = report(&town, year);
    assert_eq!(after, page);
    let document = town.visitor().get(&format!("{REPORTS}/{year}.json"));
    let hash: String = digest(&SHA256, &document.bytes)
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(after["hash"], json!(hash));
    let list = town.visitor().get(REPORTS).expect(200);
    let listed = list["items"].as_array().unwrap().iter();
    let listed = listed.clone().find(|one| one["year"] == year).unwrap();
    assert_eq!(listed["published_on"], after["published_on"]);
    let (whole, said) = town.run(&["check"]);
    assert!(whole, "{said}");
    for forge in [
        "UPDATE reports SET record = replace(record, 'police', 'school')",
        "DELETE FROM reports",
    ] {
        open(&town).batch_execute(forge).unwrap();
        let (whole, said) = town.run(&["check"]);
        assert!(
            !whole && said.contains("it is not what was published"),
            "{said}"
        );
    }
}

#[test]
fn a_report_is_published_once_and_from_one_shape() {
    let town = Town::demo();
    let year = next_year(&town);
    let secretary = Person::sign_in(&town, "sekretaria");
    let door = Door {
        person: &secretary,
        method: "POST",
        path: &format!("{REPORTS}/{year}/publication"),
        body: json!({"foreword": FOREWORD}),
    };
    door.takes_nothing_else(300_000);
    assert_eq!(report(&town, year)["published_on"], Value::Null);
    door.is_done_once("reports-0001-0001", || report(&town, year));
    unharmed(&town);
}

#[test]
fn the_printed_report_says_the_same_in_albanian() {
    let town = Town::demo();
    let year = next_year(&town);
    let secretary = Person::sign_in(&town, "sekretaria");
    // What residents wrote is words, not the typesetter's language.
    let odd = r##"#panic("a") *e* $x$ @y <z> = \ // t [r"##;
    let first = &report(&town, year)["record"]["priorities"][0];
    let rename = format!(
        "UPDATE concerns SET title = '{odd}' WHERE id = '{}'",
        first["id"].as_str().unwrap()
    );
    open(&town).batch_execute(&rename).unwrap();
    let page = publish(&secretary, year).expect(201);
    let pdf = town.visitor().get(&format!("{REPORTS}/{year}.pdf"));
    assert_eq!(pdf.header("content-type"), "application/pdf");
    let (text, ink) = read_pdf(&town, &pdf.bytes);
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "REPUBLIKA E SHQIPËRISË",
        "Këshilli Vendor i Sigurisë Publike",
        &format!("Raporti vjetor {year}"),
        "Çfarë u bë me përparësitë",
        "Nuk u mor asnjë masë",
        "4 800 000 lekë",
        odd,
    ] {
        let spaced = flat.replace('\u{a0}', " ");
        assert!(spaced.contains(words), "{words} is not in: {flat}");
    }
    for one in page["record"]["priorities"].as_array().unwrap() {
        let title = one["title"].as_str().unwrap();
        let first = title
            .split_whitespace()
            .take(3)
            .collect::<Vec<_>>()
            .join(" ");
        assert!(flat.contains(&first), "{title}");
    }
    assert!((2..=12).contains(&ink.len()), "{} pages", ink.len());
    let written = |ink: &f64| (0.005..0.3).contains(ink);
    assert!(ink.iter().take(ink.len() - 1).all(written), "{ink:?}");
}

#[test]
fn the_open_table_has_a_line_for_each_priority() {
    let town = Town::demo();
    let year = town.clock().today().year();
    let record = report(&town, year)["record"].clone();
    let table = town.visitor().get(&format!("{REPORTS}/{year}.csv"));
    assert!(table.header("content-type").starts_with("text/csv"));
    let mut reader = csv::Reader::from_reader(table.bytes.as_slice());
    let lines: Vec<_> = reader.records().map(Result::unwrap).collect();
    let told = record["priorities"].as_array().unwrap();
    assert_eq!(lines.len(), told.len());
    for (line, one) in lines.iter().zip(told) {
        assert_eq!(&line[0], one["id"].as_str().unwrap());
        assert_eq!(&line[7], one["verdict"].as_str().unwrap());
    }
}

#[test]
fn a_year_nobody_can_answer_for_has_no_report() {
    let town = Town::start();
    let year = town.clock().today().year();
    for year in [year - 1, year, year + 1, 1999, 2101] {
        let path = format!("{REPORTS}/{year}");
        town.visitor().get(&path).refused(404, "report_unknown");
    }
    let secretary = Council::seat(&town).secretary;
    publish(&secretary, year - 1).refused(404, "report_unknown");
    publish(&secretary, year).refused(404, "report_unknown");
    publish(&town.visitor(), year).refused(401, "sign_in_needed");
    town.visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    let path = format!("{REPORTS}/{year}");
    town.visitor().get(&path).refused(404, "report_unknown");
    town.move_clock(86_400);
    let first = report(&town, year);
    assert_eq!(first["record"]["priorities"], json!([]));
    assert_eq!(first["record"]["totals"]["received"], 1);
    // A11: where the council never sat, every seat was silent.
    let seats = first["record"]["seats"].as_array().unwrap().iter();
    let silent = seats.filter(|seat| seat["silent"] == true && seat["sittings"] == 0);
    let silent: Vec<_> = silent
        .map(|seat| seat["institution"].as_str().unwrap())
        .collect();
    assert_eq!(silent, ["municipality", "police"]);
    unharmed(&town);
}

/// Whoever looks again and again must not learn when somebody wrote.
#[test]
fn what_is_sent_today_changes_no_report_before_tomorrow() {
    let town = Town::demo();
    let year = town.clock().today().year();
    let all = || {
        let paths = [REPORTS.to_owned(), format!("{REPORTS}/{year}")];
        paths.map(|path| town.visitor().get(&path).expect(200))
    };
    let before = all();
    town.visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    assert_eq!(all(), before);
    town.move_clock(86_400);
    let received = |page: &Value| page["record"]["totals"]["received"].as_i64().unwrap();
    assert!(received(&report(&town, year)) > received(&before[1]));
}

/// What took a promise in is asked in its place.
#[test]
fn a_concern_put_first_that_became_part_of_another_is_told_with_it() {
    let town = Town::start();
    let author = town.visitor();
    let ids = ["Rruga e shkollës pa drita", "Drita të prishura te shkolla"]
        .map(|title| author.submit_anonymously(title).0);
    let council = Council::seat(&town).publish(&town, &[&ids[0], &ids[1]]);
    move_to(&council.secretary, &ids[0], json!({"to": "prioritised"})).expect(200);
    let merged = json!({"to": "merged", "into": ids[1]});
    move_to(&council.secretary, &ids[0], merged).expect(200);
    let year = town.clock().today().year();
    let told = report(&town, year)["record"]["priorities"].clone();
    let of = |id: &str| {
        let mut all = told.as_array().unwrap().iter();
        all.find(|one| one["id"] == id).unwrap().clone()
    };
    assert_eq!(of(&ids[0])["verdict"], "merged");
    assert_eq!(of(&ids[0])["merged_into"], json!(ids[1]));
    assert_eq!(of(&ids[1])["verdict"], "unaddressed");
    assert_eq!(
        told[0]["id"],
        json!(ids[1]),
        "what is still owed comes first"
    );
}
