//! What must survive a server that dies.

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::harness::Town;
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::town::{try_to_submit, wait_until};

/// T-CRASH-01, short: what was acknowledged is there, once, after the server was killed.
#[test]
fn no_acknowledged_concern_is_lost_when_the_server_is_killed() {
    let mut town = Town::start();
    let acknowledged = Mutex::new(Vec::new());
    for round in 0..4_u64 {
        let base = town.address.clone();
        thread::scope(|scope| {
            for number in 0..6_u32 {
                let (base, acknowledged) = (&base, &acknowledged);
                scope.spawn(move || {
                    for turn in 0..40 {
                        let receipt = receipt_of(&format!("{round}-{number}"), turn);
                        let body = anonymous_concern("Rruga e shkollës pa drita", &receipt);
                        match try_to_submit(base, &body) {
                            Some(201) => acknowledged.lock().unwrap().push(receipt),
                            Some(other) => panic!("answered {other}"),
                            None => return,
                        }
                    }
                });
            }
            let before = acknowledged.lock().unwrap().len();
            wait_until("some are acknowledged", || {
                acknowledged.lock().unwrap().len() > before + 2
            });
            thread::sleep(Duration::from_millis(7 * round));
            town.kill_and_restart();
        });
    }
    let receipts = acknowledged.into_inner().unwrap();
    assert!(!receipts.is_empty(), "control: something was acknowledged");
    for receipt in &receipts {
        town.visitor()
            .post("/receipts/open")
            .json(json!({"receipt": receipt}))
            .send()
            .expect(200);
    }
}
