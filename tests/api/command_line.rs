use std::fs;
use std::path::Path;
use std::process::Command;

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use crate::harness::Town;
use crate::harness::database::open;

#[test]
fn wrong_use_exits_with_2_and_one_clear_line() {
    let town = Town::start();
    for (arguments, expected) in [
        (&[][..], "a verb is missing; see `trekendesh --help`"),
        (
            &["dance"],
            "unrecognized subcommand 'dance'; see `trekendesh --help`",
        ),
        (
            &["serve", "--loud"],
            "unexpected argument '--loud' found; see `trekendesh serve --help`",
        ),
        (
            &["serve", "now"],
            "unexpected argument 'now' found; see `trekendesh serve --help`",
        ),
        (
            &["backup"],
            "the following required arguments were not provided: <FOLDER>; \
             see `trekendesh backup --help`",
        ),
        (
            &["admin"],
            "a verb is missing; see `trekendesh admin --help`",
        ),
        (
            &["admin", "create"],
            "the following required arguments were not provided: <MUNICIPALITY> <EMAIL>; \
             see `trekendesh admin create --help`",
        ),
        (
            &["export", "elbasan", "--format", "xml"],
            "invalid value 'xml' for '--format <FORMAT>' [possible values: json, csv]; \
             see `trekendesh export --help`",
        ),
        (
            &["--config"],
            "a value is required for '--config <FILE>' but none was supplied; \
             see `trekendesh --help`",
        ),
    ] {
        let (code, said) = town.run_for_code(arguments);
        assert_eq!((code, said), (2, format!("trekendesh: {expected}\n")));
    }
    let (code, said) = town.run_for_code(&["--config", "gone.toml", "config"]);
    assert_eq!((code, said.lines().count()), (2, 1), "{said}");
    assert!(said.contains("gone.toml"), "{said}");
}

#[test]
fn help_names_every_verb() {
    let town = Town::start();
    let (code, said) = town.run_for_code(&["--help"]);
    assert_eq!(code, 0);
    for verb in [
        "serve",
        "demo",
        "migrate",
        "config",
        "admin",
        "import",
        "export",
        "backup",
        "restore",
        "copy",
        "check",
        "verify-log",
        "vapid",
        "openapi",
    ] {
        assert!(said.contains(&format!("\n  {verb} ")), "{verb}: {said}");
    }
}

#[test]
fn settings_are_printed_with_passwords_masked() {
    let town = Town::start_with(&[(
        "TREKENDESH_SMTP_URL",
        "smtp://post:hunter2@mail.example.al:587",
    )]);
    let (done, said) = town.run(&["config"]);
    assert!(
        done && said.contains("mail.example.al") && !said.contains("hunter2"),
        "{said}"
    );
}

/// Runs a command line in a folder, with nothing set but this.
fn run_in(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trekendesh"));
    command.env_clear().envs(settings.iter().copied());
    let output = command.current_dir(folder).args(arguments).output();
    let output = output.unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8(said).unwrap(),
    )
}

#[test]
fn a_password_is_masked_wherever_in_an_address_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    for (name, address, shown) in [
        (
            "DATABASE_URL",
            "postgres://db.example.al/x?user=u&password=hunter2",
            "database_url = \"postgres://db.example.al/x?user=u&password=***\"",
        ),
        (
            "DATABASE_URL",
            "postgres://u:hunter2@db.example.al/x?sslpassword=hunter2&sslmode=require",
            "postgres://u:***@db.example.al/x?sslpassword=***&sslmode=require",
        ),
        (
            "TREKENDESH_SMTP_URL",
            "smtp://mail.example.al:587?tls=required&password=hunter2",
            "smtp_url = \"smtp://mail.example.al:587?tls=required&password=***\"",
        ),
        (
            "TREKENDESH_SMTP_URL",
            "smtp://post:12/hunter2@mail.example.al",
            "smtp_url = \"***\"",
        ),
    ] {
        let (code, said) = run_in(folder.path(), &[(name, address)], &["config"]);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains(shown) && !said.contains("hunter2"), "{said}");
    }
}

/// What the server says goes into the log of whatever started it.
#[test]
fn no_word_of_an_address_that_is_wrong_is_repeated() {
    let folder = tempfile::tempdir().unwrap();
    for address in [
        "postgres://u:hunter2%@db.example.al/x",
        "postgres://u:12@hunter2@db.example.al/x",
        "postgres://u:12/hunter2@db.example.al/x",
        "postgres://u:hunter2",
        "postgres://db.example.al/x?password=12&hunter2",
        "host=db.example.al password=hunter2",
        "mysql://u:hunter2@db.example.al/x",
    ] {
        for verb in ["serve", "migrate"] {
            let (code, said) = run_in(folder.path(), &[("DATABASE_URL", address)], &[verb]);
            assert_eq!((code, said.lines().count()), (2, 1), "{said}");
            assert!(said.contains("settings: DATABASE_URL is "), "{said}");
            assert!(!said.contains("hunter2"), "{said}");
        }
    }
    let nobody = "postgres://u:hunter2@127.0.0.1:1/x?sslpassword=hunter2";
    let (code, said) = run_in(folder.path(), &[("DATABASE_URL", nobody)], &["migrate"]);
    assert_eq!(code, 1);
    assert!(
        said.contains("127.0.0.1") && !said.contains("hunter2"),
        "{said}"
    );
    let made: Vec<_> = folder.path().read_dir().unwrap().collect();
    assert!(made.is_empty(), "{made:?}");
}

#[test]
fn the_environment_wins_over_the_file_of_settings() {
    let folder = tempfile::tempdir().unwrap();
    let named = "workers = 5\nreaders = 6\nsmtp_url = \"smtp://u:hunter2@mail.example.al\"\n";
    fs::write(folder.path().join("trekendesh.toml"), named).unwrap();
    fs::write(folder.path().join("other.toml"), "workers = 9\n").unwrap();
    let config = |settings: &[(&str, &str)], arguments: &[&str]| {
        let arguments = [arguments, &["config"]].concat();
        let (code, said) = run_in(folder.path(), settings, &arguments);
        assert!(code == 0 && !said.contains("hunter2"), "{said}");
        said.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let has = |said: &[String], line: &str| said.iter().any(|other| other == line);
    let said = config(&[], &[]);
    assert!(
        has(&said, "workers = 5") && has(&said, "readers = 6"),
        "{said:?}"
    );
    let said = config(&[("TREKENDESH_WORKERS", "7")], &[]);
    assert!(
        has(&said, "workers = 7") && has(&said, "readers = 6"),
        "{said:?}"
    );
    let said = config(&[], &["--config", "other.toml"]);
    assert!(
        has(&said, "workers = 9") && has(&said, "readers = 4"),
        "{said:?}"
    );
}

#[test]
fn a_file_of_settings_that_cannot_be_read_is_not_quoted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trekendesh.toml");
    for (wrong, words) in [
        (
            "workers = 5\nsmtp_url = smtp://u:hunter2@mail.example.al\n",
            "line 2",
        ),
        ("smtp_pasword = \"hunter2\"\n", "smtp_pasword"),
    ] {
        fs::write(&file, wrong).unwrap();
        let (code, said) = run_in(folder.path(), &[], &["config"]);
        assert_eq!((code, said.lines().count()), (2, 1), "{said}");
        assert!(said.contains(words) && !said.contains("hunter2"), "{said}");
        assert!(said.contains("trekendesh.toml"), "{said}");
    }
}

#[test]
fn open_data_holds_what_is_public_and_no_formula() {
    let town = Town::demo();
    let (done, said) = town.run(&["export", "elbasan"]);
    assert!(done, "{said}");
    let data: Value = serde_json::from_str(&said).unwrap();
    let shown = town
        .visitor()
        .get("/municipalities/elbasan/concerns")
        .expect(200)["total"]
        .clone();
    let public = data["concerns"].as_array().unwrap();
    let unmerged = public
        .iter()
        .filter(|concern| concern["merged_into"].is_null())
        .count();
    assert_eq!(json!(unmerged), shown);
    let (done, said) = town.run(&["export", "elbasan", "--format", "csv"]);
    assert!(done);
    assert_eq!(said.lines().filter(|line| line.starts_with('=')).count(), 0);
    assert!(said.starts_with("id,topic,unit,status"));
}

#[test]
fn the_push_key_on_the_command_line_is_the_one_that_is_served() {
    let town = Town::start();
    let (done, said) = town.run(&["vapid"]);
    assert!(done);
    assert_eq!(town.visitor().get("/push/key")["key"], said.trim());
}

#[test]
fn switches_and_empty_settings_are_read_as_people_write_them() {
    let town = Town::start_with(&[
        ("TREKENDESH_ALLOW_LOOPBACK_PUSH", "1"),
        ("TREKENDESH_PUBLIC_URL", ""),
    ]);
    let (done, said) = town.run(&["config"]);
    assert!(
        done && said.contains("allow_loopback_push = true"),
        "{said}"
    );
    assert!(!said.contains("public_url"), "{said}");
}

#[test]
fn an_operator_sees_seats_and_sets_which_councils_there_are() {
    let town = Town::start();
    town.administrator();
    let (done, said) = town.run(&["admin", "list", "elbasan"]);
    assert!(
        done && said.contains("administrator") && said.contains("admin@example.al"),
        "{said}"
    );
    let file = town.path("councils.csv");
    fs::write(&file, "code,council\nAL346,formal\n").unwrap();
    let path = file.to_str().unwrap().to_owned();
    let (done, said) = town.run(&["import", "municipalities", &path]);
    assert!(done && said.contains("1 municipalities set"), "{said}");
    assert_eq!(
        town.visitor().get("/municipalities/pustec")["council"],
        "formal"
    );
    fs::write(&file, "code,council\nAL346,sleepy\n").unwrap();
    let (done, said) = town.run(&["import", "municipalities", &path]);
    assert!(
        !done && said.contains("AL346: unknown state sleepy"),
        "{said}"
    );
    let (done, said) = town.run(&["migrate"]);
    assert!(done && said.contains("0 steps done"), "{said}");
}

/// Checks that a verb failed, and said why in one line with these words.
fn fails_with_one_line((code, said): (i32, String), words: &str) {
    assert_eq!(code, 1, "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains(words), "{said}");
}

#[test]
fn a_verb_that_reads_names_a_folder_without_a_store_and_makes_nothing_there() {
    let town = Town::start();
    let folder = town.path("wrong");
    let backup = town.path("backup").to_str().unwrap().to_owned();
    for verb in [
        &["verify-log"][..],
        &["export", "elbasan"],
        &["admin", "list", "elbasan"],
        &["vapid"],
        &["backup", &backup],
    ] {
        let outcome = town.run_in(&folder, verb);
        fails_with_one_line(outcome, folder.to_str().unwrap());
        assert!(!folder.exists(), "{verb:?}");
    }
    fs::create_dir_all(folder.join("keys")).unwrap();
    fs::copy(town.database(), folder.join("trekendesh.sqlite3")).unwrap();
    let outcome = town.run_in(&folder, &["verify-log"]);
    fails_with_one_line(outcome, folder.join("keys").to_str().unwrap());
}

/// T-UPG-01.
#[test]
fn a_store_of_a_newer_version_is_refused_and_left_alone() {
    let town = Town::start();
    open(&town)
        .batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231000001')")
        .unwrap();
    for verb in ["migrate", "verify-log", "demo", "serve"] {
        fails_with_one_line(town.run_for_code(&[verb]), "20991231000001");
    }
    open(&town)
        .batch_execute("DELETE FROM __diesel_schema_migrations WHERE version > '20261124000003'")
        .unwrap();
    let outcome = town.run_for_code(&["verify-log"]);
    fails_with_one_line(outcome, "older than this program: `trekendesh migrate`");
}
