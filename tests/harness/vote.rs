//! A vote in Elbasan, from its announcement to its count.

use std::time::Duration;

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use super::consultation::{announcement, ask, choose};
use super::issuers::{Issuers, TRIANGLE};
use super::town::{wait_until, wait_up_to};
use super::voter::Voter;
use super::{Council, Person, Town};

/// A consultation with its issuers.
pub struct Election {
    pub town: Town,
    pub council: Council,
    pub issuers: Issuers,
    /// The consultation.
    pub id: String,
    /// The day of the town's first noon.
    pub started_on: NaiveDate,
}

impl Election {
    /// A list of three concerns, all of the triangle issuing.
    pub fn announced() -> Self {
        Self::announced_by(&TRIANGLE, &[])
    }

    /// A list of three concerns, these institutions issuing.
    pub fn announced_by(institutions: &[&str], settings: &[(&str, &str)]) -> Self {
        let mut town = Town::start_with(settings);
        let started_on = town.clock().today();
        let issuers = Issuers::start(&mut town, institutions);
        let council = Council::seat(&town);
        let titles = ["Rruga pa drita", "Qen endacakë", "Trotuari i shkollës"];
        let concerns: Vec<String> = titles
            .iter()
            .map(|title| town.visitor().submit_anonymously(title).0)
            .collect();
        let names: Vec<&str> = concerns.iter().map(String::as_str).collect();
        let council = council.publish(&town, &names);
        let asked = ask(&council.secretary, announcement(town.clock().today()));
        let id = asked.expect(201)["id"].as_str().unwrap().to_owned();
        for concern in &concerns {
            let on_it = json!({"included": true, "reason": "E kërkuan shumë banorë."});
            choose(&council.secretary, &id, concern, on_it).expect(200);
        }
        let election = Self {
            town,
            council,
            issuers,
            id,
            started_on,
        };
        election.wait_for("issuing");
        election
    }

    /// One question with choices, all of the triangle issuing.
    pub fn of_question(choices: &[&str]) -> Self {
        let mut town = Town::start();
        let started_on = town.clock().today();
        let issuers = Issuers::start(&mut town, &TRIANGLE);
        let council = Council::seat(&town);
        let mut body = announcement(started_on);
        body["choices"] = json!(choices);
        let asked = ask(&council.secretary, body).expect(201);
        let election = Self {
            id: asked["id"].as_str().unwrap().to_owned(),
            town,
            council,
            issuers,
            started_on,
        };
        election.wait_for("issuing");
        election
    }

    /// The vote as anybody reads it.
    pub fn vote(&self) -> Value {
        let path = format!("/consultations/{}/vote", self.id);
        self.town.visitor().get(&path).expect(200)
    }

    /// Waits until the vote stands there, and says how it stands.
    pub fn wait_for(&self, stage: &str) -> Value {
        let path = format!("/consultations/{}/vote", self.id);
        wait_up_to(60, &format!("the vote is {stage}"), || {
            std::thread::sleep(Duration::from_millis(100));
            self.town.visitor().get(&path).json["stage"] == stage
        });
        self.vote()
    }

    /// Somebody who showed a clerk where they live, and signed in.
    pub fn resident(&self, name: &str) -> Person {
        let year = self.vote()["year"].as_i64().unwrap();
        let shown = json!({"email": format!("{name}@example.al"), "unit": "gjinar", "year": year});
        let path = "/municipalities/elbasan/verifications";
        self.council
            .secretary
            .post(path)
            .json(shown)
            .send()
            .expect(201);
        self.town.resident(name)
    }

    /// So many devices of verified residents with their tokens.
    pub fn voters(&self, count: u8) -> Vec<Voter> {
        let vote = self.vote();
        (1..=count)
            .map(|number| {
                let mut voter = Voter::new(number);
                let resident = self.resident(&format!("banor{number}"));
                voter.take(&vote, &voter.ask(&resident, &vote).expect(200));
                voter
            })
            .collect()
    }

    /// Moves the clock to noon of a day that the vote names.
    pub fn move_to(&self, day: &str, later: u64) {
        let day = self.vote()[day].as_str().unwrap().parse::<NaiveDate>();
        self.move_to_day(day.unwrap() + Days::new(later));
    }

    fn move_to_day(&self, day: NaiveDate) {
        let days = (day - self.started_on).num_days();
        self.town.move_clock(days * 86_400);
    }

    /// Closes issuing, and waits until items can be cast.
    pub fn open_casting(&self) -> Value {
        self.move_to("casting_from", 0);
        self.wait_for("casting")
    }

    /// Closes casting, and waits for the count.
    pub fn close(&self) -> Value {
        self.move_to("casting_until", 1);
        self.wait_for("counted")
    }

    /// The published box.
    pub fn published_box(&self) -> Vec<u8> {
        let path = format!("/consultations/{}/box.json", self.id);
        let answer = self.town.visitor().get(&path);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.bytes
    }

    /// Waits until the vote has so many published roots.
    pub fn wait_for_roots(&self, count: usize) -> Value {
        wait_until("the root of the day", || {
            self.vote()["roots"].as_array().unwrap().len() == count
        });
        self.vote()
    }
}
