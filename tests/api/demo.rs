use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use serde_json::{Value, json};

use crate::harness::database::{number, open};
use crate::harness::town::{wait_until, wait_up_to};
use crate::harness::{Person, Town};

const MAIL_DIR: &str = "TREKENDESH_MAIL_DIR";

#[test]
fn the_sample_year_shows_every_state_and_lets_people_sign_in() {
    let town = Town::demo();
    let list = town
        .visitor()
        .get("/municipalities/elbasan/concerns")
        .expect(200);
    assert!(list["total"].as_i64().unwrap() >= 30);
    let secretary = Person::sign_in(&town, "sekretaria");
    let queue = secretary
        .get("/municipalities/elbasan/desk/concerns")
        .expect(200);
    let states = queue["counts"].as_object().unwrap();
    assert_eq!(states.len(), 14, "{states:?}");
    assert!(states.values().all(|count| count.as_i64().unwrap() > 0));
    let inbox = Person::sign_in(&town, "mira").get("/me/inbox").expect(200);
    assert!(!inbox["items"].as_array().unwrap().is_empty());
}

#[test]
fn each_of_the_three_institutions_answers_in_the_sample_year_and_some_concerns_all_three_do() {
    let town = Town::demo();
    let (done, said) = town.run(&["export", "elbasan"]);
    assert!(done, "{said}");
    let data: Value = serde_json::from_str(&said).unwrap();
    let concerns = data["concerns"].as_array().unwrap();
    let three = ["municipality", "police", "prosecution"];
    let answered = |concern: &Value, by: &str| {
        let by_whom = concern["answered_by"].as_array().unwrap();
        by_whom.iter().any(|institution| institution == by)
    };
    for by in three {
        assert!(
            concerns.iter().filter(|one| answered(one, by)).count() >= 3,
            "{by}"
        );
    }
    let by_all = |concern: &&Value| three.iter().all(|by| answered(concern, by));
    let together = concerns.iter().find(by_all).unwrap();
    let id = together["id"].as_str().unwrap();
    let page = town.visitor().get(&format!("/concerns/{id}")).expect(200);
    let timeline = page["timeline"].as_array().unwrap();
    for by in three {
        let theirs = |step: &&Value| step["kind"] == "answer" && step["institution"] == by;
        let text = timeline.iter().find(theirs).unwrap()["text"].as_str();
        assert!(text.unwrap().len() > 20, "{by}");
    }
}

#[test]
fn the_receipt_of_the_sample_year_opens_a_thread_with_both_sides() {
    let town = Town::demo();
    let thread = town
        .visitor()
        .post("/receipts/open")
        .json(json!({"receipt": trekendesh::demo::RECEIPT}))
        .send()
        .expect(200);
    let messages = thread["messages"].as_array().unwrap();
    for side in ["author", "council"] {
        assert!(
            messages.iter().any(|message| message["from"] == side),
            "{side}"
        );
    }
}

#[test]
fn the_past_sends_no_mail() {
    let town = Town::demo();
    let now = town.clock().now().format("%Y-%m-%d %H:%M:%S");
    let due = format!("SELECT count(*) AS number FROM outbox WHERE due_at <= '{now}'");
    wait_until("what was due is done", || {
        number(&mut open(&town), &due) == 0
    });
    let letters = town.smtp.letters();
    assert!(letters.is_empty(), "{letters:?}");
}

#[test]
fn outside_the_demo_there_is_no_letter_box_wherever_letters_go() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start_with(&[(MAIL_DIR, folder.path().to_str().unwrap())]);
    ask_for_a_code(&town);
    wait_until("the letter is written", || {
        folder.path().read_dir().unwrap().next().is_some()
    });
    let answer = town.request("GET", "/demo/letters").send();
    answer.refused(404, "not_found");
}

#[test]
fn what_became_public_is_a_feed_with_days_and_no_times() {
    let town = Town::demo();
    let feed = town.visitor().get("/municipalities/elbasan/feed.atom");
    assert_eq!(feed.status, 200);
    let text = feed.text();
    assert_eq!(text.matches("<entry>").count(), 20);
    let moments = text.matches("<updated>").count() + text.matches("<published>").count();
    assert_eq!(text.matches("T12:00:00").count(), moments);
}

#[test]
fn the_queue_begins_with_what_waits_and_every_page_follows_the_one_before() {
    let town = Town::demo();
    let secretary = Person::sign_in(&town, "sekretaria");
    for status in ["", "&status=published"] {
        for sort in ["due", "oldest", "newest"] {
            let path = format!("/municipalities/elbasan/desk/concerns?sort={sort}{status}");
            let items = secretary.get(&path).expect(200)["items"].clone();
            let items = items.as_array().unwrap();
            let mut keys: Vec<_> = items
                .iter()
                .map(|item| {
                    let day = |name: &str| item[name].as_str().unwrap().to_owned();
                    match sort {
                        "due" => (!item["verdict"].is_null(), day("due_on")),
                        _ => (false, day("received_on")),
                    }
                })
                .collect();
            if sort == "newest" {
                keys.reverse();
            }
            assert!(keys.is_sorted(), "{path}");
            assert!(!keys.is_empty(), "{path}");
        }
    }
}

#[test]
fn the_demo_shows_its_letters_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::demo_with(&[(MAIL_DIR, folder.path().to_str().unwrap())]);
    ask_for_a_code(&town);
    wait_until("the letter is shown", || {
        let page = town.request("GET", "/demo/letters").send().text();
        page.contains("To: arta@example.al") && !page.contains("<njoftime")
    });
}

/// How many rows each table has that the sample year fills, once all of its news are told.
fn rows(town: &Town) -> Vec<i64> {
    let mut file = open(town);
    let due = town.clock().now().format("%Y-%m-%d %H:%M:%S");
    let waits = format!("SELECT count(*) AS number FROM outbox WHERE due_at <= '{due}'");
    wait_until("the news are told", || number(&mut file, &waits) == 0);
    [
        "accounts",
        "seats",
        "concerns",
        "events",
        "supports",
        "messages",
        "notes",
        "inbox",
        "audit_log",
    ]
    .iter()
    .map(|table| {
        number(
            &mut file,
            &format!("SELECT count(*) AS number FROM {table}"),
        )
    })
    .collect()
}

#[test]
fn a_demo_killed_while_it_loads_is_whole_after_the_next_start() {
    let began = Instant::now();
    let first = Town::demo();
    let whole = rows(&first);
    let took = began.elapsed();
    for part in 1..4 {
        let folder = tempfile::tempdir().unwrap();
        let mut killed = Command::new(env!("CARGO_BIN_EXE_trekendesh"))
            .arg("demo")
            .env("TREKENDESH_DATA_DIR", folder.path())
            .env("TREKENDESH_LISTEN", "127.0.0.1:0")
            .env("TREKENDESH_CLOCK_SHIFT_FILE", first.path("clock"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(took * part / 4);
        killed.kill().unwrap();
        killed.wait().unwrap();
        let again = Town::demo_with(&[("TREKENDESH_DATA_DIR", folder.path().to_str().unwrap())]);
        assert_eq!(rows(&again), whole, "killed after {part} quarters");
    }
}

fn ask_for_a_code(town: &Town) {
    town.visitor()
        .post("/sign-in/codes")
        .json(json!({"email": "arta@example.al"}))
        .send()
        .expect(202);
}

#[test]
fn one_vote_was_held_and_can_be_recounted_and_another_gives_its_tokens() {
    let town = Town::demo();
    let list = town.visitor().get("/municipalities/elbasan/consultations");
    let list = list.expect(200)["items"].clone();
    let vote = |place: usize| {
        let id = list[place]["id"].as_str().unwrap();
        town.visitor().get(&format!("/consultations/{id}/vote"))
    };
    wait_up_to(60, "its votes are there", || {
        vote(0).json["stage"] == "issuing" && vote(1).json["stage"] == "counted"
    });
    assert_eq!(vote(0).json["issuers"].as_array().unwrap().len(), 3);
    let counted = vote(1).json;
    assert_eq!(counted["single_issuer"], false);
    assert_eq!(counted["turnout"]["accounts"], 24);
    let id = counted["consultation"].as_str().unwrap();
    let published = town.visitor().get(&format!("/consultations/{id}/box.json"));
    let published = ballot::BallotBox::from_json(&published.bytes).unwrap();
    let report = ballot::verify(&published, &ballot::Evidence::default()).unwrap();
    assert!(report.items > 150, "{}", report.items);
    assert_eq!(
        town.run(&["check"]),
        (true, "all that is stored fits together\n".to_owned())
    );
}

/// The sample year's plan: what was promised in meetings, kept or late, and told.
#[test]
fn the_sample_years_plan_has_measures_done_under_way_late_and_without_means() {
    let town = Town::demo();
    let plan = town
        .visitor()
        .get("/municipalities/elbasan/measures")
        .expect(200);
    let objectives = plan["objectives"].as_array().unwrap();
    assert_eq!(objectives.len(), 3);
    let of = |objective: &Value| objective["measures"].as_array().unwrap().clone();
    let measures: Vec<_> = objectives.iter().flat_map(of).collect();
    assert_eq!(measures.len(), 7, "a draft is the council's own");
    let count = |holds: fn(&Value) -> bool| measures.iter().filter(|one| holds(one)).count();
    assert_eq!(count(|one| one["state"] == "done"), 1);
    assert_eq!(count(|one| one["state"] == "partly_done"), 1);
    assert_eq!(count(|one| one["days_late"].is_number()), 1);
    assert_eq!(count(|one| one["unresourced"] == true), 1);
    assert_eq!(count(|one| one["report_late"] == true), 2);
    let waiting = plan["unanswered"].as_array().unwrap();
    assert_eq!(waiting.len(), 2, "{waiting:?}");
    let secretary = Person::sign_in(&town, "sekretaria");
    let desk = secretary
        .get("/municipalities/elbasan/desk/plan")
        .expect(200);
    assert!(!desk["commitments"].as_array().unwrap().is_empty());
    let inbox = secretary.get("/me/inbox").expect(200);
    let items = inbox["items"].as_array().unwrap();
    assert!(items.iter().any(|item| item["kind"] == "measures"));
}
