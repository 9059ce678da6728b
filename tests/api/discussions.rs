//! Questions in the discussion of a consultation: asked by anybody, looked at by the secretary, answered
//! by institutions.

use chrono::Days;
use serde_json::{Value, json};

use crate::harness::consultation::{Discussion, announce, answer};
use crate::harness::database::{lines, number, open};
use crate::harness::town::wait_until;
use crate::harness::{Council, Person, Town, unharmed};

const LIGHTS: &str = "Kur ndërrohen llambat te shkolla?";
const SAYS: &str = "Llambat ndërrohen brenda muajit tjetër.";

#[test]
fn a_question_waits_a_night_and_for_the_secretary_and_then_everybody_reads_it() {
    let mut here = Discussion::begin();
    let visitor = here.town.visitor();
    let body = json!({"text": LIGHTS, "about": here.concern});
    let taken = here.ask(&visitor, body).expect(201);
    assert_eq!(taken, json!({"state": "waiting"}));
    assert_eq!(
        here.waiting(),
        Vec::<Value>::new(),
        "an hour of today is nobody's"
    );
    assert_eq!(here.questions()["items"], json!([]));

    here.sleep();
    let waiting = here.waiting();
    assert_eq!(waiting[0]["text"], LIGHTS);
    assert_eq!(waiting[0]["about"], here.concern);
    assert_eq!(waiting[0]["about_title"], "Rruga e shkollës pa drita");
    assert_eq!(here.questions()["items"], json!([]));

    let id = waiting[0]["id"].as_str().unwrap();
    here.settle(id, true, None).expect(200);
    let items = here.questions()["items"].clone();
    let today = here.town.clock().today();
    assert_eq!(
        items,
        json!([{"id": id, "about": here.concern, "text": LIGHTS, "author": null, "on": today,
            "answers": []}])
    );
    assert_eq!(here.waiting(), Vec::<Value>::new());
    unharmed(&here.town);
}

#[test]
fn nobody_at_the_desk_can_touch_a_question_on_the_day_it_was_asked() {
    let mut here = Discussion::begin();
    here.ask(&here.town.visitor(), json!({"text": LIGHTS}))
        .expect(201);
    let id = lines(&mut open(&here.town), "SELECT id AS line FROM questions").remove(0);
    here.settle(&id, true, None)
        .refused(404, "question_unknown");
    answer(&here.police, &id, SAYS).refused(404, "question_unknown");
    here.sleep();
    answer(&here.police, &id, SAYS).refused(404, "question_unknown");
    here.settle(&id, true, None).expect(200);
    answer(&here.police, &id, SAYS).expect(200);
}

#[test]
fn nothing_is_asked_but_in_the_discussion_and_of_what_is_on_the_list() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let early = announce(&town, &secretary);
    let path = format!("/consultations/{early}/questions");
    let question = || town.visitor().post(&path).json(json!({"text": LIGHTS}));
    question().send().refused(409, "questions_closed");

    let mut here = Discussion::begin();
    let visitor = here.town.visitor();
    let (other, _) = visitor.submit_anonymously("Kanali pa kapak");
    let unlisted = json!({"text": LIGHTS, "about": other});
    here.ask(&visitor, unlisted).refused(404, "concern_unknown");
    for (text, code) in [
        ("po", "too_short"),
        ("???", "no_letters"),
        (&"a".repeat(601), "too_long"),
    ] {
        let problem = here.ask(&visitor, json!({"text": text})).expect(422);
        assert_eq!(problem["fields"][0]["code"], code);
    }
    here.ask(&visitor, json!({"text": "ë".repeat(600)}))
        .expect(201);

    let until = here.until;
    here.go_to(until);
    here.ask(&visitor, json!({"text": LIGHTS})).expect(201);
    here.go_to(until + Days::new(1));
    here.ask(&visitor, json!({"text": LIGHTS}))
        .refused(409, "questions_closed");
    let last = here.waiting().pop().unwrap();
    let id = last["id"].as_str().unwrap();
    here.settle(id, true, None).expect(200);
    answer(&here.police, id, SAYS).expect(200);
    here.go_to(until + Days::new(8));
    answer(&here.police, id, SAYS).refused(409, "questions_closed");
}

/// T-ANON-02, for questions.
#[test]
fn a_name_is_shown_only_to_who_chose_one_and_goes_with_the_account() {
    let mut here = Discussion::begin();
    let arta = here.town.resident("arta");
    let name = |name: &str| json!({"text": format!("{LIGHTS} {name}"), "name": name});
    here.ask(&here.town.visitor(), name("Arta"))
        .refused(401, "sign_in_needed");
    let poses = here.ask(&arta, name("Policia e Shtetit")).expect(422);
    assert_eq!(poses["fields"][0]["pointer"], "/name");
    here.ask(&arta, json!({"text": LIGHTS})).expect(201);
    let unnamed = "SELECT count(*) AS number FROM questions WHERE account_id IS NULL \
                   AND author_name IS NULL";
    assert_eq!(number(&mut open(&here.town), unnamed), 1);
    here.ask(&arta, name("Arta H.")).expect(201);
    here.sleep();
    for question in here.waiting() {
        let id = question["id"].as_str().unwrap();
        here.settle(id, true, None).expect(200);
    }
    let authors = |here: &Discussion| {
        let items = here.questions()["items"].as_array().unwrap().clone();
        let mut names: Vec<_> = items
            .iter()
            .map(|item| item["author"].to_string())
            .collect();
        names.sort();
        names
    };
    assert_eq!(authors(&here), ["\"Arta H.\"", "null"]);
    let arta = here.town.resident_again(arta, "arta");
    assert_eq!(arta.delete("/me").status, 204);
    assert_eq!(authors(&here), ["null", "null"]);
}

#[test]
fn what_is_declined_is_counted_with_its_reason_and_not_shown() {
    let mut here = Discussion::begin();
    let id = here.published(LIGHTS);
    answer(&here.police, &id, SAYS).expect(200);
    let bare = here.settle(&id, false, None).expect(422);
    assert_eq!(
        bare["fields"][0],
        json!({"pointer": "/reason", "code": "required"})
    );
    here.settle(&id, true, None)
        .refused(409, "question_settled");
    let reason = "Përmend një person me emër.";
    here.settle(&id, false, Some(reason)).expect(200);
    let all = here.questions();
    assert_eq!(all, json!({"items": [], "declined": [{"reason": reason}]}));
    here.settle(&id, true, None)
        .refused(409, "question_settled");
    answer(&here.police, &id, SAYS).refused(404, "question_unknown");
}

#[test]
fn each_institution_answers_once_and_may_say_it_better() {
    let mut here = Discussion::begin();
    let id = here.published(LIGHTS);
    answer(&here.police, &id, SAYS).expect(200);
    let better = "Llambat ndërrohen deri më 15 mars.";
    let view = answer(&here.police, &id, better).expect(200);
    assert_eq!(view["answers"].as_array().unwrap().len(), 1);
    answer(&here.secretary, &id, SAYS).expect(200);
    let answers = here.questions()["items"][0]["answers"].clone();
    let today = here.town.clock().today();
    assert_eq!(
        answers,
        json!([{"institution": "municipality", "text": SAYS, "on": today},
            {"institution": "police", "text": better, "on": today}])
    );
    let administrator = Person::sign_in(&here.town, "admin");
    answer(&administrator, &id, SAYS).refused(403, "not_allowed");
    let resident = here.town.resident("arta");
    answer(&resident, &id, SAYS).refused(404, "question_unknown");
    answer(&here.town.visitor(), &id, SAYS).refused(401, "sign_in_needed");
    let settle = here.police.post(&format!("/questions/{id}/moderation"));
    let settle = settle.json(json!({"publish": false, "reason": "Pa arsye."}));
    settle.send().refused(403, "not_allowed");
}

#[test]
fn the_desk_hears_of_questions_on_the_morning_after() {
    let mut here = Discussion::begin();
    for number in 0..3 {
        let text = format!("{LIGHTS} {number}");
        here.ask(&here.town.visitor(), json!({"text": text}))
            .expect(201);
    }
    here.sleep();
    let said = "3 pyetje për konsultimet presin shqyrtim";
    wait_until("the secretary is told", || {
        let inbox = here.secretary.get("/me/inbox").expect(200);
        let items = inbox["items"].as_array().unwrap();
        items.iter().any(|item| item["title"] == said)
    });
}

/// Whoever sends many without a name works for it, and nobody is refused for good.
#[test]
fn a_flood_of_questions_without_a_name_is_asked_for_work() {
    let town = Town::start_with(&[("TREKENDESH_PROOF_AFTER", "20")]);
    let here = Discussion::begin_in(town);
    let statuses: Vec<u16> = (0..40)
        .map(|number| {
            let text = format!("{LIGHTS} {number}");
            here.ask(&here.town.visitor(), json!({"text": text})).status
        })
        .collect();
    assert_eq!(statuses[0], 201);
    let last = here.ask(&here.town.visitor(), json!({"text": LIGHTS}));
    assert!(last["work"]["challenge"].is_string(), "{statuses:?}");
    last.refused(429, "proof_needed");
}
