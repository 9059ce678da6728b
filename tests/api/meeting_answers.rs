//! Members say before a meeting whether they come, and the minutes begin with it.

use serde_json::{Value, json};

use crate::harness::meeting::{announced, hearing, in_days, minutes, write_minutes};
use crate::harness::{Answer, Council, Person, Town, unharmed};

fn answer(person: &Person, id: &str, said: &str) -> Answer {
    person
        .request("PUT", &format!("/meetings/{id}/answer"))
        .json(json!({"answer": said}))
        .send()
}

fn presences(draft: &Value) -> Vec<(Value, Value)> {
    let seats = draft["record"]["attendance"].as_array().unwrap().iter();
    seats
        .map(|seat| (seat["institution"].clone(), seat["presence"].clone()))
        .collect()
}

#[test]
fn each_seat_says_whether_it_comes_and_the_minutes_begin_with_that() {
    let town = Town::start();
    let council = Council::seat(&town);
    let school = town.member(&council.administrator, "school", "member");
    let id = announced(&council.secretary, hearing(in_days(&town, 1)));
    answer(&council.police, &id, "not_coming").expect(200);
    answer(&school, &id, "coming").expect(200);
    let said = answer(&school, &id, "remote").expect(200);
    let own: Vec<_> = said["items"].as_array().unwrap().iter().collect();
    assert_eq!(own[2]["answer"], "remote", "the last word counts: {said}");
    assert_eq!(
        (&own[2]["own"], &own[1]["own"]),
        (&json!(true), &json!(false))
    );
    let refused = answer(&school, &id, "perhaps").expect(422);
    assert_eq!(refused["fields"][0]["code"], "meeting_answer_unknown");
    let path = format!("/meetings/{id}/answers");
    let read = council.secretary.get(&path).expect(200);
    assert_eq!(
        (&read["items"][0]["answer"], &read["items"][1]["answer"]),
        (&Value::Null, &json!("not_coming"))
    );
    for other in [&town.resident("arta"), &council.administrator] {
        answer(other, &id, "coming").refused(403, "not_allowed");
        other.get(&path).refused(403, "not_allowed");
    }

    town.move_clock(86_400 + 8 * 3_600);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    answer(&secretary, &id, "coming").refused(409, "meeting_over");
    let draft = secretary
        .get(&format!("/meetings/{id}/minutes"))
        .expect(200);
    let expected = [
        ("municipality", "absent"),
        ("police", "excused"),
        ("school", "remote"),
    ];
    let expected = expected.map(|(who, how)| (json!(who), json!(how)));
    assert_eq!(presences(&draft), expected);
    let written = write_minutes(&secretary, &id, minutes(&town)).expect(200);
    let absent = |seat: &(Value, Value)| seat.1 == "absent";
    assert!(
        presences(&written).iter().all(absent),
        "what is written goes before what was said"
    );
    unharmed(&town);
}
