use serde_json::json;

use crate::harness::Town;
use crate::harness::council::{council, publish, step};

#[test]
fn a_merge_counts_everybody_once() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let author = town.visitor();
    let (first, _) = author.submit_anonymously("Rruga e shkollës pa drita");
    let (second, _) = author.submit_anonymously("Errësirë te shkolla");
    for id in [&first, &second] {
        step(
            &secretary,
            id,
            json!({"to": "published", "reason": "E qartë."}),
        )
        .expect(200);
    }
    town.next_morning(&[&first, &second]);
    let (arta, besa) = (town.resident("arta"), town.resident("besa"));
    let (phone, tablet) = (
        town.visitor().with_device('A'),
        town.visitor().with_device('B'),
    );
    for person in [&arta, &besa, &phone, &tablet] {
        person
            .put(&format!("/concerns/{first}/support"))
            .expect(200);
    }
    for person in [&arta, &phone] {
        person
            .put(&format!("/concerns/{second}/support"))
            .expect(200);
    }
    let secretary = town.resident_again(secretary, "municipality.secretary");
    step(
        &secretary,
        &second,
        json!({"to": "merged", "into": first, "reason": "I njëjti vend, e njëjta mungesë."}),
    )
    .expect(200);
    let page = town
        .visitor()
        .get(&format!("/concerns/{first}"))
        .expect(200);
    assert_eq!(page["support"], json!({"residents": 2, "visitors": 2}));
    assert_eq!(page["merged"][0]["id"], second.as_str());
    let list = town.visitor().get("/municipalities/elbasan/concerns");
    assert_eq!(list["total"], 1);
    // Whoever opens the merged one and shares it shares the one it became.
    let carried = phone
        .delete(&format!("/concerns/{second}/support"))
        .expect(200);
    assert_eq!(carried["support"], json!({"residents": 2, "visitors": 1}));
}

#[test]
fn supporting_twice_and_withdrawing_keep_the_count_right() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let (id, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    publish(&town, &secretary, &id);
    let path = format!("/concerns/{id}/support");
    let phone = town.visitor().with_device('C');
    for _ in 0..3 {
        phone.put(&path).expect(200);
    }
    assert_eq!(phone.put(&path)["support"]["visitors"], 1);
    assert_eq!(
        phone.get(&format!("/concerns/{id}"))["mine"]["supported"],
        true
    );
    assert_eq!(phone.delete(&path)["support"]["visitors"], 0);
    assert_eq!(phone.delete(&path)["support"]["visitors"], 0);
    town.visitor().put(&path).refused(400, "device_needed");
}

#[test]
fn fifty_supports_at_once_from_one_device_count_once() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let (id, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    publish(&town, &secretary, &id);
    std::thread::scope(|scope| {
        for symbol in ['D', 'E'] {
            for _ in 0..25 {
                let (town, id) = (&town, &id);
                scope.spawn(move || {
                    let phone = town.visitor().with_device(symbol);
                    phone.put(&format!("/concerns/{id}/support")).expect(200);
                });
            }
        }
    });
    let page = town.visitor().get(&format!("/concerns/{id}")).expect(200);
    assert_eq!(page["support"]["visitors"], 2);
}
