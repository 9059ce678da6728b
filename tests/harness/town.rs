//! The real binary on a folder of its own, with a clock that can be moved.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use tempfile::TempDir;
use trekendesh::platform::clock::{Clock, next_hour_of_day};

use super::client::Request;
use super::database::dump;
use super::people::Person;
use super::smtp::Smtp;
use super::store::Database;

/// A running server.
pub struct Town {
    pub address: String,
    pub smtp: Smtp,
    folder: TempDir,
    noon: i64,
    settings: Vec<(String, String)>,
    process: Child,
    log: Arc<Mutex<String>>,
    /// Where the tests run on PostgreSQL; it goes after the server.
    postgres: Option<Database>,
}

impl Town {
    /// Starts on an empty folder.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts with Elbasan's sample year.
    pub fn demo() -> Self {
        Self::demo_with(&[])
    }

    /// Starts with Elbasan's sample year and settings of its own.
    pub fn demo_with(settings: &[(&str, &str)]) -> Self {
        Self::start_as("demo", settings)
    }

    /// Starts on an empty folder with settings of its own.
    pub fn start_with(settings: &[(&str, &str)]) -> Self {
        Self::start_as("serve", settings)
    }

    fn start_as(verb: &'static str, settings: &[(&str, &str)]) -> Self {
        Self::start_on(Database::of_this_run(), verb, settings)
    }

    /// Starts on a database on PostgreSQL, or without one on a file.
    pub fn start_on(
        postgres: Option<Database>,
        verb: &'static str,
        settings: &[(&str, &str)],
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let smtp = Smtp::start();
        // At night devices hear nothing, and a test must not depend on when it is run.
        let now = Clock::new(None).now();
        // Some seconds into a minute, since limits count by the minute.
        let noon = next_hour_of_day(now, 12) + TimeDelta::seconds(30 * 60 + 5);
        let noon = (noon - now).num_seconds();
        set_clock(folder.path(), noon);
        let mut all = vec![
            ("TREKENDESH_LISTEN".to_owned(), "127.0.0.1:0".to_owned()),
            (DATA_DIR.to_owned(), text(&folder.path().join("data"))),
            (
                "TREKENDESH_CLOCK_SHIFT_FILE".to_owned(),
                text(&folder.path().join("clock")),
            ),
            (
                "TREKENDESH_SMTP_URL".to_owned(),
                format!("smtp://{}", smtp.address),
            ),
        ];
        if let Some(database) = &postgres {
            all.push(("DATABASE_URL".to_owned(), database.url()));
        }
        all.extend(
            settings
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let log = Arc::new(Mutex::new(String::new()));
        let (process, address) = spawn(verb, &all, &log);
        Self {
            address,
            smtp,
            folder,
            noon,
            settings: all,
            process,
            log,
            postgres,
        }
    }

    /// Kills the server without warning and starts it again on the same folder.
    pub fn kill_and_restart(&mut self) {
        self.kill();
        let (process, address) = spawn("serve", &self.settings, &self.log);
        self.process = process;
        self.address = address;
    }

    /// Kills the server without warning.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Goes on with this database and the same keys from the next start.
    pub fn use_database(&mut self, database: Database) {
        self.set("DATABASE_URL", &database.url());
        self.postgres = Some(database);
    }

    /// Starts one more process on the same database with the same keys.
    pub fn start_another(&self) -> (Child, String) {
        spawn("serve", &self.settings, &self.log)
    }

    /// Waits until the server ends by itself; its exit code.
    pub fn wait_for_end(&mut self) -> Option<i32> {
        self.process.wait().unwrap().code()
    }

    /// Moves the clock to so many seconds after the start, which was at half past noon in Albania.
    pub fn move_clock(&self, seconds: i64) {
        set_clock(self.folder.path(), self.noon + seconds);
    }

    /// The clock the server goes by.
    pub fn clock(&self) -> Clock {
        Clock::new(Some(self.folder.path().join("clock")))
    }

    /// Moves the clock on to the next half past this hour in Albania.
    pub fn move_clock_to_hour(&self, hour: u32) {
        let now = self.clock().now();
        let target = next_hour_of_day(now, hour) + TimeDelta::minutes(30);
        self.move_clock((target - Clock::new(None).now()).num_seconds() - self.noon);
    }

    /// Writes something that changes nothing, so that the worker looks at once.
    pub fn wake(&self) {
        let nobody = serde_json::json!({"endpoint": "https://push.example.org/nobody"});
        let ended = self.visitor().request("DELETE", "/push/subscriptions");
        assert_eq!(ended.json(nobody).send().status, 204);
    }

    /// Lets the night pass and waits until the morning's batch has published these concerns.
    pub fn next_morning(&self, ids: &[&str]) {
        self.move_clock(26 * 3600);
        for id in ids {
            wait_until(&format!("{id} is public"), || {
                self.visitor().get(&format!("/concerns/{id}")).status == 200
            });
        }
    }

    /// The same person after their session ran out: signed in anew.
    pub fn resident_again(&self, _before: Person, name: &str) -> Person {
        Person::sign_in(self, name)
    }

    /// Runs a command line beside the server.
    pub fn run(&self, arguments: &[&str]) -> (bool, String) {
        let (code, said) = self.run_for_code(arguments);
        (code == 0, said)
    }

    /// Runs a command line beside the server, for its exit code.
    pub fn run_for_code(&self, arguments: &[&str]) -> (i32, String) {
        run(&self.settings, arguments)
    }

    /// Runs a command line on another data folder.
    pub fn run_in(&self, folder: &Path, arguments: &[&str]) -> (i32, String) {
        let mut settings = self.settings.clone();
        settings.push((DATA_DIR.to_owned(), text(folder)));
        run(&settings, arguments)
    }

    /// Changes a setting for the next start.
    pub fn set(&mut self, name: &str, value: &str) {
        self.settings.push((name.to_owned(), value.to_owned()));
    }

    /// Stops, prepares an empty data folder with a command line, and starts there.
    pub fn move_to_folder(&mut self, name: &str, prepare: &[&str]) {
        self.set(DATA_DIR, &text(&self.path(name)));
        let (done, said) = self.run(prepare);
        assert!(done, "{said}");
        self.kill_and_restart();
    }

    /// A request outside the API.
    pub fn request(&self, method: &str, path: &str) -> Request {
        Request::new(method, &format!("{}{path}", self.address))
    }

    /// A path in this town's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Somebody without an account.
    pub fn visitor(&self) -> Person {
        Person::visitor(self)
    }

    /// Somebody with an account, who signs in by the code from the mail.
    pub fn resident(&self, name: &str) -> Person {
        Person::sign_in(self, name)
    }

    /// The administrator of Elbasan's council, named on the command line.
    pub fn administrator(&self) -> Person {
        let (done, said) = self.run(&["admin", "create", "elbasan", "admin@example.al"]);
        assert!(done, "{said}");
        Person::sign_in(self, "admin")
    }

    /// A member, whom the administrator gives a seat in Elbasan's council.
    pub fn member(&self, administrator: &Person, institution: &str, role: &str) -> Person {
        let name = format!("{institution}.{role}");
        administrator
            .post("/municipalities/elbasan/seats")
            .json(serde_json::json!({
                "email": format!("{name}@example.al"), "institution": institution,
                "role": role, "title": format!("{institution} {role}"),
            }))
            .send()
            .expect(201);
        Person::sign_in(self, &name)
    }

    /// Everything the server wrote to its log so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// The same, for somebody who looks at it later.
    pub fn log_as_it_grows(&self) -> Arc<Mutex<String>> {
        self.log.clone()
    }

    /// Every byte in the data folder outside the keys, for a look at what is stored; with what lies in
    /// the tables, where a server keeps them.
    pub fn stored_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        collect(&self.path("data"), &mut bytes);
        if self.postgres.is_some() {
            for row in dump(self).into_values().flatten() {
                bytes.extend(row.into_bytes());
            }
        }
        bytes
    }

    /// The address of the database.
    pub fn database_url(&self) -> String {
        match &self.postgres {
            Some(database) => database.url(),
            None => text(&self.database()),
        }
    }

    /// The number of the server's process.
    pub fn process(&self) -> u32 {
        self.process.id()
    }

    /// Where the database file is.
    pub fn database(&self) -> PathBuf {
        let named = |(name, _): &&(String, String)| name == DATA_DIR;
        let (_, folder) = self.settings.iter().rfind(named).unwrap();
        Path::new(folder).join("trekendesh.sqlite3")
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        // A process that is gone already needs no killing.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Seconds to wait for what only has to happen at all: enough for a machine with other work to do.
pub const GENEROUS: u64 = 30;

/// Waits for what the server does in the background.
pub fn wait_until(what: &str, holds: impl FnMut() -> bool) {
    wait_up_to(GENEROUS, what, holds);
}

/// Waits for what takes the server so many seconds in the background.
pub fn wait_up_to(seconds: u64, what: &str, mut holds: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(seconds);
    while !holds() {
        assert!(Instant::now() < until, "never: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

type Settings = [(String, String)];
const DATA_DIR: &str = "TREKENDESH_DATA_DIR";

/// The setting under which the server ignores a signal, for faults that would end it otherwise.
pub const IGNORE_SIGNAL: &str = "IGNORE_SIGNAL";

/// Moves the clock in one step: a server that read half a file would for a moment be back at the
/// machine's time, and take what waits for another day as due.
fn set_clock(folder: &Path, shift: i64) {
    let new = folder.join("clock.new");
    fs::write(&new, shift.to_string()).unwrap();
    fs::rename(new, folder.join("clock")).unwrap();
}

fn binary(settings: &Settings) -> Command {
    let path = env!("CARGO_BIN_EXE_trekendesh");
    let mut command = match settings.iter().find(|(name, _)| name == IGNORE_SIGNAL) {
        Some((_, signal)) => {
            let mut env = Command::new("env");
            env.args([&format!("--ignore-signal={signal}"), path]);
            env
        }
        None => Command::new(path),
    };
    command
        .env_clear()
        .envs(settings.iter().map(|(name, value)| (name, value)));
    command
}

fn run(settings: &Settings, arguments: &[&str]) -> (i32, String) {
    let output = binary(settings).args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8(said).unwrap(),
    )
}

/// Starts a process that says where it listens.
pub fn spawn(verb: &str, settings: &Settings, log: &Arc<Mutex<String>>) -> (Child, String) {
    let mut process = binary(settings)
        .arg(verb)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let errors = process.stderr.take().unwrap();
    let kept = log.clone();
    thread::spawn(move || {
        for line in BufReader::new(errors).lines().map_while(Result::ok) {
            kept.lock().unwrap().push_str(&format!("{line}\n"));
        }
    });
    let mut first = String::new();
    let said = process.stdout.take().unwrap();
    BufReader::new(said).read_line(&mut first).unwrap();
    assert!(
        first.starts_with("http://"),
        "no start: {first}{}",
        log.lock().unwrap()
    );
    (process, first.trim().to_owned())
}

fn collect(folder: &Path, bytes: &mut Vec<u8>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.ends_with("keys") {
            continue;
        }
        if path.is_dir() {
            collect(&path, bytes);
        } else {
            fs::File::open(path).unwrap().read_to_end(bytes).unwrap();
        }
    }
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}
