//! "Was it fixed?": asked four weeks after, answered by those whom it concerns.

use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::harness::council::{Council, move_to, town_with_a_public_concern};
use crate::harness::town::wait_until;
use crate::harness::{Person, Town, database};

const DAY: i64 = 24 * 3600;
const ASKED: &str = "A u rregullua vërtet?";

/// Says that a public concern is done.
fn finish(council: &Council, id: &str) {
    move_to(
        &council.secretary,
        id,
        json!({"to": "in_progress", "lead": "municipality"}),
    )
    .expect(200);
    council
        .secretary
        .post(&format!("/concerns/{id}/answers"))
        .json(json!({"verdict": "done", "text": "U ndërruan të gjitha llambat."}))
        .send()
        .expect(200);
    move_to(&council.secretary, id, json!({"to": "done"})).expect(200);
}

fn supporters(town: &Town, id: &str, count: usize) -> Vec<Person> {
    (0..count)
        .map(|number| {
            let person = town.resident(&format!("banor{number}"));
            person.put(&format!("/concerns/{id}/support")).expect(200);
            person
        })
        .collect()
}

#[test]
fn three_supporters_together_reopen_what_was_called_done() {
    let (town, council, id) = town_with_a_public_concern();
    let people = supporters(&town, &id, 5);
    let path = format!("/concerns/{id}/contest");
    people[0].put(&path).refused(409, "move_refused");
    finish(&council, &id);
    let stranger = town.resident("i.huaj");
    stranger.put(&path).refused(409, "support_needed");
    town.visitor().put(&path).refused(401, "sign_in_needed");

    // Saying it twice counts once, and it can be taken back.
    people[0].put(&path).expect(200);
    let said = people[0].put(&path).expect(200);
    assert_eq!(said["contest"], json!({"given": 1, "needed": 3}));
    people[1].put(&path).expect(200);
    let back = people[1].delete(&path).expect(200);
    assert_eq!(back["contest"], json!({"given": 1, "needed": 3}));
    assert_eq!(back["status"], "done");
    let page = people[0].get(&format!("/concerns/{id}")).expect(200);
    assert_eq!(page["mine"]["contests"], true);
    assert_eq!(page["contest"]["given"], 1);

    people[2].put(&path).expect(200);
    let last = people[3].put(&path).expect(200);
    assert_eq!(last["status"], "reopened");
    assert_eq!(last["contest"], json!(null));
    let page = people[0].get(&format!("/concerns/{id}")).expect(200);
    assert_eq!(page["mine"]["contests"], false);
    let step = page["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&step["to"], &step["institution"]),
        (&json!("reopened"), &json!(null))
    );

    // What is done anew is contested anew, from the beginning.
    council
        .secretary
        .post(&format!("/concerns/{id}/answers"))
        .json(json!({"verdict": "done", "text": "U ndërrua edhe kablloja."}))
        .send()
        .expect(200);
    move_to(&council.secretary, &id, json!({"to": "done"})).expect(200);
    let said = people[0].put(&path).expect(200);
    assert_eq!(said["contest"], json!({"given": 1, "needed": 3}));
}

#[test]
fn whoever_takes_support_back_contests_no_more() {
    let (town, council, id) = town_with_a_public_concern();
    let people = supporters(&town, &id, 4);
    finish(&council, &id);
    let contest = format!("/concerns/{id}/contest");
    people[0].put(&contest).expect(200);
    people[0]
        .delete(&format!("/concerns/{id}/support"))
        .expect(200);
    let page = people[1].get(&format!("/concerns/{id}")).expect(200);
    assert_eq!(page["contest"], json!({"given": 0, "needed": 3}));
    people[0].put(&contest).refused(409, "support_needed");
}

/// Others took their support back meanwhile, so that those who contest are enough: still it is not
/// for somebody who takes back to reopen it.
#[test]
fn taking_back_reopens_nothing() {
    let (town, council, id) = town_with_a_public_concern();
    let people = supporters(&town, &id, 4);
    finish(&council, &id);
    let contest = format!("/concerns/{id}/contest");
    let residents = |count: u32| {
        let statement = format!("UPDATE concerns SET residents = {count} WHERE id = '{id}'");
        database::open(&town).batch_execute(&statement).unwrap();
    };
    residents(50);
    for person in &people {
        assert_eq!(person.put(&contest).expect(200)["status"], "done");
    }
    residents(4);
    let back = people[0].delete(&contest).expect(200);
    assert_eq!(back["status"], "done");
    assert_eq!(back["contest"], json!({"given": 3, "needed": 3}));
    assert_eq!(people[1].put(&contest).expect(200)["status"], "reopened");
}

#[test]
fn one_account_contests_and_takes_back_as_often_as_a_person_does() {
    let (town, _, id) = town_with_a_public_concern();
    let arta = town.resident("arta");
    let contest = format!("/concerns/{id}/contest");
    let refused = (0..700)
        .map(|_| arta.put(&contest))
        .find(|answer| answer.status == 429);
    refused.expect("a limit").refused(429, "too_many_requests");
}

#[test]
fn four_weeks_after_it_was_done_supporters_are_asked_whether_it_was_fixed() {
    let (town, council, id) = town_with_a_public_concern();
    supporters(&town, &id, 1);
    finish(&council, &id);
    let asked = || {
        let letters = town.smtp.letters();
        letters
            .iter()
            .filter(|letter| letter.to == "banor0@example.al" && letter.body.contains(ASKED))
            .count()
    };
    // It was published on the day after the start.
    town.move_clock((26 * 3600) + 27 * DAY);
    town.wake();
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert_eq!(asked(), 0);
    town.move_clock((26 * 3600) + 28 * DAY);
    town.wake();
    wait_until("they are asked", || asked() == 1);
}

#[test]
fn nobody_is_asked_about_what_was_reopened_since() {
    let (town, council, id) = town_with_a_public_concern();
    supporters(&town, &id, 1);
    finish(&council, &id);
    let person = town.resident("banor0");
    person.put(&format!("/concerns/{id}/contest")).expect(200);
    town.move_clock((26 * 3600) + 29 * DAY);
    town.wake();
    wait_until("the question is dealt with", || {
        let mut file = database::open(&town);
        let left = "SELECT COUNT(*) AS number FROM outbox WHERE kind = 'ask whether fixed'";
        database::number(&mut file, left) == 0
    });
    let letters = town.smtp.letters();
    assert!(letters.iter().all(|letter| !letter.body.contains(ASKED)));
}
