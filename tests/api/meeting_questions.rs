//! Residents ask before a meeting what they want answered there, and say which answers they wait for.

use std::thread;

use serde_json::{Value, json};

use crate::harness::consultation::answer;
use crate::harness::database::{lines, number, open};
use crate::harness::meeting::{announced, cancel, hearing, in_days};
use crate::harness::town::wait_until;
use crate::harness::{Answer, Council, Person, Town, unharmed};

const LIGHTS: &str = "Kur ndërrohen llambat te shkolla?";
const BUS: &str = "Pse nuk ndalet autobusi te kryqëzimi?";
const SAYS: &str = "Llambat ndërrohen brenda muajit tjetër.";
const DAY: i64 = 86_400;

/// A meeting in ten days, and who works on it.
struct Hall {
    town: Town,
    id: String,
    secretary: Person,
    police: Person,
    day: i64,
}

impl Hall {
    fn open() -> Self {
        Self::open_in(Town::start())
    }

    fn open_in(town: Town) -> Self {
        let council = Council::seat(&town);
        let id = announced(&council.secretary, hearing(in_days(&town, 10)));
        Self {
            town,
            id,
            secretary: council.secretary,
            police: council.police,
            day: 0,
        }
    }

    /// So many days after it was announced, at half past noon; who works there signs in anew.
    fn on_day(&mut self, day: i64) {
        self.day = day;
        self.at(day * DAY);
    }

    fn at(&mut self, seconds: i64) {
        self.town.move_clock(seconds);
        self.secretary = Person::sign_in(&self.town, "municipality.secretary");
        self.police = Person::sign_in(&self.town, "police.member");
    }

    fn ask(&self, person: &Person, body: Value) -> Answer {
        let path = format!("/meetings/{}/questions", self.id);
        person.post(&path).json(body).send()
    }

    fn questions(&self) -> Value {
        let path = format!("/meetings/{}/questions", self.id);
        self.town.visitor().get(&path).expect(200)
    }

    fn waiting(&self) -> Vec<Value> {
        let path = format!("/meetings/{}/questions/waiting", self.id);
        let list = self.secretary.get(&path).expect(200);
        list["items"].as_array().unwrap().clone()
    }

    fn settle(&self, id: &str, publish: bool, reason: Option<&str>) -> Answer {
        self.secretary
            .post(&format!("/questions/{id}/moderation"))
            .json(json!({"publish": publish, "reason": reason}))
            .send()
    }

    /// Lets somebody ask, a night pass, and the secretary publish it.
    fn published(&mut self, text: &str) -> String {
        self.ask(&self.town.visitor(), json!({ "text": text }))
            .expect(201);
        self.on_day(self.day + 1);
        let waiting = self.waiting();
        let asked = waiting.iter().find(|question| question["text"] == text);
        let id = asked.unwrap()["id"].as_str().unwrap().to_owned();
        self.settle(&id, true, None).expect(200);
        id
    }

    fn support(&self, person: &Person, id: &str) -> Answer {
        person.put(&format!("/questions/{id}/support"))
    }

    fn supported(&self, person: &Person) -> Value {
        let part = person.get(&format!("/meetings/{}/mine", self.id));
        part.expect(200)["supported"].clone()
    }
}

#[test]
fn a_question_waits_a_night_and_for_the_secretary_and_is_answered_at_the_meeting() {
    let mut here = Hall::open();
    let taken = here.ask(&here.town.visitor(), json!({"text": LIGHTS}));
    assert_eq!(taken.expect(201), json!({"state": "waiting"}));
    assert_eq!(
        here.waiting(),
        Vec::<Value>::new(),
        "an hour of today is nobody's"
    );
    let early = lines(&mut open(&here.town), "SELECT id AS line FROM questions").remove(0);
    here.settle(&early, true, None)
        .refused(404, "question_unknown");

    here.on_day(1);
    let id = here.waiting()[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(here.questions()["items"], json!([]));
    here.settle(&id, true, None).expect(200);
    let today = here.town.clock().today();
    let shown = json!([{"id": id, "about": null, "text": LIGHTS, "author": null,
        "support": {"residents": 0, "visitors": 0}, "on": today, "answers": []}]);
    assert_eq!(here.questions()["items"], shown);
    answer(&here.police, &id, SAYS).refused(409, "meeting_not_held");

    // At half past five on the day it has begun.
    here.at(10 * DAY + 5 * 3_600);
    let view = answer(&here.police, &id, SAYS).expect(200);
    assert_eq!(view["answers"][0]["institution"], "police");
    here.on_day(30);
    answer(&here.secretary, &id, SAYS).expect(200);
    let answers = here.questions()["items"][0]["answers"].clone();
    assert_eq!(answers.as_array().unwrap().len(), 2);
    unharmed(&here.town);
}

#[test]
fn nothing_is_asked_once_it_has_begun_or_where_nobody_may_come() {
    let mut here = Hall::open();
    let mut closed = hearing(in_days(&here.town, 5));
    closed["kind"] = json!("council");
    let closed = announced(&here.secretary, closed);
    let off = announced(&here.secretary, hearing(in_days(&here.town, 5)));
    cancel(&here.secretary, &off).expect(200);
    let ask = |here: &Hall, id: &str| {
        let path = format!("/meetings/{id}/questions");
        here.town
            .visitor()
            .post(&path)
            .json(json!({"text": LIGHTS}))
            .send()
    };
    ask(&here, &closed).refused(409, "meeting_closed");
    ask(&here, &off).refused(409, "meeting_over");
    ask(&here, "0000000000000000").refused(404, "meeting_unknown");
    here.on_day(10);
    // In the morning of its day one may still ask; it reaches the council the day after.
    ask(&here, &here.id).expect(201);
    here.at(10 * DAY + 5 * 3_600);
    ask(&here, &here.id).refused(409, "meeting_over");
    assert_eq!(here.waiting(), Vec::<Value>::new());
    here.on_day(11);
    let id = here.waiting()[0]["id"].as_str().unwrap().to_owned();
    here.settle(&id, true, None).expect(200);
    answer(&here.police, &id, SAYS).expect(200);
    unharmed(&here.town);
}

#[test]
fn a_name_is_shown_only_to_who_chose_one_and_a_declined_question_leaves_its_reason() {
    let mut here = Hall::open();
    let arta = here.town.resident("arta");
    let named = json!({"text": BUS, "name": "Arta H."});
    here.ask(&here.town.visitor(), named.clone())
        .refused(401, "sign_in_needed");
    here.ask(&arta, named).expect(201);
    here.ask(&arta, json!({"text": LIGHTS})).expect(201);
    let tied = "SELECT count(*) AS number FROM questions WHERE account_id IS NOT NULL";
    assert_eq!(number(&mut open(&here.town), tied), 1);
    here.on_day(1);
    for question in here.waiting() {
        let id = question["id"].as_str().unwrap();
        if question["text"] == BUS {
            here.settle(id, true, None).expect(200);
        } else {
            let bare = here.settle(id, false, None).expect(422);
            assert_eq!(bare["fields"][0]["pointer"], "/reason");
            here.settle(id, false, Some("Nuk i përket këshillit."))
                .expect(200);
        }
    }
    let all = here.questions();
    assert_eq!(all["items"][0]["author"], "Arta H.");
    assert_eq!(
        all["declined"],
        json!([{"reason": "Nuk i përket këshillit."}])
    );
    let arta = here.town.resident_again(arta, "arta");
    assert_eq!(arta.delete("/me").status, 204);
    assert_eq!(here.questions()["items"][0]["author"], Value::Null);
    unharmed(&here.town);
}

#[test]
fn each_wants_to_hear_an_answer_once_and_the_list_is_not_sorted_by_it() {
    let mut here = Hall::open();
    let (lights, bus) = (here.published(LIGHTS), here.published(BUS));
    let (arta, phone) = (
        here.town.resident("arta"),
        here.town.visitor().with_device('A'),
    );
    for person in [&arta, &phone, &arta, &phone] {
        let view = here.support(person, &bus).expect(200);
        assert_eq!(view["supported"], true);
    }
    let items = here.questions()["items"].clone();
    assert_eq!(items[0]["id"], lights, "day by day");
    assert_eq!(items[1]["support"], json!({"residents": 1, "visitors": 1}));
    assert_eq!(here.supported(&arta), json!([bus]));
    assert_eq!(here.supported(&phone), json!([bus]));
    assert_eq!(here.supported(&here.town.visitor()), json!([]));
    here.support(&here.town.visitor(), &bus)
        .refused(400, "device_needed");
    let path = format!("/questions/{bus}/support");
    for _ in 0..2 {
        let view = phone.delete(&path).expect(200);
        assert_eq!(view["support"], json!({"residents": 1, "visitors": 0}));
    }
    assert_eq!(arta.delete("/me").status, 204);
    let none = json!({"residents": 0, "visitors": 0});
    assert_eq!(here.questions()["items"][1]["support"], none);
    unharmed(&here.town);
}

#[test]
fn many_who_want_to_hear_it_at_once_are_counted_once_each() {
    let mut here = Hall::open();
    let id = here.published(LIGHTS);
    let symbols: Vec<char> = "0123456789ABCDEFGHJK".chars().collect();
    thread::scope(|scope| {
        for symbol in symbols.iter().chain(&symbols) {
            let (town, id) = (&here.town, &id);
            scope.spawn(move || {
                let phone = town.visitor().with_device(*symbol);
                phone.put(&format!("/questions/{id}/support")).expect(200);
            });
        }
    });
    let shown = here.questions()["items"][0]["support"].clone();
    assert_eq!(shown, json!({"residents": 0, "visitors": 20}));
}

#[test]
fn only_a_public_question_before_a_meeting_that_is_to_come_is_supported_and_it_is_forgotten_by_whom()
 {
    let mut here = Hall::open();
    let phone = here.town.visitor().with_device('A');
    here.ask(&phone, json!({"text": LIGHTS})).expect(201);
    let waiting = lines(&mut open(&here.town), "SELECT id AS line FROM questions").remove(0);
    here.support(&phone, &waiting)
        .refused(404, "question_unknown");
    let bus = here.published(BUS);
    here.support(&phone, &bus).expect(200);
    let kept = lines(
        &mut open(&here.town),
        "SELECT mark AS line FROM question_supports",
    );
    assert!(!kept.concat().contains(&"A".repeat(26)));
    here.at(10 * DAY + 5 * 3_600);
    here.support(&phone, &bus).refused(409, "meeting_over");
    here.at(10 * DAY + 8 * 3_600);
    here.town.kill_and_restart();
    let rows = "SELECT count(*) AS number FROM question_supports";
    wait_until("it is forgotten", || {
        number(&mut open(&here.town), rows) == 0
    });
    let shown = here.questions()["items"][0]["support"].clone();
    assert_eq!(shown["visitors"], 1, "the number stays");
}

#[test]
fn the_desk_hears_of_questions_before_meetings_on_the_morning_after() {
    let mut here = Hall::open();
    for number in 0..2 {
        let text = format!("{LIGHTS} {number}");
        here.ask(&here.town.visitor(), json!({ "text": text }))
            .expect(201);
    }
    assert!(
        !here.town.log().contains("/questions\""),
        "its time is logged"
    );
    here.on_day(1);
    let said = "2 pyetje për takimet presin shqyrtim";
    wait_until("the secretary is told", || {
        let inbox = here.secretary.get("/me/inbox").expect(200);
        let items = inbox["items"].as_array().unwrap();
        items.iter().any(|item| item["title"] == said)
    });
}

#[test]
fn only_the_secretary_decides_and_only_the_council_answers() {
    let mut here = Hall::open();
    let id = here.published(LIGHTS);
    let path = format!("/meetings/{}/questions/waiting", here.id);
    here.police.get(&path).refused(403, "not_allowed");
    let arta = here.town.resident("arta");
    arta.get(&path).refused(403, "not_allowed");
    let take_down = json!({"publish": false, "reason": "Pa arsye."});
    let settle = |person: &Person| {
        person
            .post(&format!("/questions/{id}/moderation"))
            .json(take_down.clone())
            .send()
    };
    settle(&here.police).refused(403, "not_allowed");
    settle(&arta).refused(404, "question_unknown");
    here.at(10 * DAY + 5 * 3_600);
    let arta = here.town.resident("arta");
    answer(&arta, &id, SAYS).refused(404, "question_unknown");
    unharmed(&here.town);
}

/// A question belongs to a consultation or to a meeting, never to both or to none: the store says so itself.
#[test]
fn a_question_belongs_to_one() {
    use diesel::connection::SimpleConnection;
    let here = Hall::open();
    let id = &here.id;
    for (consultation, meeting) in [("NULL", "NULL".to_owned()), ("'x'", format!("'{id}'"))] {
        let sql = format!(
            "INSERT INTO questions (id, consultation_id, meeting_id, text, state, asked_on) \
             VALUES ('astray', {consultation}, {meeting}, 'Pse?', 'waiting', '2026-01-01')"
        );
        assert!(open(&here.town).batch_execute(&sql).is_err(), "{sql}");
    }
}
