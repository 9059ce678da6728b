//! Backups and what is made of them.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::json;

use crate::harness::council::council;
use crate::harness::database::{lines, number, open};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::town::wait_until;
use crate::harness::{Person, Town, roll, unharmed};

/// Submits, and has the secretary assign what came, until told to stop; keeps the receipts.
fn keep_writing(town: &Town, secretary: Person, stop: &AtomicBool, receipts: &Mutex<Vec<String>>) {
    let visitor = town.visitor();
    for count in 0.. {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let receipt = receipt_of("backup", count);
        let answer = visitor
            .post("/municipalities/elbasan/concerns")
            .json(anonymous_concern("Rruga e shkollës pa drita", &receipt))
            .send()
            .expect(201);
        receipts.lock().unwrap().push(receipt);
        secretary
            .request(
                "PUT",
                &format!("/concerns/{}/assignment", answer["id"].as_str().unwrap()),
            )
            .json(json!({"institution": "police"}))
            .send()
            .expect(200);
    }
}

fn opens(town: &Town, receipt: &str) -> bool {
    let body = json!({ "receipt": receipt });
    let answer = town.visitor().post("/receipts/open").json(body).send();
    answer.status == 200
}

/// T-BAK-01.
#[test]
fn a_backup_taken_while_people_write_is_whole_and_its_receipts_open() {
    let mut town = Town::start();
    let (_, secretary, _) = council(&town);
    let backup = text(&town.path("backup"));
    let (stop, receipts) = (AtomicBool::new(false), Mutex::new(Vec::new()));
    let count = || receipts.lock().unwrap().len();
    let before = thread::scope(|scope| {
        let (town, stop, receipts) = (&town, &stop, &receipts);
        scope.spawn(move || keep_writing(town, secretary, stop, receipts));
        wait_until("people write", || count() >= 10);
        let before = count();
        let (done, said) = town.run(&["backup", &backup]);
        let after = count();
        wait_until("people still write", || count() > after);
        stop.store(true, Ordering::Relaxed);
        assert!(done, "{said}");
        assert!(after > before, "control: nobody wrote during the backup");
        before
    });
    town.move_to_folder("elsewhere", &["restore", &backup]);
    let mut file = open(&town);
    assert_eq!(
        lines(
            &mut file,
            "SELECT integrity_check AS line FROM pragma_integrity_check"
        ),
        ["ok"]
    );
    let rows = |file: &mut _, table: &str| {
        number(file, &format!("SELECT count(*) AS number FROM {table}"))
    };
    let concerns = rows(&mut file, "concerns");
    assert_eq!(rows(&mut file, "concern_search"), concerns);
    let receipts = receipts.into_inner().unwrap();
    let open = receipts
        .iter()
        .map(|receipt| opens(&town, receipt))
        .collect::<Vec<_>>();
    assert!(
        open[..before].iter().all(|open| *open),
        "lost what was acknowledged before: {open:?}"
    );
    let kept = open.iter().filter(|open| **open).count();
    assert_eq!(i64::try_from(kept).unwrap(), concerns);
    unharmed(&town);
}

/// A town's backup.
fn backed_up() -> (Town, PathBuf) {
    let town = Town::start();
    town.visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    let folder = town.path("backup");
    let (done, said) = town.run(&["backup", &text(&folder)]);
    assert!(done, "{said}");
    (town, folder)
}

/// Checks that a backup is refused in one line with these words and leaves the folder as it was.
fn refuses(town: &Town, backup: &Path, folder: &Path, words: &str) {
    let before = files_in(folder);
    let (code, said) = town.run_in(folder, &["restore", &text(backup)]);
    assert_eq!(code, 1, "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains(words), "{said}");
    assert_eq!(files_in(folder), before);
}

/// The files below a folder and what is in them.
fn files_in(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_in(&path));
        } else {
            found.push((path.clone(), fs::read(path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn a_backup_is_restored_into_nothing_but_an_empty_folder() {
    let (town, backup) = backed_up();
    for name in [
        "trekendesh.sqlite3",
        "trekendesh.sqlite3-wal",
        "trekendesh.sqlite3-shm",
        "keys/vapid.pk8",
        "keys/pepper",
    ] {
        let folder = town.path("taken");
        fs::create_dir_all(folder.join("keys")).unwrap();
        fs::write(folder.join(name), "what was here before").unwrap();
        refuses(&town, &backup, &folder, &format!("{name} is there already"));
        fs::remove_dir_all(folder).unwrap();
    }
    let (again, said) = town.run(&["backup", &text(&backup)]);
    assert!(!again && said.contains("is there already"), "{said}");
}

#[test]
fn a_damaged_backup_is_refused_and_leaves_nothing_behind() {
    let (town, backup) = backed_up();
    let folder = town.path("empty");
    let database = backup.join("trekendesh.sqlite3");
    let whole = fs::read(&database).unwrap();
    let mut scribbled = whole.clone();
    let middle = whole.len() / 2;
    scribbled[middle..middle + 40_000].fill(b'x');
    for damaged in [&scribbled, &whole[..middle].to_vec()] {
        fs::write(&database, damaged).unwrap();
        refuses(&town, &backup, &folder, "the database is damaged");
    }
    fs::write(&database, "").unwrap();
    refuses(&town, &backup, &folder, "this is no store of Trekendesh");
    fs::write(&database, &whole).unwrap();
    let log = backup.join("trekendesh.sqlite3-wal");
    fs::write(&log, "").unwrap();
    refuses(&town, &backup, &folder, "a store in use and no backup");
    fs::remove_file(log).unwrap();
    fs::remove_file(backup.join("keys/pepper")).unwrap();
    refuses(&town, &backup, &folder, "keys/pepper: No such file");
}

/// Everything the server made below a folder that somebody else may read.
fn open_to_others(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let (path, rights) = (entry.path(), entry.metadata().unwrap().permissions());
        let (mode, is_folder) = (rights.mode() & 0o777, path.is_dir());
        if mode != if is_folder { 0o700 } else { 0o600 } {
            found.push(format!("{mode:o} {}", path.display()));
        }
        if is_folder {
            found.extend(open_to_others(&path));
        }
    }
    found
}

#[test]
fn what_the_server_makes_only_its_own_account_can_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| text(&folder.path().join(name));
    let letters = at("letters");
    let town = Town::demo_with(&[
        ("TREKENDESH_DATA_DIR", &at("deep/data")),
        ("TREKENDESH_MAIL_DIR", &letters),
    ]);
    let code = json!({"email": "arta@example.al"});
    let answer = town.visitor().post("/sign-in/codes").json(code).send();
    answer.expect(202);
    wait_until("a letter is written", || Path::new(&letters).exists());
    let (done, said) = town.run(&["backup", &at("kept/backup")]);
    assert!(done, "{said}");
    let restored = folder.path().join("restored");
    let (code, said) = town.run_in(&restored, &["restore", &at("kept/backup")]);
    assert_eq!(code, 0, "{said}");
    assert!(Path::new(&at("deep/data/trekendesh.sqlite3-wal")).exists());
    assert_eq!(open_to_others(folder.path()), Vec::<String>::new());
}

#[test]
fn what_the_server_makes_does_not_depend_on_the_umask() {
    let folder = tempfile::tempdir().unwrap();
    let backup = text(&folder.path().join("backup"));
    for (data, arguments) in [
        ("data", &["admin", "create", "elbasan", "a@example.al"][..]),
        ("data", &["backup", &backup]),
        ("restored", &["restore", &backup]),
        ("bare", &["migrate"]),
    ] {
        let done = Command::new("sh")
            .args(["-c", "umask 0; exec \"$@\"", "sh"])
            .arg(env!("CARGO_BIN_EXE_trekendesh"))
            .args(arguments)
            .env("TREKENDESH_DATA_DIR", folder.path().join(data))
            .output()
            .unwrap();
        assert!(done.status.success(), "{arguments:?}: {done:?}");
    }
    assert_eq!(open_to_others(folder.path()), Vec::<String>::new());
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_backup_takes_the_key_of_the_roll_along() {
    let mut town = roll::town_with_a_roll(&format!("{}{}", roll::HEADING, roll::ARTA));
    let backup = town.path("backup").to_str().unwrap().to_owned();
    let (done, said) = town.run(&["backup", &backup]);
    assert!(done, "{said}");
    town.move_to_folder("elsewhere", &["restore", &backup]);
    let arta = town.resident("arta");
    roll::verify(
        &arta,
        roll::card(&town, "J50514087P", "14.05.1995", "032145678"),
    )
    .expect(200);
}
