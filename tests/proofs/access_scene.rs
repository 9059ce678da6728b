//! The stage of the access matrix: a town, its people, and one of each thing they may touch.

use chrono::{Datelike, Days};
use diesel::connection::SimpleConnection;
use domain::quarter::Quarter;
use serde_json::json;

use super::access_rows::Row;
use crate::harness::bulletin;
use crate::harness::client::Request;
use crate::harness::consultation::{announce, announcement};
use crate::harness::council::move_to;
use crate::harness::database::open;
use crate::harness::letters::make_codes;
use crate::harness::meeting::{announced, hearing, in_days};
use crate::harness::people::receipt_of;
use crate::harness::plan;
use crate::harness::polls;
use crate::harness::{Answer, Council, Person, Town};

/// Somebody who tries everything.
pub struct Persona {
    pub name: &'static str,
    /// What comes before `@example.al`; nothing for those who never sign in.
    address: &'static str,
    person: Person,
}

/// The stage.
pub struct Scene {
    pub town: Town,
    pub personas: Vec<Persona>,
    /// A published concern.
    pub public: String,
    /// A concern that nobody has looked at.
    pub private: String,
    /// A receipt.
    pub receipt: String,
    /// A photo of the published concern.
    pub photo: String,
    /// A photo of the other.
    pub private_photo: String,
    /// A seat to be emptied.
    pub seat: String,
    /// The seat of the police.
    pub police_seat: String,
    /// A template to be removed.
    pub template: String,
    /// A consultation.
    pub consultation: String,
    /// A meeting that is to come.
    pub meeting: String,
    /// A measure that is approved and owed, what shows its report, and one that is a draft.
    pub measure: String,
    pub evidence: String,
    pub draft: String,
    /// The objective the draft is for.
    pub objective: String,
    /// A batch of activation codes.
    pub batch: String,
    /// A consultation that is being discussed, with a question that waits and one that is public.
    pub discussion: String,
    /// A poll that is open with a class that is, and one that is a draft.
    pub poll: String,
    pub room: String,
    pub poll_draft: String,
    seconds: i64,
    calls: u32,
}

const PERSONAS: [(&str, &str); 7] = [
    ("visitor", ""),
    ("resident", "arta"),
    ("police", "police.member"),
    ("secretary", "municipality.secretary"),
    ("administrator", "admin"),
    ("elsewhere", "berat.secretary"),
    ("expired", "late"),
];

impl Scene {
    /// Starts the town, seats two councils, and lets a night pass.
    pub fn set() -> Self {
        let town = Town::start();
        let late = town.resident("late");
        let council = Council::seat(&town);
        seat_berat(&town);
        let (public, receipt) = with_photo(&town, 1);
        let (private, _) = with_photo(&town, 2);
        let photo = photo_of(&council.secretary, &public);
        let private_photo = photo_of(&council.secretary, &private);
        let [seat, police_seat] = seats(&council);
        let thanks = json!({"title": "Faleminderit", "text": "Faleminderit që na shkruat."});
        let template = added(&council.secretary, "answer-templates", thanks);
        let consultation = announce(&town, &council.secretary);
        let meeting = announced(&council.secretary, hearing(in_days(&town, 20)));
        let (measure, evidence) = reported(&town, &council);
        let (objective, draft) = drafted(&town, &council);
        let (poll, room, poll_draft) = asked(&council.secretary);
        let batch = make_codes(&town, &council.administrator, 1).0;
        move_to(&council.secretary, &public, json!({"to": "published"})).expect(200);
        town.next_morning(&[&public]);
        let discussion = discussion(&town);
        ask_before(&town, &meeting);
        let mut late = Some(late);
        let personas = PERSONAS
            .into_iter()
            .map(|(name, address)| Persona {
                name,
                address,
                person: match name {
                    "visitor" => town.visitor().with_device('V'),
                    "expired" => late.take().unwrap(),
                    _ => town.resident(address),
                },
            })
            .collect();
        Self {
            town,
            personas,
            public,
            private,
            receipt,
            photo,
            private_photo,
            seat,
            police_seat,
            template,
            consultation,
            meeting,
            measure,
            evidence,
            draft,
            objective,
            batch,
            discussion,
            poll,
            room,
            poll_draft,
            seconds: 26 * 3600,
            calls: 0,
        }
    }

    /// Lets a persona do what a row says.
    pub fn call(&mut self, place: usize, row: &Row) -> Answer {
        self.calls += 1;
        let request = self.request(place, row.method, &self.filled(row.path, self.calls));
        match row.body {
            "" => request.send(),
            body => {
                let body = self.filled(body, self.calls);
                request.body("application/json", body.into_bytes()).send()
            }
        }
    }

    /// A request of a persona.
    pub fn request(&self, place: usize, method: &str, path: &str) -> Request {
        self.personas[place].person.request(method, path)
    }

    /// A path or a body with what is on the stage, and what is new at this turn.
    pub fn filled(&self, text: &str, turn: u32) -> String {
        let (fresh, number) = (receipt_of("matrix", turn), turn.to_string());
        let today = self.town.clock().today();
        let year = today.year().to_string();
        let quarter = bulletin::at(Quarter::of(today));
        let announcement = announcement(today);
        // A day later than those of yesterday's consultation.
        let dates = announcement["dates"].to_string();
        let announcement = announcement.to_string();
        let hearing = hearing(in_days(&self.town, 30)).to_string();
        let rules = "Neni 1. Këshilli mblidhet çdo tre muaj. ".repeat(9);
        let patrols = plan::patrols(&self.town, &self.objective, &[]).to_string();
        let all = [
            ("{patrols}", &patrols),
            ("{measure}", &self.measure),
            ("{evidence}", &self.evidence),
            ("{draft}", &self.draft),
            ("{objective}", &self.objective),
            ("{public}", &self.public),
            ("{private}", &self.private),
            ("{photo}", &self.photo),
            ("{private_photo}", &self.private_photo),
            ("{seat}", &self.seat),
            ("{police_seat}", &self.police_seat),
            ("{rules}", &rules),
            ("{template}", &self.template),
            ("{consultation}", &self.consultation),
            ("{meeting}", &self.meeting),
            ("{hearing}", &hearing),
            ("{batch}", &self.batch),
            ("{discussion}", &self.discussion),
            ("{poll}", &self.poll),
            ("{room}", &self.room),
            ("{poll_draft}", &self.poll_draft),
            ("{year}", &year),
            ("{quarter}", &quarter),
            ("{announcement}", &announcement),
            ("{dates}", &dates),
            ("{receipt}", &self.receipt),
            ("{fresh}", &fresh),
            ("{number}", &number),
        ];
        all.iter().fold(text.to_owned(), |text, (blank, value)| {
            text.replace(blank, value)
        })
    }

    /// The person with this name.
    pub fn person(&self, name: &str) -> &Person {
        let named = |persona: &&Persona| persona.name == name;
        &self.personas.iter().find(named).unwrap().person
    }

    /// A concern in another municipality.
    pub fn concern_of_berat(&self) -> String {
        let mut body = crate::harness::people::anonymous_concern(
            "Rruga e kalasë pa drita",
            &receipt_of("berat", 1),
        );
        body["unit"] = json!(null);
        self.town
            .visitor()
            .post("/municipalities/berat/concerns")
            .json(body)
            .send()
            .expect(201)["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Gives a persona whose session may have ended another one; the expired one stays so.
    pub fn sign_in_anew(&mut self, place: usize) {
        let address = self.personas[place].address;
        if address.is_empty() || address == "late" {
            return;
        }
        self.seconds += 200;
        self.town.move_clock(self.seconds);
        self.personas[place].person = self.town.resident(address);
    }
}

fn photo_of(secretary: &Person, id: &str) -> String {
    let page = secretary.get(&format!("/desk/concerns/{id}")).expect(200);
    page["photos"][0]["id"].as_str().unwrap().to_owned()
}

/// A consultation that is being discussed; a question waits for the secretary and another is public.
fn discussion(town: &Town) -> String {
    let secretary = Person::sign_in(town, "municipality.secretary");
    let id = announce(town, &secretary);
    let today = town.clock().today();
    let before = today - Days::new(1);
    let mut sql = format!(
        "UPDATE consultations SET collect_from = '{before}', collect_until = '{before}' WHERE id = '{id}';"
    );
    for (question, state) in [
        ("waitingquestion0", "waiting"),
        ("publishquestion0", "published"),
    ] {
        sql += &format!(
            "INSERT INTO questions (id, consultation_id, text, state, asked_on, public_on) \
             VALUES ('{question}', '{id}', 'Kur ndërrohen llambat?', '{state}', '{before}', '{before}');"
        );
    }
    open(town).batch_execute(&sql).unwrap();
    id
}

/// A question before a meeting that is public.
fn ask_before(town: &Town, meeting: &str) {
    let before = town.clock().today() - Days::new(1);
    let sql = format!(
        "INSERT INTO questions (id, meeting_id, text, state, asked_on, public_on) \
         VALUES ('meetingquestion0', '{meeting}', 'Kur ndërrohen llambat?', 'published', \
         '{before}', '{before}');"
    );
    open(town).batch_execute(&sql).unwrap();
}

/// A seat to be emptied, and that of the police.
fn seats(council: &Council) -> [String; 2] {
    let school = json!({"email": "school@example.al", "institution": "school",
        "role": "member", "title": "Drejtoresha"});
    let police = council.seat_of("police");
    [added(&council.administrator, "seats", school), police]
}

fn seat_berat(town: &Town) {
    let (done, said) = town.run(&["admin", "create", "berat", "berat.admin@example.al"]);
    assert!(done, "{said}");
    town.resident("berat.admin")
        .post("/municipalities/berat/seats")
        .json(
            json!({"email": "berat.secretary@example.al", "institution": "municipality",
            "role": "secretary", "title": "Sekretarja e Beratit"}),
        )
        .send()
        .expect(201);
}

/// An objective and a draft for it.
fn drafted(town: &Town, council: &Council) -> (String, String) {
    let objective = plan::objective(town, &council.secretary, "Rrugë të sigurta");
    let body = plan::patrols(town, &objective, &[]);
    let draft = added(&council.secretary, "measures", body);
    (objective, draft)
}

/// A measure the police lead and have reported on with a document.
fn reported(town: &Town, council: &Council) -> (String, String) {
    let id = plan::approved(town, &council.secretary, &[]);
    let mut body = plan::under_way(8.0);
    body["documents"] = json!([{"name": "Kontrata", "data": "JVBERi0xLjQ="}]);
    plan::report(&council.police, &id, body).expect(200);
    let page = plan::page(town, &id);
    let evidence = &page["steps"][1]["evidence"][0]["id"];
    (id, evidence.as_str().unwrap().to_owned())
}

/// A poll with a link that is open for days, and one that is a draft.
fn asked(secretary: &Person) -> (String, String, String) {
    let poll = polls::published(secretary, "school", polls::paper());
    let room = polls::room(secretary, &poll, "link", None, 0);
    let opening = secretary.post(&format!("/poll-rooms/{room}/opening"));
    opening.json(json!({"days": 30})).send().expect(200);
    let draft = polls::draft(secretary, "school", polls::paper_of(json!([])));
    (poll, room, draft)
}

fn added(person: &Person, kind: &str, body: serde_json::Value) -> String {
    let request = person.post(&format!("/municipalities/elbasan/{kind}"));
    let answer = request.json(body).send().expect(201);
    answer["id"].as_str().unwrap().to_owned()
}

fn with_photo(town: &Town, number: u32) -> (String, String) {
    let receipt = receipt_of("scene", number);
    let mut body = crate::harness::people::anonymous_concern("Rruga e shkollës pa drita", &receipt);
    body["photos"] = json!([{"data": crate::hostile::pictures::small_jpeg_base64()}]);
    let answer = town
        .visitor()
        .post("/municipalities/elbasan/concerns")
        .json(body)
        .send()
        .expect(201);
    (answer["id"].as_str().unwrap().to_owned(), receipt)
}
