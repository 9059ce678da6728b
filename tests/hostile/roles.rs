//! Rights: ended sessions, foreign ids, fields nobody may set.

use serde_json::json;

use crate::harness::council::{move_to, town_with_a_public_concern};
use crate::harness::database::{dump, lines, number, open};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::unharmed::refusal;
use crate::harness::{Council, Person, Town, unharmed};

/// T-ROLE-06: what ended is over with the next request, also for copies of the token.
#[test]
fn what_ended_is_over_at_once() {
    let town = Town::start();
    let arta = town.resident("arta");
    arta.delete("/me");
    arta.get("/me").refused(401, "session_expired");
    arta.get("/me/inbox").refused(401, "session_expired");
    let besa = town.resident("besa");
    assert_eq!(besa.delete("/sessions/current").status, 204);
    besa.get("/me").refused(401, "session_expired");
    assert_eq!(besa.delete("/sessions").status, 401);
}

/// T-ROLE-06: a seat taken away is taken away with the next request.
#[test]
fn a_seat_taken_away_opens_no_desk_any_more() {
    let town = Town::start();
    let council = Council::seat(&town);
    let (id, _) = town.visitor().submit_anonymously("Rruga pa drita");
    let path = format!("/desk/concerns/{id}");
    council.secretary.get(&path).expect(200);
    let seats = council
        .administrator
        .get("/municipalities/elbasan/seats")
        .expect(200);
    let seat = seats["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|seat| seat["role"] == "secretary")
        .unwrap();
    let seat = format!("/seats/{}", seat["id"].as_str().unwrap());
    assert_eq!(council.administrator.delete(&seat).status, 204);
    council.secretary.get(&path).refused(404, "concern_unknown");
    move_to(&council.secretary, &id, json!({"to": "in_review"})).refused(404, "concern_unknown");
    council
        .secretary
        .get("/municipalities/elbasan/desk/concerns")
        .refused(403, "not_allowed");
}

/// T-ROLE-06: nobody can choose the session that somebody else will sign in to.
#[test]
fn a_cookie_brought_along_is_not_the_session_one_gets() {
    let town = Town::start();
    let visitor = town.visitor();
    let asked = visitor
        .post("/sign-in/codes")
        .json(json!({"email": "arta@example.al"}))
        .send()
        .expect(202);
    let code = town.smtp.code_for("arta@example.al", 0);
    let answer = visitor
        .post("/sign-in/sessions")
        .header(
            "cookie",
            "__Host-access=planted; __Host-refresh=planted.planted",
        )
        .header("origin", &town.address)
        .json(json!({"email": "arta@example.al", "ticket": asked["ticket"], "code": code}))
        .send();
    let cookies: Vec<&str> = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap())
        .collect();
    assert_eq!(cookies.len(), 2, "{cookies:?}");
    for cookie in cookies {
        assert!(
            cookie.starts_with("__Host-") && !cookie.contains("planted"),
            "{cookie}"
        );
        for part in ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    assert!(
        !answer.text().contains("_token"),
        "a browser is given no token to read"
    );
}

/// T-ROLE-03: one foreign id among many changes nothing but its own line.
#[test]
fn a_foreign_id_in_a_list_is_named_and_not_touched() {
    let (town, council, id) = town_with_a_public_concern();
    let mut body = anonymous_concern("Rruga e kalasë pa drita", &receipt_of("berat", 1));
    body["unit"] = json!(null);
    let foreign = town
        .visitor()
        .post("/municipalities/berat/concerns")
        .json(body)
        .send()
        .expect(201)["id"]
        .clone();
    let before = lines(
        &mut open(&town),
        "SELECT id || state AS line FROM concerns ORDER BY 1",
    );
    for ids in [
        json!([foreign]),
        json!(["../../x", "", "' OR 1=1--", foreign]),
        json!([foreign, foreign, foreign]),
    ] {
        let answer = council
            .secretary
            .post("/municipalities/elbasan/desk/moves")
            .json(
                json!({"ids": ids, "move": {"to": "declined", "reason": "Provë e gjatë.",
                "legal_ground": "Ligji 1"}}),
            )
            .send()
            .expect(200);
        assert_eq!(answer["moved"], json!([]));
    }
    let after = lines(
        &mut open(&town),
        "SELECT id || state AS line FROM concerns ORDER BY 1",
    );
    assert_eq!(before, after);
    for path in [
        format!("/concerns/{id}%2f..%2f{}", foreign.as_str().unwrap()),
        format!("/desk/concerns/{}", foreign.as_str().unwrap()),
        "/municipalities/berat/desk/concerns".to_owned(),
        "/municipalities/elbasan%2f..%2fberat/desk/concerns".to_owned(),
    ] {
        let answer = council.secretary.get(&path);
        assert!(
            [403, 404].contains(&answer.status),
            "{path}: {}",
            answer.status
        );
    }
    unharmed(&town);
}

/// T-ROLE-07: what a resident may not set is refused with the whole request.
#[test]
fn fields_that_are_not_the_writers_are_refused() {
    let town = Town::start();
    let arta = town.resident("arta");
    let before = dump(&town);
    let extras = [
        "role",
        "status",
        "state",
        "votes",
        "residents",
        "visitors",
        "tenant_id",
        "municipality_code",
        "published_at",
        "public_on",
        "account_id",
        "author_kind",
        "id",
        "receipt_mark",
        "due_on",
        "verdict",
        "lead",
        "__proto__",
        "constructor",
    ];
    for extra in extras {
        let mut body = anonymous_concern("Rruga pa drita", &receipt_of("extra", 1));
        body[extra] = json!(1);
        let answer = town
            .visitor()
            .post("/municipalities/elbasan/concerns")
            .json(body)
            .send();
        assert_eq!(answer.status, 400, "{extra}: {}", answer.text());
        refusal(&answer);
        let answer = arta
            .patch("/me")
            .json(json!({"language": "en", extra: "x"}))
            .send();
        assert_eq!(answer.status, 400, "{extra}: {}", answer.text());
        let answer = arta
            .patch("/me/preferences")
            .json(json!({"email": "off", extra: "x"}))
            .send();
        assert_eq!(answer.status, 400, "{extra}: {}", answer.text());
    }
    assert_eq!(dump(&town), before);
    unharmed(&town);
}

/// T-ROLE-03: the same key in two spellings or twice does not smuggle a second value in.
#[test]
fn a_field_given_twice_is_refused() {
    let town = Town::start();
    let receipt = receipt_of("twice", 1);
    let text = anonymous_concern("Rruga pa drita", &receipt).to_string();
    let twice = text.replacen('{', "{\"identity\":\"named\",", 1);
    let answer = Person::visitor(&town)
        .post("/municipalities/elbasan/concerns")
        .body("application/json", twice.into_bytes())
        .send();
    answer.refused(400, "body_invalid");
}

/// T-ROLE-03: a member answers for the own institution only, whatever the body says, and does not
/// read what is for the secretariat.
#[test]
fn a_member_speaks_and_reads_for_the_own_institution_only() {
    let (_town, council, id) = town_with_a_public_concern();
    let note = json!({"text": "Canary për sekretarinë", "visibility": "secretariat"});
    let request = council.secretary.post(&format!("/concerns/{id}/notes"));
    request.json(note).send().expect(200);
    let answer = json!({"verdict": "done", "text": "Policia e rregulloi dje.", "institution": "prosecution"});
    let request = council.police.post(&format!("/concerns/{id}/answers"));
    request.json(answer).send().refused(400, "body_invalid");
    let page = council.police.get(&format!("/desk/concerns/{id}"));
    assert!(!page.text().contains("Canary"), "{}", page.text());
}

/// T-ROLE-04: a note that is for one institution is not shown to another, and that somebody opened what
/// they may not read in full is in the log: which seat, what kind, which day, once a day, no content.
#[test]
fn what_a_seat_is_not_shown_leaves_a_row_in_the_log() {
    let (town, council, id) = town_with_a_public_concern();
    let prosecution = town.member(&council.administrator, "prosecution", "member");
    let withheld = "SELECT municipality_code || ' ' || subject AS line FROM audit_log \
        WHERE action = 'notes_withheld' AND seat_id = (SELECT id FROM seats WHERE institution = 'police')";
    let denied = "SELECT subject AS line FROM audit_log WHERE action = 'read_denied' \
        AND seat_id = (SELECT id FROM seats WHERE role = 'administrator') ORDER BY position";
    let desk = format!("/desk/concerns/{id}");
    council.police.get(&desk).expect(200);
    assert!(
        lines(&mut open(&town), withheld).is_empty(),
        "nothing was withheld"
    );
    let note = json!({"text": "Canary për prokurorinë", "visibility": "institution"});
    let request = prosecution.post(&format!("/concerns/{id}/notes"));
    request.json(note).send().expect(200);
    for _ in 0..3 {
        let page = council.police.get(&desk);
        assert!(!page.text().contains("Canary"), "{}", page.text());
        page.expect(200);
        assert!(prosecution.get(&desk).text().contains("Canary"), "control");
    }
    let written = lines(&mut open(&town), withheld);
    assert_eq!(written.len(), 1, "{written:?}");
    assert!(written[0].ends_with(&id), "{written:?}");
    let queue = "/municipalities/elbasan/desk/concerns";
    for path in [&desk, queue, &desk, queue] {
        council.administrator.get(path).refused(403, "not_allowed");
    }
    assert_eq!(lines(&mut open(&town), denied), [&id, "desk"]);
    let others = "SELECT count(*) AS number FROM audit_log WHERE action IN ('notes_withheld', \
        'read_denied') AND seat_id = (SELECT id FROM seats WHERE institution = 'prosecution')";
    assert_eq!(number(&mut open(&town), others), 0);
    town.resident("arta")
        .get(&desk)
        .refused(404, "concern_unknown");
    let all = "SELECT count(*) AS number FROM audit_log WHERE action IN ('notes_withheld', 'read_denied')";
    assert_eq!(number(&mut open(&town), all), 3);
    assert!(!dump(&town)["audit_log"].concat().contains("Canary"));
    unharmed(&town);
}
