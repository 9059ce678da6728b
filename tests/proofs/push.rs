//! Pushes go nowhere they must not, say nothing to those who carry them, and tie nobody to a receipt.

use std::net::{IpAddr, SocketAddr};

use diesel::connection::SimpleConnection;
use reqwest::dns::Resolve;
use serde_json::json;
use trekendesh::notices::push::cipher::AwsLc;
use trekendesh::notices::push::endpoint::{CheckedResolver, checked, is_public};
use trekendesh::platform::conn::Conn;

use crate::harness::council::publish;
use crate::harness::database::{number, open};
use crate::harness::town::wait_until;
use crate::harness::{Browser, Person, PushService, Reply, Town, unharmed};

/// The vector of RFC 8291, appendix A, both ways.
#[test]
fn encryption_is_that_of_the_rfc() {
    ece::crypto::set_cryptographer(&AwsLc).ok();
    ece::crypto::test_cryptographer(AwsLc);
}

/// T-SSRF-01.
#[test]
fn an_endpoint_inside_the_house_is_refused() {
    let town = Town::start();
    for endpoint in [
        "http://push.example.org/1",
        "https://127.0.0.1/1",
        "https://localhost/1",
        "https://push.localhost/1",
        "https://printer.local/1",
        "https://metadata.google.internal/1",
        "https://intranet/1",
        "https://2130706433/1",
        "https://0x7f.1/1",
        "https://0177.0.0.1/1",
        "https://0.0.0.0/1",
        "https://10.1.2.3/1",
        "https://172.31.0.1/1",
        "https://192.168.1.1/1",
        "https://100.64.0.1/1",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/1",
        "https://[::ffff:127.0.0.1]/1",
        "https://[::ffff:a9fe:a9fe]/1",
        "https://[64:ff9b::a00:1]/1",
        "https://[fe80::1]/1",
        "https://[fd00::1]/1",
        "https://user:secret@push.example.org/1",
        "file:///etc/passwd",
        "gopher://push.example.org/1",
        "ftp://push.example.org/1",
        "push.example.org",
        "",
    ] {
        let browser = Browser::new("outside", endpoint.to_owned());
        town.visitor()
            .post("/push/subscriptions")
            .json(browser.subscription(json!([])))
            .send()
            .refused(422, "endpoint_refused");
    }
    let browser = Browser::new("outside", "https://push.example.org/1".to_owned());
    town.visitor()
        .post("/push/subscriptions")
        .json(browser.subscription(json!([])))
        .send()
        .expect(200);
}

#[test]
fn addresses_kept_for_other_uses_are_not_public() {
    let public = ["1.1.1.1", "100.128.0.1", "172.32.0.1", "2606:4700::1111"];
    let kept = ["198.18.0.1", "192.0.2.1", "224.0.0.1", "255.255.255.255"];
    let kept6 = ["::", "ff02::1", "2001:db8::1", "2002:7f00:1::", "fec0::1"];
    for address in public {
        assert!(is_public(address.parse().unwrap()), "{address}");
    }
    for address in kept.iter().chain(&kept6) {
        assert!(!is_public(address.parse::<IpAddr>().unwrap()), "{address}");
    }
}

/// A name may say one thing when it is checked and another when it is used: it is looked up once,
/// and one bad address among good ones spoils them all.
#[test]
fn a_name_that_leads_into_the_house_is_not_connected_to() {
    let address = |text: &str| text.parse::<SocketAddr>().unwrap();
    let (good, bad) = (address("1.1.1.1:0"), address("10.0.0.1:0"));
    assert!(checked(vec![good], false).is_some());
    assert!(checked(vec![good, bad], false).is_none());
    assert!(checked(vec![], true).is_none());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let resolve = |loopback| {
        let name = "localhost".parse().unwrap();
        runtime.block_on(CheckedResolver { loopback }.resolve(name))
    };
    assert!(resolve(true).is_ok(), "control: it resolves");
    assert!(resolve(false).is_err());
}

/// A concern that came just now, followed by its thread, and the secretary.
fn thread_of(town: &Town, browser: &Browser) -> (String, Person) {
    let administrator = town.administrator();
    let secretary = town.member(&administrator, "municipality", "secretary");
    let visitor = town.visitor();
    let (id, receipt) = visitor.submit_anonymously("Rruga e shkollës pa drita");
    visitor
        .post("/push/subscriptions")
        .json(browser.subscription(json!([{"kind": "thread", "receipt": receipt}])))
        .send()
        .expect(200);
    (id, secretary)
}

fn write_to_author(secretary: &Person, id: &str) {
    secretary
        .post(&format!("/concerns/{id}/messages"))
        .json(json!({"text": "Cila pjesë e rrugës është pa drita?"}))
        .send()
        .expect(200);
}

/// T-SSRF-01, at the time of sending.
#[test]
fn an_endpoint_is_checked_again_when_something_is_sent() {
    let town = Town::start();
    let service = PushService::start(&town);
    let browser = Browser::new("moved", "https://push.example.org/moved".to_owned());
    let (id, secretary) = thread_of(&town, &browser);
    let mut file = open(&town);
    let inside = service.browser("moved");
    file.batch_execute(&format!(
        "UPDATE push_subscriptions SET endpoint = '{}'",
        inside.endpoint
    ))
    .unwrap();
    write_to_author(&secretary, &id);
    wait_until("it is dropped", || {
        number(
            &mut file,
            "SELECT count(*) AS number FROM push_subscriptions",
        ) == 0
    });
    assert!(service.asked(&inside).is_empty());
    unharmed(&town);
}

/// T-SSRF-01: redirect to loopback.
#[test]
fn a_redirect_is_not_followed() {
    let town = Town::start_with(&[("TREKENDESH_ALLOW_LOOPBACK_PUSH", "true")]);
    let (service, inside) = (PushService::start(&town), PushService::start(&town));
    let (browser, target) = (service.browser("lured"), inside.browser("lured"));
    service.answer(&browser, &[Reply::Redirect(target.endpoint.clone())]);
    let (id, secretary) = thread_of(&town, &browser);
    for count in 1..=2 {
        write_to_author(&secretary, &id);
        wait_until("it was asked", || service.asked(&browser).len() == count);
    }
    service.wait_for(&browser, 1);
    assert!(inside.asked(&target).is_empty());
    unharmed(&town);
}

/// T-ANON: a signed-in person follows a receipt on the very browser that hears their account's news.
#[test]
fn nothing_kept_ties_a_receipt_to_an_account() {
    let town = Town::start();
    let arta = town.resident("arta");
    let browser = Browser::new("arta", "https://push.example.org/arta".to_owned());
    let (_, receipt) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    let place = json!([{"kind": "municipality", "municipality": "elbasan"}]);
    let thread = json!([{"kind": "thread", "receipt": receipt}]);
    let mut file = open(&town);
    let mut tied = || {
        number(
            &mut file,
            "SELECT count(*) AS number FROM push_subscriptions WHERE session_id IS NOT NULL",
        )
    };
    let subscribe = |follow: &serde_json::Value| {
        arta.post("/push/subscriptions")
            .header(
                "idempotency-key",
                &format!("canary-key-{}", follow[0]["kind"].as_str().unwrap()),
            )
            .json(browser.subscription(follow.clone()))
            .send()
            .expect(200)["account"]
            .clone()
    };
    assert_eq!((subscribe(&place), tied()), (json!(true), 1), "control");
    assert_eq!((subscribe(&thread), tied()), (json!(false), 0));
    let again = arta
        .post("/push/subscriptions")
        .json(browser.subscription(place))
        .send()
        .expect(200);
    assert_eq!((&again["account"], tied()), (&json!(false), 0));
    let plain = receipt.replace('-', "");
    let stored = town.stored_bytes();
    for secret in [&receipt, &plain] {
        let found = stored
            .windows(secret.len())
            .any(|part| part == secret.as_bytes());
        assert!(!found, "the receipt is stored");
    }
}

/// Followers are read a stretch of 2,048 at a time and sent to in pages of 256: nobody is left out
/// at a seam, nobody hears twice, also who follows for two reasons.
#[test]
fn a_crowd_over_several_stretches_hears_once_each() {
    let town = Town::start_with(&[("TREKENDESH_ALLOW_LOOPBACK_PUSH", "true")]);
    let service = PushService::start(&town);
    let crowd: Vec<Browser> = (0..2_500)
        .map(|number| service.browser(&format!("crowd-{number}")))
        .collect();
    let body = crowd[0].subscription(json!([]));
    let mut file = open(&town);
    let id = match file {
        Conn::Sqlite(_) => "printf('%016d', i)",
        Conn::Postgres(_) => "lpad(CAST(i AS TEXT), 16, '0')",
    };
    let numbers = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2499)";
    let place = "(SELECT code FROM municipalities WHERE slug = 'elbasan')";
    file.batch_execute(
        &format!(
            "{numbers} INSERT INTO push_subscriptions SELECT {id}, 'http://{}/crowd-' || i, {}, {}, 'sq', NULL FROM n;
         {numbers} INSERT INTO push_follows SELECT {id}, 'municipality', {place} \
           FROM n WHERE i % 3 < 2;
         {numbers} INSERT INTO push_follows SELECT {id}, 'topic', \
           {place} || '/lighting' FROM n WHERE i % 3 > 0;",
            service.address, body["keys"]["p256dh"], body["keys"]["auth"],
        )
        .replace('"', "'"),
    )
    .unwrap();
    let administrator = town.administrator();
    let secretary = town.member(&administrator, "municipality", "secretary");
    let (id, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    publish(&town, &secretary, &id);
    let everybody = || crowd.iter().map(|one| service.asked(one).len());
    wait_until("everybody hears", || everybody().all(|times| times > 0));
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert!(everybody().all(|times| times == 1));
    let last = service.pushed(&crowd[2_499]);
    assert_eq!(last.len(), 1, "and nothing was wrong");
    unharmed(&town);
}
