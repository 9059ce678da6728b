//! Other people's sites: they can neither write with a resident's cookies nor read.

use serde_json::json;

use crate::harness::client::Request;
use crate::harness::council::town_with_a_public_concern;
use crate::harness::database::dump;
use crate::harness::{Answer, Town, unharmed};

/// Signs in like a browser: the cookies.
fn cookies_of(town: &Town, email: &str) -> String {
    let visitor = town.visitor();
    let asked = visitor
        .post("/sign-in/codes")
        .json(json!({"email": email}))
        .send()
        .expect(202);
    let code = town.smtp.code_for(email, 0);
    let answer = visitor
        .post("/sign-in/sessions")
        .json(json!({"email": email, "ticket": asked["ticket"], "code": code}))
        .send();
    assert_eq!(answer.status, 200);
    answer
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap().split(';').next().unwrap())
        .collect::<Vec<_>>()
        .join("; ")
}

fn writes(town: &Town, id: &str) -> Vec<Request> {
    let visitor = town.visitor();
    let body = json!({"display_name": "Hacked"}).to_string().into_bytes();
    let form = b"display_name=Hacked".to_vec();
    vec![
        visitor.patch("/me").body("application/json", body.clone()),
        visitor.patch("/me").body("text/plain", body.clone()),
        visitor
            .post("/me/inbox/read")
            .body("application/x-www-form-urlencoded", form.clone()),
        visitor
            .post("/me/inbox/read")
            .body("multipart/form-data; boundary=x", form),
        visitor
            .post("/sessions/refresh")
            .body("text/plain", b"{}".to_vec()),
        visitor.request("PUT", &format!("/concerns/{id}/support")),
        visitor.request("DELETE", "/me"),
        visitor.request("DELETE", "/sessions"),
        visitor
            .post(&format!("/concerns/{id}/moves"))
            .body("text/plain", body),
    ]
}

fn origins(town: &Town) -> Vec<Option<String>> {
    let host = town.address.trim_start_matches("http://");
    vec![
        None,
        Some("null".to_owned()),
        Some(String::new()),
        Some("https://evil.example".to_owned()),
        Some(format!("http://evil.{host}")),
        Some(format!("{}.evil.example", town.address)),
        Some(format!("{}0", town.address)),
        Some(format!("http://user@{host}")),
        Some(town.address.to_uppercase().replace("HTTP", "ftp")),
        Some("http://127.0.0.1".to_owned()),
    ]
}

/// T-CSRF-01.
#[test]
fn another_site_cannot_write_with_a_residents_cookies() {
    let (town, _, id) = town_with_a_public_concern();
    let cookies = cookies_of(&town, "arta@example.al");
    let before = dump(&town);
    for origin in origins(&town) {
        for request in writes(&town, &id) {
            let request = request.header("cookie", &cookies);
            let request = match &origin {
                Some(origin) => request.header("origin", origin),
                None => request,
            };
            request.send().refused(403, "origin_refused");
        }
    }
    assert_eq!(dump(&town), before);
    let own = town
        .visitor()
        .request("PUT", &format!("/concerns/{id}/support"));
    own.header("cookie", &cookies)
        .header("origin", &town.address)
        .send()
        .expect(200);
    unharmed(&town);
}

/// T-CSRF-01: with a configured address only that one counts, whatever the Host header says.
#[test]
fn the_configured_address_is_the_only_origin() {
    let town = Town::start_with(&[("TREKENDESH_PUBLIC_URL", "https://elbasan.example.al/")]);
    let send = |origin: &str, host: &str| {
        town.visitor()
            .post("/sign-in/codes")
            .header("origin", origin)
            .header("host", host)
            .json(json!({"email": "arta@example.al"}))
            .send()
            .status
    };
    assert_eq!(
        send("https://elbasan.example.al", "elbasan.example.al"),
        202
    );
    for (origin, host) in [
        ("https://evil.example", "evil.example"),
        ("http://elbasan.example.al", "elbasan.example.al"),
        ("https://elbasan.example.al:8443", "elbasan.example.al"),
        ("https://www.elbasan.example.al", "www.elbasan.example.al"),
    ] {
        assert_eq!(send(origin, host), 403, "{origin}");
    }
}

/// T-CSRF-01: what a form can send without asking is not read as JSON.
#[test]
fn a_form_is_no_write_even_without_cookies() {
    let town = Town::start();
    let before = dump(&town);
    let json = json!({"email": "arta@example.al"}).to_string();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
    ] {
        let answer = town
            .visitor()
            .post("/sign-in/codes")
            .body(kind, json.clone().into_bytes())
            .send();
        answer.refused(415, "media_type_unsupported");
    }
    assert_eq!(dump(&town), before);
}

fn allows(answer: &Answer) -> Vec<String> {
    answer
        .headers
        .keys()
        .map(|name| name.as_str().to_owned())
        .filter(|name| name.starts_with("access-control-"))
        .collect()
}

/// T-CORS-01: no other site reads anything with or without cookies, and no preflight says otherwise.
#[test]
fn no_other_site_may_read() {
    let (town, _, id) = town_with_a_public_concern();
    let cookies = cookies_of(&town, "arta@example.al");
    for path in [
        "/me".to_owned(),
        "/municipalities".to_owned(),
        format!("/concerns/{id}"),
        "/sessions/refresh".to_owned(),
    ] {
        for method in ["GET", "OPTIONS"] {
            let answer = town
                .visitor()
                .request(method, &path)
                .header("origin", "https://evil.example")
                .header("cookie", &cookies)
                .header("access-control-request-method", "PATCH")
                .header("access-control-request-headers", "authorization")
                .send();
            assert_eq!(allows(&answer), Vec::<String>::new(), "{method} {path}");
            assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
            assert!(answer.status < 500);
        }
    }
}
