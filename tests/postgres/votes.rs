//! A vote held by three processes at once.

use std::thread;

use ballot::{BallotBox, Evidence, verify};

use crate::harness::processes::Processes;
use crate::harness::unharmed;
use crate::harness::vote::Election;
use crate::harness::voter::{Voter, cast};

#[test]
fn three_processes_give_tokens_once_take_the_last_item_and_count_once() {
    let mut election = Election::announced();
    let processes = Processes::join(&mut election.town, 2);
    let vote = election.vote();
    let resident = election.resident("arta");
    let token = resident.token();
    let statuses: Vec<u16> = thread::scope(|scope| {
        let one = |number: u8| {
            let person = election.town.visitor().with_token(token);
            let vote = &vote;
            let voter = Voter::new(number % 3 + 1);
            scope.spawn(move || voter.ask(&person, vote).status)
        };
        let all: Vec<_> = (0..30).map(one).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 10);
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 20);
    let mut voters = Vec::new();
    for number in 11..14 {
        let mut voter = Voter::new(number);
        let resident = election.resident(&format!("banor{number}"));
        voter.take(&vote, &voter.ask(&resident, &vote).expect(200));
        voters.push(voter);
    }
    let vote = election.open_casting();
    thread::scope(|scope| {
        for sequence in 1..=30_u32 {
            let (town, vote, voters) = (&election.town, &vote, &voters);
            scope.spawn(move || {
                for voter in voters {
                    let item = voter.item(vote, 0, 1, sequence);
                    assert!(matches!(
                        cast(&town.visitor(), vote, &item).status,
                        204 | 409
                    ));
                }
            });
        }
    });
    let counted = election.close();
    assert_eq!(counted["result"]["counted"], 3);
    let published = BallotBox::from_json(&election.published_box()).unwrap();
    assert!(published.items.iter().all(|item| item.sequence == 30));
    verify(&published, &Evidence::default()).unwrap();
    assert_eq!(processes.addresses.len(), 3);
    unharmed(&election.town);
}
