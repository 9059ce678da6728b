use crate::harness::Town;

#[test]
fn there_are_61_municipalities_in_albanian_order_and_three_have_no_council() {
    let town = Town::start();
    let all = town.visitor().get("/municipalities").expect(200);
    let items = all["items"].as_array().unwrap();
    assert_eq!(items.len(), 61);
    let without = items
        .iter()
        .filter(|item| item["council"] == "none")
        .count();
    assert_eq!(without, 3);
    let names: Vec<&str> = items
        .iter()
        .map(|item| item["name"].as_str().unwrap())
        .collect();
    let place = |name| names.iter().position(|other| *other == name).unwrap();
    // In Albanian `gj` comes after all of `g`, and `sh` after all of `s`.
    assert!(place("Gramsh") < place("Gjirokastër"));
    assert!(place("Skrapar") < place("Shijak"));
    let qarks: std::collections::BTreeSet<_> = items
        .iter()
        .map(|item| item["qark"].as_str().unwrap())
        .collect();
    assert_eq!(qarks.len(), 12);
}

#[test]
fn a_municipality_names_the_town_it_is_run_from_and_where_that_is() {
    let town = Town::start();
    let all = town.visitor().get("/municipalities").expect(200);
    let items = all["items"].as_array().unwrap();
    // As the Albanian census and GeoNames have them; some seats are called otherwise than their
    // municipality.
    for (slug, name, qark, lat, lon) in [
        ("elbasan", "Elbasan", "Elbasan", 41.11, 20.08),
        ("tirane", "Tiranë", "Tiranë", 41.33, 19.82),
        ("diber", "Peshkopi", "Dibër", 41.69, 20.43),
        ("mat", "Burrel", "Dibër", 41.61, 20.01),
        ("has", "Krumë", "Kukës", 42.19, 20.41),
        ("kurbin", "Laç", "Lezhë", 41.64, 19.71),
        ("devoll", "Bilisht", "Korçë", 40.63, 20.99),
    ] {
        let listed = items.iter().find(|item| item["slug"] == slug).unwrap();
        let page = town.visitor().get(&format!("/municipalities/{slug}"));
        for place in [listed, &page.expect(200)] {
            let seat = &place["seat"];
            assert_eq!(
                (&seat["name"], &place["qark"]),
                (&name.into(), &qark.into())
            );
            let off = |axis: &str, degrees: f64| (seat[axis].as_f64().unwrap() - degrees).abs();
            assert!(off("lat", lat) < 0.01 && off("lon", lon) < 0.01, "{seat}");
        }
    }
}

#[test]
fn elbasan_has_13_units_28_topics_and_help_lines() {
    let town = Town::start();
    let page = town.visitor().get("/municipalities/elbasan").expect(200);
    assert_eq!(page["units"].as_array().unwrap().len(), 13);
    assert_eq!(page["topics"].as_array().unwrap().len(), 28);
    assert!(!page["help_lines"].as_array().unwrap().is_empty());
    assert_eq!(page["answer_days"], 10);
}

#[test]
fn a_municipality_that_does_not_exist_is_unknown() {
    let town = Town::start();
    town.visitor()
        .get("/municipalities/atlantis")
        .refused(404, "municipality_unknown");
}

#[test]
fn outlines_are_served_for_the_country_and_for_units() {
    let town = Town::start();
    let country = town.visitor().get("/geo/municipalities");
    assert_eq!(country.json["features"].as_array().unwrap().len(), 61);
    let units = town.visitor().get("/municipalities/elbasan/outlines");
    assert_eq!(units.json["features"].as_array().unwrap().len(), 13);
    let own = town.visitor().get("/municipalities/kukes/outlines");
    assert_eq!(own.json["features"].as_array().unwrap().len(), 1);
    assert_eq!(own.header("content-type"), "application/geo+json");
}

#[test]
fn what_did_not_change_is_not_sent_again() {
    let town = Town::start();
    let first = town.visitor().get("/municipalities");
    let tag = first.header("etag").to_owned();
    let again = town
        .visitor()
        .request("GET", "/municipalities")
        .header("if-none-match", &tag)
        .send();
    assert_eq!(again.status, 304);
    assert!(again.bytes.is_empty());
}

#[test]
fn there_are_373_administrative_units() {
    let town = Town::start();
    let all = town.visitor().get("/municipalities").expect(200);
    let units = all["items"].as_array().unwrap().iter().map(|place| {
        let path = format!("/municipalities/{}", place["slug"].as_str().unwrap());
        let page = town.visitor().get(&path).expect(200);
        page["units"].as_array().unwrap().len()
    });
    assert_eq!(units.sum::<usize>(), 373);
}
