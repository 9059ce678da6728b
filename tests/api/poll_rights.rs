//! A survey for verified residents: the blind tokens of a vote on one question answer it, once each.

use serde_json::{Value, json};

use crate::harness::database::dump;
use crate::harness::polls::{act, paper, published};
use crate::harness::vote::Election;
use crate::harness::voter::{Voter, cast};
use crate::harness::{Answer, Person, Town, unharmed};

/// A room of verified residents, by the tokens of a consultation.
fn add(person: &Person, poll: &str, consultation: &str) -> Answer {
    let room = json!({"way": "verified", "school": null, "class": null, "invited": null, "grace_minutes": 0,
        "consultation": consultation});
    person
        .post(&format!("/polls/{poll}/rooms"))
        .json(room)
        .send()
}

fn answer(town: &Town, room: &str, right: &Value) -> Answer {
    let body = json!({"slip": null, "right": right, "answers": {"safe": "yes"}});
    town.visitor()
        .post(&format!("/poll-rooms/{room}/answers"))
        .json(body)
        .send()
}

#[test]
fn each_verified_resident_answers_once_and_nobody_sees_who() {
    let election = Election::of_question(&["Po", "Jo"]);
    let voters = election.voters(6);
    let vote = election.open_casting();
    let town = &election.town;
    let secretary = Person::sign_in(town, "municipality.secretary");
    let poll = published(&secretary, "survey", paper());
    let room = add(&secretary, &poll, &election.id).expect(201)["code"].clone();
    let room = room.as_str().unwrap();
    let right = |voter: &Voter| voter.right(&vote, 0, room);
    let second = add(&secretary, &poll, &election.id).expect(422);
    assert_eq!(
        second["fields"][0]["code"], "repeated",
        "two answers of one resident"
    );
    answer(town, room, &right(&voters[0])).refused(409, "poll_not_open");
    let opening = secretary.post(&format!("/poll-rooms/{room}/opening"));
    opening.json(json!({"days": 1})).send().expect(200);
    answer(town, room, &Value::Null).refused(403, "right_needed");
    for voter in &voters {
        answer(town, room, &right(voter)).expect(201);
    }
    answer(town, room, &right(&voters[0])).refused(409, "right_used");
    // A right for another room, one that was issued to nobody, and one with a signature too few.
    answer(town, room, &voters[1].right(&vote, 0, "000000")).refused(422, "item_foreign");
    answer(town, room, &Voter::new(77).right(&vote, 0, room)).refused(422, "item_foreign");
    let mut fewer = right(&voters[1]);
    fewer["signatures"] = json!([fewer["signatures"][0], null, null]);
    answer(town, room, &fewer).refused(422, "item_foreign");
    // Its token still casts, and nothing kept says that it answered.
    cast(&town.visitor(), &vote, &voters[0].item(&vote, 0, 1, 1)).expect(204);
    let token = right(&voters[1])["token"].as_str().unwrap().to_owned();
    let kept = dump(town).into_values().flatten();
    assert!(!kept.into_iter().any(|row| row.contains(&token)));
    secretary
        .post(&format!("/poll-rooms/{room}/closing"))
        .send()
        .expect(200);
    act(&secretary, &poll, "closing").expect(200);
    let results = town
        .visitor()
        .get(&format!("/polls/{poll}/results"))
        .expect(200);
    assert_eq!(results["questions"][0]["results"][0]["n"], 6);
    unharmed(town);
}

#[test]
fn tokens_of_which_one_resident_has_twelve_answer_no_survey() {
    let election = Election::announced();
    let secretary = &election.council.secretary;
    let poll = published(secretary, "survey", paper());
    for consultation in [election.id.as_str(), "0000000000000000", "nobody"] {
        let refused = add(secretary, &poll, consultation).expect(422);
        assert_eq!(
            refused["fields"][0]["pointer"], "/consultation",
            "{consultation}"
        );
    }
    let other = json!({"way": "verified", "school": null, "class": null, "invited": null, "grace_minutes": 0});
    let path = format!("/polls/{poll}/rooms");
    let refused = secretary.post(&path).json(other).send().expect(422);
    assert_eq!(refused["fields"][0]["code"], "required");
    unharmed(&election.town);
}
