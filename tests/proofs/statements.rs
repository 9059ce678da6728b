//! What the routes ask of the store.

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde_json::Value;

use crate::harness::council::with_a_public_concern;
use crate::harness::database::open;
use crate::harness::polls;
use crate::harness::{Council, Person, Town};
use crate::hostile::many::copy;

const SAYS_ALL: [(&str, &str); 1] = [("RUST_LOG", "info,statements=trace")];

/// What a resident, a visitor and the secretary read, by who asks.
const READS: [(&str, &str); 24] = [
    ("visitor", "/municipalities/elbasan"),
    ("visitor", "/municipalities/elbasan/polls"),
    ("visitor", "/polls/{poll}"),
    ("visitor", "/poll-rooms/{room}"),
    ("secretary", "/municipalities/elbasan/desk/polls"),
    ("secretary", "/polls/{poll}/rooms"),
    ("visitor", "/municipalities/elbasan/concerns"),
    (
        "visitor",
        "/municipalities/elbasan/concerns?sort=most_supported",
    ),
    ("visitor", "/municipalities/elbasan/concerns?sort=random"),
    ("visitor", "/municipalities/elbasan/concerns?topic=lighting"),
    (
        "visitor",
        "/municipalities/elbasan/concerns?status=published",
    ),
    ("visitor", "/municipalities/elbasan/concerns?q=drita"),
    (
        "visitor",
        "/municipalities/elbasan/concerns?sort=nearest&near=41.03,20.03",
    ),
    ("visitor", "/municipalities/elbasan/concerns?unit=gjinar"),
    ("visitor", "/municipalities/elbasan/concerns?after={newest}"),
    (
        "visitor",
        "/municipalities/elbasan/concerns?sort=most_supported&after=1000_{first}",
    ),
    ("visitor", "/municipalities/elbasan/cells"),
    ("visitor", "/municipalities/elbasan/feed.atom"),
    ("visitor", "/concerns/{id}"),
    ("resident", "/concerns/{id}"),
    ("resident", "/me"),
    ("resident", "/me/inbox"),
    ("secretary", "/municipalities/elbasan/desk/concerns"),
    ("secretary", "/desk/concerns/{id}"),
];
/// Tables that stay small however much is written.
const SMALL: [&str; 5] = ["municipalities", "units", "seats", "templates", "holidays"];

struct Asking {
    town: Town,
    council: Council,
    resident: Person,
    id: String,
    poll: String,
    room: String,
}

impl Asking {
    fn start() -> Self {
        let (town, council, id) = with_a_public_concern(Town::start_with(&SAYS_ALL));
        let resident = town.resident("arta");
        resident.put(&format!("/concerns/{id}/support")).expect(200);
        let poll = polls::published(&council.secretary, "survey", polls::paper());
        let room = polls::room(&council.secretary, &poll, "link", None, 0);
        let asking = Self {
            town,
            council,
            resident,
            id,
            poll,
            room,
        };
        asking.open_links();
        asking
    }

    fn open_links(&self) {
        let later = "UPDATE poll_rooms SET closes_at = '2100-01-01 12:00:00'";
        open(&self.town).batch_execute(later).unwrap();
    }

    /// Asks many more polls, each in many rooms.
    fn ask_more(&self) {
        let numbers = "(WITH RECURSIVE n (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM n \
             WHERE number < 40) SELECT number FROM n) numbers";
        let polls = format!(
            "INSERT INTO polls (id, municipality_code, audience, year, series, state, institution, paper, \
             published_on) SELECT 'manypoll' || (10000000 + number), municipality_code, audience, year, \
             series, state, institution, paper, published_on FROM polls, {numbers} WHERE id = '{}'",
            self.poll
        );
        let rooms = format!(
            "INSERT INTO poll_rooms (code, poll_id, way, grace_minutes, answered) \
             SELECT 'A' || (10000 + number), '{0}', 'link', 0, 0 FROM {numbers}; \
             INSERT INTO poll_rooms (code, poll_id, way, grace_minutes, answered) \
             SELECT 'B' || (10000 + number), 'manypoll' || (10000000 + number), 'link', 0, 0 FROM {numbers}",
            self.poll
        );
        open(&self.town)
            .batch_execute(&format!("{polls}; {rooms}"))
            .unwrap();
        self.open_links();
    }

    /// The queries that each read needs when nothing of it is kept, by its place in the list.
    fn queries(&self, devices: &mut u32) -> BTreeMap<usize, Vec<String>> {
        let mut all = BTreeMap::new();
        for (place, (who, path)) in READS.iter().enumerate() {
            *devices += 1;
            let support = format!("/concerns/{}/support", self.id);
            let support = self.town.visitor().request("PUT", &support);
            let device = format!("{devices:026}");
            support.header("x-device", &device).send().expect(200);
            thread::sleep(Duration::from_millis(100));
            let before = self.town.log().len();
            let visitor = self.town.visitor();
            let who = match *who {
                "resident" => &self.resident,
                "secretary" => &self.council.secretary,
                _ => &visitor,
            };
            let path = path
                .replace("{id}", &self.id)
                .replace("{poll}", &self.poll)
                .replace("{room}", &self.room)
                .replace("{newest}", "2100-01-01_{first}")
                .replace("{first}", &"0".repeat(16));
            let answer = who.get(&path);
            assert_eq!(answer.status, 200, "{path}: {answer:?}");
            thread::sleep(Duration::from_millis(100));
            let log = self.town.log();
            all.insert(place, selects(log.get(before..).unwrap()));
        }
        all
    }
}

/// The queries in this part of the log, without what the server looks for in the background.
fn selects(log: &str) -> Vec<String> {
    log.lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|line| Some(line.get("statement")?.as_str()?.to_owned()))
        .filter(|statement| statement.trim_start().starts_with("SELECT"))
        .filter(|statement| !statement.contains("outbox") && !statement.contains("wal"))
        // Whether a pooled connection lives: also asked for what is looked for in the background.
        .filter(|statement| statement != "SELECT 1")
        // Which votes are not over.
        .filter(|statement| !(statement.contains("OUTER JOIN") && statement.contains("votes")))
        .collect()
}

/// Puts a line about each concern into the resident's inbox.
fn tell_of_all(town: &Town) {
    let told = "INSERT INTO inbox (id, account_id, position, kind, concern_id, \
                title, on_day, seen, mailed) SELECT c.id, a.id, 1000 + row_number() OVER (ORDER BY c.id), \
                'moved', c.id, c.title, c.received_on, FALSE, TRUE FROM concerns c, accounts a \
                WHERE a.email = 'arta@example.al' AND c.id NOT IN (SELECT id FROM inbox)";
    // The positions of those that are there already are taken.
    let further = "UPDATE inbox SET position = position + 10000";
    let mut file = open(town);
    file.batch_execute(&format!("{further}; {told}")).unwrap();
}

#[test]
fn no_read_asks_more_often_for_many_than_for_few() {
    let asking = Asking::start();
    let mut devices = 0;
    tell_of_all(&asking.town);
    let few = asking.queries(&mut devices);
    copy(&asking.town, &asking.id, 60, &[]);
    asking.ask_more();
    tell_of_all(&asking.town);
    let many = asking.queries(&mut devices);
    for (place, (who, path)) in READS.iter().enumerate() {
        let (few, many) = (&few[&place], &many[&place]);
        assert!(!many.is_empty(), "{who} {path} asks something");
        assert!(
            many.len() <= few.len(),
            "{who} {path}: {many:#?}, before {few:#?}"
        );
        assert!(many.len() <= 16, "{who} {path}: {many:#?}");
    }
}

/// A connection that was asked something once has it ready from then on.
#[test]
fn what_is_asked_again_is_not_prepared_again() {
    let (town, council, id) = with_a_public_concern(Town::start_with(&[
        SAYS_ALL[0],
        ("TREKENDESH_READERS", "1"),
        ("TREKENDESH_CONNECTIONS", "1"),
    ]));
    let secretary = &council.secretary;
    let ask = |number: u32| {
        let before = town.log().len();
        let support = town.visitor();
        let support = support.request("PUT", &format!("/concerns/{id}/support"));
        let support = support.header("x-device", &format!("{number:026}"));
        support.send().expect(200);
        secretary
            .get("/municipalities/elbasan/desk/concerns")
            .expect(200);
        secretary.get(&format!("/concerns/{id}")).expect(200);
        thread::sleep(Duration::from_millis(100));
        let log = town.log();
        let log = log.get(before..).unwrap();
        (selects(log).len(), log.matches("\"prepared\"").count())
    };
    let (_, at_first) = ask(1);
    assert!(at_first > 3, "control: {at_first}");
    let (asked, again) = ask(2);
    assert!(asked > 10, "control: {asked}");
    assert_eq!(again, 0);
}

#[derive(QueryableByName)]
struct Plan {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// SQLite's planner says what it does without looking at how many rows there are.
#[test]
fn every_read_finds_its_rows_by_an_index() {
    let asking = Asking::start();
    copy(&asking.town, &asking.id, 60, &[]);
    let mut file = open(&asking.town);
    let mut plans = 0;
    for query in asking.queries(&mut 0).into_values().flatten() {
        let plan: Vec<Plan> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {query}"))
            .load(&mut file)
            .unwrap();
        plans += plan.len();
        for Plan { detail } in plan {
            let table = detail.strip_prefix("SCAN ").unwrap_or_default();
            let name = table.split(' ').next().unwrap_or_default();
            let indexed = table.contains("INDEX") || SMALL.contains(&name);
            assert!(table.is_empty() || indexed, "{detail}: {query}");
        }
    }
    assert!(plans > 20, "control: there are plans");
}
