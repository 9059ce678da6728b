//! Rights: forged tokens, ended sessions, foreign ids, fields nobody may set.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::harness::council::{move_to, town_with_a_public_concern};
use crate::harness::database::{dump, lines, open};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::unharmed::refusal;
use crate::harness::{Council, Person, Town, raw, unharmed};

/// A token with any header and any claims, signed with the server's own key.
fn signed(town: &Town, header: &Value, claims: &str) -> String {
    let key = std::fs::read(town.path("data/keys/session.pk8")).unwrap();
    let pair = Ed25519KeyPair::from_pkcs8(&key).unwrap();
    let head = URL_SAFE_NO_PAD.encode(header.to_string());
    let text = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims));
    format!(
        "{text}.{}",
        URL_SAFE_NO_PAD.encode(pair.sign(text.as_bytes()))
    )
}

/// Signed with the public key as if it were a shared secret.
fn signed_with_the_public_key(town: &Town, claims: &str) -> String {
    let key = std::fs::read(town.path("data/keys/session.pk8")).unwrap();
    let pair = Ed25519KeyPair::from_pkcs8(&key).unwrap();
    let public = pair.public_key().as_ref().to_vec();
    let head = URL_SAFE_NO_PAD.encode(json!({"alg": "HS256", "typ": "JWT"}).to_string());
    let text = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims));
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &public);
    let tag = aws_lc_rs::hmac::sign(&key, text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(tag))
}

fn ids_of_arta(town: &Town) -> (String, String) {
    let mut file = open(town);
    let mut one = |query: &str| lines(&mut file, query).pop().unwrap();
    (
        one("SELECT id AS line FROM accounts"),
        one("SELECT id AS line FROM sessions"),
    )
}

/// T-ROLE-05.
#[test]
fn no_forged_token_opens_anything_and_all_are_refused_alike() {
    let town = Town::start();
    town.resident("arta");
    let (sub, sid) = ids_of_arta(&town);
    let now = town.clock().now().timestamp();
    let eddsa = json!({"alg": "EdDSA", "typ": "JWT"});
    let claims = |change: Value| {
        let mut all =
            json!({"iss": "trekendesh", "sub": sub, "sid": sid, "iat": now, "exp": now + 900});
        all.as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        all.to_string()
    };
    let good = claims(json!({}));
    let person = |token: &str| town.visitor().with_token(token);
    person(&signed(&town, &eddsa, &good)).get("/me").expect(200);
    let none = |body: &str| {
        let head = URL_SAFE_NO_PAD.encode(json!({"alg": "none"}).to_string());
        format!("{head}.{}.", URL_SAFE_NO_PAD.encode(body))
    };
    let mut edited: Vec<String> = signed(&town, &eddsa, &good)
        .split('.')
        .map(str::to_owned)
        .collect();
    edited[1] = URL_SAFE_NO_PAD.encode(claims(json!({"sub": "0000000000000000"})));
    let path = json!({"alg": "EdDSA", "kid": "../../../../dev/null"});
    let forged = [
        none(&good),
        signed_with_the_public_key(&town, &good),
        signed(&town, &path, &claims(json!({"exp": now - 1}))),
        signed(&town, &eddsa, &claims(json!({"exp": now - 1}))),
        signed(&town, &eddsa, &claims(json!({"iat": now + 3600}))),
        signed(&town, &eddsa, &claims(json!({"nbf": now + 3600}))),
        signed(&town, &eddsa, &claims(json!({"iss": "elsewhere"}))),
        signed(&town, &eddsa, &claims(json!({"aud": "elsewhere"}))),
        signed(&town, &eddsa, &claims(json!({"role": "administrator"}))),
        signed(&town, &eddsa, &claims(json!({"sub": "0000000000000000"}))),
        signed(&town, &eddsa, &claims(json!({"sid": "0000000000000000"}))),
        signed(
            &town,
            &eddsa,
            &good.replacen('{', &format!("{{\"sub\":\"{sub}\","), 1),
        ),
        edited.join("."),
        "..".to_owned(),
        "x".repeat(20_000),
        format!("{}é", signed(&town, &eddsa, &good)).replace('é', "%C3%A9"),
    ];
    let mut seen = std::collections::BTreeSet::new();
    for token in &forged {
        let answer = person(token).get("/me");
        assert_eq!(answer.status, 401, "{token}: {}", answer.text());
        refusal(&answer);
        seen.insert(answer.text());
    }
    assert_eq!(seen.len(), 1, "one answer for all: {seen:?}");
    unharmed(&town);
}

/// T-ROLE-05: a token of a megabyte is turned away before it is read.
#[test]
fn a_token_of_a_megabyte_is_turned_away() {
    let town = Town::start();
    let token = "x".repeat(1_000_000);
    let request =
        format!("GET /api/v1/me HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n");
    let reply = raw::exchange(&town, request.as_bytes());
    let status = raw::status(&reply);
    assert!(status == 0 || (400..500).contains(&status), "{status}");
    unharmed(&town);
}

/// T-ROLE-05: a token of one installation is nothing in another.
#[test]
fn a_token_of_another_house_is_refused() {
    let (here, elsewhere) = (Town::start(), Town::start());
    here.resident("arta");
    elsewhere.resident("arta");
    let (sub, sid) = ids_of_arta(&here);
    let now = here.clock().now().timestamp();
    let claims = json!({"iss": "trekendesh", "sub": sub, "sid": sid, "iat": now, "exp": now + 900});
    let token = signed(&elsewhere, &json!({"alg": "EdDSA"}), &claims.to_string());
    here.visitor()
        .with_token(&token)
        .get("/me")
        .refused(401, "session_expired");
}

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
