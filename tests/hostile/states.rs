//! The state machine over HTTP: no way round it, and the numbers agree with the rows.

use domain::Code as _;
use domain::concern::State;
use serde_json::{Value, json};
use trekendesh::platform::conn::Conn;

use crate::harness::council::{move_to, town_with_a_public_concern};
use crate::harness::database::{lines, number, open};
use crate::harness::town::wait_until;
use crate::harness::unharmed::refusal;
use crate::harness::{Council, Person, Town, unharmed};

/// All a move could ask for, so that nothing but the state speaks against it.
fn everything(to: &str) -> Value {
    json!({"to": to, "reason": "Arsye e plotë.", "legal_ground": "Ligji 139/2015", "whose": "Policia Rrugore",
        "lead": "police", "due_on": "2030-01-15"})
}

/// T-STAT-01: from the first state every state is asked for; only what the desk offers is granted.
#[test]
fn no_state_is_reached_but_by_its_moves() {
    let town = Town::start();
    let council = Council::seat(&town);
    let author = town.visitor();
    for state in State::ALL {
        let (id, _) = author.submit_anonymously("Rruga e shkollës pa drita");
        let offered = council
            .secretary
            .get(&format!("/desk/concerns/{id}"))
            .expect(200);
        let offered: Vec<&str> = offered["allowed_moves"]
            .as_array()
            .unwrap()
            .iter()
            .map(|step| step["to"].as_str().unwrap())
            .collect();
        let answer = move_to(&council.secretary, &id, everything(state.code()));
        let granted = offered.contains(&state.code()) && *state != State::Merged;
        assert_eq!(
            answer.status == 200,
            granted,
            "{}: {}",
            state.code(),
            answer.text()
        );
        if !granted {
            refusal(&answer);
            let query = format!("SELECT state AS line FROM concerns WHERE id = '{id}'");
            assert_eq!(
                lines(&mut open(&town), &query),
                ["received"],
                "a refused move left something"
            );
        }
    }
    for to in [
        "",
        "Published",
        "published ",
        "deleted",
        "\0",
        "received'--",
    ] {
        let (id, _) = author.submit_anonymously("Rruga e shkollës pa drita");
        refusal(&move_to(&council.secretary, &id, everything(to)));
    }
    unharmed(&town);
}

/// T-STAT-01: closing needs its reason, its ground, its proof.
#[test]
fn nothing_is_closed_without_what_closing_needs() {
    let (town, council, id) = town_with_a_public_concern();
    let secretary = &council.secretary;
    let field = |body: Value| {
        let request = secretary.post(&format!("/concerns/{id}/moves"));
        request.json(body).send()["fields"][0]["pointer"].clone()
    };
    assert_eq!(
        field(json!({"to": "declined", "legal_ground": "Ligji 1"})),
        "/reason"
    );
    assert_eq!(
        field(json!({"to": "declined", "reason": "   ", "legal_ground": "Ligji 1"})),
        "/reason"
    );
    assert_eq!(
        field(json!({"to": "declined", "reason": "Nuk mundemi."})),
        "/legal_ground"
    );
    assert_eq!(
        field(json!({"to": "not_ours", "reason": "Nuk është e jona."})),
        "/whose"
    );
    assert_eq!(
        field(json!({"to": "planned", "reason": "Po", "due_on": "2030-01-01"})),
        "/reason"
    );
    assert_eq!(
        field(json!({"to": "planned", "reason": "Po e bëjmë.", "due_on": "2030-01-01"})),
        "/lead"
    );
    assert_eq!(
        field(json!({"to": "planned", "reason": "Po e bëjmë.", "lead": "police"})),
        "/due_on"
    );
    let past =
        json!({"to": "planned", "reason": "Po e bëjmë.", "lead": "police", "due_on": "2020-01-01"});
    assert_eq!(field(past), "/due_on");
    move_to(secretary, &id, everything("in_progress")).expect(200);
    move_to(secretary, &id, everything("done")).refused(409, "move_refused");
    for day in [
        "2030-02-30",
        "soon",
        "30.01.2030",
        "2030-1-1T00:00",
        "99999999-01-01",
    ] {
        let mut body = everything("declined");
        body["due_on"] = json!(day);
        refusal(&move_to(secretary, &id, body));
    }
    unharmed(&town);
}

/// T-STAT-01: a day far beyond every calendar is either refused or kept so that it can be read again.
#[test]
fn a_day_far_away_breaks_no_page() {
    let (town, council, id) = town_with_a_public_concern();
    for day in ["9999-12-31", "+10000-01-01", "+262142-12-31"] {
        let body = json!({"verdict": "planned", "lead": "municipality", "due_on": day,
            "text": "Do të bëhet, por jo shpejt."});
        let answer = council
            .secretary
            .post(&format!("/concerns/{id}/answers"))
            .json(body)
            .send();
        assert!(answer.status < 500, "{day}: {}", answer.text());
        town.visitor().get(&format!("/concerns/{id}")).expect(200);
    }
}

/// T-STAT-01: approved but not yet out, then declined: the morning does not publish it after all.
#[test]
fn what_was_declined_before_it_came_out_never_comes_out() {
    let town = Town::start();
    let council = Council::seat(&town);
    let author = town.visitor();
    let closing = ["declined", "not_ours", "referred", "merged"];
    let (target, _) = author.submit_anonymously("Shqetësimi i përbashkët");
    let mut ids = Vec::new();
    for to in closing {
        let (id, _) = author.submit_anonymously("Emri i një personi të caktuar");
        move_to(&council.secretary, &id, json!({"to": "published"})).expect(200);
        let mut body = everything(to);
        body["into"] = json!(target);
        let answer = move_to(&council.secretary, &id, body);
        assert!(
            answer.status == 200 || to == "merged",
            "{to}: {}",
            answer.text()
        );
        ids.push((id, to));
    }
    let (other, _) = author.submit_anonymously("Rruga e shkollës pa drita");
    move_to(&council.secretary, &other, json!({"to": "published"})).expect(200);
    town.next_morning(&[&other]);
    for (id, to) in ids {
        let public = town.visitor().get(&format!("/concerns/{id}")).status == 200;
        let state = lines(
            &mut open(&town),
            &format!("SELECT state AS line FROM concerns WHERE id = '{id}'"),
        );
        assert_eq!(public, state == ["published"], "{to}: {state:?}");
    }
    unharmed(&town);
}

/// T-STAT-01: the numbers shown are the numbers of the rows.
#[test]
fn totals_agree_with_rows_over_the_sample_year() {
    let town = Town::demo();
    let mut file = open(&town);
    let visitor = town.visitor();
    let mut seen = 0;
    let mut after = String::new();
    let first = visitor.get("/municipalities/elbasan/concerns").expect(200);
    loop {
        let page = visitor
            .get(&format!("/municipalities/elbasan/concerns?after={after}"))
            .expect(200);
        seen += page["items"].as_array().unwrap().len();
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => break,
        }
    }
    assert_eq!(first["total"], seen);
    let rows = number(
        &mut file,
        "SELECT count(*) AS number FROM concerns WHERE public_on IS NOT NULL AND merged_into IS NULL AND municipality_code = (SELECT code FROM municipalities WHERE slug = 'elbasan')",
    );
    assert_eq!(first["total"], rows);
    for order in ["newest", "most_supported", "random"] {
        let (mut ids, mut after) = (std::collections::BTreeSet::new(), String::new());
        loop {
            let page = visitor
                .get(&format!(
                    "/municipalities/elbasan/concerns?sort={order}&after={after}"
                ))
                .expect(200);
            for item in page["items"].as_array().unwrap() {
                assert!(ids.insert(item["id"].to_string()), "{order}: twice");
            }
            match page["next"].as_str() {
                Some(next) => next.clone_into(&mut after),
                None => break,
            }
        }
        assert_eq!(ids.len(), seen, "{order}");
    }
    sample_year_invariants(&mut file);
    let desk = Person::sign_in(&town, "sekretaria")
        .get("/municipalities/elbasan/desk/concerns")
        .expect(200);
    let sum: i64 = desk["counts"]
        .as_object()
        .unwrap()
        .values()
        .map(|count| count.as_i64().unwrap())
        .sum();
    let all = number(
        &mut file,
        "SELECT count(*) AS number FROM concerns WHERE municipality_code = (SELECT code FROM municipalities WHERE slug = 'elbasan')",
    );
    assert_eq!(sum, all);
    unharmed(&town);
}

/// What the rules promise, asked of the rows.
fn sample_year_invariants(file: &mut Conn) {
    let broken = [
        (
            "public before anybody decided",
            "SELECT count(*) AS number FROM concerns WHERE public_on IS NOT NULL AND state IN ('received', 'in_review', 'returned', 'referred')",
        ),
        (
            "waiting for the batch although it is over",
            "SELECT count(*) AS number FROM concerns WHERE awaits_batch AND state IN ('declined', 'not_ours', 'merged', 'referred')",
        ),
        (
            "anonymous with an account",
            "SELECT count(*) AS number FROM concerns WHERE author_kind = 'anonymous' AND (account_id IS NOT NULL OR author_name IS NOT NULL)",
        ),
        (
            "merged into nothing, or into what is merged itself",
            "SELECT count(*) AS number FROM concerns c LEFT JOIN concerns t ON t.id = c.merged_into WHERE (c.state = 'merged') <> (c.merged_into IS NOT NULL)",
        ),
        (
            "planned without lead",
            "SELECT count(*) AS number FROM concerns WHERE state IN ('planned', 'in_progress') AND lead IS NULL",
        ),
        (
            "declined without reason and ground",
            "SELECT count(*) AS number FROM events WHERE to_state = 'declined' AND (text = '' OR ground IS NULL)",
        ),
        (
            "a timeline with a hole",
            "SELECT count(*) AS number FROM (SELECT concern_id FROM events GROUP BY concern_id HAVING max(position) <> count(*)) AS holes",
        ),
        (
            "a last move that is not where it stands",
            "SELECT count(*) AS number FROM concerns c JOIN events e ON e.concern_id = c.id WHERE e.kind = 'move' AND e.position = (SELECT max(position) FROM events WHERE concern_id = c.id AND kind = 'move') AND e.to_state <> c.state",
        ),
        (
            "findable though it left",
            "SELECT count(*) AS number FROM concern_search s JOIN concerns c ON c.id = s.concern_id WHERE c.state = 'referred'",
        ),
    ];
    for (what, query) in broken {
        assert_eq!(number(file, query), 0, "{what}");
    }
}

/// T-STAT-01: support follows a chain of merges to its end and nobody counts twice.
#[test]
fn support_follows_merges_to_the_end() {
    let town = Town::start();
    let council = Council::seat(&town);
    let author = town.visitor();
    let ids: Vec<String> = (0..3)
        .map(|_| author.submit_anonymously("Rruga pa drita").0)
        .collect();
    let council = council.publish(&town, &[&ids[0], &ids[1], &ids[2]]);
    let phone = town.visitor().with_device('A');
    for id in &ids {
        phone.put(&format!("/concerns/{id}/support")).expect(200);
    }
    for (from, into) in [(0, 1), (1, 2)] {
        move_to(
            &council.secretary,
            &ids[from],
            json!({"to": "merged", "into": ids[into]}),
        )
        .expect(200);
    }
    let tablet = town.visitor().with_device('B');
    tablet
        .put(&format!("/concerns/{}/support", ids[0]))
        .expect(200);
    phone
        .put(&format!("/concerns/{}/support", ids[1]))
        .expect(200);
    wait_until("both are counted", || {
        town.visitor().get(&format!("/concerns/{}", ids[2]))["support"]["visitors"] == 2
    });
    unharmed(&town);
}
