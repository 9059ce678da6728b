//! Whom a meeting concerns hears of it and is reminded, each time once, whatever becomes of the clock.

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng};
use serde_json::{Value, json};

use super::push::{subscribe, town};
use crate::harness::meeting::{announced, cancel, change, come, hearing, in_days};
use crate::harness::{Browser, Council, Person, PushService, Town, unharmed};

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;

fn follower(town: &Town, service: &PushService, name: &str, what: Value) -> Browser {
    let browser = service.browser(name);
    subscribe(&town.visitor(), &browser, json!([what]));
    browser
}

fn all_of_elbasan(town: &Town, service: &PushService) -> Browser {
    let what = json!({"kind": "municipality", "municipality": "elbasan"});
    follower(town, service, "elbasan", what)
}

fn said(turn: &str, id: &str) -> Value {
    json!({"kind": format!("meeting_{turn}"), "meeting": id, "language": "en"})
}

/// The same, to somebody who may say at once that they come.
fn invites(turn: &str, id: &str) -> Value {
    let mut said = said(turn, id);
    said["place"] = json!(true);
    said
}

/// What a browser heard, by its kind.
fn kinds(service: &PushService, browser: &Browser) -> Vec<String> {
    let read = service.read_by(browser).into_iter();
    read.map(|one| one["kind"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn who_follows_the_place_or_the_topic_hears_at_once_and_a_member_of_every_meeting() {
    let town = town();
    let service = PushService::start(&town);
    let council = Council::seat(&town);
    let place = all_of_elbasan(&town, &service);
    let unit = json!({"kind": "unit", "municipality": "elbasan", "unit": "gjinar"});
    let unit = follower(&town, &service, "gjinar", unit);
    let topic = json!({"kind": "topic", "municipality": "elbasan", "topic": "lighting"});
    let topic = follower(&town, &service, "lighting", topic);
    let other = json!({"kind": "unit", "municipality": "elbasan", "unit": "funare"});
    let other = follower(&town, &service, "funare", other);
    let member = service.browser("police");
    let everything = json!([{"kind": "municipality", "municipality": "elbasan"}]);
    assert_eq!(
        subscribe(&council.police, &member, everything)["account"],
        true
    );

    let open = announced(&council.secretary, hearing(in_days(&town, 5)));
    for browser in [&place, &unit, &topic] {
        assert_eq!(service.wait_for(browser, 1), [invites("announced", &open)]);
    }
    let mut closed = hearing(in_days(&town, 6));
    closed["kind"] = json!("council");
    let closed = announced(&council.secretary, closed);
    let heard = service.wait_for(&member, 2);
    assert_eq!(
        heard,
        [said("announced", &open), said("announced", &closed)]
    );
    cancel(&council.secretary, &open).expect(200);
    assert_eq!(service.wait_for(&place, 2)[1], said("cancelled", &open));
    assert_eq!(service.wait_for(&member, 3)[2], said("cancelled", &open));
    assert!(service.asked(&other).is_empty());
    unharmed(&town);
}

#[test]
fn it_is_told_a_week_a_day_and_two_hours_before() {
    let town = town();
    let service = PushService::start(&town);
    let secretary = Council::seat(&town).secretary;
    let browser = all_of_elbasan(&town, &service);
    let id = announced(&secretary, hearing(in_days(&town, 10)));
    let mut told = vec![invites("announced", &id)];
    assert_eq!(service.wait_for(&browser, 1), told);
    // The clock stands at half past noon, the meeting begins at five.
    for (turn, at) in [
        ("week", 3 * DAY + 5 * HOUR),
        ("day", 9 * DAY + 5 * HOUR),
        ("hours", 10 * DAY + 3 * HOUR),
    ] {
        town.move_clock(at);
        told.push(invites(turn, &id));
        assert_eq!(service.wait_for(&browser, told.len()), told);
    }
    unharmed(&town);
}

#[test]
fn what_was_moved_or_cancelled_is_told_at_its_new_time_or_no_more() {
    let town = town();
    let service = PushService::start(&town);
    let secretary = Council::seat(&town).secretary;
    let browser = all_of_elbasan(&town, &service);
    let moved = announced(&secretary, hearing(in_days(&town, 2)));
    service.wait_for(&browser, 1);
    change(&secretary, &moved, hearing(in_days(&town, 4))).expect(200);
    service.wait_for(&browser, 2);
    let off = announced(&secretary, hearing(in_days(&town, 3)));
    service.wait_for(&browser, 3);
    cancel(&secretary, &off).expect(200);
    service.wait_for(&browser, 4);
    // Past the times at which both would have been told of.
    town.move_clock(3 * DAY + 5 * HOUR);
    let heard = service.wait_for(&browser, 5);
    let expected = [
        invites("announced", &moved),
        invites("changed", &moved),
        invites("announced", &off),
        said("cancelled", &off),
        invites("day", &moved),
    ];
    assert_eq!(heard, expected);
}

/// Whoever has a place is reminded and not asked, and whoever sits in the council has a seat.
#[test]
fn only_who_may_take_a_place_is_asked_for_it() {
    let town = town();
    let service = PushService::start(&town);
    let secretary = Council::seat(&town).secretary;
    let place = json!([{"kind": "municipality", "municipality": "elbasan"}]);
    let [arta, besa] = ["arta", "besa"].map(|name| {
        let browser = service.browser(name);
        let person = town.resident(name);
        subscribe(&person, &browser, place.clone());
        (person, browser)
    });
    let id = announced(&secretary, hearing(in_days(&town, 2)));
    for (_, browser) in [&arta, &besa] {
        assert_eq!(service.wait_for(browser, 1), [invites("announced", &id)]);
    }
    come(&arta.0, &id).expect(200);
    change(&secretary, &id, hearing(in_days(&town, 3))).expect(200);
    assert_eq!(service.wait_for(&arta.1, 2)[1], said("changed", &id));
    assert_eq!(service.wait_for(&besa.1, 2)[1], invites("changed", &id));
    unharmed(&town);
}

#[test]
fn who_mutes_meetings_hears_nothing_of_them() {
    let town = town();
    let service = PushService::start(&town);
    let secretary = Council::seat(&town).secretary;
    let arta = town.resident("arta");
    let muted = service.browser("arta");
    let place = json!([{"kind": "municipality", "municipality": "elbasan"}]);
    subscribe(&arta, &muted, place);
    let change = arta
        .patch("/me/preferences")
        .json(json!({"muted": ["meetings"]}));
    assert_eq!(change.send().expect(200)["muted"], json!(["meetings"]));
    let browser = all_of_elbasan(&town, &service);
    announced(&secretary, hearing(in_days(&town, 3)));
    service.wait_for(&browser, 1);
    assert!(service.asked(&muted).is_empty());
}

/// What a browser heard; where the server died, what came again in the place of the first is counted once.
fn told(service: &PushService, browser: &Browser, dies: bool) -> Vec<String> {
    let mut heard = kinds(service, browser);
    if dies {
        heard.dedup();
    }
    heard
}

/// However the clock jumps on and the server dies, nothing is told twice, and who listens all the time hears
/// what was due last.
#[test]
fn no_reminder_is_sent_twice_over_jumps_of_the_clock_and_restarts() {
    for seed in 0..4 {
        let dies = seed % 2 == 0;
        let mut chance = StdRng::seed_from_u64(seed);
        let mut town = town();
        let service = PushService::start_amid_jumps(&town);
        let secretary = Council::seat(&town).secretary;
        let browser = all_of_elbasan(&town, &service);
        let id = announced(&secretary, hearing(in_days(&town, 9)));
        service.wait_for(&browser, 1);
        let (mut at, end) = (0, 9 * DAY + 4 * HOUR);
        while at < end {
            at = (at + chance.random_range(HOUR..3 * DAY)).min(end);
            town.move_clock(at);
            if dies && chance.random_bool(0.5) {
                town.kill_and_restart();
            }
            town.wake();
        }
        crate::harness::town::wait_until("the last reminder", || {
            kinds(&service, &browser).contains(&"meeting_hours".to_owned())
        });
        // A server that dies between sending and noting it down sends once more, in the place of the first.
        let heard = told(&service, &browser, dies);
        for kind in [
            "meeting_announced",
            "meeting_week",
            "meeting_day",
            "meeting_hours",
        ] {
            let times = heard.iter().filter(|one| *one == kind).count();
            assert!(times <= 1, "seed {seed}: {heard:?}");
        }
        town.move_clock(end + TimeDelta::days(30).num_seconds());
        town.wake();
        let secretary = Person::sign_in(&town, "municipality.secretary");
        cancel(&secretary, &id).refused(409, "meeting_over");
        assert_eq!(told(&service, &browser, dies), heard, "seed {seed}");
    }
}
