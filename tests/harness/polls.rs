//! Polls as youth councils ask them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::{Answer, Council, Person, Town};

pub const POLLS: &str = "/municipalities/elbasan/polls";

/// A question with options.
pub fn question(id: &str, kind: &str, more: Value) -> Value {
    let mut question = json!({"id": id, "text": {"sq": format!("Pyetja {id}?"), "en": null}, "help": null,
        "required": false, "picture": null, "only_if": null, "kind": kind, "options": [], "rows": [],
        "scale": null, "most": null, "min": null, "max": null});
    for (name, value) in more.as_object().unwrap() {
        question[name] = value.clone();
    }
    question
}

/// Options or lines by their ids.
pub fn options(ids: &[&str]) -> Value {
    let option =
        |id: &&str| json!({"id": id, "text": {"sq": format!("Zgjedhja {id}"), "en": null}});
    ids.iter().map(option).collect()
}

/// A paper with one question that has to be answered.
pub fn paper() -> Value {
    let safe = question(
        "safe",
        "single",
        json!({"required": true, "options": options(&["yes", "no"])}),
    );
    paper_of(json!([safe]))
}

/// A paper with these questions.
pub fn paper_of(questions: Value) -> Value {
    json!({"title": {"sq": "Sa të sigurt ndihemi", "en": null}, "intro": null, "questions": questions,
        "group_by": null})
}

/// Begins a poll.
pub fn draft(person: &Person, kind: &str, paper: Value) -> String {
    let body = json!({"kind": kind, "year": 2026, "series": null, "paper": paper});
    let made = person.post(POLLS).json(body).send().expect(201);
    made["id"].as_str().unwrap().to_owned()
}

/// Asks something of a poll, without a body.
pub fn act(person: &Person, poll: &str, what: &str) -> Answer {
    person.post(&format!("/polls/{poll}/{what}")).send()
}

/// A poll that is published.
pub fn published(person: &Person, kind: &str, paper: Value) -> String {
    let id = draft(person, kind, paper);
    act(person, &id, "publication").expect(200);
    id
}

/// A council whose youth council makes polls.
pub fn young(town: &Town) -> (Council, Person) {
    let council = Council::seat(town);
    let young = town.member(&council.administrator, "youth_council", "member");
    (council, young)
}

/// Adds a class, or a link where there is none.
pub fn room(
    person: &Person,
    poll: &str,
    way: &str,
    class: Option<(&str, &str)>,
    invited: u32,
) -> String {
    let invited = if class.is_some() {
        json!(invited)
    } else {
        json!(null)
    };
    let body = json!({"way": way, "school": class.map(|(school, _)| school), "class": class.map(|(_, class)| class),
        "invited": invited, "grace_minutes": 1});
    let path = format!("/polls/{poll}/rooms");
    let added = person.post(&path).json(body).send().expect(201);
    added["code"].as_str().unwrap().to_owned()
}

/// Opens a class for so many minutes.
pub fn open_for(person: &Person, code: &str, minutes: u32) -> Answer {
    let path = format!("/poll-rooms/{code}/opening");
    person.post(&path).json(json!({"minutes": minutes})).send()
}

/// Answers in a room by slip.
pub fn cast(person: &Person, code: &str, slip: &str, answers: Value) -> Answer {
    let path = format!("/poll-rooms/{code}/answers");
    person
        .post(&path)
        .json(json!({"slip": slip, "answers": answers}))
        .send()
}

/// Says in a room that one is safe, from the device of this number.
pub fn by_device(town: &Town, code: &str, number: usize) -> Answer {
    let request = town.visitor().post(&format!("/poll-rooms/{code}/answers"));
    let request = request.header("x-device", &format!("{number:026}"));
    request
        .json(json!({"slip": null, "answers": {"safe": "yes"}}))
        .send()
}

/// Prints the slips of a class: the PDF.
pub fn sheet(person: &Person, code: &str) -> Vec<u8> {
    let printed = person.post(&format!("/poll-rooms/{code}/sheet")).send();
    assert_eq!(printed.status, 201, "{}", printed.text());
    assert_eq!(printed.header("content-type"), "application/pdf");
    printed.bytes
}

/// A class with slips that is open, and its slips.
pub fn open_class(
    town: &Town,
    person: &Person,
    poll: &str,
    class: (&str, &str),
    pupils: u32,
) -> (String, Vec<String>) {
    let code = room(person, poll, "slips", Some(class), pupils);
    let slips = slips_in(town, &sheet(person, &code));
    assert_eq!(slips.len(), usize::try_from(pupils).unwrap());
    open_for(person, &code, 5).expect(200);
    (code, slips)
}

/// The slips on a sheet, as people read them: twice four symbols, one above the other.
pub fn slips_in(town: &Town, pdf: &[u8]) -> Vec<String> {
    let folder = town.path("read");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("sheet.pdf"), pdf).unwrap();
    let read = Command::new("pdftotext")
        .args(["-raw", "sheet.pdf", "-"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let words = String::from_utf8(read.stdout).unwrap();
    let fours =
        |line: &&str| line.len() == 4 && line.bytes().all(|byte| byte.is_ascii_alphanumeric());
    // A page begins with a form feed.
    let lines = words.lines().map(str::trim);
    let halves: Vec<&str> = lines.filter(fours).collect();
    halves.chunks(2).map(|both| both.concat()).collect()
}

/// The addresses in the QRs of a sheet, as a camera reads them: that of the class on its first page, and then those of the slips, cut
/// along the lines as a teacher cuts them.
pub fn addresses_in(town: &Town, pdf: &[u8]) -> Vec<String> {
    let mut pages = drawn(&town.path("sheet"), pdf).into_iter();
    let first = image::open(pages.next().unwrap()).unwrap().to_luma8();
    let mut addresses = scanned(first);
    for page in pages {
        let page = image::open(page).unwrap().to_luma8();
        for place in 0..SLIPS_ON_A_PAGE {
            addresses.extend(scanned(cut(&page, place)));
        }
    }
    addresses
}

const SLIPS_ON_A_PAGE: u32 = 18;

/// A slip off its page: three in a row of 62 mm by 44.5 mm, within 12 mm of margin.
fn cut(page: &image::GrayImage, place: u32) -> image::GrayImage {
    let pixels = |tenths: u32| tenths * page.width() / 2100;
    let (column, row) = (place % 3, place / 3);
    let corner = (pixels(120 + 620 * column), pixels(120 + 445 * row));
    image::imageops::crop_imm(page, corner.0, corner.1, pixels(620), pixels(445)).to_image()
}

fn scanned(picture: image::GrayImage) -> Vec<String> {
    let mut picture = rqrr::PreparedImage::prepare(picture);
    let grids = picture.detect_grids().into_iter();
    grids.map(|grid| grid.decode().unwrap().1).collect()
}

fn drawn(folder: &Path, pdf: &[u8]) -> Vec<PathBuf> {
    drop(fs::remove_dir_all(folder));
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("sheet.pdf"), pdf).unwrap();
    let drawn = Command::new("pdftoppm")
        .args(["-r", "150", "-gray", "-png", "sheet.pdf", "page"])
        .current_dir(folder)
        .status()
        .unwrap();
    assert!(drawn.success());
    let files = fs::read_dir(folder).unwrap();
    let mut pages: Vec<_> = files
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "png"))
        .collect();
    pages.sort();
    pages
}

/// The results of a question in the scopes of a kind.
pub fn of_scope<'a>(results: &'a Value, question: usize, kind: &str) -> Vec<&'a Value> {
    let scopes = results["scopes"].as_array().unwrap();
    let shown = results["questions"][question]["results"]
        .as_array()
        .unwrap();
    let place = |result: &&Value| usize::try_from(result["scope"].as_u64().unwrap()).unwrap();
    shown
        .iter()
        .filter(|result| scopes[place(result)]["kind"] == kind)
        .collect()
}
