use serde_json::json;

use crate::harness::council::{council, publish, step};
use crate::harness::town::wait_until;
use crate::harness::{Person, Town};

const MOVE_ON: &str = "Doli ndër tre prioritetet e njësisë.";

#[test]
fn whoever_wants_one_letter_a_day_gets_one() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let (id, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    publish(&town, &secretary, &id);
    let arta = town.resident("arta");
    arta.patch("/me/preferences")
        .json(json!({"email": "daily"}))
        .send()
        .expect(200);
    arta.put(&format!("/concerns/{id}/follow")).expect(200);
    let before = town.smtp.count("arta@example.al");
    let secretary = town.resident_again(secretary, "municipality.secretary");
    step(
        &secretary,
        &id,
        json!({"to": "prioritised", "reason": MOVE_ON}),
    )
    .expect(200);
    let work = json!({"to": "in_progress", "reason": "Nisi puna.", "lead": "municipality"});
    step(&secretary, &id, work).expect(200);
    wait_until("the inbox has both", || {
        arta.get("/me/inbox")["unread"] == 2
    });
    assert_eq!(town.smtp.count("arta@example.al"), before);
    town.move_clock(3 * 86_400);
    let letter = town.smtp.wait_for("arta@example.al", before);
    assert_eq!(letter.body.matches("Rruga e shkollës pa drita").count(), 2);
    assert_eq!(town.smtp.count("arta@example.al"), before + 1);
}

#[test]
fn one_click_ends_the_letters() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let (id, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    publish(&town, &secretary, &id);
    let arta = town.resident("arta");
    arta.put(&format!("/concerns/{id}/follow")).expect(200);
    let before = town.smtp.count("arta@example.al");
    let secretary = town.resident_again(secretary, "municipality.secretary");
    step(
        &secretary,
        &id,
        json!({"to": "prioritised", "reason": MOVE_ON}),
    )
    .expect(200);
    let letter = town.smtp.wait_for("arta@example.al", before);
    let address = letter
        .head
        .lines()
        .find_map(|line| line.strip_prefix("List-Unsubscribe: <"))
        .and_then(|rest| rest.strip_suffix('>'))
        .unwrap();
    let path = address.split_once("/api/").unwrap().1;
    let clicked = town
        .request("POST", &format!("/api/{path}"))
        .body(
            "application/x-www-form-urlencoded",
            b"List-Unsubscribe=One-Click".to_vec(),
        )
        .send();
    assert_eq!(clicked.status, 204);
    assert_eq!(arta.get("/me/preferences")["email"], "off");
    let forged = format!("/api/{path}0");
    town.request("POST", &forged)
        .send()
        .refused(404, "not_found");
}

#[test]
fn a_merge_is_told_to_both_audiences() {
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
    arta.put(&format!("/concerns/{first}/follow")).expect(200);
    besa.put(&format!("/concerns/{second}/follow")).expect(200);
    let secretary = town.resident_again(secretary, "municipality.secretary");
    let merge = json!({"to": "merged", "into": first, "reason": "I njëjti vend."});
    step(&secretary, &second, merge).expect(200);
    for person in [&arta, &besa] {
        wait_until("both are told", || {
            person.get("/me/inbox")["unread"].as_i64().unwrap() > 0
        });
    }
    // Whoever followed the merged one follows what it became.
    assert_eq!(
        besa.get(&format!("/concerns/{first}"))["mine"]["follows"],
        true
    );
}

#[test]
fn a_muted_kind_is_told_by_the_inbox_only() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let (id, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    publish(&town, &secretary, &id);
    let arta = town.resident("arta");
    let change = |muted: &str| {
        arta.patch("/me/preferences")
            .json(json!({"muted": [muted]}))
            .send()
    };
    assert_eq!(change("message")["fields"][0]["pointer"], "/muted");
    assert_eq!(change("moved").expect(200)["muted"], json!(["moved"]));
    arta.put(&format!("/concerns/{id}/follow")).expect(200);
    let before = town.smtp.count("arta@example.al");
    let secretary = town.resident_again(secretary, "municipality.secretary");
    step(
        &secretary,
        &id,
        json!({"to": "prioritised", "reason": MOVE_ON}),
    )
    .expect(200);
    secretary
        .post(&format!("/concerns/{id}/answers"))
        .json(json!({"verdict": "done", "text": "U ndërruan të gjitha llambat."}))
        .send()
        .expect(200);
    let letter = town.smtp.wait_for("arta@example.al", before);
    assert!(letter.body.contains("iu përgjigj"), "{}", letter.body);
    assert_eq!(arta.get("/me/inbox")["unread"], 2);
    assert_eq!(town.smtp.count("arta@example.al"), before + 1);
}

/// A concern that Arta follows and her letters, and the secretary who moves it on.
fn followed() -> (Town, String, Person, Person) {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let (id, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    publish(&town, &secretary, &id);
    let arta = town.resident("arta");
    arta.put(&format!("/concerns/{id}/follow")).expect(200);
    let secretary = town.resident_again(secretary, "municipality.secretary");
    (town, id, arta, secretary)
}

fn choose(person: &Person, email: &str) {
    let wish = person
        .patch("/me/preferences")
        .json(json!({ "email": email }));
    wish.send().expect(200);
}

fn unread(person: &Person, count: u32) {
    wait_until("the inbox has it", || {
        person.get("/me/inbox")["unread"] == count
    });
}

#[test]
fn whoever_read_the_inbox_has_nothing_unread_until_the_next_news() {
    let (_town, id, arta, secretary) = followed();
    let seen = |person: &Person| -> Vec<bool> {
        let inbox = person.get("/me/inbox").expect(200);
        let items = inbox["items"].as_array().unwrap().iter();
        items.map(|item| item["read"].as_bool().unwrap()).collect()
    };
    let forward = json!({"to": "prioritised", "reason": MOVE_ON});
    step(&secretary, &id, forward).expect(200);
    unread(&arta, 1);
    assert_eq!(seen(&arta), [false]);
    assert_eq!(arta.post("/me/inbox/read").send().status, 204);
    assert_eq!(arta.get("/me/inbox")["unread"], 0);
    assert_eq!(seen(&arta), [true], "the line itself stays");
    let work = json!({"to": "in_progress", "reason": "Nisi puna.", "lead": "municipality"});
    step(&secretary, &id, work).expect(200);
    unread(&arta, 1);
    assert_eq!(seen(&arta), [false, true]);
}

#[test]
fn whoever_reads_their_inbox_leaves_the_others_as_it_is() {
    let (town, id, arta, secretary) = followed();
    let besa = town.resident("besa");
    besa.put(&format!("/concerns/{id}/follow")).expect(200);
    let forward = json!({"to": "prioritised", "reason": MOVE_ON});
    step(&secretary, &id, forward).expect(200);
    unread(&arta, 1);
    unread(&besa, 1);
    assert_eq!(besa.post("/me/inbox/read").send().status, 204);
    assert_eq!(besa.get("/me/inbox")["unread"], 0);
    assert_eq!(arta.get("/me/inbox")["unread"], 1);
}

#[test]
fn whoever_wanted_no_letters_is_not_sent_the_past_on_changing_their_mind() {
    let (town, id, arta, secretary) = followed();
    let before = town.smtp.count("arta@example.al");
    choose(&arta, "off");
    step(
        &secretary,
        &id,
        json!({"to": "prioritised", "reason": MOVE_ON}),
    )
    .expect(200);
    unread(&arta, 1);
    choose(&arta, "daily");
    let work = json!({"to": "in_progress", "reason": "Nisi puna.", "lead": "municipality"});
    step(&secretary, &id, work).expect(200);
    unread(&arta, 2);
    town.move_clock(3 * 86_400);
    let letter = town.smtp.wait_for("arta@example.al", before);
    assert_eq!(letter.body.matches("Rruga e shkollës pa drita").count(), 1);
    assert_eq!(town.smtp.count("arta@example.al"), before + 1);
}

#[test]
fn the_news_of_the_day_is_not_lost_to_whoever_now_wants_letters_at_once() {
    let (town, id, arta, secretary) = followed();
    let before = town.smtp.count("arta@example.al");
    choose(&arta, "daily");
    step(
        &secretary,
        &id,
        json!({"to": "prioritised", "reason": MOVE_ON}),
    )
    .expect(200);
    unread(&arta, 1);
    choose(&arta, "immediate");
    let work = json!({"to": "in_progress", "reason": "Nisi puna.", "lead": "municipality"});
    step(&secretary, &id, work).expect(200);
    let at_once = town.smtp.wait_for("arta@example.al", before);
    assert!(at_once.head.contains("List-Unsubscribe"), "control");
    town.move_clock(3 * 86_400);
    let evening = town.smtp.wait_for("arta@example.al", before + 1);
    assert_eq!(evening.body.matches("Rruga e shkollës pa drita").count(), 1);
    assert_eq!(town.smtp.count("arta@example.al"), before + 2);
}
