//! Whose device a browser is: its account's for as long as it is signed in there, and no longer.

use serde_json::{Value, json};

use crate::harness::council::{move_to, town_with_a_public_concern};
use crate::harness::database::{number, open};
use crate::harness::town::wait_until;
use crate::harness::{Browser, Person, PushService, Town, unharmed};

/// A public concern, the secretary, and a push service.
fn scene() -> (Town, PushService, String, Person) {
    let (mut town, _, id) = town_with_a_public_concern();
    town.set("TREKENDESH_ALLOW_LOOPBACK_PUSH", "true");
    town.kill_and_restart();
    town.move_clock(26 * 3600 + 200);
    let service = PushService::start(&town);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    (town, service, id, secretary)
}

fn subscribe(person: &Person, browser: &Browser, follow: Value) -> Value {
    let body = browser.subscription(follow);
    let request = person.post("/push/subscriptions").json(body);
    request.send().expect(200)["account"].clone()
}

/// Arta with two devices, and a visitor's, that hear of the concern.
fn devices(town: &Town, service: &PushService, id: &str) -> (Person, Person, [Browser; 3]) {
    let phone = town.resident("arta");
    phone.put(&format!("/concerns/{id}/follow")).expect(200);
    town.move_clock(26 * 3600 + 400);
    let laptop = town.resident("arta");
    let browsers = ["phone", "laptop", "visitor"].map(|name| service.browser(name));
    assert_eq!(subscribe(&phone, &browsers[0], json!([])), true);
    assert_eq!(subscribe(&laptop, &browsers[1], json!([])), true);
    let concern = json!([{"kind": "concern", "concern": id}]);
    assert_eq!(subscribe(&town.visitor(), &browsers[2], concern), false);
    (phone, laptop, browsers)
}

fn tied(town: &Town) -> i64 {
    let query = "SELECT count(*) AS number FROM push_subscriptions WHERE session_id IS NOT NULL";
    number(&mut open(town), query)
}

/// Waits until nothing is on its way to a device any more.
fn settled(town: &Town) {
    wait_until("all is told", || {
        number(&mut open(town), "SELECT count(*) AS number FROM outbox") == 0
    });
}

#[test]
fn a_device_that_signed_out_hears_no_more_of_the_account_and_the_others_do() {
    let (town, service, id, secretary) = scene();
    let (phone, _, browsers) = devices(&town, &service, &id);
    assert_eq!(phone.delete("/sessions/current").status, 204);
    assert_eq!(tied(&town), 1);
    move_to(&secretary, &id, json!({"to": "prioritised"})).expect(200);
    service.wait_for(&browsers[1], 1);
    service.wait_for(&browsers[2], 1);
    settled(&town);
    assert!(service.asked(&browsers[0]).is_empty(), "the lost phone");
    unharmed(&town);
}

#[test]
fn whoever_signs_out_everywhere_is_heard_of_nowhere() {
    let (town, service, id, secretary) = scene();
    let (phone, _, browsers) = devices(&town, &service, &id);
    assert_eq!(phone.delete("/sessions").status, 204);
    assert_eq!(tied(&town), 0);
    move_to(&secretary, &id, json!({"to": "prioritised"})).expect(200);
    service.wait_for(&browsers[2], 1);
    settled(&town);
    for browser in &browsers[..2] {
        assert!(service.asked(browser).is_empty(), "{}", browser.endpoint);
        let named = json!({"endpoint": browser.endpoint});
        let open = town.visitor().post("/push/subscriptions/open").json(named);
        assert_eq!(open.send().expect(200)["account"], false);
    }
    unharmed(&town);
}

#[test]
fn what_a_browser_itself_follows_it_hears_also_signed_out() {
    let (town, service, id, secretary) = scene();
    let arta = town.resident("arta");
    let browser = service.browser("arta");
    let concern = json!([{"kind": "concern", "concern": id}]);
    assert_eq!(subscribe(&arta, &browser, concern), true);
    arta.delete("/sessions");
    move_to(&secretary, &id, json!({"to": "prioritised"})).expect(200);
    assert_eq!(service.wait_for(&browser, 1)[0]["kind"], "moved");
    unharmed(&town);
}

#[test]
fn what_waited_for_the_morning_is_not_told_to_whoever_has_the_browser_then() {
    let (town, service, id, _) = scene();
    let arta = town.resident("arta");
    arta.put(&format!("/concerns/{id}/follow")).expect(200);
    let (shared, own) = (service.browser("shared"), service.browser("own"));
    subscribe(&arta, &shared, json!([]));
    town.move_clock_to_hour(23);
    let (arta, secretary) = (
        town.resident("arta"),
        town.resident("municipality.secretary"),
    );
    subscribe(&arta, &own, json!([]));
    move_to(&secretary, &id, json!({"to": "prioritised"})).expect(200);
    let asleep = "SELECT count(*) AS number FROM outbox WHERE kind = 'push' \
                  AND payload LIKE '%account%' AND attempts = 0";
    wait_until("her devices sleep", || {
        number(&mut open(&town), asleep) == 1
    });
    let besa = town.resident("besa");
    subscribe(&besa, &shared, json!([]));
    town.move_clock_to_hour(7);
    service.wait_for(&own, 1);
    settled(&town);
    assert!(service.asked(&shared).is_empty());
    unharmed(&town);
}

#[test]
fn a_deleted_account_leaves_no_device_behind() {
    let (town, service, id, _) = scene();
    let (phone, ..) = devices(&town, &service, &id);
    phone.delete("/me");
    let left = "SELECT count(*) AS number FROM push_subscriptions";
    assert_eq!(number(&mut open(&town), left), 1, "the visitor's");
    unharmed(&town);
}
