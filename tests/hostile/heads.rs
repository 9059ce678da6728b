//! Heads that hide something or are too large: refused as a problem, not answered with the app.

use crate::harness::client::Request;
use crate::harness::raw::{exchange, status};
use crate::harness::{Town, unharmed};

fn ask(town: &Town, method: &str, path: &str, fields: &str) -> String {
    let head = format!("{method} {path} HTTP/1.1\r\nhost: x\r\n{fields}connection: close\r\n\r\n");
    exchange(town, head.as_bytes())
}

fn is_problem(reply: &str, code: &str) -> bool {
    reply.contains("content-type: application/problem+json")
        && reply.contains("content-security-policy:")
        && reply.contains(&format!("\"code\":\"{code}\""))
}

/// T-HTTP-01: an address that hides a NUL, a step up, a backslash or another host is no page.
#[test]
fn a_path_that_hides_something_is_no_page() {
    let town = Town::start();
    for path in [
        "/%00",
        "/shqetesime/%00",
        "/a%0d%0aset-cookie:x=1",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/../x",
        "/./x",
        "/%252e%252e%252fx",
        "/%25252e%25252e%25252fx",
        "/a/..;/b",
        "/\\evil.example",
        "/%5cevil.example",
        "//evil.example",
        "/%2fevil.example",
        "/%ff%fe",
        "/%c0%ae%c0%ae",
        "/%",
        "/%zz",
        "/api/v1/municipalities/%00",
        "/api/v1/..%2freadyz",
    ] {
        for method in ["GET", "POST"] {
            let reply = ask(&town, method, path, "");
            assert_eq!(status(&reply), 404, "{method} {path}: {reply:.300}");
            assert!(is_problem(&reply, "not_found"), "{path}: {reply:.600}");
        }
        assert_eq!(status(&ask(&town, "HEAD", path, "")), 404, "{path}");
    }
    for page in ["/", "/shqetesime", "/shqetesime/", "/%73hqetesime"] {
        assert_eq!(status(&ask(&town, "GET", page, "")), 200, "control: {page}");
    }
    unharmed(&town);
}

/// T-HTTP-01: header fields of more than 16 KiB together are refused, however they are cut.
#[test]
fn a_large_header_section_is_refused() {
    let town = Town::start();
    let one = |length: usize| format!("x-long: {}\r\n", "x".repeat(length));
    let many = |count: usize| {
        let field = |number| format!("x-{number}: {}\r\n", "y".repeat(300));
        (0..count).map(field).collect::<String>()
    };
    let cookies = format!("cookie: {}\r\n", "a=b; ".repeat(4_000));
    for fields in [&one(17_000), &one(100_000), &many(60), &cookies] {
        for path in ["/", "/api/v1/municipalities", "/readyz", "/api/v1/nothing"] {
            let reply = ask(&town, "GET", path, fields);
            assert_eq!(status(&reply), 431, "{path}: {reply:.300}");
            assert!(is_problem(&reply, "headers_too_large"), "{reply:.600}");
        }
        assert_eq!(
            status(&ask(&town, "POST", "/api/v1/sign-in/codes", fields)),
            431
        );
    }
    let token = format!("authorization: Bearer {}\r\n", "x".repeat(100_000));
    let reply = ask(&town, "GET", "/api/v1/me", &token);
    assert_eq!(status(&reply), 401, "{reply:.300}");
    assert!(is_problem(&reply, "session_expired"), "{reply:.600}");
    for fields in [one(15_000), many(40)] {
        let reply = ask(&town, "GET", "/readyz", &fields);
        assert_eq!(status(&reply), 200, "control: {reply:.300}");
    }
    unharmed(&town);
}

/// T-HTTP-01: what the HTTP library itself cannot read is refused or closed; there is no problem in it,
/// but nothing else either.
#[test]
fn what_is_no_http_is_refused_without_a_word() {
    let town = Town::start();
    let fields: String = (0..100)
        .map(|number| format!("x-{number}: y\r\n"))
        .collect();
    let huge = format!("x-long: {}\r\n", "x".repeat(200_000));
    let both = "content-length: 2\r\ntransfer-encoding: chunked\r\n";
    for (method, fields) in [("GET", fields.as_str()), ("GET", &huge), ("POST", both)] {
        let reply = ask(&town, method, "/api/v1/sign-in/codes", fields);
        let status = status(&reply);
        assert!(
            [0, 400, 431].contains(&status),
            "{fields:.40}: {reply:.300}"
        );
        let (_, body) = reply.split_once("\r\n\r\n").unwrap_or_default();
        assert_eq!(body, "", "{fields:.40}");
    }
    unharmed(&town);
}

/// T-HTTP-01: a chunk that is none, in a body that a route reads, is a problem of the body.
#[test]
fn a_bad_chunk_is_a_problem_of_the_body() {
    let town = Town::start();
    let fields = "content-type: application/json\r\ntransfer-encoding: chunked\r\n";
    let head = format!("POST /api/v1/sign-in/codes HTTP/1.1\r\nhost: x\r\n{fields}\r\n");
    for chunk in ["zz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n"] {
        let reply = exchange(&town, format!("{head}{chunk}").as_bytes());
        assert!([0, 400].contains(&status(&reply)), "{chunk}: {reply:.300}");
        assert!(!reply.contains("zz"), "{reply}");
    }
    unharmed(&town);
}

/// T-HTTP-01: one address in two forms is one address, whatever host it names.
#[test]
fn an_absolute_address_leads_to_the_same_place() {
    let town = Town::start();
    for (path, expected) in [
        ("http://evil.example/readyz", 200),
        ("http://evil.example/%00", 404),
        ("http://evil.example//readyz", 404),
    ] {
        let reply = ask(&town, "GET", path, "");
        assert_eq!(status(&reply), expected, "{path}: {reply:.300}");
        assert!(!reply.contains("evil"), "{path}: {reply}");
    }
    Request::new("GET", &format!("{}/readyz", town.address))
        .send()
        .expect(200);
}
