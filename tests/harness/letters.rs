//! Printed letters with activation codes, read as a phone's camera reads them.

use std::fs;
use std::process::Command;

use chrono::Datelike;
use serde_json::json;

use super::{Person, Town};

/// Lets the administrator make codes for Gjinar and this year: the batch's id and the codes.
pub fn make_codes(town: &Town, administrator: &Person, amount: u32) -> (String, Vec<String>) {
    let year = town.clock().today().year();
    let path = "/municipalities/elbasan/activation-batches";
    let made = administrator
        .post(path)
        .json(json!({"unit": "gjinar", "year": year, "amount": amount}))
        .send();
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(made.header("content-type"), "application/pdf");
    let list = administrator.get(path).expect(200);
    let id = list["items"][0]["id"].as_str().unwrap().to_owned();
    (id, read_codes(town, &made.bytes))
}

/// The codes in the QRs of a PDF, a page each.
pub fn read_codes(town: &Town, pdf: &[u8]) -> Vec<String> {
    let folder = town.path("letters");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("letters.pdf"), pdf).unwrap();
    let drawn = Command::new("pdftoppm")
        .args(["-r", "100", "-gray", "-png", "letters.pdf", "page"])
        .current_dir(&folder)
        .status()
        .unwrap();
    assert!(drawn.success());
    let mut pages: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "png"))
        .collect();
    pages.sort();
    let codes = pages.iter().map(|page| {
        let picture = image::open(page).unwrap().to_luma8();
        let mut picture = rqrr::PreparedImage::prepare(picture);
        let (_, words) = picture.detect_grids()[0].decode().unwrap();
        words.split_once('#').unwrap().1.to_owned()
    });
    let codes = codes.collect();
    fs::remove_dir_all(&folder).unwrap();
    codes
}
