//! Classes and crowds that answer at once, and what of it is kept.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::database::{lines, number, open};
use crate::harness::polls::{
    act, by_device, cast, open_class, open_for, options, paper, paper_of, published, question,
    room, young,
};
use crate::harness::{Town, raw, unharmed};

/// T-VOTE-01, T-IDEM-01: a slip given fifty times at once, under as many keys, is one answer.
#[test]
fn a_slip_that_comes_fifty_times_at_once_is_one_answer() {
    let town = Town::start();
    let (_, young) = young(&town);
    let poll = published(&young, "school", paper());
    let (code, slips) = open_class(&town, &young, &poll, ("Gjimnazi", "10-B"), 2);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let send = || cast(&town.visitor(), &code, &slips[0], json!({"safe": "yes"})).status;
        let sent: Vec<_> = (0..50).map(|_| scope.spawn(send)).collect();
        sent.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(
        statuses.iter().filter(|status| **status == 201).count(),
        1,
        "{statuses:?}"
    );
    assert!(
        statuses.iter().all(|status| [201, 409].contains(status)),
        "{statuses:?}"
    );
    // The same phone that heard no answer hears the first one again.
    let key = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    let path = format!("/poll-rooms/{code}/answers");
    let again = || {
        let request = town.visitor().post(&path).header("idempotency-key", key);
        request
            .json(json!({"slip": slips[1], "answers": {"safe": "no"}}))
            .send()
    };
    let (first, second) = (again(), again());
    assert_eq!((first.status, first.text()), (201, second.text()));
    let page = town
        .visitor()
        .get(&format!("/poll-rooms/{code}"))
        .expect(200);
    assert_eq!(
        (&page["answered"], &page["state"]),
        (&json!(2), &json!("open"))
    );
    let sums = "SELECT CAST(sum(amount) AS BIGINT) AS number FROM poll_sums WHERE cell = 'safe//+'";
    assert_eq!(number(&mut open(&town), sums), 2);
    unharmed(&town);
}

/// T-RATE-01: thirty phones behind one address in two minutes; a thirty-first finds no slip.
#[test]
fn thirty_phones_behind_one_address_answer_at_once() {
    let town = Town::start();
    let (_, young) = young(&town);
    let poll = published(&young, "school", paper());
    let (code, slips) = open_class(&town, &young, &poll, ("Gjimnazi", "10-B"), 30);
    let hands = room(&young, &poll, "hands", Some(("Gjimnazi", "10-C")), 30);
    open_for(&young, &hands, 5).expect(200);
    let began = Instant::now();
    std::thread::scope(|scope| {
        for (place, slip) in slips.iter().enumerate() {
            let (town, code, hands) = (&town, &code, &hands);
            scope.spawn(move || {
                cast(&town.visitor(), code, slip, json!({"safe": "yes"})).expect(201);
                by_device(town, hands, place).expect(201);
            });
        }
    });
    let took = began.elapsed();
    assert!(took < Duration::from_secs(120), "{took:?}");
    cast(&town.visitor(), &code, &slips[0], json!({"safe": "yes"})).refused(409, "slip_used");
    by_device(&town, &hands, 31).refused(409, "poll_full");
    for code in [&code, &hands] {
        let page = town
            .visitor()
            .get(&format!("/poll-rooms/{code}"))
            .expect(200);
        assert_eq!(
            (&page["answered"], &page["invited"]),
            (&json!(30), &json!(30))
        );
    }
    unharmed(&town);
}

/// T-RATE-01: a link asks for work once very many come, and refuses nobody for good.
#[test]
fn a_crowd_at_a_link_is_asked_for_work_and_a_class_never() {
    let town = Town::start_with(&[("TREKENDESH_PROOF_AFTER", "2")]);
    let (_, young) = young(&town);
    let poll = published(&young, "survey", paper());
    let link = room(&young, &poll, "link", None, 0);
    let opening = young.post(&format!("/poll-rooms/{link}/opening"));
    opening.json(json!({"days": 3})).send().expect(200);
    let statuses: Vec<u16> = (0..8)
        .map(|number| by_device(&town, &link, number).status)
        .collect();
    assert!(statuses.contains(&429), "{statuses:?}");
    let poll = published(&young, "school", paper());
    let (code, slips) = open_class(&town, &young, &poll, ("Gjimnazi", "10-B"), 20);
    for slip in &slips {
        cast(&town.visitor(), &code, slip, json!({"safe": "yes"})).expect(201);
    }
    unharmed(&town);
}

/// T-ANON-01, T-ANON-03, T-ANON-08: what lies in the store tells nobody's answer, not even with the slips.
#[test]
fn nothing_kept_ties_an_answer_to_a_slip_a_device_or_a_moment() {
    let town = Town::start();
    let (_, young) = young(&town);
    let say = question("say", "text", json!({}));
    let safe = question(
        "safe",
        "single",
        json!({"options": options(&["yes", "no"])}),
    );
    let poll = published(&young, "school", paper_of(json!([safe, say])));
    let (code, slips) = open_class(&town, &young, &poll, ("Gjimnazi", "10-B"), 12);
    for (place, slip) in slips.iter().take(11).enumerate() {
        let request = town.visitor().post(&format!("/poll-rooms/{code}/answers"));
        let request = request
            .header("user-agent", "Kanarina/7.3")
            .header("x-forwarded-for", "203.0.113.77")
            .header("accept-language", "sq-kanarina");
        let safe = if place == 0 { "no" } else { "yes" };
        let answers = json!({"safe": safe, "say": format!("Shkrimi {place}")});
        request
            .json(json!({"slip": slip, "answers": answers}))
            .send()
            .expect(201);
    }
    let mut kept = town.stored_bytes();
    kept.extend(town.log().into_bytes());
    for secret in slips
        .iter()
        .map(String::as_str)
        .chain(["anarina", "203.0.113.77"])
    {
        let found = kept
            .windows(secret.len())
            .any(|window| window == secret.as_bytes());
        assert!(!found, "{secret}");
    }
    let rows = |sql: &str| lines(&mut open(&town), sql);
    // Of eleven answers there are six sums, and no row that is one of them.
    let sums =
        rows("SELECT cell || ' ' || CAST(amount AS TEXT) AS line FROM poll_sums ORDER BY cell");
    assert_eq!(
        sums,
        ["safe//+ 11", "safe//no 1", "safe//yes 10", "say//+ 11"]
    );
    // The texts lie in an order that is not that of their coming.
    let texts = rows("SELECT text AS line FROM poll_texts ORDER BY id");
    let came: Vec<String> = (0..11).map(|place| format!("Shkrimi {place}")).collect();
    assert_ne!(texts, came);
    town.move_clock(600);
    act(&young, &poll, "closing").expect(200);
    for table in ["poll_sums", "poll_group_sums", "poll_marks"] {
        let count = format!("SELECT count(*) AS number FROM {table}");
        assert_eq!(number(&mut open(&town), &count), 0, "{table}");
    }
    // One of eleven is told like none of eleven.
    let results = town
        .visitor()
        .get(&format!("/polls/{poll}/results"))
        .expect(200);
    let percent = &results["questions"][0]["results"][0]["parts"][0]["values"][1]["percent"];
    assert_eq!(percent, 0.0);
    unharmed(&town);
}

/// T-RCPT-04: a slip belongs behind `#` or in a body; nowhere else is it taken, and no log has it.
#[test]
fn a_slip_in_an_address_reaches_no_log() {
    let town = Town::start();
    let (_, young) = young(&town);
    let poll = published(&young, "school", paper());
    let (code, slips) = open_class(&town, &young, &poll, ("Gjimnazi", "10-B"), 1);
    let slip = &slips[0];
    for path in [
        format!("/api/v1/poll-rooms/{code}/answers?slip={slip}"),
        format!("/api/v1/poll-rooms/{code}/{slip}"),
        format!("/klasa/{code}/{slip}"),
        format!("/klasa/{code}?{slip}"),
    ] {
        let get = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        raw::exchange(&town, get.as_bytes());
    }
    assert!(!town.log().contains(slip.as_str()));
    unharmed(&town);
}
