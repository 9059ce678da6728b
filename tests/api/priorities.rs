//! What residents put first becomes what the council takes up first.

use serde_json::{Value, json};

use crate::harness::Person;
use crate::harness::council::move_to;
use crate::harness::unharmed;
use crate::harness::vote::Election;
use crate::harness::voter::cast;

fn take_up(secretary: &Person, election: &Election, first: u32) -> crate::harness::Answer {
    let path = format!("/consultations/{}/priorities", election.id);
    secretary.post(&path).json(json!({ "first": first })).send()
}

fn list(election: &Election) -> Value {
    let path = "/municipalities/elbasan/priorities";
    election.town.visitor().get(path).expect(200)["priorities"].clone()
}

#[test]
fn the_ranking_is_the_list_of_the_year_and_the_first_of_it_are_taken_up() {
    let election = Election::announced();
    assert_eq!(list(&election), Value::Null);
    take_up(&election.council.secretary, &election, 2).refused(409, "vote_not_counted");
    let voters = election.voters(4);
    let vote = election.open_casting();
    for voter in &voters {
        for index in 0..12 {
            let rating = 5 - 2 * u8::try_from(voter.concern(&vote, index)).unwrap();
            let item = voter.item(&vote, index, rating, 1);
            assert_eq!(cast(&election.town.visitor(), &vote, &item).status, 204);
        }
    }
    let counted = election.close();
    let ranking: Vec<&Value> = counted["result"]["ranking"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["concern"])
        .collect();
    let priorities = list(&election);
    assert_eq!(priorities["consultation"], election.id.as_str());
    let items = priorities["items"].as_array().unwrap().clone();
    let listed: Vec<_> = items.iter().map(|item| &item["concern"]["id"]).collect();
    assert_eq!(listed, ranking);
    assert_eq!(
        (&items[0]["rank"], &items[2]["rank"]),
        (&json!(1), &json!(3))
    );
    // The second cannot move there any more.
    let secretary = Person::sign_in(&election.town, "municipality.secretary");
    let second = ranking[1].as_str().unwrap();
    let declined = json!({"to": "declined", "legal_ground": "Ligji 139/2015"});
    move_to(&secretary, second, declined).expect(200);
    let police = Person::sign_in(&election.town, "police.member");
    take_up(&police, &election, 2).refused(403, "not_allowed");
    take_up(&secretary, &election, 21).refused(422, "fields_invalid");
    take_up(&secretary, &election, 0).refused(422, "fields_invalid");
    let done = take_up(&secretary, &election, 2).expect(200);
    assert_eq!(done["moved"], json!([ranking[0]]));
    assert_eq!(
        done["refused"],
        json!([{"id": second, "code": "move_refused"}])
    );
    let first = format!("/concerns/{}", ranking[0].as_str().unwrap());
    let page = election.town.visitor().get(&first).expect(200);
    assert_eq!(page["status"], "prioritised");
    assert!(page.to_string().contains("Vendi 1 në votimin «"), "{page}");
    unharmed(&election.town);
}
