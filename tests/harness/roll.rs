//! A municipality that hands in its roll of residents.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread;

use chrono::Datelike;
use serde_json::{Value, json};

use super::{Answer, Person, Town};

/// The columns of a register.
pub const HEADING: &str = "nid;emri;datelindja;karta;njesia\n";
/// Two residents of Gjinar.
pub const ARTA: &str = "J50514087P;Arta Hoxha;14.05.1995;032145678;Gjinar\n";
pub const BESA: &str = "I85312044K;Besa Kola;12.03.1988;045671239;gjinar\n";

/// The year of a town.
pub fn year(town: &Town) -> i32 {
    town.clock().today().year()
}

/// Runs a command line with this as its input: whether it went well, what it printed, what it said.
fn fed(town: &Town, arguments: &[&str], input: &str) -> (bool, String, String) {
    let mut process = Command::new(env!("CARGO_BIN_EXE_trekendesh"))
        .env_clear()
        .args(arguments)
        .current_dir(town.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = process.stdin.take().unwrap();
    let input = input.to_owned();
    // What refuses before it reads closes the pipe.
    let writer = thread::spawn(move || drop(pipe.write_all(input.as_bytes())));
    let output = process.wait_with_output().unwrap();
    writer.join().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.success(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// A key at the municipality, with its copy at the server.
pub fn with_key(town: &Town) {
    let file = town.path("municipality.key");
    let (done, said) = town.run(&["roll", "key", file.to_str().unwrap()]);
    assert!(done, "{said}");
    fs::copy(&file, town.path("data/keys/roll-elbasan")).unwrap();
}

/// What the municipality makes of a register.
pub fn marks(town: &Town, register: &str, year: i32) -> (bool, String, String) {
    let year = year.to_string();
    let arguments = [
        "roll",
        "hmac",
        "--key-file",
        "municipality.key",
        "--year",
        &year,
        "--number-column",
        "nid",
        "--birth-column",
        "datelindja",
        "--card-column",
        "karta",
        "--unit-column",
        "njesia",
    ];
    fed(town, &arguments, register)
}

/// Hands marks in at the server.
pub fn import(town: &Town, marks: &str, year: i32, more: &[&str]) -> (bool, String) {
    let (file, year) = (town.path("marks.csv"), year.to_string());
    fs::write(&file, marks).unwrap();
    let file = file.to_str().unwrap();
    let arguments = [
        "import",
        "roll",
        "--municipality",
        "elbasan",
        "--year",
        &year,
        file,
    ];
    town.run(&[&arguments[..], more].concat())
}

/// A town with a roll of this register for this year.
pub fn town_with_a_roll(register: &str) -> Town {
    let town = Town::start();
    with_key(&town);
    let (done, made, said) = marks(&town, register, year(&town));
    assert!(done, "{said}");
    let (done, said) = import(&town, &made, year(&town), &[]);
    assert!(done, "{said}");
    town
}

/// What somebody types.
pub fn card(town: &Town, number: &str, born: &str, card: &str) -> Value {
    json!({"year": year(town), "number": number, "born": born, "card": card})
}

/// Tries to verify with it.
pub fn verify(resident: &Person, body: Value) -> Answer {
    let path = "/municipalities/elbasan/roll/verifications";
    resident.post(path).json(body).send()
}
