//! A town that outgrew SQLite moves to PostgreSQL with all it has.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use crate::harness::database::{dump_of, lines, number, open, open_file, open_url, tables};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::store::Database;
use crate::harness::town::wait_until;
use crate::harness::{Answer, Browser, Council, Person, Town, unharmed};
use crate::hostile::pictures::small_jpeg_base64;

/// Rows that make one table long enough to be killed in the middle of it.
pub const MANY: i64 = 40_000;

pub fn source(town: &Town) -> String {
    format!("sqlite:{}", town.path("data/trekendesh.sqlite3").display())
}

pub fn copy(town: &Town, from: &str, to: &str) -> (i32, String) {
    town.run_for_code(&["copy", "--from", from, "--to", to])
}

/// Where nobody watches a terminal, how far it came is said in lines that somebody can read later.
fn tells_how_far_it_came(said: &str) {
    let percent = |line: &str| -> Option<u32> { line.trim().split_once("% ")?.0.parse().ok() };
    let percents: Vec<u32> = said.lines().filter_map(percent).collect();
    assert!(percents.is_sorted_by(|one, next| one < next), "{said}");
    assert_eq!(percents.last(), Some(&100), "{said}");
    assert!(!said.contains(['\r', '\u{1b}']), "{said}");
}

/// What people and the desk are shown, byte for byte.
fn seen(town: &Town, secretary: &str) -> Vec<(String, Vec<u8>)> {
    let secretary = town.visitor().with_token(secretary);
    let mut paths = vec![
        "/municipalities".to_owned(),
        "/municipalities/elbasan".to_owned(),
        "/municipalities/elbasan/topics".to_owned(),
        "/municipalities/elbasan/desk/concerns".to_owned(),
        "/municipalities/elbasan/concerns?q=rruga".to_owned(),
        "/municipalities/elbasan/concerns?q=shkoll".to_owned(),
        "/me/inbox".to_owned(),
    ];
    let mut ids = lines(&mut open(town), "SELECT id AS line FROM concerns");
    ids.sort();
    paths.extend(ids.iter().map(|id| format!("/concerns/{id}")));
    let mut photos = lines(&mut open(town), "SELECT id AS line FROM photos");
    photos.sort();
    paths.extend(photos.iter().map(|id| format!("/photos/{id}")));
    let mut next = Some(String::new());
    while let Some(after) = next {
        let path = format!("/municipalities/elbasan/concerns?after={after}");
        next = secretary.get(&path)["next"].as_str().map(str::to_owned);
        paths.push(path);
    }
    let ask = |path: String| {
        let answer = secretary.get(&path);
        assert!([200, 404].contains(&answer.status), "{path}: {answer:?}");
        (path, answer.bytes)
    };
    paths.into_iter().map(ask).collect()
}

/// A concern with a photo, under a key that a repeat has too.
fn submit(town: &Town, receipt: &str) -> Answer {
    let mut body = anonymous_concern("Rruga e shkollës pa drita", receipt);
    body["photos"] = json!([{"data": small_jpeg_base64()}]);
    let request = town.visitor().post("/municipalities/elbasan/concerns");
    let request = request.header("idempotency-key", "moved-with-the-town");
    request.json(body).send()
}

fn open_thread(town: &Town, receipt: &str) -> Value {
    let request = town.visitor().post("/receipts/open");
    request
        .json(json!({ "receipt": receipt }))
        .send()
        .expect(200)
}

fn is_subscribed(town: &Town, browser: &Browser) -> bool {
    let named = json!({"endpoint": browser.endpoint});
    let request = town.visitor().post("/push/subscriptions/open");
    request.json(named).send().status == 200
}

fn letters(town: &Town) -> usize {
    town.smtp.count("sekretaria@example.al")
}

#[test]
fn a_town_moves_with_all_it_has() {
    let setting = ("TREKENDESH_ALLOW_LOOPBACK_PUSH", "true");
    let mut town = Town::start_on(None, "demo", &[setting]);
    let receipt = receipt_of("moved", 1);
    let sent = submit(&town, &receipt).expect(201);
    let secretary = Person::sign_in(&town, "sekretaria").token().to_owned();
    let browser = Browser::new("moved", "http://127.0.0.1:9/moved".to_owned());
    let follow = json!([{"kind": "thread", "receipt": receipt}]);
    let request = town.visitor().post("/push/subscriptions");
    request
        .json(browser.subscription(follow))
        .send()
        .expect(200);
    let (shown, thread) = (seen(&town, &secretary), open_thread(&town, &receipt));
    assert!(shown.len() > 60, "control: {}", shown.len());
    let log = town.run(&["verify-log"]);
    town.kill();

    let database = Database::empty_of_this_run();
    let (code, said) = copy(&town, &source(&town), &database.url());
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("equal in both") && said.contains("data/keys"),
        "{said}"
    );
    tells_how_far_it_came(&said);
    town.use_database(database);
    town.kill_and_restart();

    assert_eq!(seen(&town, &secretary), shown);
    assert_eq!(open_thread(&town, &receipt), thread);
    open_thread(&town, trekendesh::demo::RECEIPT);
    assert_eq!(
        submit(&town, &receipt).expect(201),
        sent,
        "the same key, the same answer"
    );
    assert!(is_subscribed(&town, &browser));
    assert_eq!(town.run(&["verify-log"]), log);
    let merged = "SELECT count(*) AS number FROM concerns WHERE merged_into IS NOT NULL";
    assert!(number(&mut open(&town), merged) > 0, "control");
    let sequences = "SELECT count(*) AS number FROM pg_class WHERE relkind = 'S'";
    assert_eq!(number(&mut open(&town), sequences), 0, "none to be set");
    let before = letters(&town);
    town.next_morning(&[]);
    wait_until("what waited is told", || letters(&town) > before);
    unharmed(&town);
}

/// A town with a table that takes a while to copy; its server is stopped.
pub fn long_town() -> (Town, String) {
    let mut town = Town::start_on(None, "serve", &[]);
    let council = Council::seat(&town);
    let (id, receipt) = town.visitor().submit_anonymously("Rruga pa drita");
    town.visitor().submit_anonymously("Edhe një rrugë");
    council.publish(&town, &[&id]);
    town.kill();
    let rows = format!(
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {MANY}) \
         INSERT INTO idempotency SELECT printf('%064x', n), 'x', 201, '{{}}', \
         date('now', '+1 day') FROM n"
    );
    open(&town).batch_execute(&rows).unwrap();
    (town, receipt)
}

fn begin(town: &Town, to: &Database) -> Child {
    Command::new(env!("CARGO_BIN_EXE_trekendesh"))
        .args(["copy", "--from", &source(town), "--to", &to.url()])
        .env_clear()
        .env("TREKENDESH_DATA_DIR", town.path("data"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn carried(to: &Database) -> i64 {
    let mut target = open_url(&to.url());
    if tables(&mut target)
        .iter()
        .all(|table| table != "idempotency")
    {
        return 0;
    }
    number(&mut target, "SELECT count(*) AS number FROM idempotency")
}

/// Begins a copy and kills it once more than so many rows of the long table are there.
pub fn kill_after(town: &Town, to: &Database, rows: i64) {
    let mut copy = begin(town, to);
    wait_until("some of it is copied", || carried(to) > rows);
    copy.kill().unwrap();
    copy.wait().unwrap();
    let there = carried(to);
    assert!(there > rows && there < MANY, "control: {there}");
}

#[test]
fn a_copy_that_is_killed_again_and_again_goes_on_and_ends_the_same() {
    let (mut town, receipt) = long_town();
    let database = Database::empty_of_this_run();
    for rows in [0, MANY / 4, MANY / 2] {
        kill_after(&town, &database, rows);
    }
    let (code, said) =
        town.run_for_code(&["copy", "--from", &source(&town), "--to", &database.url()]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(carried(&database), MANY);
    town.use_database(database);
    town.kill_and_restart();
    open_thread(&town, &receipt);
    unharmed(&town);
}

/// What moves back is what moved away; only moments lose what is finer than a microsecond.
#[test]
fn a_town_moves_back_with_all_it_has() {
    let mut town = Town::start_on(None, "demo", &[]);
    submit(&town, &receipt_of("moved", 1)).expect(201);
    town.kill();
    let (database, back) = (Database::empty_of_this_run(), town.path("back"));
    for (from, to) in [
        (source(&town), database.url()),
        (database.url(), format!("sqlite:{}", back.display())),
    ] {
        let (code, said) = copy(&town, &from, &to);
        assert_eq!(code, 0, "{said}");
    }
    let (moved, stayed) = (held(&back), held(&town.database()));
    assert!(
        stayed.len() > 20 && stayed["concerns"].len() > 30,
        "control"
    );
    assert!(moved.keys().eq(stayed.keys()));
    for (table, rows) in stayed {
        assert_eq!(moved[&table], rows, "{table}");
    }
}

/// All that a file holds but moments, how its search keeps words, and when its steps were done.
fn held(file: &Path) -> BTreeMap<String, Vec<String>> {
    let mut all = dump_of(&mut open_file(file));
    all.retain(|table, _| {
        let other = ["concern_search", "outbox", "sessions", "__"];
        !other.iter().any(|name| table.starts_with(name))
    });
    all.values_mut().for_each(|rows| rows.sort());
    all
}
