//! How a council works is written down, read by its members, and learned (study B1, B2, E1, E2).

use chrono::{Days, NaiveDate};
use diesel::connection::SimpleConnection as _;
use serde_json::{Value, json};

use super::papers::{name, papers, read, unread};
use crate::harness::database::open;
use crate::harness::{Answer, Council, Person, Town, unharmed};

const ELBASAN: &str = "/municipalities/elbasan";
const RULES: &str = "Neni 1. Këshilli mblidhet të paktën një herë në tre muaj dhe shpall rendin e ditës. \
                     Neni 2. Çdo angazhim ka vetëm një institucion që e drejton dhe një afat. \
                     Neni 3. Procesverbali miratohet, kyçet dhe publikohet.";

fn adopt(person: &Person, number: &str, on: NaiveDate, text: &str) -> Answer {
    let body = json!({"decision_no": number, "decided_on": on, "text": text});
    person
        .post(&format!("{ELBASAN}/regulations"))
        .json(body)
        .send()
}

fn train(person: &Person, on: NaiveDate, seats: &[&str]) -> Answer {
    let body = json!({"topic": "Si punon këshilli", "provider": "Sekretaria", "held_on": on, "seats": seats});
    person
        .post(&format!("{ELBASAN}/desk/trainings"))
        .json(body)
        .send()
}

fn prepared(town: &Town) -> Value {
    town.visitor()
        .get(&format!("{ELBASAN}/council"))
        .expect(200)["preparedness"]
        .clone()
}

/// The regulation that is offered to all.
fn template(town: &Town) -> String {
    let template = town.visitor().get("/regulation-template").expect(200);
    template["text"].as_str().unwrap().to_owned()
}

#[test]
fn a_council_without_a_regulation_begins_with_the_one_that_is_offered() {
    let town = Town::start();
    let council = Council::seat(&town);
    let list = town
        .visitor()
        .get(&format!("{ELBASAN}/regulations"))
        .expect(200);
    assert_eq!(list["items"], json!([]));
    let offered = template(&town);
    assert!(
        offered.contains("Neni 1.") && offered.contains("Neni 17."),
        "{offered}"
    );
    let today = town.clock().today();
    adopt(&council.police, "2", today, &offered).refused(403, "not_allowed");
    let early = adopt(&council.secretary, "2", today + Days::new(1), &offered).expect(422);
    assert_eq!(early["fields"][0]["pointer"], "/decided_on");
    adopt(&council.secretary, "2", today, &offered).expect(201);
}

/// Study B1 and B2.
#[test]
fn a_regulation_has_versions_that_stay_readable_and_are_read_by_each_member() {
    let town = Town::start();
    let council = Council::seat(&town);
    let list = || {
        town.visitor()
            .get(&format!("{ELBASAN}/regulations"))
            .expect(200)["items"]
            .clone()
    };
    let offered = template(&town);
    let decided = NaiveDate::from_ymd_opt(2022, 3, 4).unwrap();
    let first = adopt(&council.secretary, "2", decided, &offered).expect(201);
    assert_eq!(
        (&first["version"], &first["decided_on"]),
        (&json!(1), &json!("2022-03-04"))
    );
    assert_eq!(unread(&council.police), json!(["handover", "regulation"]));
    let seat = council.seat_of("police");
    read(&council.police, &seat, "regulation", 1).expect(200);
    let counted = |read: i32| {
        let told = prepared(&town);
        assert_eq!(
            (&told["held"], &told["regulation_read"]),
            (&json!(2), &json!(read))
        );
    };
    counted(1);
    let second = adopt(&council.secretary, "7", decided + Days::new(700), RULES).expect(201);
    assert_eq!(second["version"], 2);
    counted(0);
    assert_eq!(unread(&council.police), json!(["handover", "regulation"]));
    let numbers: Vec<_> = list()
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["decision_no"].clone())
        .collect();
    assert_eq!(numbers, ["7", "2"]);
    let old = town
        .visitor()
        .get(&format!("{ELBASAN}/regulations/1"))
        .expect(200);
    assert_eq!(old, first);
    town.visitor()
        .get(&format!("{ELBASAN}/regulations/3"))
        .refused(404, "regulation_unknown");
    let council_page = town
        .visitor()
        .get(&format!("{ELBASAN}/council"))
        .expect(200);
    assert_eq!(council_page["regulation"]["decision_no"], "7");
}

#[test]
fn members_hear_that_there_is_a_regulation_to_read() {
    let town = Town::start();
    let council = Council::seat(&town);
    let today = town.clock().today();
    adopt(&council.secretary, "7", today, RULES).expect(201);
    for member in [&council.secretary, &council.police] {
        let inbox = member.get("/me/inbox").expect(200);
        let items = inbox["items"].as_array().unwrap();
        assert_eq!(items.len(), 1, "{inbox}");
        assert!(items[0]["title"].as_str().unwrap().contains("endim nr. 7,"));
    }
    let inbox = council.administrator.get("/me/inbox").expect(200);
    assert_eq!(inbox["items"], json!([]));
}

#[test]
fn a_regulation_that_somebody_changed_in_the_store_is_noticed() {
    let town = Town::start();
    let council = Council::seat(&town);
    adopt(&council.secretary, "2", town.clock().today(), RULES).expect(201);
    let (whole, said) = town.run(&["check"]);
    assert!(whole, "{said}");
    let forge = "UPDATE regulations SET text = 'Neni 1. Kryetari vendos.' WHERE version = 1";
    open(&town).batch_execute(forge).unwrap();
    let (whole, said) = town.run(&["check"]);
    assert!(
        !whole && said.contains("regulation of") && said.contains("not what was decided"),
        "{said}"
    );
}

/// Study E1 and E2: who learned something takes it along.
#[test]
fn the_share_of_trained_members_falls_when_a_holder_changes() {
    let town = Town::start();
    let council = Council::seat(&town);
    let (police, today) = (council.seat_of("police"), town.clock().today());
    assert_eq!(prepared(&town)["trained"], 0);
    let early = train(&council.secretary, today - Days::new(1), &[&police]).expect(422);
    assert_eq!(
        early["fields"][0]["code"], "seat_vacant",
        "nobody held it on that day"
    );
    let list = train(&council.secretary, today, &[&police, &police]).expect(201);
    assert_eq!(
        (&list["items"][0]["members"], &list["items"][0]["seats"]),
        (&json!(1), &json!([police]))
    );
    assert_eq!(prepared(&town)["trained"], 1);
    assert_eq!(
        papers(&council.police, &police)["trainings"][0]["topic"],
        "Si punon këshilli"
    );
    name(&council, &police, "i.ri@example.al", json!({})).expect(200);
    assert_eq!(prepared(&town)["trained"], 0);
    let list = council
        .secretary
        .get(&format!("{ELBASAN}/desk/trainings"))
        .expect(200);
    assert_eq!(
        (&list["items"][0]["members"], &list["items"][0]["seats"]),
        (&json!(1), &json!([]))
    );
    let id = list["items"][0]["id"].as_str().unwrap();
    let new = Person::sign_in(&town, "i.ri");
    new.delete(&format!("/trainings/{id}"))
        .refused(403, "not_allowed");
    council
        .secretary
        .delete(&format!("/trainings/{id}"))
        .expect(204);
    council
        .secretary
        .delete(&format!("/trainings/{id}"))
        .refused(404, "training_unknown");
    unharmed(&town);
}
