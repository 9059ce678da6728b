//! T-CRASH-01: a server that is killed in the middle of everything.

use std::thread;
use std::time::Instant;

use super::{Crowd, KILLS, drawn_moment, length};
use crate::harness::Town;
use crate::harness::council::with_a_public_concern;
use crate::harness::town::wait_until;

#[test]
fn what_was_acknowledged_is_there_once_however_often_the_server_is_killed() {
    let town = Town::start_with(&[("TREKENDESH_PROOF_AFTER", "1000000")]);
    let (mut town, council, public) = with_a_public_concern(town);
    let mut crowd = Crowd::new(&council, &public, 6);
    let (began, kills) = (Instant::now(), length(KILLS, 12));
    for kill in 1..=kills {
        crowd.round(
            &mut town,
            |_| false,
            |town, progress| {
                wait_until("some writes are acknowledged", || {
                    progress.acknowledged() > 12
                });
                thread::sleep(drawn_moment());
                town.kill_and_restart();
            },
        );
        crowd.check_after(kill, &town);
    }
    crowd.finish(&town);
    let (writes, took) = (crowd.acknowledged(), began.elapsed().as_secs());
    eprintln!("{kills} kills in {took} s, {writes} writes acknowledged, each there once");
}
