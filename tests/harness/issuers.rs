//! The institutions' issuers, each a process with a folder of its own.

use std::process::Child;
use std::sync::{Arc, Mutex};

use super::Town;
use super::processes::way_without;
use super::town::spawn;

/// The triangle, in the order of its signatures.
pub const TRIANGLE: [&str; 3] = ["municipality", "police", "prosecution"];

/// Running issuers of Elbasan.
pub struct Issuers {
    running: Vec<Issuer>,
}

/// One of them.
struct Issuer {
    institution: String,
    settings: Vec<(String, String)>,
    process: Child,
    address: String,
    log: Arc<Mutex<String>>,
}

impl Issuers {
    /// Starts issuers beside a town, which is started again to know them.
    pub fn start(town: &mut Town, institutions: &[&str]) -> Self {
        let start = |institution: &&str| {
            let folder = town.path(&format!("issuer-{institution}"));
            let settings = [
                ("TREKENDESH_LISTEN", "127.0.0.1:0".to_owned()),
                ("TREKENDESH_DATA_DIR", folder.to_str().unwrap().to_owned()),
                (
                    "TREKENDESH_CLOCK_SHIFT_FILE",
                    town.path("clock").to_str().unwrap().to_owned(),
                ),
            ];
            let settings: Vec<_> = settings
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect();
            let log = Arc::default();
            let (process, address) = spawn("issuer", &settings, &log);
            Issuer {
                institution: (*institution).to_owned(),
                settings,
                process,
                address,
                log,
            }
        };
        let running = institutions.iter().map(start).collect();
        let issuers = Self { running };
        let own = |issuer: &Issuer| issuer.address.clone();
        issuers.make_known(town, own);
        issuers
    }

    /// From now on the town hears no word of this kind from one of them.
    pub fn mute(&self, town: &mut Town, institution: &str, word: &'static str) {
        self.make_known(town, |issuer| {
            let address = issuer.address.clone();
            if issuer.institution == institution {
                way_without(address, word)
            } else {
                address
            }
        });
    }

    fn make_known(&self, town: &mut Town, at: impl Fn(&Issuer) -> String) {
        let entries = self.running.iter().map(|issuer| {
            let address = at(issuer);
            let (name, port) = (&issuer.institution, port_of(&address));
            let file = town.path(&format!("issuer-{name}")).join("password");
            let password = std::fs::read_to_string(file).unwrap();
            format!("elbasan/{name}=http://:{password}@127.0.0.1:{port}")
        });
        let setting = entries.collect::<Vec<_>>().join(",");
        town.set("TREKENDESH_ISSUERS", &setting);
        town.kill_and_restart();
    }

    /// Where one listens.
    pub fn address(&self, institution: &str) -> String {
        self.find(institution).address.clone()
    }

    /// Kills one without warning.
    pub fn kill(&mut self, institution: &str) {
        let issuer = self.find_mut(institution);
        issuer.process.kill().unwrap();
        issuer.process.wait().unwrap();
    }

    /// Starts one again that was killed, where it was.
    pub fn start_again(&mut self, institution: &str) {
        let issuer = self.find_mut(institution);
        let mut settings = issuer.settings.clone();
        settings.push((
            "TREKENDESH_LISTEN".to_owned(),
            format!("127.0.0.1:{}", port_of(&issuer.address)),
        ));
        (issuer.process, issuer.address) = spawn("issuer", &settings, &issuer.log);
    }

    /// What all of them wrote to their logs.
    pub fn log(&self) -> String {
        let logs = self.running.iter().map(|of| of.log.lock().unwrap().clone());
        logs.collect()
    }

    fn find(&self, institution: &str) -> &Issuer {
        let mut all = self.running.iter();
        all.find(|of| of.institution == institution).unwrap()
    }

    fn find_mut(&mut self, institution: &str) -> &mut Issuer {
        let mut all = self.running.iter_mut();
        all.find(|of| of.institution == institution).unwrap()
    }
}

fn port_of(address: &str) -> &str {
    address.rsplit(':').next().unwrap()
}

impl Drop for Issuers {
    fn drop(&mut self) {
        for issuer in &mut self.running {
            // One that is gone already needs no killing.
            drop(issuer.process.kill());
            drop(issuer.process.wait());
        }
    }
}
