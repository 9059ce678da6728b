//! The institutions' issuers, each a process with a folder of its own.

use std::process::Child;
use std::sync::{Arc, Mutex};

use super::Town;
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
        town.set("TREKENDESH_ISSUERS", &issuers.setting(town));
        town.kill_and_restart();
        issuers
    }

    fn setting(&self, town: &Town) -> String {
        let entries = self.running.iter().map(|issuer| {
            let (name, port) = (&issuer.institution, issuer.port());
            let file = town.path(&format!("issuer-{name}")).join("password");
            let password = std::fs::read_to_string(file).unwrap();
            format!("elbasan/{name}=http://:{password}@127.0.0.1:{port}")
        });
        entries.collect::<Vec<_>>().join(",")
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
            format!("127.0.0.1:{}", issuer.port()),
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

impl Issuer {
    fn port(&self) -> &str {
        self.address.rsplit(':').next().unwrap()
    }
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
