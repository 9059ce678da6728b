use std::fs;

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
