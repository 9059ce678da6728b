//! The headers of every kind of answer, exactly.

use std::collections::BTreeSet;

use serde_json::json;

use crate::harness::council::town_with_a_public_concern;
use crate::harness::{Answer, Person, Town};

/// What an answer says about itself; what differs from build to build is left out.
fn head(answer: &Answer) -> BTreeSet<String> {
    answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "date")
        .map(|(name, value)| {
            let value = value.to_str().unwrap();
            match name.as_str() {
                "etag" => "etag: \"...\"".to_owned(),
                "content-length" => "content-length: ...".to_owned(),
                "link" => "link: <...>".to_owned(),
                "set-cookie" => format!("set-cookie: {}", masked(value)),
                name => format!("{name}: {value}"),
            }
        })
        .collect()
}

/// What all have in common, then what each has beside it.
fn table(answers: &[(&str, Answer)]) -> String {
    let heads: Vec<_> = answers.iter().map(|(_, answer)| head(answer)).collect();
    let common = heads
        .iter()
        .fold(heads[0].clone(), |common, head| &common & head);
    let block = |name: String, lines: BTreeSet<String>| {
        let lines: Vec<_> = lines.iter().map(|line| format!("  {line}\n")).collect();
        format!("{name}\n{}", lines.concat())
    };
    let each = answers
        .iter()
        .zip(&heads)
        .map(|((name, answer), head)| block(format!("{name}: {}", answer.status), head - &common));
    let mut text = block("every answer".to_owned(), common.clone());
    text.extend(each);
    text
}

fn masked(cookie: &str) -> String {
    let (name, rest) = cookie.split_once('=').unwrap();
    let (_, rules) = rest.split_once(';').unwrap();
    format!("{name}=...;{rules}")
}

fn snapshot(name: &str, text: String) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

type Answers = Vec<(&'static str, Answer)>;

/// What is there.
fn granted(town: &Town, arta: &Person, id: &str) -> Answers {
    let visitor = town.visitor();
    let page = town.request("GET", "/").send();
    let tag = visitor.get("/municipalities").header("etag").to_owned();
    let text = page.text();
    let is_script = |part: &&str| part.starts_with("/assets/") && part.ends_with(".js");
    let script = text.split('"').find(is_script).unwrap();
    vec![
        ("the app", page),
        ("the app, deep", town.request("GET", "/shqetesime/x").send()),
        ("a file of the app", town.request("GET", script).send()),
        ("the service worker", town.request("GET", "/sw.js").send()),
        (
            "the manifest",
            town.request("GET", "/manifest.webmanifest").send(),
        ),
        ("no file", town.request("GET", "/assets/none.js").send()),
        ("public JSON", visitor.get("/municipalities")),
        (
            "public JSON, unchanged",
            visitor
                .request("GET", "/municipalities")
                .header("if-none-match", &tag)
                .send(),
        ),
        (
            "public JSON, HEAD",
            visitor.request("HEAD", "/municipalities").send(),
        ),
        (
            "public JSON, compressed",
            visitor
                .request("GET", "/municipalities")
                .header("accept-encoding", "gzip, br")
                .send(),
        ),
        ("the feed", visitor.get("/municipalities/elbasan/feed.atom")),
        ("a concern", visitor.get(&format!("/concerns/{id}"))),
        ("an account", arta.get("/me")),
        (
            "an account, compression asked",
            arta.request("GET", "/me")
                .header("accept-encoding", "br")
                .send(),
        ),
    ]
}

/// What is refused, and what answers without saying anything.
fn refused_and_empty(town: &Town, arta: &Person) -> Answers {
    let visitor = town.visitor();
    vec![
        ("nothing there", visitor.get("/nothing")),
        ("no such concern", visitor.get("/concerns/0000000000000000")),
        (
            "wrong method",
            visitor.request("DELETE", "/municipalities").send(),
        ),
        ("wrong method for the app", town.request("POST", "/").send()),
        ("not signed in", visitor.get("/me")),
        (
            "another site",
            visitor
                .post("/sign-in/codes")
                .header("origin", "https://evil.example")
                .send(),
        ),
        (
            "no JSON",
            visitor
                .post("/sign-in/codes")
                .body("text/plain", b"x".to_vec())
                .send(),
        ),
        (
            "wrong fields",
            visitor
                .post("/sign-in/codes")
                .json(json!({"email": "x"}))
                .send(),
        ),
        ("signed out", arta.delete("/sessions/current")),
        ("health", town.request("GET", "/healthz").send()),
        (
            "the description",
            town.request("GET", "/api/openapi.json").send(),
        ),
    ]
}

/// T-HDR-01.
#[test]
fn every_kind_of_answer_has_exactly_these_headers() {
    let (town, _, id) = town_with_a_public_concern();
    let arta = town.resident("arta");
    let mut answers = granted(&town, &arta, &id);
    answers.extend(refused_and_empty(&town, &arta));
    snapshot("headers", table(&answers));
}

/// T-HDR-02: behind https every answer says so.
#[test]
fn behind_https_every_answer_asks_for_https() {
    let town = Town::start_with(&[("TREKENDESH_PUBLIC_URL", "https://elbasan.example.al")]);
    for path in [
        "/",
        "/api/v1/municipalities",
        "/api/v1/nothing",
        "/assets/none.js",
        "/healthz",
    ] {
        let answer = town.request("GET", path).send();
        assert_eq!(
            answer.header("strict-transport-security"),
            "max-age=31536000; includeSubDomains",
            "{path}"
        );
    }
}

/// T-HDR-03: what is for one person is kept by no cache; what is for all may be asked for again.
#[test]
fn nothing_personal_is_cached() {
    let (_town, council, id) = town_with_a_public_concern();
    for path in [
        "/me",
        "/me/inbox",
        "/me/concerns",
        "/me/preferences",
        "/municipalities/elbasan/desk/concerns",
    ] {
        let answer = council.secretary.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
    let page = council.secretary.get(&format!("/concerns/{id}"));
    assert!(page.header("cache-control").contains("private"));
}

/// T-HDR-04: no answer that holds a secret is compressed, whatever the client would take.
#[test]
fn no_answer_with_a_secret_is_compressed() {
    let town = Town::start();
    let (_, receipt) = town.visitor().submit_anonymously("Rruga pa drita");
    let arta = town.resident("arta");
    for answer in [
        arta.request("GET", "/me")
            .header("accept-encoding", "gzip, deflate, br, zstd")
            .send(),
        town.visitor()
            .post("/receipts/open")
            .header("accept-encoding", "gzip, br")
            .json(json!({"receipt": receipt}))
            .send(),
        town.visitor()
            .post("/sign-in/codes")
            .header("accept-encoding", "gzip, br")
            .json(json!({"email": "b@example.al"}))
            .send(),
    ] {
        assert!(answer.status < 300);
        assert_eq!(answer.header("content-encoding"), "");
    }
}

/// A page names the files its room needs, each of them there, and nothing for an address without one.
#[test]
fn a_page_says_ahead_what_its_room_needs() {
    let town = Town::start();
    let links = |path: &str| -> Vec<String> {
        let answer = town.request("GET", path).send();
        let all = answer.headers.get_all("link").iter();
        all.map(|link| link.to_str().unwrap().to_owned()).collect()
    };
    let named = links("/shqetesime/0123456789abcdef");
    assert!(
        named.iter().any(|link| link.contains("/assets/Concern-")),
        "{named:?}"
    );
    for link in &named {
        let path = link.split(['<', '>']).nth(1).unwrap();
        assert_eq!(town.request("GET", path).send().status, 200, "{link}");
        let how = if path.ends_with(".css") {
            "as=style"
        } else {
            "modulepreload"
        };
        assert!(link.contains(how), "{link}");
    }
    assert!(links("/asgje-ketu").is_empty());
}

#[test]
fn map_pictures_come_only_from_the_server_that_the_operator_named() {
    let images = |town: &Town| {
        let page = town.request("GET", "/").send();
        let policy = page.header("content-security-policy").to_owned();
        let part = policy.split("; ").find(|part| part.starts_with("img-src"));
        part.unwrap().to_owned()
    };
    let told =
        |town: &Town| town.visitor().get("/municipalities/elbasan").expect(200)["tiles"].clone();
    let bare = Town::start();
    assert_eq!(images(&bare), "img-src 'self' blob: data:");
    assert!(told(&bare).is_null());
    let url = "https://{s}.tiles.example.org/{z}/{x}/{y}.png";
    let mut town = Town::start_with(&[("TREKENDESH_TILE_URL", url)]);
    assert_eq!(
        images(&town),
        "img-src 'self' https://*.tiles.example.org blob: data:"
    );
    assert_eq!(
        told(&town),
        json!({ "url": url, "attribution": "© OpenStreetMap" })
    );
    town.set(
        "TREKENDESH_TILE_URL",
        "https://x.example.org; script-src *//{z}/{x}/{y}",
    );
    let (ok, said) = town.run(&["config"]);
    assert!(!ok && said.contains("tile_url"), "{said}");
}
