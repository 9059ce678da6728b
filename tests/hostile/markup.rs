//! Markup: what looks like code is text for everybody who reads it. Browsers are asked in tests/browser.

use serde_json::{Value, json};

use crate::harness::council::move_to;
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::unharmed::refusal;
use crate::harness::{Council, Town, unharmed};

const PAYLOADS: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)> drita",
    "[drita](javascript:alert(1))",
    "{{constructor.constructor('alert(1)')()}}",
    "</title><script>alert(1)</script>",
    "=cmd|' /C calc'!A0 drita",
    "drita %0d%0aSet-Cookie: x=1",
];

/// Sends each payload as a title, a text and what a photo shows; says the concerns' ids.
fn send_payloads(town: &Town) -> [String; 8] {
    let mut number = 0;
    PAYLOADS.map(|payload| {
        number += 1;
        let mut body = anonymous_concern(payload, &receipt_of("xss", number));
        body["text"] = json!(format!("{payload} dhe më tej."));
        body["photos"] = json!([{"data": super::pictures::small_jpeg_base64(), "alt": payload}]);
        let visitor = town.visitor();
        let answer = visitor
            .post("/municipalities/elbasan/concerns")
            .json(body)
            .send();
        answer.expect(201)["id"].as_str().unwrap().to_owned()
    })
}

/// T-XSS-01..05, the server's side: stored as written, sent as JSON that no browser takes for a page.
#[test]
fn what_looks_like_code_comes_back_as_text() {
    let town = Town::start();
    let council = Council::seat(&town);
    for (id, payload) in send_payloads(&town).iter().zip(PAYLOADS) {
        move_to(
            &council.secretary,
            id,
            json!({"to": "in_review", "reason": payload}),
        )
        .expect(200);
        let answer = council.secretary.get(&format!("/desk/concerns/{id}"));
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let page = answer.expect(200);
        assert_eq!(page["title"], payload);
        assert_eq!(page["photos"][0]["alt"], payload);
        assert_eq!(page["timeline"][1]["text"], payload);
    }
    let arta = town.resident("arta");
    for name in ["<b>Arta</b>", "Arta\"onload=", "Arta & Besa"] {
        let account = arta.patch("/me").json(json!({"display_name": name})).send();
        assert_eq!(account["display_name"], name);
    }
    unharmed(&town);
}

/// T-XSS-01..05: the same for what everybody reads.
#[test]
fn what_looks_like_code_is_text_in_lists_pages_and_the_feed() {
    let town = Town::start();
    let ids = send_payloads(&town);
    let named = ids.each_ref().map(String::as_str);
    Council::seat(&town).publish(&town, &named);
    let read = |path: &str, kind: &str| {
        let answer = town.visitor().get(path);
        assert_eq!(answer.header("content-type"), kind, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(
            answer
                .header("content-security-policy")
                .starts_with("default-src 'none'")
        );
        answer
    };
    for (id, payload) in named.iter().zip(PAYLOADS) {
        let page = read(&format!("/concerns/{id}"), "application/json").expect(200);
        assert_eq!(page["title"], payload);
        assert_eq!(page["text"], format!("{payload} dhe më tej."));
    }
    let list = read("/municipalities/elbasan/concerns", "application/json").expect(200);
    let titles: Vec<&Value> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["title"])
        .collect();
    assert!(
        PAYLOADS
            .iter()
            .all(|payload| titles.contains(&&json!(payload)))
    );
    let feed = read(
        "/municipalities/elbasan/feed.atom",
        "application/atom+xml; charset=utf-8",
    )
    .text();
    assert_eq!(feed.matches("&lt;script&gt;alert(1)").count(), 4, "{feed}");
    for tag in ["<script", "<img", "<svg"] {
        assert!(!feed.contains(tag), "{tag}: {feed}");
    }
}

/// T-XSS-03: what a refusal quotes of the request is JSON too.
#[test]
fn a_refusal_that_quotes_is_no_page() {
    let town = Town::start();
    for path in [
        "/municipalities/elbasan/concerns?%3Cscript%3E=1",
        "/municipalities/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/concerns/%3Cscript%3E",
    ] {
        let answer = town.visitor().get(path);
        refusal(&answer);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
}
