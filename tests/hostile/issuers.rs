//! Issuers that are away, silent, or alone.

use ballot::{BallotBox, Evidence, verify};
use serde_json::{Value, json};

use crate::harness::client::Request;
use crate::harness::vote::Election;
use crate::harness::voter::{Voter, cast};
use crate::harness::{Person, unharmed};

/// The recount of what was published.
fn recounted(election: &Election) -> ballot::Report {
    let published = BallotBox::from_json(&election.published_box()).unwrap();
    verify(&published, &Evidence::default()).unwrap()
}

fn cast_one(election: &Election, vote: &Value, voter: &Voter) {
    let item = voter.item(vote, 0, 4, 1);
    assert_eq!(cast(&election.town.visitor(), vote, &item).status, 204);
}

#[test]
fn who_does_not_answer_is_asked_again_and_the_others_sign_meanwhile() {
    let mut election = Election::announced();
    let vote = election.vote();
    let resident = election.resident("arta");
    let mut voter = Voter::new(1);
    election.issuers.kill("prosecution");
    let given = voter.ask(&resident, &vote).expect(200);
    assert_eq!(given["signatures"]["prosecution"], Value::Null);
    assert_eq!(given["signatures"]["police"].as_array().unwrap().len(), 12);
    election.issuers.kill("police");
    election.issuers.kill("municipality");
    // What was answered once is given again without them; who asks for the first time comes back.
    assert_eq!(voter.ask(&resident, &vote).expect(200), given);
    let besa = election.resident("besa");
    Voter::new(2).ask(&besa, &vote).refused(503, "issuers_away");
    for name in crate::harness::issuers::TRIANGLE {
        election.issuers.start_again(name);
    }
    let later = voter.ask(&resident, &vote).expect(200);
    assert_eq!(later["signatures"]["police"], given["signatures"]["police"]);
    voter.take(&vote, &later);
    let sealed = election.open_casting();
    assert_eq!(sealed["issuers"][2]["accounts"], 1);
    cast_one(&election, &sealed, &voter);
}

#[test]
fn an_issuer_that_never_comes_back_is_left_out_and_the_vote_is_held() {
    let mut election = Election::announced();
    let announced = election.vote();
    let voters = election.voters(2);
    election.issuers.kill("prosecution");
    election.move_to("casting_from", 0);
    let vote = election.wait_for("casting");
    let named = vote["issuers"].as_array().unwrap().iter();
    let named: Vec<_> = named.map(|issuer| issuer["institution"].clone()).collect();
    assert_eq!(named, [json!("municipality"), json!("police")]);
    // A phone that was lost asks as before, and what counts is had without it.
    assert_eq!(vote["left_out"][0]["key"], announced["issuers"][2]["key"]);
    let again = Person::sign_in(&election.town, "banor1");
    voters[0].ask(&again, &announced).expect(200);
    for voter in &voters {
        cast_one(&election, &vote, voter);
    }
    election.close();
    let report = recounted(&election);
    assert_eq!((report.items, report.issuers.len()), (2, 2));
    unharmed(&election.town);
}

#[test]
fn too_few_issuers_open_no_vote() {
    let mut election = Election::announced();
    election.voters(1);
    election.issuers.kill("prosecution");
    election.issuers.kill("police");
    election.move_to("casting_from", 0);
    election.wait_for("sealing");
    election.move_to("casting_until", 1);
    election.wait_for("failed");
    let path = format!("/consultations/{}/box.json", election.id);
    election
        .town
        .visitor()
        .get(&path)
        .refused(409, "box_not_open");
}

#[test]
fn a_reveal_that_is_withheld_counts_as_its_commitment_and_is_seen() {
    let mut election = Election::announced();
    let voters = election.voters(1);
    election
        .issuers
        .mute(&mut election.town, "police", "/v1/reveals");
    election.move_to("casting_from", 0);
    let vote = election.wait_for("casting");
    assert_eq!(vote["issuers"][1]["revealed"], false);
    assert_eq!(vote["issuers"][0]["revealed"], true);
    cast_one(&election, &vote, &voters[0]);
    election.close();
    let report = recounted(&election);
    assert!(!report.issuers[1].revealed);
    assert!(report.issuers[2].revealed);
}

#[test]
fn a_single_issuer_is_enough_where_there_is_one_and_is_named_as_such() {
    let election = Election::announced_by(&["municipality"], &[]);
    assert_eq!(election.vote()["single_issuer"], true);
    let voters = election.voters(1);
    let vote = election.open_casting();
    cast_one(&election, &vote, &voters[0]);
    election.close();
    assert!(recounted(&election).single_issuer);
    let file = election.town.path("box.json");
    std::fs::write(&file, election.published_box()).unwrap();
    let said = election
        .town
        .run(&["verify", file.to_str().unwrap(), "--language", "en"]);
    assert!(
        said.0 && said.1.contains("One institution alone"),
        "{}",
        said.1
    );
}

#[test]
fn who_does_not_know_an_issuers_password_gets_nothing_from_it() {
    let election = Election::announced();
    let address = election.issuers.address("police");
    let asked = json!({"consultation": election.id, "voter": "x", "blinded": []});
    let ask =
        |path: &str| Request::new("POST", &format!("{address}/v1/{path}")).json(asked.clone());
    for path in ["keys", "signatures", "statements", "reveals"] {
        let answer = ask(path).header("authorization", "Bearer nothing").send();
        assert!(matches!(answer.status, 400 | 401), "{}", answer.text());
    }
    ask("signatures").send().refused(401, "sign_in_needed");
    let log = election.issuers.log() + &election.town.log();
    for name in crate::harness::issuers::TRIANGLE {
        let file = election.town.path(&format!("issuer-{name}/password"));
        let password = std::fs::read_to_string(file).unwrap();
        assert!(!log.contains(&password), "a password is logged");
        let (_, shown) = election.town.run(&["config"]);
        assert!(shown.contains("elbasan/police") && !shown.contains(&password));
    }
}

#[test]
fn more_time_to_collect_is_more_time_to_be_given_tokens() {
    let election = Election::announced();
    let page = format!("/consultations/{}", election.id);
    let mut dates = election.town.visitor().get(&page).expect(200)["dates"].clone();
    let opened = election.vote()["casting_from"].clone();
    for mark in ["discuss_until", "vote_until", "result_until"] {
        let day: chrono::NaiveDate = dates[mark].as_str().unwrap().parse().unwrap();
        dates[mark] = json!(day + chrono::Days::new(3));
    }
    let asked = json!({"dates": dates, "reason": "Shumë banorë kërkuan kohë."});
    let secretary = &election.council.secretary;
    let path = format!("{page}/extensions");
    secretary.post(&path).json(asked).send().expect(200);
    election.resident("arta");
    // The day on which casting would have been open.
    let day: chrono::NaiveDate = opened.as_str().unwrap().parse().unwrap();
    let days = (day - election.started_on).num_days();
    std::thread::sleep(std::time::Duration::from_secs(5));
    election.town.move_clock(days * 86_400);
    let vote = election.vote();
    assert_eq!(vote["stage"], "issuing");
    let resident = Person::sign_in(&election.town, "arta");
    let mut voter = Voter::new(1);
    let given = voter.ask(&resident, &vote);
    // Also where a year ended meanwhile: it is the one that was announced that counts.
    voter.take(&vote, &given.expect(200));
}
