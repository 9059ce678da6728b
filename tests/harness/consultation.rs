//! A council that asks.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use domain::calendar::due_on;
use serde_json::{Value, json};

use super::council::with_a_public_concern;
use super::{Answer, Person, Town};

/// The holidays that the server is shipped with.
fn holidays() -> BTreeSet<NaiveDate> {
    include_str!("../../data/holidays.csv")
        .lines()
        .skip(1)
        .map(|line| line.split(',').next().unwrap().parse().unwrap())
        .collect()
}

/// The day so many working days after another.
pub fn working_days_after(from: NaiveDate, days: u32) -> NaiveDate {
    due_on(from, days, &holidays())
}

/// What a council announces on this day: twenty working days to collect, then a week each to discuss
/// and to vote.
pub fn announcement(today: NaiveDate) -> Value {
    let collect_until = working_days_after(today, 20);
    let later = |days: u64| collect_until + Days::new(days);
    json!({
        "question": "Çfarë ju shqetëson më shumë në Elbasan?",
        "objective": "Plani vjetor i sigurisë në komunitet për vitin 2027.",
        "explanation": "Zgjidhni bashkë me ne çfarë duhet të vijë e para: ndriçimi, shkollat apo rrugët.",
        "dates": {
            "collect_from": today, "collect_until": collect_until, "discuss_until": later(7),
            "vote_until": later(14), "result_until": later(28), "plan_until": later(60),
            "report_on": later(365),
        },
    })
}

/// Announces a consultation in Elbasan today and returns its id.
pub fn announce(town: &Town, secretary: &Person) -> String {
    let page = ask(secretary, announcement(town.clock().today())).expect(201);
    page["id"].as_str().unwrap().to_owned()
}

/// Announces this in Elbasan.
pub fn ask(secretary: &Person, body: Value) -> Answer {
    secretary
        .post("/municipalities/elbasan/consultations")
        .json(body)
        .send()
}

/// Puts a concern on the list or leaves it out.
pub fn choose(secretary: &Person, consultation: &str, concern: &str, body: Value) -> Answer {
    secretary
        .request(
            "PUT",
            &format!("/consultations/{consultation}/candidates/{concern}"),
        )
        .json(body)
        .send()
}

/// A consultation whose discussion has begun, with one concern on its list.
pub struct Discussion {
    pub town: Town,
    pub id: String,
    pub concern: String,
    pub secretary: Person,
    pub police: Person,
    /// Its last day.
    pub until: NaiveDate,
    /// The day on which the town was started.
    start: NaiveDate,
}

impl Discussion {
    /// Lets the days pass until the discussion begins.
    pub fn begin() -> Self {
        Self::begin_in(Town::start())
    }

    /// The same, in this town.
    pub fn begin_in(town: Town) -> Self {
        let (town, council, concern) = with_a_public_concern(town);
        let start = town.clock().today() - Days::new(1);
        let asked = announcement(town.clock().today());
        let page = ask(&council.secretary, asked).expect(201);
        let id = page["id"].as_str().unwrap().to_owned();
        let day =
            |mark: &str| -> NaiveDate { page["dates"][mark].as_str().unwrap().parse().unwrap() };
        choose(&council.secretary, &id, &concern, json!({"included": true})).expect(200);
        let first = day("collect_until") + Days::new(1);
        let mut discussion = Self {
            town,
            id,
            concern,
            secretary: council.secretary,
            police: council.police,
            until: day("discuss_until"),
            start,
        };
        discussion.go_to(first);
        discussion
    }

    /// Lets the days pass until this one; who works there signs in anew.
    pub fn go_to(&mut self, day: NaiveDate) {
        self.town.move_clock((day - self.start).num_seconds());
        self.secretary = Person::sign_in(&self.town, "municipality.secretary");
        self.police = Person::sign_in(&self.town, "police.member");
    }

    /// Lets a night pass.
    pub fn sleep(&mut self) {
        self.go_to(self.town.clock().today() + Days::new(1));
    }

    /// Asks as this person.
    pub fn ask(&self, person: &Person, body: Value) -> Answer {
        let path = format!("/consultations/{}/questions", self.id);
        person.post(&path).json(body).send()
    }

    /// What everybody reads.
    pub fn questions(&self) -> Value {
        let path = format!("/consultations/{}/questions", self.id);
        self.town.visitor().get(&path).expect(200)
    }

    /// What waits at the desk.
    pub fn waiting(&self) -> Vec<Value> {
        let path = format!("/consultations/{}/questions/waiting", self.id);
        let list = self.secretary.get(&path).expect(200);
        list["items"].as_array().unwrap().clone()
    }

    /// Publishes a question or declines it.
    pub fn settle(&self, question: &str, publish: bool, reason: Option<&str>) -> Answer {
        self.secretary
            .post(&format!("/questions/{question}/moderation"))
            .json(json!({"publish": publish, "reason": reason}))
            .send()
    }

    /// Lets somebody ask, a night pass, and the secretary publish it; the question's id.
    pub fn published(&mut self, text: &str) -> String {
        self.ask(&self.town.visitor(), json!({"text": text}))
            .expect(201);
        self.sleep();
        let waiting = self.waiting();
        let asked = waiting.iter().find(|question| question["text"] == text);
        let id = asked.unwrap()["id"].as_str().unwrap().to_owned();
        self.settle(&id, true, None).expect(200);
        id
    }
}

/// Answers a question.
pub fn answer(person: &Person, question: &str, text: &str) -> Answer {
    person
        .request("PUT", &format!("/questions/{question}/answers"))
        .json(json!({"text": text}))
        .send()
}
