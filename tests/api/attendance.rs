//! Who came to the sittings of a council, as its minutes say.

use serde_json::{Value, json};

use crate::harness::meeting::{
    announced, approve_minutes, hearing, in_days, minutes, write_minutes,
};
use crate::harness::{Council, Person, Town, unharmed};

/// Meets on the next day with these institutions there, and writes the minutes; the secretary, signed in that
/// day, and the meeting.
fn meet(town: &Town, secretary: &Person, day: i64, kind: &str, here: &[&str]) -> (Person, String) {
    let mut body = hearing(in_days(town, 1));
    body["kind"] = json!(kind);
    let id = announced(secretary, body);
    town.move_clock(day * 86_400 + 8 * 3_600);
    let secretary = Person::sign_in(town, "municipality.secretary");
    let draft = secretary
        .get(&format!("/meetings/{id}/minutes"))
        .expect(200);
    let seats = draft["record"]["attendance"].as_array().unwrap().iter();
    let there = seats.filter(|seat| here.contains(&seat["institution"].as_str().unwrap()));
    let mut body = minutes(town);
    body["attendance"] = there
        .map(|seat| json!({"seat": seat["seat"], "presence": "present"}))
        .collect();
    write_minutes(&secretary, &id, body).expect(200);
    (secretary, id)
}

fn told(town: &Town) -> Value {
    let path = "/municipalities/elbasan/attendance";
    town.visitor().get(path).expect(200)
}

/// Study A3, by hand: four sittings, of which the secretary came to all, the police to one and the school to
/// none; what was not approved, an open meeting and a sitting of three years ago do not count.
#[test]
fn attendance_by_seat_is_what_a_hand_counts() {
    let town = Town::start();
    let council = Council::seat(&town);
    town.member(&council.administrator, "school", "member");
    let before = told(&town);
    assert_eq!(
        (&before["sittings"], &before["seats"]),
        (&json!(0), &json!([]))
    );
    let mut secretary = council.secretary;
    for (day, kind, here) in [
        (1, "council", ["municipality", "police"].as_slice()),
        (2, "council", &["municipality"]),
        (3, "council", &["municipality"]),
        (4, "council", &["municipality"]),
        (5, "hearing", &["school"]),
    ] {
        let (now, id) = meet(&town, &secretary, day, kind, here);
        approve_minutes(&now, &id).expect(200);
        secretary = now;
    }
    // What is not approved is not told.
    meet(&town, &secretary, 6, "council", &["school"]);
    let after = told(&town);
    assert_eq!(after["sittings"], 4);
    let seats = after["seats"].as_array().unwrap().iter();
    let counts: Vec<_> = seats
        .map(|seat| (&seat["institution"], &seat["taken"], &seat["commitments"]))
        .collect();
    let expected = [("municipality", 4, 0), ("police", 1, 5), ("school", 0, 0)];
    let expected = expected.map(|(who, taken, led)| (json!(who), json!(taken), json!(led)));
    let expected: Vec<_> = expected
        .iter()
        .map(|(who, taken, led)| (who, taken, led))
        .collect();
    assert_eq!(counts, expected);
    let bands = json!({"never": 1, "one_or_two": 1, "three_or_four": 1, "five_or_more": 0});
    assert_eq!(after["bands"], bands);
    // A seat that joined later was there to be taken once.
    let administrator = Person::sign_in(&town, "admin");
    town.member(&administrator, "media", "member");
    let (now, id) = meet(
        &town,
        &Person::sign_in(&town, "municipality.secretary"),
        7,
        "council",
        &["media"],
    );
    approve_minutes(&now, &id).expect(200);
    let later = told(&town);
    assert_eq!(later["sittings"], 5);
    let media = &later["seats"][3];
    assert_eq!(
        (&media["sittings"], &media["taken"]),
        (&json!(1), &json!(1)),
        "{later}"
    );
    town.move_clock(3 * 366 * 86_400);
    assert_eq!(told(&town)["sittings"], 0, "of three years ago");
    unharmed(&town);
}
