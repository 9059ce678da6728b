use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::Town;

const LIST: &str = "/municipalities/elbasan/concerns";

/// All concerns of a list, page after page.
fn all(town: &Town, query: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        assert!(found.len() < 1_000, "{query}: the pages never end");
        let page = town
            .visitor()
            .get(&format!("{LIST}?{query}{after}"))
            .expect(200);
        found.extend(page["items"].as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return found,
        }
    }
}

fn ids(items: &[Value]) -> BTreeSet<String> {
    items
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_order_shows_every_concern_once() {
    let town = Town::demo();
    let total = town.visitor().get(LIST)["total"].clone();
    for sort in ["newest", "most_supported", "random"] {
        let items = all(&town, &format!("sort={sort}"));
        assert_eq!(json!(items.len()), total, "{sort}");
        assert_eq!(json!(ids(&items).len()), total, "{sort}");
    }
}

#[test]
fn the_random_order_begins_elsewhere_each_time() {
    let town = Town::demo();
    let firsts: BTreeSet<String> = (0..12)
        .map(|_| {
            let page = town
                .visitor()
                .get(&format!("{LIST}?sort=random"))
                .expect(200);
            page["items"][0]["id"].as_str().unwrap().to_owned()
        })
        .collect();
    assert!(firsts.len() > 1);
}

#[test]
fn signs_alone_find_nothing_and_words_find_what_has_them() {
    let town = Town::demo();
    let found = |words: &str| {
        let page = town.visitor().get(&format!("{LIST}?q={words}")).expect(200);
        page["total"].as_i64().unwrap()
    };
    let all = found("");
    for signs in ["%25", "_", "*", "%22", "%F0%9F%98%80", "-%20-"] {
        assert_eq!(found(signs), 0, "{signs}");
    }
    let lights = found("drita");
    assert!(lights > 0 && lights < all);
    assert_eq!(found("drita%25"), lights);
}

#[test]
fn orders_are_what_they_say() {
    let town = Town::demo();
    let newest = all(&town, "sort=newest");
    let day = |item: &Value| item["published_on"].as_str().unwrap().to_owned();
    assert!(newest.is_sorted_by(|a, b| day(a) >= day(b)));
    let supported = all(&town, "sort=most_supported");
    let residents = |item: &Value| item["support"]["residents"].as_i64().unwrap();
    assert!(supported.is_sorted_by(|a, b| residents(a) >= residents(b)));
    let (lat, lon) = (41.03, 20.03);
    let near = all(&town, &format!("sort=nearest&near={lat},{lon}"));
    let far = |item: &Value| {
        let place = &item["place"];
        let north = place["lat"].as_f64().unwrap() - lat;
        north.hypot((place["lon"].as_f64().unwrap() - lon) * 0.75)
    };
    assert!(near.is_sorted_by(|a, b| far(a) <= far(b)));
    assert_eq!(near[0]["unit"]["slug"], "gjergjan");
}

#[test]
fn filters_leave_only_what_they_name() {
    let town = Town::demo();
    let lighting = all(&town, "topic=lighting");
    assert!(!lighting.is_empty());
    assert!(lighting.iter().all(|item| item["topic"] == "lighting"));
    let done = all(&town, "status=done&sort=random");
    assert!(!done.is_empty() && done.iter().all(|item| item["status"] == "done"));
    let there = all(&town, "unit=gjergjan");
    assert!(!there.is_empty() && there.iter().all(|item| item["unit"]["name"] == "Gjergjan"));
    let both = all(&town, "topic=lighting&unit=gjergjan");
    assert!(ids(&both).is_subset(&ids(&lighting)) && !both.is_empty());
}

#[test]
fn restricted_topics_are_in_no_list() {
    let town = Town::demo();
    let page = town.visitor().get("/municipalities/elbasan").expect(200);
    let restricted: BTreeSet<&str> = page["topics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|topic| topic["class"] != "public")
        .map(|topic| topic["code"].as_str().unwrap())
        .collect();
    assert!(!restricted.is_empty());
    for item in all(&town, "sort=random") {
        assert!(!restricted.contains(item["topic"].as_str().unwrap()));
    }
}
