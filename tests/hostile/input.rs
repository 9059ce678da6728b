//! Input: what people write is text, whatever it looks like.

use serde_json::{Value, json};

use crate::harness::council::town_with_a_public_concern;
use crate::harness::database::dump;
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::unharmed::refusal;
use crate::harness::{Answer, Town, unharmed};

/// T-XSS-05: characters that turn a line around or hide are dropped on the way in.
#[test]
fn characters_that_deceive_the_eye_are_dropped() {
    let town = Town::start();
    let arta = town.resident("arta");
    let account = arta
        .patch("/me")
        .json(json!({"display_name": "Arta\u{202E}atrA\u{200B}\u{2066}\u{0007}"}))
        .send()
        .expect(200);
    assert_eq!(account["display_name"], "ArtaatrA");
}

fn ask(town: &Town, query: &[(&str, &str)]) -> Answer {
    let text = serde_urlencoded(query);
    town.visitor()
        .get(&format!("/municipalities/elbasan/concerns?{text}"))
}

fn serde_urlencoded(query: &[(&str, &str)]) -> String {
    let mut text = url::form_urlencoded::Serializer::new(String::new());
    text.extend_pairs(query).finish()
}

const WORDS: [&str; 24] = [
    "' OR 1=1--",
    "%",
    "_",
    "\\",
    "\0",
    "\"*(NEAR",
    "NEAR(a b)",
    "a AND b OR NOT c",
    "*",
    "^rruga",
    "title:rruga",
    "{title}: x",
    "\"",
    "'",
    "rruga\"",
    "-rruga",
    "+",
    "(((((",
    "²",
    "ß",
    "İ",
    "\u{301}",
    "𝒓𝒓𝒖𝒈𝒂",
    "💡",
];

/// T-SQL-01: nothing anybody searches for is a command, and signs that mean something to a search
/// engine are signs.
#[test]
fn no_search_is_a_command() {
    let (town, council, _) = town_with_a_public_concern();
    let before = dump(&town)["concerns"].clone();
    let long = "rruga ".repeat(2_000);
    for word in WORDS.into_iter().chain([long.as_str()]) {
        for (name, person) in [("list", &town.visitor()), ("desk", &council.secretary)] {
            let text = serde_urlencoded(&[("q", word)]);
            let path = match name {
                "list" => format!("/municipalities/elbasan/concerns?{text}"),
                _ => format!("/municipalities/elbasan/desk/concerns?{text}"),
            };
            let answer = person.get(&path);
            assert!(
                [200, 400].contains(&answer.status),
                "{name} {word:?}: {}",
                answer.text()
            );
        }
    }
    assert_eq!(dump(&town)["concerns"], before);
    unharmed(&town);
}

/// T-SQL-01: signs of a pattern are no pattern, and what is no order and no state is refused.
#[test]
fn no_filter_is_a_pattern_or_a_command() {
    let (town, _, _) = town_with_a_public_concern();
    assert_eq!(ask(&town, &[("q", "rr_ga")]).expect(200)["total"], 0);
    assert_eq!(
        ask(&town, &[("q", "rr%")]).expect(200)["total"],
        1,
        "a beginning finds, the sign falls away"
    );
    for (name, value) in [
        ("sort", "id;drop table concerns"),
        ("sort", "newest'"),
        ("status", "received' OR '1'='1"),
        ("after", "x"),
        ("after", "2026-01-01_' OR 1=1"),
        ("after", "9999999999_0000000000000000"),
        ("near", "1,2;"),
        ("unknown", "1"),
    ] {
        let order = if name == "near" {
            "nearest"
        } else {
            "most_supported"
        };
        let query = [("sort", order), (name, value)];
        let query = if name == "sort" {
            &query[1..]
        } else {
            &query[..]
        };
        refusal(&ask(&town, query));
    }
    for (name, value) in [("topic", "' OR 1=1--"), ("unit", "%"), ("topic", "\0")] {
        assert_eq!(
            ask(&town, &[(name, value)]).expect(200)["total"],
            0,
            "{name} {value:?}"
        );
    }
    unharmed(&town);
}

/// T-XML-02: nothing here reads XML, whatever it calls itself.
#[test]
fn xml_is_read_nowhere() {
    let town = Town::start();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let outside = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"http://127.0.0.1:{port}/\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&e;</text></svg>"
    );
    let laughs = (0..20).fold(
        "<!DOCTYPE x [<!ENTITY a0 \"ha\">".to_owned(),
        |text, number| format!("{text}<!ENTITY a{} \"&a{number};&a{number};\">", number + 1),
    );
    for xml in [outside, format!("{laughs}]><x>&a20;</x>")] {
        for kind in ["application/xml", "text/xml", "image/svg+xml"] {
            let answer = town
                .visitor()
                .post("/municipalities/elbasan/concerns")
                .body(kind, xml.clone().into_bytes())
                .send();
            answer.refused(415, "media_type_unsupported");
        }
        let mut body = anonymous_concern("Rruga pa drita", &receipt_of("xml", 1));
        body["photos"] = json!([{"data": super::pictures::base64(xml.as_bytes())}]);
        let answer = town
            .visitor()
            .post("/municipalities/elbasan/concerns")
            .json(body)
            .send();
        answer.refused(422, "photo_refused");
    }
    assert!(listener.accept().is_err(), "somebody fetched the entity");
    unharmed(&town);
}

/// T-GEO-01: a place that is none is refused with its field; one outside is said to be outside.
#[test]
fn places_that_are_none_are_refused_by_name() {
    let town = Town::start();
    let before = dump(&town);
    let send = |point: Value| {
        let mut body = anonymous_concern("Rruga pa drita", &receipt_of("geo", 1));
        body["point"] = point;
        town.visitor()
            .post("/municipalities/elbasan/concerns")
            .json(body)
            .send()
    };
    for (point, code) in [
        (json!({"lat": 91, "lon": 20}), "point_invalid"),
        (json!({"lat": 41.11, "lon": 181}), "point_invalid"),
        (json!({"lat": -1e300, "lon": 1e300}), "point_invalid"),
        (json!({"lat": 0, "lon": 0}), "point_outside"),
        (json!({"lat": 20.08, "lon": 41.11}), "point_outside"),
        (json!({"lat": 41.32, "lon": 19.81}), "point_outside"),
        (json!({"lat": 41.11, "lon": 180}), "point_outside"),
        (json!({"lat": 41.11, "lon": -180}), "point_outside"),
        (json!({"lat": 90, "lon": 20}), "point_outside"),
    ] {
        let answer = send(point.clone());
        assert_eq!(
            answer["fields"][0],
            json!({"pointer": "/point", "code": code}),
            "{point}"
        );
        answer.refused(422, "fields_invalid");
    }
    for point in [
        json!("41,33"),
        json!({"lat": "41,33", "lon": "20"}),
        json!({"lat": null, "lon": 20}),
        json!({"lat": 41.1}),
        json!([41.1, 20.1, 0]),
        json!({"lat": 41.1, "lon": 20.1, "z": 1}),
    ] {
        refusal(&send(point));
    }
    let text = anonymous_concern("Rruga pa drita", &receipt_of("geo", 1)).to_string();
    for number in ["NaN", "Infinity", "-Infinity", "1e999", "0x29", "41,33"] {
        let point = format!("{{\"point\":{{\"lat\":{number},\"lon\":20.1}},");
        let body = text.replacen('{', &point, 1).into_bytes();
        let request = town.visitor().post("/municipalities/elbasan/concerns");
        refusal(&request.body("application/json", body).send());
    }
    for near in [
        "NaN,20",
        "41.1,inf",
        "91,20",
        "41.1",
        "41.1,20.1,3",
        "41,33;20",
        "",
    ] {
        refusal(&ask(&town, &[("sort", "nearest"), ("near", near)]));
    }
    assert_eq!(dump(&town), before);
    unharmed(&town);
}

/// T-SQL-01: bodies that are no bodies are refused and nothing else.
#[test]
fn a_body_that_cannot_be_read_is_refused_in_every_form() {
    let town = Town::start();
    let deep = "[".repeat(50_000);
    for body in [
        "",
        "null",
        "true",
        "0",
        "\"x\"",
        "[]",
        "{",
        "{}",
        "{\"topic\":",
        "\u{FEFF}{}",
        "{}{}",
        "\0",
        deep.as_str(),
        "{\"topic\":{\"$ne\":null}}",
        "{\"topic\":[\"lighting\"]}",
    ] {
        let request = town.visitor().post("/municipalities/elbasan/concerns");
        refusal(
            &request
                .body("application/json", body.as_bytes().to_vec())
                .send(),
        );
    }
    let request = town.visitor().post("/sign-in/codes");
    refusal(
        &request
            .body("application/json", vec![0xFF, 0xFE, 0x00, 0xD8])
            .send(),
    );
    unharmed(&town);
}

/// Why a body or a query cannot be read is said in stable words, none of which is the client's.
#[test]
fn a_refusal_repeats_nothing_of_what_was_sent() {
    let town = Town::start();
    for (sent, said) in [
        (
            r#"{"email": "a@example.al", "canary`x": 1}"#,
            "unknown field",
        ),
        (
            r#"{"email": "a@example.al", "language": {"canary": 1}}"#,
            "invalid type",
        ),
        (r#"{"email": 7}"#, "invalid type"),
        (r#"{}"#, "missing field `email`"),
        (r#"{"email": canary}"#, "not JSON"),
        ("canary", "not JSON"),
        (r#"{"email": "canary"#, "not JSON"),
    ] {
        let request = town.visitor().post("/sign-in/codes");
        let answer = request
            .body("application/json", sent.as_bytes().to_vec())
            .send();
        assert_eq!(answer["detail"], said, "{sent}");
        assert!(!answer.text().contains("canary"), "{}", answer.text());
        answer.refused(400, "body_invalid");
    }
    for query in ["canary=1", "topic=a&topic=canary", "overdue=canary"] {
        let path = format!("/municipalities/elbasan/concerns?{query}");
        let answer = town.visitor().get(&path);
        assert!(!answer.text().contains("canary"), "{}", answer.text());
        answer.refused(400, "query_invalid");
    }
}
