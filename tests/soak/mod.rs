//! Faults that come again and again while people write, and a load that goes on for long. `cargo xtask
//! test` runs each for seconds; `cargo xtask soak` says for how long instead, over the same code.

mod crowd;
mod hours;
mod kills;

use std::time::Duration;

use trekendesh::platform::chance::Chance;

pub use crowd::{Crowd, patient_with_an_outage};

/// How often, or for how long: what the environment says, else so little that a test can do it.
pub fn length(name: &str, short: u64) -> u64 {
    let said = std::env::var(name).ok();
    said.map_or(short, |text| text.parse().unwrap())
}

/// How often the server is killed.
pub const KILLS: &str = "TREKENDESH_SOAK_KILLS";
/// For how many seconds a load goes on, or a database is away.
pub const SECONDS: &str = "TREKENDESH_SOAK_SECONDS";

/// A moment of whatever goes on, another each time.
pub fn drawn_moment() -> Duration {
    let [drawn] = Chance.bytes().unwrap();
    Duration::from_millis(u64::from(drawn))
}
