use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::council::{move_to, town_with_a_public_concern};
use crate::harness::database::{lines, open};
use crate::harness::{Person, Town};
use crate::hostile::many::copy;

const LIST: &str = "/municipalities/elbasan/concerns";
const CELLS: &str = "/municipalities/elbasan/cells";

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

/// Between two pages somebody supports, merges and publishes: of what was there when a reader began,
/// nothing is left out and nothing comes twice.
#[test]
fn what_is_written_between_two_pages_hides_nothing_and_doubles_nothing() {
    let (town, council, id) = town_with_a_public_concern();
    let (visitor, arta) = (town.visitor(), town.resident("arta"));
    let scattered = [("shuffle", "turn.n * 1000"), ("residents", "turn.n % 3")];
    copy(&town, &id, 70, &scattered);
    let there = "SELECT id AS line FROM concerns WHERE merged_into IS NULL";
    for sort in ["newest", "most_supported", "random"] {
        let before: BTreeSet<String> = lines(&mut open(&town), there).into_iter().collect();
        let (mut seen, mut after, mut pages) = (Vec::new(), String::new(), 0);
        loop {
            let page = visitor.get(&format!("{LIST}?sort={sort}{after}"));
            let page = page.expect(200);
            let items = page["items"].as_array().unwrap();
            seen.extend(
                items
                    .iter()
                    .map(|item| item["id"].as_str().unwrap().to_owned()),
            );
            pages += 1;
            let Some(next) = page["next"].as_str() else {
                break;
            };
            after = format!("&after={next}");
            let others = seen.iter().rev().filter(|other| **other != id);
            let [last, other] = others.take(2).collect::<Vec<_>>()[..] else {
                panic!("there are others");
            };
            arta.put(&format!("/concerns/{other}/support")).expect(200);
            if pages == 1 {
                let merged = json!({"to": "merged", "into": id});
                move_to(&council.secretary, last, merged).expect(200);
            } else {
                copy(&town, &id, 1, &[("public_on", "'2100-01-01'")]);
            }
        }
        let once: BTreeSet<String> = seen.iter().cloned().collect();
        assert!(pages > 3, "control: {pages}");
        assert_eq!(seen.len(), once.len(), "{sort}: twice");
        assert!(before.is_subset(&once), "{sort}: left out");
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

#[test]
fn the_map_counts_every_public_concern_of_the_list_and_names_the_newest() {
    let town = Town::demo();
    for query in [
        "",
        "topic=lighting",
        "unit=gjergjan",
        "status=done",
        "q=drita",
    ] {
        let listed = all(&town, query);
        let cells = town.visitor().get(&format!("{CELLS}?{query}")).expect(200);
        let cells = cells["items"].as_array().unwrap();
        let counted: i64 = cells
            .iter()
            .map(|cell| cell["count"].as_i64().unwrap())
            .sum();
        assert_eq!(counted, i64::try_from(listed.len()).unwrap(), "{query}");
        for cell in cells {
            let there: Vec<&Value> = listed
                .iter()
                .filter(|item| {
                    item["place"]["lat"] == cell["lat"] && item["place"]["lon"] == cell["lon"]
                })
                .collect();
            assert_eq!(json!(there.len()), cell["count"], "{query}");
            let newest: Vec<&Value> = there.iter().take(8).map(|item| &item["id"]).collect();
            let named = cell["concerns"].as_array().unwrap();
            assert_eq!(
                named.iter().map(|item| &item["id"]).collect::<Vec<_>>(),
                newest
            );
        }
    }
}

#[test]
fn the_map_shows_nothing_unpublished_or_restricted_and_is_asked_again_cheaply() {
    let town = Town::demo();
    let public = ids(&all(&town, ""));
    let secretary = Person::sign_in(&town, "sekretaria");
    let queue = secretary
        .get("/municipalities/elbasan/desk/concerns")
        .expect(200);
    assert!(
        queue["items"]
            .as_array()
            .unwrap()
            .iter()
            .any(|item| item["published_on"].is_null()),
        "something waits at the desk"
    );
    let answer = town.visitor().get(CELLS);
    let tag = answer.header("etag").to_owned();
    for cell in answer["items"].as_array().unwrap() {
        for named in cell["concerns"].as_array().unwrap() {
            assert!(public.contains(named["id"].as_str().unwrap()));
        }
    }
    let again = town
        .visitor()
        .request("GET", CELLS)
        .header("if-none-match", &tag)
        .send();
    assert_eq!(again.status, 304);
    town.visitor()
        .get(&format!("{CELLS}?status=lost"))
        .refused(400, "query_invalid");
    town.visitor()
        .get(&format!("{CELLS}?sort=newest"))
        .refused(400, "query_invalid");
}

#[test]
fn a_card_tells_the_last_answer_in_its_own_words() {
    let town = Town::demo();
    let mut answered = 0;
    for item in all(&town, "") {
        let page = town
            .visitor()
            .get(&format!("/concerns/{}", item["id"].as_str().unwrap()));
        let last = page["timeline"]
            .as_array()
            .unwrap()
            .iter()
            .rfind(|entry| entry["kind"] == "answer");
        let told = &item["last_answer"];
        let Some(last) = last else {
            assert!(told.is_null());
            continue;
        };
        answered += 1;
        assert_eq!(told["institution"], last["institution"]);
        assert_eq!(told["verdict"], last["verdict"]);
        assert_eq!(told["on"], last["on"]);
        let begin = told["excerpt"].as_str().unwrap().trim_end_matches('…');
        assert!(last["text"].as_str().unwrap().starts_with(begin));
    }
    assert!(answered > 1);
}
