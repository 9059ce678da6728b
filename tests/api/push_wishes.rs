//! A device is pushed to when its account wants to be, and of what it wants to hear.

use serde_json::{Value, json};

use super::push::{published, step, subscribe, town};
use crate::harness::council::move_to;
use crate::harness::database::{number, open};
use crate::harness::town::wait_until;
use crate::harness::{Browser, Person, PushService, Town};

/// A public concern at half past noon, the secretary, and two browsers that hear of it: Arta's, who has
/// these wishes, and a visitor's.
struct Scene {
    town: Town,
    service: PushService,
    id: String,
    secretary: Person,
    arta: Browser,
    visitor: Browser,
}

/// Arta follows the concern with her account, or her browser does by itself.
fn scene(wishes: Value, by_account: bool) -> Scene {
    let town = town();
    let service = PushService::start(&town);
    let (id, _, _) = published(&town);
    town.move_clock_to_hour(12);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    let person = town.resident("arta");
    let (arta, visitor) = (service.browser("arta"), service.browser("visitor"));
    let concern = json!([{"kind": "concern", "concern": id}]);
    let own = if by_account {
        person.put(&format!("/concerns/{id}/follow")).expect(200);
        json!([])
    } else {
        concern.clone()
    };
    assert_eq!(subscribe(&person, &arta, own)["account"], true);
    subscribe(&town.visitor(), &visitor, concern);
    let change = person.patch("/me/preferences").json(wishes.clone()).send();
    let kept = change.expect(200);
    for (name, wish) in wishes.as_object().unwrap() {
        assert_eq!(&kept[name], wish);
    }
    Scene {
        town,
        service,
        id,
        secretary,
        arta,
        visitor,
    }
}

#[test]
fn whoever_chose_their_own_quiet_hours_is_pushed_to_outside_of_them() {
    let Scene {
        town,
        service,
        id,
        secretary,
        arta,
        visitor,
    } = scene(json!({"quiet_from": 12, "quiet_until": 15}), true);
    step(&secretary, &id, "prioritised");
    service.wait_for(&visitor, 1);
    let asleep = "SELECT count(*) AS number FROM outbox WHERE kind = 'push' AND attempts = 0";
    wait_until("it waits for the afternoon", || {
        number(&mut open(&town), asleep) == 1
    });
    assert!(service.asked(&arta).is_empty(), "it is quiet for her");
    town.move_clock_to_hour(15);
    assert_eq!(service.wait_for(&arta, 1)[0]["kind"], "moved");
    // At night, when others sleep, she wants to hear.
    town.move_clock_to_hour(23);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    let work = json!({"to": "in_progress", "lead": "municipality"});
    move_to(&secretary, &id, work).expect(200);
    service.wait_for(&arta, 2);
    assert_eq!(service.asked(&visitor).len(), 1, "the visitor sleeps");
}

#[test]
fn a_muted_kind_is_not_pushed_and_the_others_are() {
    for by_account in [true, false] {
        let Scene {
            town: _town,
            service,
            id,
            secretary,
            arta,
            visitor,
        } = scene(json!({"muted": ["moved"]}), by_account);
        step(&secretary, &id, "prioritised");
        service.wait_for(&visitor, 1);
        secretary
            .post(&format!("/concerns/{id}/answers"))
            .json(json!({"verdict": "done", "text": "U ndërruan të gjitha llambat."}))
            .send()
            .expect(200);
        let heard = service.wait_for(&arta, 1);
        service.wait_for(&visitor, 2);
        assert_eq!(heard[0]["kind"], "answered", "by account: {by_account}");
        assert_eq!(service.asked(&arta).len(), 1);
    }
}
