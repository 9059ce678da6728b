//! Concerns from other systems, in files as people have them.

use std::fs;

use crate::harness::Town;
use crate::harness::database::{lines, number, open};

const LIGHTS: &str = "Llamba te ura është e prishur prej një muaji.";
const CROSSING: &str = "Kryqëzimi pa sinjalistikë te tregu.";

/// Imports a file with this content into Elbasan.
fn import(town: &Town, name: &str, text: &str, more: &[&str]) -> (i32, String) {
    let file = town.path(name);
    fs::write(&file, text).unwrap();
    let path = file.to_str().unwrap();
    let arguments = [
        &["import", "concerns", path, "--municipality", "elbasan"],
        more,
    ];
    town.run_for_code(&arguments.concat())
}

fn concerns(town: &Town) -> i64 {
    number(&mut open(town), "SELECT count(*) AS number FROM concerns")
}

#[test]
fn an_import_is_all_or_nothing_unless_asked_for_less() {
    let town = Town::start();
    let text = format!(
        "service_code,description,unit,lat,long,requested_datetime,status\n\
         lighting,\"{LIGHTS}\",gjinar,,,2026-01-15T10:00:00Z,open\n\
         domestic,\"Dikush rreh dikë në pallat.\",,,,,open\n\
         road,\"{CROSSING}\",elbasan,41.1113,20.0822,,open\n"
    );
    let (code, said) = import(&town, "requests.csv", &text, &[]);
    assert_eq!(code, 1);
    assert!(
        said.contains("row 2:") && said.contains("nothing was taken"),
        "{said}"
    );
    assert_eq!(concerns(&town), 0);
    let (code, said) = import(&town, "requests.csv", &text, &["--partial"]);
    assert!(code == 0 && said.contains("2 of 3 rows taken"), "{said}");
    assert_eq!(concerns(&town), 2);
}

#[test]
fn every_row_that_is_refused_is_named_with_its_reason() {
    let town = Town::start();
    let text = format!(
        "service_request_id,service_code,description,unit,lat,long,requested_datetime\n\
         1,lighting,{LIGHTS},gjinar,,,\n\
         2,lighting,{LIGHTS},,\"41,1113\",20.0822,\n\
         3,lighting,{LIGHTS},,41.1113,,\n\
         4,lighting,{LIGHTS},,,20.0822,\n\
         5,lighting,{LIGHTS},,41.1113\n\
         6,lighting,{LIGHTS},,91,20.0822,\n\
         7,lighting,{LIGHTS},atlantis,,,\n\
         8,lighting,{LIGHTS},gjinar,,,yesterday\n\
         9,lighting,E shkurt,gjinar,,,\n\
         10,road,{CROSSING},elbasan,41.1113,20.0822,\n\
         1\0,road,{CROSSING},elbasan,,,\n"
    );
    let refused = "row 2: lat: 41,1113 is no number\n\
                   row 3: lat without long\n\
                   row 4: long without lat\n\
                   row 5: 5 cells where the heading has 7\n\
                   row 6: lat, long: point_invalid\n\
                   row 7: unit: unit_unknown\n\
                   row 8: requested_datetime: day_invalid\n\
                   row 9: description: too_short\n\
                   row 11: service_request_id: holds a NUL\n";
    let (code, said) = import(&town, "requests.csv", &text, &[]);
    assert_eq!(
        (code, said),
        (
            1,
            format!("trekendesh: nothing was taken; mend these rows or use --partial\n{refused}")
        )
    );
    assert_eq!(concerns(&town), 0);
    let (code, said) = import(&town, "requests.csv", &text, &["--partial"]);
    assert_eq!((code, said), (0, format!("{refused}2 of 11 rows taken\n")));
    let cells = lines(
        &mut open(&town),
        "SELECT coalesce(cell, 'none') AS line FROM concerns ORDER BY topic",
    );
    assert!(cells[0] == "none" && cells[1] != "none", "{cells:?}");
}

#[test]
fn a_file_that_comes_again_adds_only_what_is_new_in_it() {
    let town = Town::start();
    let heading = "service_request_id,service_code,description,unit\n";
    let first = format!("{heading}7,lighting,{LIGHTS},gjinar\n8,road,{CROSSING},elbasan\n");
    let (_, said) = import(&town, "requests.csv", &first, &[]);
    assert_eq!(said, "2 of 2 rows taken\n");
    let again = format!("{first}9,road,{CROSSING},gjinar\n9,road,{CROSSING},gjinar\n");
    let (code, said) = import(&town, "requests.csv", &again, &[]);
    let expected = "row 1: already imported\nrow 2: already imported\nrow 4: already imported\n\
                    1 of 4 rows taken\n";
    assert_eq!((code, said.as_str()), (0, expected));
    let json = format!(
        "[{{\"service_request_id\": 9, \"service_code\": \"road\", \"description\": \"{CROSSING}\"}}]"
    );
    let (_, said) = import(&town, "requests.json", &json, &[]);
    assert_eq!(said, "row 1: already imported\n0 of 1 rows taken\n");
    let (_, said) = import(&town, "requests.json", &json, &["--source", "Aplikacioni"]);
    assert_eq!(said, "1 of 1 rows taken\n", "another system's 9 is another");
    assert_eq!(concerns(&town), 4);
}

#[test]
fn a_row_without_an_id_is_known_by_what_it_says() {
    let town = Town::start();
    let text = format!("service_code,description,unit\nlighting,{LIGHTS},gjinar\n");
    for (taken, known) in [(1, ""), (0, "row 1: already imported\n")] {
        let (code, said) = import(&town, "requests.csv", &text, &[]);
        let expected = format!("{known}{taken} of 1 rows taken\n");
        assert_eq!((code, said), (0, expected));
    }
    assert_eq!(concerns(&town), 1);
}

#[test]
fn cells_stand_between_commas_semicolons_or_tabs() {
    for (name, separator) in [("a.csv", ","), ("b.CSV", ";"), ("c.tsv", "\t")] {
        let town = Town::start();
        let text = [
            ["\u{feff}Service_Code", "Description", "Lat", "Lon"],
            [
                "lighting",
                "\"Errët, pa drita; prej javësh.\"",
                "41.1113",
                "20.0822",
            ],
        ]
        .map(|cells| cells.join(separator))
        .join("\n");
        let (code, said) = import(&town, name, &text, &[]);
        assert_eq!((code, said.as_str()), (0, "1 of 1 rows taken\n"), "{name}");
    }
}

#[test]
fn a_file_that_cannot_be_read_as_a_whole_is_named_with_the_reason() {
    let town = Town::start();
    let row = format!("lighting|{LIGHTS}");
    for (name, text, why) in [
        (
            "piped.csv",
            format!("service_code|description\n{row}\n"),
            "the heading has no column service_code",
        ),
        ("object.json", "{}".to_owned(), "no JSON array"),
        (
            "table.xlsx",
            String::new(),
            "the file must end in .csv or .json",
        ),
    ] {
        let (code, said) = import(&town, name, &text, &[]);
        assert_eq!(code, 1);
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(name) && said.contains(why), "{said}");
    }
    let missing = [
        "import",
        "concerns",
        "gone.csv",
        "--municipality",
        "elbasan",
    ];
    let (code, said) = town.run_for_code(&missing);
    assert!(
        code == 1 && said.contains("gone.csv: No such file"),
        "{said}"
    );
    let missing = ["import", "municipalities", "gone.csv"];
    let (code, said) = town.run_for_code(&missing);
    assert!(
        code == 1 && said.contains("gone.csv: No such file"),
        "{said}"
    );
}

#[test]
fn a_municipality_that_takes_nothing_is_said_once() {
    let town = Town::start();
    let file = town.path("requests.csv");
    let rows = format!("lighting,{LIGHTS}\n").repeat(3);
    fs::write(&file, format!("service_code,description\n{rows}")).unwrap();
    let path = file.to_str().unwrap();
    for (municipality, why) in [
        ("atlantis", "atlantis: There is no such municipality"),
        ("pustec", "pustec: This municipality has no council yet"),
    ] {
        let arguments = [
            "import",
            "concerns",
            path,
            "--municipality",
            municipality,
            "--partial",
        ];
        let (code, said) = town.run_for_code(&arguments);
        assert_eq!((code, said), (1, format!("trekendesh: {why}\n")));
    }
}

/// What stands in a cell writes no line of its own into the report, and nothing into a terminal.
#[test]
fn a_cell_that_is_named_stays_in_its_line() {
    let town = Town::start();
    let text = format!(
        "service_code,description,unit,lat,long\n\
         lighting,\"{LIGHTS}\",gjinar,\"41\nrow 2: already imported\",20.08\n\
         lighting,\"{LIGHTS}\",gjinar,41.03,\"\u{1b}[2J20\"\n"
    );
    let (code, said) = import(&town, "requests.csv", &text, &[]);
    assert_eq!(code, 1);
    let rows: Vec<&str> = said
        .lines()
        .filter(|line| line.starts_with("row "))
        .collect();
    assert_eq!(rows.len(), 2, "{said}");
    assert!(!said.contains('\u{1b}'), "{said:?}");
}
