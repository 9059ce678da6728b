//! Once a quarter the council tells what was done, out of its rows and in one click.

use std::collections::BTreeSet;

use atom_syndication::Feed;
use aws_lc_rs::digest::{SHA256, digest};
use chrono::NaiveDate;
use diesel::connection::SimpleConnection as _;
use domain::quarter::Quarter;
use serde_json::{Value, json};

use crate::harness::bulletin::{BULLETINS, OPENING, at, desk, draft, let_pass, publish, write};
use crate::harness::council::move_to;
use crate::harness::database::{lines, number, open};
use crate::harness::meeting::{announced, hearing, in_days};
use crate::harness::pdf::read_pdf;
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::{Council, Person, Town, unharmed};

/// A quarter of the sample year that is over and of which nothing is told yet.
fn untold(town: &Town) -> Quarter {
    Quarter::of(town.clock().today()).before().before()
}

fn page(town: &Town, quarter: Quarter) -> Value {
    town.visitor()
        .get(&format!("{BULLETINS}/{}", at(quarter)))
        .expect(200)
}

fn ids(list: &Value) -> BTreeSet<String> {
    let all = list.as_array().unwrap().iter();
    all.map(|one| one["id"].as_str().unwrap().to_owned())
        .collect()
}

fn days(quarter: Quarter) -> (NaiveDate, NaiveDate) {
    (quarter.first_day().unwrap(), quarter.last_day().unwrap())
}

/// The public concerns that the events say were in one of these states when a quarter ended, and not when it began.
fn came_to(town: &Town, quarter: Quarter, states: &str) -> BTreeSet<String> {
    let (from, until) = days(quarter);
    let stood = |day: &str| {
        format!(
            "EXISTS (SELECT 1 FROM events e WHERE e.concern_id = concerns.id AND e.to_state IN ({states}) \
             AND e.on_day {day} AND NOT EXISTS (SELECT 1 FROM events later WHERE later.concern_id = \
             e.concern_id AND later.to_state IS NOT NULL AND later.position > e.position AND later.on_day {day}))"
        )
    };
    let (then, before) = (
        stood(&format!("<= '{until}'")),
        stood(&format!("< '{from}'")),
    );
    let query = format!(
        "SELECT id AS line FROM concerns WHERE public_on IS NOT NULL AND {then} AND NOT {before}"
    );
    lines(&mut open(town), &query).into_iter().collect()
}

fn counted(town: &Town, query: &str) -> Value {
    json!(number(
        &mut open(town),
        &format!("SELECT count(*) AS number FROM {query}")
    ))
}

#[test]
fn the_draft_follows_the_rows_of_its_quarter() {
    let town = Town::demo();
    let secretary = Person::sign_in(&town, "sekretaria");
    let quarter = untold(&town);
    let record = draft(&secretary, quarter)["record"].clone();
    let (from, until) = days(quarter);
    let within = |day: &str| format!("{day} BETWEEN '{from}' AND '{until}'");
    let totals = &record["totals"];
    let received = counted(&town, &format!("concerns WHERE {}", within("received_on")));
    assert_eq!(totals["received"], received);
    let published = counted(&town, &format!("concerns WHERE {}", within("public_on")));
    assert_eq!(totals["published"], published);
    let answered = format!(
        "concerns WHERE public_on IS NOT NULL AND id IN (SELECT concern_id FROM events WHERE kind = 'answer' \
         AND {})",
        within("on_day")
    );
    assert_eq!(totals["answered"], counted(&town, &answered));
    let done = came_to(&town, quarter, "'done', 'partly_done'");
    assert!(!done.is_empty(), "control: {record}");
    assert_eq!(ids(&record["done"]), done);
    assert_eq!(totals["done"], json!(done.len()));
    let begun = came_to(&town, quarter, "'planned', 'in_progress'");
    assert_eq!(ids(&record["taken_up"]), begun);
    let held = format!(
        "SELECT id AS line FROM meetings WHERE cancelled_on IS NULL AND starts_at >= '{from} 00:00:00' \
         AND starts_at < '{until} 23:00:00'"
    );
    let held: BTreeSet<_> = lines(&mut open(&town), &held).into_iter().collect();
    assert_eq!(ids(&record["held"]), held);
    assert_eq!(record["to_come"].as_array().unwrap().len(), 2);
    assert_eq!(totals.get("referred"), None, "quarters would tell of few");
    // Another quarter tells of other measures, and the draft of a day follows the day's rows.
    let open_one = &draft(&secretary, Quarter::of(town.clock().today()))["record"]["measures"];
    let late = open_one.as_array().unwrap().iter();
    assert!(late.clone().any(|one| one["turn"] == "late"), "{open_one}");
    let one = done.first().unwrap();
    let rename = format!("UPDATE concerns SET title = 'Titulli i ndrequr' WHERE id = '{one}'");
    open(&town).batch_execute(&rename).unwrap();
    let after = draft(&secretary, quarter)["record"]["done"].clone();
    let mut titles = after.as_array().unwrap().iter();
    assert!(titles.any(|one| one["title"] == "Titulli i ndrequr"));
    unharmed(&town);
}

/// Study C1 for bulletins: frozen, hashed, and noticed when somebody changes it.
#[test]
fn a_published_bulletin_is_frozen_whatever_happens_later() {
    let town = Town::demo();
    let secretary = Person::sign_in(&town, "sekretaria");
    let quarter = untold(&town);
    publish(&secretary, quarter).refused(409, "bulletin_unwritten");
    for kind in ["", ".pdf"] {
        let path = format!("{BULLETINS}/{}{kind}", at(quarter));
        town.visitor().get(&path).refused(404, "bulletin_unknown");
    }
    let police = Person::sign_in(&town, "policia");
    write(&police, quarter, OPENING).refused(403, "not_allowed");
    let written = write(&secretary, quarter, OPENING).expect(200);
    assert_eq!(written["record"]["opening"], OPENING);
    assert_eq!(written, draft(&secretary, quarter));
    let (told, due) = (&written["published_on"], &written["over"]);
    assert_eq!((told, due), (&Value::Null, &json!(true)));
    publish(&police, quarter).refused(403, "not_allowed");
    let first = publish(&secretary, quarter).expect(201);
    assert_eq!(first["record"], written["record"]);
    let bytes = serde_json::to_string(&first["record"]).unwrap();
    assert!(!bytes.is_empty());
    write(&secretary, quarter, "Fjalë të tjera, shumë më vonë.").refused(409, "bulletin_published");
    publish(&secretary, quarter).refused(409, "bulletin_published");
    let one = first["record"]["done"][0]["id"].as_str().unwrap();
    let rename = format!("UPDATE concerns SET title = 'Titulli i ndrequr' WHERE id = '{one}'");
    open(&town).batch_execute(&rename).unwrap();
    assert_eq!(page(&town, quarter), first);
    assert_eq!(draft(&secretary, quarter)["record"], first["record"]);
    let record = "SELECT record AS line FROM bulletins WHERE opening LIKE 'Këto tre%'";
    let document = &lines(&mut open(&town), record)[0];
    let hash: String = digest(&SHA256, document.as_bytes())
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(first["hash"], json!(hash));
    let list = town.visitor().get(BULLETINS).expect(200);
    let listed: Vec<_> = list["items"].as_array().unwrap().iter().collect();
    assert_eq!(listed.len(), 2, "and that of the sample year");
    assert_eq!(listed[1]["quarter"], json!(quarter.number()));
    let (whole, said) = town.run(&["check"]);
    assert!(whole, "{said}");
    for forge in [
        "UPDATE bulletins SET record = replace(record, 'done', 'planned') WHERE opening LIKE 'Këto%'",
        "DELETE FROM bulletins",
    ] {
        open(&town).batch_execute(forge).unwrap();
        let (whole, said) = town.run(&["check"]);
        assert!(!whole, "{said}");
        assert!(said.contains("bulletin of AL213/"), "{said}");
    }
}

#[test]
fn a_quarter_that_is_not_over_is_drafted_and_published_when_it_is() {
    let town = Town::start();
    let start = town.clock().today();
    let council = Council::seat(&town);
    let quarter = Quarter::of(start);
    let none = council
        .secretary
        .get("/municipalities/elbasan/desk/bulletins");
    assert_eq!(none.expect(200)["items"], json!([]));
    write(&council.secretary, quarter, OPENING).refused(404, "bulletin_unknown");
    town.visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    write(&council.secretary, quarter, OPENING).refused(404, "bulletin_unknown");
    town.move_clock(86_400);
    let quarter = Quarter::of(town.clock().today());
    let secretary = Person::sign_in(&town, "municipality.secretary");
    assert_eq!(draft(&secretary, quarter)["written"], false);
    write(&secretary, quarter, OPENING).expect(200);
    publish(&secretary, quarter).refused(409, "quarter_not_over");
    let_pass(&town, start, quarter);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    let next = announced(&secretary, hearing(in_days(&town, 3)));
    let list = secretary
        .get("/municipalities/elbasan/desk/bulletins")
        .expect(200);
    assert_eq!(list["items"][0]["over"], false, "{list}");
    assert_eq!(list["items"][1]["written"], true, "{list}");
    let told = publish(&secretary, quarter).expect(201);
    assert_eq!(told["record"]["to_come"][0]["id"], json!(next));
    assert_eq!(told["record"]["to_come"][0]["from"], "17:00");
    assert_eq!(page(&town, quarter), told);
    unharmed(&town);
}

#[test]
fn the_printed_bulletin_says_the_same_in_albanian() {
    let town = Town::demo();
    let secretary = Person::sign_in(&town, "sekretaria");
    let quarter = untold(&town);
    // What people wrote is words, not the typesetter's language.
    let odd = r##"#panic("a") *e* $x$ @y <z> = \ // t [r"##;
    let first = draft(&secretary, quarter)["record"]["done"][0]["id"].clone();
    let rename = format!(
        "UPDATE concerns SET title = '{odd}' WHERE id = '{}'",
        first.as_str().unwrap()
    );
    open(&town).batch_execute(&rename).unwrap();
    write(&secretary, quarter, "Dy fjalë #emph[nga] $ne$ për ju.").expect(200);
    let record = publish(&secretary, quarter).expect(201)["record"].clone();
    let path = format!("{BULLETINS}/{}.pdf", at(quarter));
    let pdf = town.visitor().get(&path);
    assert_eq!(pdf.header("content-type"), "application/pdf");
    let (text, ink) = read_pdf(&town, &pdf.bytes);
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let numeral = ["", "I", "II", "III", "IV"][usize::try_from(quarter.number()).unwrap()];
    for words in [
        "REPUBLIKA E SHQIPËRISË",
        "Këshilli Vendor i Sigurisë Publike",
        "Buletini informues",
        &format!("Tremujori {numeral} {}", quarter.year()),
        "Dy fjalë #emph[nga] $ne$ për ju.",
        "Çfarë u zgjidh",
        "Shqetësime që morën përgjigje",
        "Takimet që vijnë",
        "Takimi i ardhshëm është i hapur",
        odd,
    ] {
        assert!(flat.contains(words), "{words} is not in: {flat}");
    }
    for list in ["done", "taken_up", "measures", "held", "to_come"] {
        for one in record[list].as_array().unwrap() {
            let title = one["title"].as_str().unwrap();
            let first: Vec<_> = title.split_whitespace().take(3).collect();
            assert!(flat.contains(&first.join(" ")), "{title}");
        }
    }
    assert!((1..=6).contains(&ink.len()), "{} pages", ink.len());
}

#[test]
fn whoever_reads_feeds_finds_each_bulletin() {
    let town = Town::demo();
    let secretary = Person::sign_in(&town, "sekretaria");
    let quarter = untold(&town);
    write(
        &secretary,
        quarter,
        "Rrugë & drita: 3 < 4 </content><b>të trasha</b>.",
    )
    .expect(200);
    publish(&secretary, quarter).expect(201);
    let answer = town.visitor().get("/municipalities/elbasan/bulletins.atom");
    assert!(
        answer
            .header("content-type")
            .starts_with("application/atom+xml")
    );
    let feed = Feed::read_from(answer.bytes.as_slice()).unwrap();
    let entries = feed.entries();
    assert_eq!(entries.len(), 2);
    let told = &entries[1];
    let path = format!("/buletini/{}?bashkia=elbasan", at(quarter));
    assert!(told.id().ends_with(&path), "{}", told.id());
    let content = told.content().unwrap();
    assert_eq!(
        content.value(),
        Some("Rrugë & drita: 3 < 4 </content><b>të trasha</b>.")
    );
    let printed = told.links().iter().find(|link| link.rel() == "enclosure");
    let (_, below) = printed.unwrap().href().split_once("/api/v1").unwrap();
    assert_eq!(town.visitor().get(below).status, 200);
}

/// Whatever is not public on the day is in no bulletin, and no number says when somebody wrote.
#[test]
fn only_what_is_public_is_told() {
    const HIDDEN: &str = "Kanarina që nuk u publikua";
    const RESTRICTED: &str = "Kanarina me temë të kufizuar";
    const LEFT: &str = "Kanarina që u referua";
    const TODAY: &str = "Kanarina e sotme";
    let town = Town::start();
    let (start, author) = (town.clock().today(), town.visitor());
    let (shown, _) = author.submit_anonymously("Rruga e shkollës pa drita");
    let (left, _) = author.submit_anonymously(LEFT);
    let (hidden, _) = author.submit_anonymously(HIDDEN);
    let mut body = anonymous_concern(RESTRICTED, &receipt_of(RESTRICTED, 9));
    body["topic"] = json!("drug-use");
    let path = "/municipalities/elbasan/concerns";
    author.post(path).json(body).send().expect(201);
    let council = Council::seat(&town).publish(&town, &[&shown, &left]);
    let secretary = &council.secretary;
    move_to(secretary, &hidden, json!({"to": "in_review"})).expect(200);
    for id in [&shown, &left] {
        let work = json!({"to": "in_progress", "lead": "municipality"});
        move_to(secretary, id, work).expect(200);
    }
    let leaves = json!({"to": "referred", "whose": "Njësia e mbrojtjes"});
    move_to(secretary, &left, leaves).expect(200);
    let quarter = Quarter::of(town.clock().today());
    let received = || draft(secretary, quarter)["record"]["totals"]["received"].clone();
    let before = received();
    author.submit_anonymously(TODAY);
    assert_eq!(received(), before, "today's tell nothing before tomorrow");
    let_pass(&town, start, quarter);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    author.submit_anonymously(TODAY);
    write(&secretary, quarter, OPENING).expect(200);
    let told = publish(&secretary, quarter).expect(201);
    assert_eq!(ids(&told["record"]["taken_up"]), [shown].into());
    let pdf = format!("{BULLETINS}/{}.pdf", at(quarter));
    let (printed, _) = read_pdf(&town, &town.visitor().get(&pdf).bytes);
    let feed = "/municipalities/elbasan/bulletins.atom";
    let all = [
        told.to_string(),
        page(&town, quarter).to_string(),
        draft(&secretary, quarter).to_string(),
        secretary.get(&desk(quarter)).text(),
        printed,
        town.visitor().get(feed).text(),
    ];
    for text in all {
        assert!(!text.contains("Kanarina"), "{text}");
        assert!(!text.contains(&hidden) && !text.contains(&left), "{text}");
    }
    unharmed(&town);
}

#[test]
fn the_sample_year_has_a_bulletin_to_read() {
    let town = Town::demo();
    let quarter = Quarter::of(town.clock().today()).before();
    let told = page(&town, quarter);
    assert!(!told["record"]["done"].as_array().unwrap().is_empty());
    let on: NaiveDate = told["published_on"].as_str().unwrap().parse().unwrap();
    assert!(on > quarter.last_day().unwrap() && on <= town.clock().today());
    let (whole, said) = town.run(&["check"]);
    assert!(whole, "{said}");
}
