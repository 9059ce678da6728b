//! Photos: only the picture survives, what is none is kept nowhere.

use std::io::Cursor;

use image::{DynamicImage, GenericImageView, ImageFormat, RgbaImage};
use serde_json::{Value, json};

use super::pictures::{
    LATITUDE, LONGITUDE, base64, decorated_jpeg, file, small_jpeg_base64, two_colours,
};
use crate::harness::council::move_to;
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::unharmed::refusal;
use crate::harness::{Answer, Council, Town, unharmed};

pub const CANARIES: [&str; 7] = [
    "CanaryCamera",
    "CanarySerial",
    "CanaryComment",
    "CanaryXmp",
    "CanaryProfile",
    "CanaryTrailer",
    "CanaryThumb",
];

pub fn body_with(photos: &[Value], number: u32) -> Value {
    let mut body = anonymous_concern("Rruga pa drita", &receipt_of("photo", number));
    body["photos"] = json!(photos);
    body
}

pub fn send(town: &Town, bytes: &[u8], number: u32) -> Answer {
    let photo = json!({"data": base64(bytes), "alt": "Një llambë"});
    town.visitor()
        .post("/municipalities/elbasan/concerns")
        .json(body_with(&[photo], number))
        .send()
}

/// Whether bytes hold a text, or other bytes.
pub fn holds(bytes: &[u8], part: impl AsRef<[u8]>) -> bool {
    let part = part.as_ref();
    bytes.windows(part.len()).any(|window| window == part)
}

/// The photo of a concern as the desk is served it, full and small.
pub fn served(council: &Council, id: &str) -> Vec<Answer> {
    let page = council
        .secretary
        .get(&format!("/desk/concerns/{id}"))
        .expect(200);
    let photo = page["photos"][0]["id"].as_str().unwrap();
    ["", "/thumb"]
        .iter()
        .map(|end| council.secretary.get(&format!("/photos/{photo}{end}")))
        .collect()
}

pub fn colour(picture: &DynamicImage, x: u32, y: u32) -> &'static str {
    let [red, green, blue, _] = picture.get_pixel(x, y).0;
    match (red / 40, green / 40, blue / 40) {
        (5.., 0..=1, 0..=1) => "red",
        (0..=1, 0..=1, 5..) => "blue",
        (6, 6, 6) => "white",
        _ => "other",
    }
}

/// T-FILE-01: position, serial number, thumbnail, XMP, profile, comment and whatever hangs behind
/// are gone; the picture is there and upright.
#[test]
fn of_a_photo_only_the_picture_is_kept() {
    let town = Town::start();
    let council = Council::seat(&town);
    // Orientation 6: the camera was turned, so red on the left becomes red on top.
    let original = decorated_jpeg(&two_colours(800, 600), 6);
    for canary in CANARIES {
        assert!(holds(&original, canary), "control: {canary}");
    }
    assert!(holds(&original, LATITUDE) && holds(&original, LONGITUDE));
    let id = send(&town, &original, 1).expect(201)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for answer in served(&council, &id) {
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "image/jpeg");
        for canary in CANARIES {
            assert!(!holds(&answer.bytes, canary), "{canary} is served");
        }
        for position in [LATITUDE, LONGITUDE] {
            assert!(!holds(&answer.bytes, position), "the position is served");
        }
        for marker in [
            &b"Exif"[..],
            b"http://ns.adobe.com",
            b"ICC_PROFILE",
            b"PK\x03\x04",
        ] {
            assert!(!holds(&answer.bytes, marker));
        }
        let picture = image::load_from_memory(&answer.bytes).unwrap();
        let (width, height) = picture.dimensions();
        assert!(height > width, "turned upright");
        assert_eq!(colour(&picture, width / 2, height / 8), "red");
        assert_eq!(colour(&picture, width / 2, height * 7 / 8), "blue");
    }
    let stored = town.stored_bytes();
    for canary in CANARIES {
        assert!(!holds(&stored, canary), "{canary} is stored");
    }
    assert!(!holds(&stored, LATITUDE) && !holds(&stored, LONGITUDE));
    unharmed(&town);
}

/// T-FILE-02: what its author made invisible stays invisible.
#[test]
fn what_is_transparent_is_served_white_and_not_as_what_lies_beneath() {
    let town = Town::start();
    let council = Council::seat(&town);
    let mut picture: RgbaImage = two_colours(64, 64).into_rgba8();
    for (x, _, pixel) in picture.enumerate_pixels_mut() {
        if x < 32 {
            pixel.0[3] = 0;
        }
    }
    for (number, format) in [(1, ImageFormat::Png), (2, ImageFormat::WebP)] {
        let bytes = file(&DynamicImage::from(picture.clone()), format);
        let id = send(&town, &bytes, number).expect(201)["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let answer = &served(&council, &id)[0];
        let shown = image::load_from_memory(&answer.bytes).unwrap();
        assert_eq!(colour(&shown, 8, 32), "white", "{format:?}");
        assert_eq!(colour(&shown, 56, 32), "blue", "{format:?}");
    }
}

fn png_with_text() -> Vec<u8> {
    let plain = file(&two_colours(32, 32), ImageFormat::Png);
    let mut bytes = plain[..33].to_vec();
    super::pictures::png_chunk(&mut bytes, b"tEXt", b"Comment\0CanaryComment");
    super::pictures::png_chunk(&mut bytes, b"eXIf", b"MM\0*CanarySerial");
    bytes.extend_from_slice(&plain[33..]);
    bytes.extend_from_slice(b"PK\x03\x04CanaryTrailer");
    bytes
}

/// Files that are no picture this app takes.
fn refused_files(whole: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut gif =
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xfe\x0dCanaryComment\x00"
            .to_vec();
    gif.extend_from_slice(b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;");
    let heic = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1CanarySerial".to_vec();
    vec![
        ("empty", Vec::new()),
        ("gif", gif),
        ("heic", heic),
        ("tiff", b"II*\x00\x08\x00\x00\x00CanarySerial".to_vec()),
        (
            "svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'><text>CanaryComment</text></svg>".to_vec(),
        ),
        ("html", b"<!DOCTYPE html><p>CanaryComment".to_vec()),
        ("pdf", b"%PDF-1.7 CanaryComment".to_vec()),
        ("zip", b"PK\x03\x04CanaryTrailer".to_vec()),
        (
            "noise",
            (0..4096_u32)
                .map(|n| (n * 31 % 251).to_le_bytes()[0])
                .collect(),
        ),
        (
            "head of a png",
            [
                &file(&two_colours(9, 9), ImageFormat::Png)[..20],
                b"CanaryTrailer",
            ]
            .concat(),
        ),
        ("head of a jpeg", [&whole[..10], b"CanaryTrailer"].concat()),
    ]
}

/// T-FILE-02, T-FILE-03: every other kind of file is either made anew or refused; refused ones are
/// nowhere on the disk.
#[test]
fn a_file_is_made_anew_or_refused_and_never_kept_as_it_came() {
    let town = Town::start();
    let whole = file(&two_colours(200, 200), ImageFormat::Jpeg);
    let refused = refused_files(&whole);
    for (number, (name, bytes)) in (100..).zip(&refused) {
        let answer = send(&town, bytes, number);
        assert_eq!(answer["detail"], "/photos/0", "{name}: {}", answer.text());
        answer.refused(422, "photo_refused");
    }
    for (number, bytes) in [
        (1, png_with_text()),
        (2, [whole.clone(), b"CanaryTrailer".to_vec()].concat()),
    ] {
        send(&town, &bytes, number).expect(201);
    }
    for text in ["!!!", "data:image/png;base64,AAAA", "A", "YQ==\n!"] {
        let photo = json!({"data": text});
        let request = town.visitor().post("/municipalities/elbasan/concerns");
        refusal(&request.json(body_with(&[photo], 50)).send());
    }
    let stored = town.stored_bytes();
    for canary in CANARIES {
        assert!(!holds(&stored, canary), "{canary} is stored");
    }
    let left: Vec<_> = std::fs::read_dir(town.path("data"))
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert!(
        left.len() <= 4,
        "database, its two helpers and the keys: {left:?}"
    );
    unharmed(&town);
}

/// T-FILE-03: one bad photo among good ones refuses the whole concern; nothing of it is kept.
#[test]
fn one_bad_photo_refuses_the_concern_as_a_whole() {
    let town = Town::start();
    let before = crate::harness::database::dump(&town);
    let good = json!({"data": small_jpeg_base64()});
    let bad = json!({"data": base64(b"CanaryTrailer")});
    let send = |photos: &[Value]| {
        let request = town.visitor().post("/municipalities/elbasan/concerns");
        request.json(body_with(photos, 1)).send()
    };
    let answer = send(&[good.clone(), bad, good.clone()]);
    assert_eq!(answer["detail"], "/photos/1");
    let five = vec![good; 5];
    assert_eq!(send(&five)["fields"][0]["code"], "too_many");
    assert_eq!(crate::harness::database::dump(&town), before);
}

/// T-FILE-06: a photo is served as nothing but a picture, from an address that names no file.
#[test]
fn a_photo_is_served_as_a_picture_and_nothing_else() {
    let town = Town::start();
    let council = Council::seat(&town);
    for (number, alt) in (0..).zip([
        "../../x",
        "a\r\nSet-Cookie: x=1",
        "CON",
        "\u{202E}gpj.exe",
        &"ë".repeat(300),
    ]) {
        let photo = json!({"data": small_jpeg_base64(), "alt": alt});
        let request = town.visitor().post("/municipalities/elbasan/concerns");
        let id = request.json(body_with(&[photo], number)).send().expect(201)["id"].clone();
        let id = id.as_str().unwrap();
        for answer in served(&council, id) {
            assert_eq!(answer.header("content-type"), "image/jpeg");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(
                answer.header("content-disposition"),
                "attachment; filename=\"photo.jpg\""
            );
            assert_eq!(
                answer.header("content-security-policy"),
                "default-src 'none'; sandbox"
            );
            assert_eq!(answer.header("cache-control"), "no-store");
            assert!(image::load(Cursor::new(&answer.bytes), ImageFormat::Jpeg).is_ok());
        }
        let page = council
            .secretary
            .get(&format!("/desk/concerns/{id}"))
            .expect(200);
        assert!(page["photos"][0]["alt"].as_str().unwrap().chars().count() <= 200);
        move_to(&council.secretary, id, json!({"to": "in_review"})).expect(200);
    }
    unharmed(&town);
}
