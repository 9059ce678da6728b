//! The plan goes out as a spreadsheet and comes in again, since councils live in spreadsheets.

use calamine::{Data, Reader, Xlsx};
use chrono::Datelike as _;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::{Value, json};
use std::io::{Cursor, Write as _};

use crate::harness::meeting::in_days;
use crate::harness::plan::{approve, approved, draft, objective, page, patrols, report, under_way};
use crate::harness::{Answer, Council, Person, Town, unharmed};
use crate::hostile::pictures::base64;

const EXPORT: &str = "/municipalities/elbasan/measures.xlsx";

fn import(person: &Person, town: &Town, file: &[u8]) -> Answer {
    let year = town.clock().today().year();
    let body = json!({"year": year, "file": base64(file)});
    let path = "/municipalities/elbasan/desk/plan/import";
    person.post(path).json(body).send()
}

fn lines(file: &[u8]) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| cell.to_string();
    let rows = range.rows().map(|row| row.iter().map(text).collect());
    rows.collect()
}

/// A workbook with these headings and one line.
pub fn workbook(cells: &[(&str, Value)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (place, (heading, value)) in (0..).zip(cells) {
        sheet.write_string(0, place, *heading).unwrap();
        match value {
            Value::Number(number) => sheet.write_number(1, place, number.as_f64().unwrap()),
            Value::Null => continue,
            other => sheet.write_string(1, place, other.as_str().unwrap()),
        }
        .unwrap();
    }
    book.save_to_buffer().unwrap()
}

pub fn one_measure(due: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("Objektivi", json!("Rrugë të sigurta")),
        ("Masa", json!("Trotuar i ri te spitali")),
        ("Drejton", json!("bashkia")),
        ("Mbështesin", json!("Policia; Shoqëria civile")),
        ("Afati", json!(due)),
        ("Buxheti (lekë)", json!("1 200 000")),
        ("Treguesi", json!("Trotuar i shtruar")),
        ("Njësia", json!("metra")),
        ("Sot", json!("0,5")),
        ("Synimi", json!(400)),
        ("Burimi i treguesit", json!("Drejtoria e rrugëve")),
    ]
}

/// That two measures are the same but for what became of them.
fn same(was: &Value, is: &Value) {
    for same in [
        "title",
        "text",
        "lead",
        "supporters",
        "starts_on",
        "due_on",
        "budget",
        "source",
    ] {
        assert_eq!(was[same], is[same], "{same}");
    }
    for (was, is) in was["indicators"]
        .as_array()
        .unwrap()
        .iter()
        .zip(is["indicators"].as_array().unwrap())
    {
        for same in ["name", "unit", "baseline", "target", "source"] {
            assert_eq!(was[same], is[same], "{same}");
        }
    }
}

#[test]
fn the_plan_goes_out_and_comes_in_again_the_same() {
    let town = Town::start();
    let council = Council::seat(&town);
    let id = approved(&town, &council.secretary, &[]);
    report(&council.police, &id, under_way(8.0)).expect(200);
    let hidden = objective(&town, &council.secretary, "Ende draft");
    let mut body = patrols(&town, &hidden, &[]);
    body["title"] = json!("=HYPERLINK(\"http://x.al\")");
    draft(&council.secretary, body).expect(201);
    let file = town.visitor().get(EXPORT);
    assert_eq!(file.status, 200);
    assert!(
        file.header("content-disposition")
            .contains("masat-elbasan.xlsx")
    );
    let rows = lines(&file.bytes);
    assert_eq!(rows.len(), 3, "headings and two indicators: {rows:?}");
    assert_eq!(rows[1][1], "Patrullë para shkollave në Gjinar");
    assert_eq!(
        (&rows[1][3], &rows[1][4]),
        (&"Policia".into(), &"Bashkia; Shkolla".into())
    );
    assert_eq!(
        (&rows[1][8], &rows[1][15]),
        (&"120000".into(), &"Në zbatim".into())
    );
    assert_eq!(
        (&rows[2][1], &rows[2][10]),
        (&String::new(), &"Aksidente para shkollës".into())
    );
    assert_eq!((&rows[1][16], &rows[2][16]), (&"8".into(), &String::new()));

    let other = Town::start();
    let secretary = Council::seat(&other).secretary;
    let read = import(&secretary, &other, &file.bytes).expect(200);
    let row = &read["objectives"][0]["measures"][0];
    assert_eq!(row["state"], "draft");
    let copy = row["id"].as_str().unwrap();
    approve(&secretary, copy).expect(200);
    same(&page(&town, &id), &page(&other, copy));
    unharmed(&other);
}

#[test]
fn a_sheet_of_ones_own_is_read_by_its_headings() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let due = in_days(&town, 90).format("%d.%m.%Y").to_string();
    let read = import(&secretary, &town, &workbook(&one_measure(&due))).expect(200);
    let objective = &read["objectives"][0];
    assert_eq!(objective["title"], "Rrugë të sigurta");
    let row = &objective["measures"][0];
    assert_eq!(row["lead"], "municipality");
    assert_eq!(row["supporters"], json!(["civil_society", "police"]));
    assert_eq!(row["budget"], 1_200_000);
    assert_eq!(row["due_on"], json!(in_days(&town, 90)));
    let id = row["id"].as_str().unwrap();
    let shown = secretary.get(&format!("/desk/measures/{id}")).expect(200);
    assert_eq!(shown["indicators"][0]["baseline"], 0.5);
    // The same objective takes the next file's measures too.
    let read = import(&secretary, &town, &workbook(&one_measure(&due))).expect(200);
    assert_eq!(read["objectives"].as_array().unwrap().len(), 1);
    assert_eq!(
        read["objectives"][0]["measures"].as_array().unwrap().len(),
        2
    );
}

#[test]
fn a_day_as_a_spreadsheet_keeps_it_is_that_day() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let due = in_days(&town, 90);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (place, heading) in (0..).zip(["Objektivi", "Masa", "Drejton", "Afati"]) {
        sheet.write_string(0, place, heading).unwrap();
    }
    for (place, cell) in (0..).zip(["Rrugë të sigurta", "Trotuar i ri", "police"]) {
        sheet.write_string(1, place, cell).unwrap();
    }
    let day = ExcelDateTime::from_ymd(
        u16::try_from(due.year()).unwrap(),
        u8::try_from(due.month()).unwrap(),
        u8::try_from(due.day()).unwrap(),
    );
    let form = Format::new().set_num_format("dd.mm.yyyy");
    sheet
        .write_datetime_with_format(1, 3, day.unwrap(), &form)
        .unwrap();
    let read = import(&secretary, &town, &book.save_to_buffer().unwrap()).expect(200);
    assert_eq!(read["objectives"][0]["measures"][0]["due_on"], json!(due));
}

#[test]
fn a_fault_names_its_line_and_column_and_nothing_is_kept() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let due = in_days(&town, 90).format("%d.%m.%Y").to_string();
    for (column, value, pointer, code) in [
        (2, json!("Marina"), "/rows/2/3", "institution_unknown"),
        (
            3,
            json!("Policia; Marina"),
            "/rows/2/4",
            "institution_unknown",
        ),
        (4, json!("nesër"), "/rows/2/6", "no_day"),
        (4, Value::Null, "/rows/2/6", "required"),
        (5, json!("shumë"), "/rows/2/8", "no_number"),
        (7, Value::Null, "/rows/2/11", "too_short"),
        (9, Value::Null, "/rows/2/13", "required"),
        (0, json!("Pak"), "/rows/2/0", "too_short"),
        (1, json!("Pak"), "/rows/2/1", "too_short"),
    ] {
        let mut cells = one_measure(&due);
        cells[column].1 = value;
        let problem = import(&secretary, &town, &workbook(&cells)).expect(422);
        assert_eq!(problem["fields"][0]["pointer"], pointer, "{problem}");
        assert_eq!(problem["fields"][0]["code"], code, "{problem}");
    }
    let mut cells = one_measure(&due);
    cells.remove(2);
    let problem = import(&secretary, &town, &workbook(&cells)).expect(422);
    assert_eq!(problem["fields"][0]["code"], "heading_missing");
    assert_eq!(problem["detail"], "Drejton");
    let kept = secretary
        .get("/municipalities/elbasan/desk/plan")
        .expect(200);
    assert_eq!(kept["objectives"], json!([]));
    unharmed(&town);
}

#[test]
fn what_is_no_workbook_or_unfolds_without_end_is_refused() {
    let town = Town::start();
    let council = Council::seat(&town);
    let mut bomb = zip::ZipWriter::new(Cursor::new(Vec::new()));
    bomb.start_file(
        "xl/worksheets/sheet1.xml",
        zip::write::SimpleFileOptions::default(),
    )
    .unwrap();
    let zeros = vec![b'0'; 1024 * 1024];
    for _ in 0..64 {
        bomb.write_all(&zeros).unwrap();
    }
    let bomb = bomb.finish().unwrap().into_inner();
    assert!(bomb.len() < 200_000, "{}", bomb.len());
    let cut = workbook(&one_measure("01.01.2030"));
    for file in [&b"not a book"[..], &[], &bomb, &cut[..cut.len() / 2]] {
        let problem = import(&council.secretary, &town, file).expect(422);
        assert_eq!(problem["fields"][0]["code"], "sheet_refused", "{problem}");
    }
    import(&council.police, &town, b"x").refused(403, "not_allowed");
    import(&town.visitor(), &town, b"x").refused(401, "sign_in_needed");
    unharmed(&town);
}
