//! A formal vote from the first token to the recount.

use std::fs;

use chrono::Datelike;
use diesel::connection::SimpleConnection;

use ballot::{BallotBox, Evidence, Inclusion, Receipt, Root, verify};
use serde_json::{Value, json};

use crate::harness::consultation::announcement;
use crate::harness::database::{dump, number, open};
use crate::harness::unharmed;
use crate::harness::vote::Election;
use crate::harness::voter::{Voter, cast};

fn rank(vote: &Value) -> Vec<String> {
    let ranking = vote["result"]["ranking"].as_array().unwrap().iter();
    ranking
        .map(|row| row["concern"].as_str().unwrap().to_owned())
        .collect()
}

/// Casts all tokens of all voters: the concern at `best` gets 5, the others 1.
fn cast_all(election: &Election, vote: &Value, voters: &[Voter], best: u16) {
    for voter in voters {
        for index in 0..12 {
            let rating = if voter.concern(vote, index) == best {
                5
            } else {
                1
            };
            let item = voter.item(vote, index, rating, 1);
            assert_eq!(cast(&election.town.visitor(), vote, &item).status, 204);
        }
    }
}

#[test]
fn what_was_cast_is_counted_and_anybody_can_recount_it() {
    let election = Election::announced();
    let announced = election.vote();
    assert_eq!(announced["method"], "prioritising");
    assert_eq!(announced["threshold"], 2);
    assert_eq!(announced["single_issuer"], false);
    assert_eq!(announced["issuers"].as_array().unwrap().len(), 3);
    assert_eq!(announced["paper"], Value::Null, "nobody can know it yet");
    let voters = election.voters(6);
    let vote = election.open_casting();
    assert_eq!(vote["issuers"][0]["accounts"], 6);
    assert_eq!(vote["issuers"][2]["tokens"], 72);
    assert_eq!(vote["issuers"][1]["revealed"], true);
    assert_eq!(vote["turnout"]["units"][0]["unit"], "gjinar");
    cast_all(&election, &vote, &voters, 1);
    // One changes their mind.
    let changed = voters[0].item(&vote, 0, 3, 2);
    assert_eq!(cast(&election.town.visitor(), &vote, &changed).status, 204);
    assert_eq!(
        election.vote()["result"],
        Value::Null,
        "hidden until closing"
    );
    let path = format!("/consultations/{}/box.json", election.id);
    election
        .town
        .visitor()
        .get(&path)
        .refused(409, "box_not_open");
    let counted = election.close();
    let result = &counted["result"];
    assert_eq!(result["counted"], 72);
    assert_eq!(rank(&counted)[0], counted["paper"]["concerns"][1]["id"]);
    let bytes = election.published_box();
    let published = BallotBox::from_json(&bytes).unwrap();
    assert_eq!(published.items.len(), 72);
    assert!(published.items.contains(&changed));
    let report = verify(&published, &Evidence::default()).unwrap();
    assert!(!report.single_issuer);
    // The command line says the same.
    let file = election.town.path("box.json");
    fs::write(&file, &bytes).unwrap();
    let (sound, said) = election
        .town
        .run(&["verify", file.to_str().unwrap(), "--language", "en"]);
    assert!(sound, "{said}");
    log_says_how_many(&election, &counted);
    unharmed(&election.town);
    check_names_what_was_changed(&election);
}

/// The log says how many and under which root, never who.
fn log_says_how_many(election: &Election, counted: &Value) {
    let log = dump(&election.town)["audit_log"].join("\n");
    assert!(log.contains("vote_sealed") && log.contains(&format!("{}: 6, 6, 6", election.id)));
    let root = counted["roots"].as_array().unwrap().last().unwrap()["hash"].as_str();
    assert!(log.contains(&format!("{}: 72 {}", election.id, root.unwrap())));
}

/// Past the server, a count or an item is changed, and put back.
fn check_names_what_was_changed(election: &Election) {
    let counted = |from: u8, to: u8| {
        format!(
            "UPDATE votes SET outcome = replace(outcome, '\"withdrawn\":{from}', '\"withdrawn\":{to}')"
        )
    };
    let cast = |from: u8, to: u8| format!("UPDATE ballots SET value = {to} WHERE value = {from}");
    for (done, undone, said) in [
        (counted(0, 1), counted(1, 0), "count"),
        (cast(3, 2), cast(2, 3), "its items are not those"),
    ] {
        assert!(election.town.run(&["check"]).1.contains("fits together"));
        open(&election.town).batch_execute(&done).unwrap();
        let (fits, words) = election.town.run(&["check"]);
        assert!(!fits && words.contains(said), "{done}: {words}");
        open(&election.town).batch_execute(&undone).unwrap();
    }
}

#[test]
fn a_night_later_everybody_can_show_that_their_item_is_in_the_box() {
    let election = Election::announced();
    let voters = election.voters(2);
    let vote = election.open_casting();
    cast_all(&election, &vote, &voters, 0);
    let visitor = election.town.visitor();
    let item = voters[1].item(&vote, 4, 1, 2);
    assert_eq!(cast(&visitor, &vote, &item).status, 204);
    let path = format!("/consultations/{}/inclusions", election.id);
    let ask = |token: String| visitor.post(&path).json(json!({ "token": token })).send();
    ask(item.token.to_string()).refused(404, "item_unknown");
    election.move_to("casting_from", 1);
    election.wait_for_roots(1);
    let proven = ask(item.token.to_string()).expect(200);
    let root: Root = serde_json::from_value(proven["root"].clone()).unwrap();
    let inclusion: Inclusion = serde_json::from_value(proven["inclusion"].clone()).unwrap();
    assert_eq!(root.size, 24);
    assert_eq!(inclusion.root(ballot::leaf(&item.canonical())), Some(root));
    assert_eq!(election.vote()["roots"][0]["hash"], root.hash.to_string());
    ask("A".repeat(43)).refused(404, "item_unknown");
    // The box at the end is held to that root and to the receipt.
    let counted = election.close();
    assert_eq!(counted["roots"].as_array().unwrap().len(), 2);
    let published = BallotBox::from_json(&election.published_box()).unwrap();
    let evidence = Evidence {
        roots: vec![root],
        receipts: vec![Receipt { item, inclusion }],
        ..Evidence::default()
    };
    assert_eq!(verify(&published, &evidence).unwrap().receipts, 1);
}

#[test]
fn one_resident_is_given_tokens_once_and_a_lost_answer_again() {
    let election = Election::announced();
    let vote = election.vote();
    let (voter, other) = (Voter::new(1), Voter::new(2));
    let visitor = election.town.visitor();
    voter.ask(&visitor, &vote).refused(401, "sign_in_needed");
    let stranger = election.town.resident("stranger");
    voter.ask(&stranger, &vote).refused(403, "not_verified");
    // Verified for another year: whoever is so for both would vote twice around New Year.
    let year = vote["year"].as_i64().unwrap();
    let today = election.town.clock().today();
    let other_year = if year == i64::from(today.year()) {
        year + 1
    } else {
        year - 1
    };
    let shown = json!({"email": "stranger@example.al", "unit": "gjinar", "year": other_year});
    let desk = election
        .council
        .secretary
        .post("/municipalities/elbasan/verifications");
    desk.json(shown).send().expect(201);
    voter.ask(&stranger, &vote).refused(403, "not_verified");
    let arta = election.resident("arta");
    let first = voter.ask(&arta, &vote).expect(200);
    assert_eq!(voter.ask(&arta, &vote).expect(200), first);
    // Another device of the same person has another seed.
    other.ask(&arta, &vote).refused(409, "tokens_other");
    // Fewer, more, or for other institutions than issue.
    let besa = election.resident("besa");
    let whole = other.request(&vote);
    let mut fewer = whole.clone();
    fewer["blinded"]["police"].as_array_mut().unwrap().pop();
    let mut without = whole.clone();
    without["blinded"].as_object_mut().unwrap().remove("police");
    let mut school = without.clone();
    school["blinded"]["school"] = whole["blinded"]["police"].clone();
    let path = format!("/consultations/{}/tokens", election.id);
    for wrong in [fewer, without, school, json!({"blinded": {}})] {
        let answer = besa.post(&path).json(wrong).send();
        answer.refused(422, "fields_invalid");
    }
    // Nothing of that used up what is hers.
    other.ask(&besa, &vote).expect(200);
    let sealed = election.open_casting();
    assert_eq!(sealed["issuers"][0]["accounts"], 2);
    // A phone that was lost: the same seed is given the same again, also from issuers that are gone.
    let arta = election.town.resident("arta");
    assert_eq!(voter.ask(&arta, &vote).expect(200), first);
    other.ask(&arta, &vote).refused(409, "tokens_other");
    let cela = election.town.resident("cela");
    other.ask(&cela, &vote).refused(403, "not_verified");
    election.move_to("casting_until", 1);
    election.wait_for("counted");
    let arta = election.town.resident("arta");
    voter.ask(&arta, &vote).refused(409, "issuing_over");
    let kept = "SELECT count(*) AS number FROM token_answers";
    assert_eq!(number(&mut open(&election.town), kept), 0);
}

#[test]
fn a_question_is_one_token_and_one_choice() {
    let election = Election::announced_by(&["municipality", "police"], &[]);
    let mut asked = announcement(election.town.clock().today());
    asked["choices"] = json!(["Po", "Jo"]);
    let secretary = election.town.resident("municipality.secretary");
    let path = "/municipalities/elbasan/consultations";
    let id = secretary.post(path).json(asked).send().expect(201)["id"].clone();
    let election = Election {
        id: id.as_str().unwrap().to_owned(),
        ..election
    };
    let vote = election.wait_for("issuing");
    assert_eq!(
        (&vote["method"], &vote["tokens"]),
        (&json!("question"), &json!(1))
    );
    let voters = election.voters(3);
    let vote = election.open_casting();
    let visitor = election.town.visitor();
    for (voter, choice) in voters.iter().zip([2, 2, 1]) {
        assert_eq!(
            cast(&visitor, &vote, &voter.item(&vote, 0, choice, 1)).status,
            204
        );
    }
    let third = voters[0].item(&vote, 0, 3, 2);
    cast(&visitor, &vote, &third).refused(422, "item_value");
    let counted = election.close();
    assert_eq!(counted["result"]["choices"], json!([1, 2]));
    let published = BallotBox::from_json(&election.published_box()).unwrap();
    verify(&published, &Evidence::default()).unwrap();
}
