//! Whoever follows a municipality hears of its consultations, each turn once.

use serde_json::{Value, json};

use super::push::{published, subscribe, town};
use crate::harness::consultation::announce;
use crate::harness::issuers::TRIANGLE;
use crate::harness::vote::Election;
use crate::harness::{Browser, PushService, Town, unharmed};

/// A visitor's browser that follows a municipality.
fn follower(town: &Town, service: &PushService, slug: &str) -> Browser {
    let browser = service.browser(slug);
    let place = json!([{"kind": "municipality", "municipality": slug}]);
    subscribe(&town.visitor(), &browser, place);
    browser
}

fn said(turn: &str, id: &str) -> Value {
    json!({"kind": format!("consultation_{turn}"), "consultation": id, "language": "en"})
}

#[test]
fn who_follows_the_municipality_hears_once_who_muted_it_or_follows_another_does_not() {
    let town = town();
    let service = PushService::start(&town);
    let (_, _, secretary) = published(&town);
    let here = follower(&town, &service, "elbasan");
    let elsewhere = follower(&town, &service, "tirane");
    let arta = town.resident("arta");
    let muted = service.browser("arta");
    let place = json!([{"kind": "municipality", "municipality": "elbasan"}]);
    assert_eq!(subscribe(&arta, &muted, place)["account"], true);
    let wishes = |kinds: Value| {
        let change = arta.patch("/me/preferences").json(json!({"muted": kinds}));
        change.send().expect(200)
    };
    assert_eq!(
        wishes(json!(["consultations"]))["muted"][0],
        "consultations"
    );
    let id = announce(&town, &secretary);
    assert_eq!(service.wait_for(&here, 1), [said("announced", &id)]);
    // Both are in one page, so what comes next comes after it was settled.
    wishes(json!(["moved"]));
    secretary
        .post(&format!("/consultations/{id}/withdrawal"))
        .json(json!({"reason": "Pyetja ishte shkruar gabim."}))
        .send()
        .expect(200);
    let heard = service.wait_for(&here, 2);
    assert_eq!(heard, [said("announced", &id), said("withdrawn", &id)]);
    assert_eq!(service.wait_for(&muted, 1), [said("withdrawn", &id)]);
    assert!(service.asked(&elsewhere).is_empty());
    unharmed(&town);
}

#[test]
fn a_vote_is_told_when_it_opens_on_its_last_day_and_when_it_is_counted() {
    let loopback = [("TREKENDESH_ALLOW_LOOPBACK_PUSH", "true")];
    let election = Election::announced_by(&TRIANGLE, &loopback);
    let service = PushService::start(&election.town);
    let here = follower(&election.town, &service, "elbasan");
    let elsewhere = follower(&election.town, &service, "tirane");
    election.open_casting();
    let mut told = vec![said("opened", &election.id)];
    assert_eq!(service.wait_for(&here, 1), told);
    election.move_to("casting_until", 0);
    told.push(said("closing", &election.id));
    assert_eq!(service.wait_for(&here, 2), told);
    election.close();
    told.push(said("counted", &election.id));
    assert_eq!(service.wait_for(&here, 3), told);
    assert!(service.asked(&elsewhere).is_empty());
    unharmed(&election.town);
}
