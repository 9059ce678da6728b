//! Photo files in the forms that cameras and editors give them: turned, moving, decorated, cut off.

use image::{DynamicImage, GenericImageView, ImageFormat, RgbImage};

use super::photos::{CANARIES, colour, holds, send, served};
use super::pictures::{LATITUDE, LONGITUDE, decorated_jpeg, exif, file, png_chunk, two_colours};
use crate::harness::database::dump;
use crate::harness::{Council, Town, unharmed};

/// A picture that shows how it was turned: red at the top left, blue at the top right, else white.
fn corners() -> DynamicImage {
    let mut picture = RgbImage::from_pixel(96, 64, image::Rgb([255; 3]));
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        match (x, y) {
            (0..32, 0..32) => pixel.0 = [220, 20, 20],
            (64.., 0..32) => pixel.0 = [20, 20, 220],
            _ => {}
        }
    }
    picture.into()
}

/// Where a colour is: top or bottom, left or right.
fn corner_of(picture: &DynamicImage, wanted: &str) -> &'static str {
    let (right, bottom) = (picture.width() - 8, picture.height() - 8);
    let corners = [
        (8, 8, "top left"),
        (right, 8, "top right"),
        (8, bottom, "bottom left"),
        (right, bottom, "bottom right"),
    ];
    let is_there = |(x, y, _): &&(u32, u32, _)| colour(picture, *x, *y) == wanted;
    corners
        .iter()
        .find(is_there)
        .map_or("nowhere", |corner| corner.2)
}

/// One part of a WebP file.
fn part(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_le_bytes();
    let filling = vec![0; body.len() % 2];
    [&name[..], &length, body, &filling].concat()
}

/// The parts of a WebP file that say how large it is and what else it holds.
fn webp(size: (u32, u32), flags: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    let three = |number: u32| number.to_le_bytes()[..3].to_vec();
    let head = [vec![flags, 0, 0, 0], three(size.0 - 1), three(size.1 - 1)].concat();
    let body = [b"WEBP".to_vec(), part(b"VP8X", &head), parts.concat()].concat();
    part(b"RIFF", &body)
}

/// The pixels of a picture as a part of a WebP file.
fn pixels(picture: &DynamicImage) -> Vec<u8> {
    file(picture, ImageFormat::WebP)[12..].to_vec()
}

fn decorated_webp(picture: &DynamicImage, orientation: u8) -> Vec<u8> {
    let parts = [
        part(b"ICCP", b"CanaryProfile"),
        pixels(picture),
        part(b"EXIF", &exif(orientation)),
        part(b"XMP ", b"<x:xmpmeta>CanaryXmp</x:xmpmeta>"),
    ];
    webp(picture.dimensions(), 0x2C, &parts)
}

fn decorated_png(picture: &DynamicImage, orientation: u8) -> Vec<u8> {
    let plain = file(picture, ImageFormat::Png);
    let mut bytes = plain[..33].to_vec();
    png_chunk(&mut bytes, b"eXIf", &exif(orientation));
    png_chunk(&mut bytes, b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0CanaryXmp");
    bytes.extend_from_slice(&plain[33..]);
    bytes
}

/// A WebP file of two pictures, shown one after the other.
fn moving_webp(first: &DynamicImage, second: &DynamicImage) -> Vec<u8> {
    let (width, height) = first.dimensions();
    let three = |number: u32| number.to_le_bytes()[..3].to_vec();
    let frame = |picture: &DynamicImage| {
        let size = [three(0), three(0), three(width - 1), three(height - 1)].concat();
        part(
            b"ANMF",
            &[size, three(100), vec![0], pixels(picture)].concat(),
        )
    };
    let parts = [part(b"ANIM", &[0; 6]), frame(first), frame(second)];
    webp((width, height), 0x02, &parts)
}

/// A PNG of two pictures, shown one after the other.
fn moving_png(first: &DynamicImage, second: &DynamicImage) -> Vec<u8> {
    let (width, height) = first.dimensions();
    let data = |picture: &DynamicImage| {
        let bytes = file(picture, ImageFormat::Png);
        let at = bytes.windows(4).position(|name| name == b"IDAT").unwrap();
        let length = u32::from_be_bytes(bytes[at - 4..at].try_into().unwrap());
        bytes[at + 4..at + 4 + usize::try_from(length).unwrap()].to_vec()
    };
    let control = |number: u32| {
        let [number, width, height] = [number, width, height].map(u32::to_be_bytes);
        [&number[..], &width, &height, &[0; 8], &[0, 1, 0, 10, 0, 0]].concat()
    };
    let mut bytes = file(first, ImageFormat::Png)[..33].to_vec();
    png_chunk(&mut bytes, b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
    png_chunk(&mut bytes, b"fcTL", &control(0));
    png_chunk(&mut bytes, b"IDAT", &data(first));
    png_chunk(&mut bytes, b"fcTL", &control(1));
    let second = [2_u32.to_be_bytes().to_vec(), data(second)].concat();
    png_chunk(&mut bytes, b"fdAT", &second);
    png_chunk(&mut bytes, b"IEND", b"");
    bytes
}

/// T-FILE-01: whichever way the camera was held, in whichever format, the picture is served upright, and
/// nothing of what was written beside it.
#[test]
fn a_photo_is_upright_whichever_way_the_camera_was_held() {
    let town = Town::start();
    let council = Council::seat(&town);
    let upright = [
        ("top left", "top right"),
        ("top right", "top left"),
        ("bottom right", "bottom left"),
        ("bottom left", "bottom right"),
        ("top left", "bottom left"),
        ("top right", "bottom right"),
        ("bottom right", "top right"),
        ("bottom left", "top left"),
    ];
    let picture = corners();
    for (orientation, (red, blue)) in (1..).zip(upright) {
        for (kind, bytes) in (0..).zip([
            decorated_jpeg(&picture, orientation),
            decorated_png(&picture, orientation),
            decorated_webp(&picture, orientation),
        ]) {
            assert!(
                holds(&bytes, LATITUDE) && holds(&bytes, "CanaryXmp"),
                "control"
            );
            let number = u32::from(orientation) * 10 + kind;
            let id = send(&town, &bytes, number).expect(201)["id"].clone();
            for answer in served(&council, id.as_str().unwrap()) {
                let shown = image::load_from_memory(&answer.bytes).unwrap();
                let found = (corner_of(&shown, "red"), corner_of(&shown, "blue"));
                assert_eq!(found, (red, blue), "{kind} {orientation}");
                for canary in CANARIES {
                    assert!(!holds(&answer.bytes, canary), "{kind}: {canary}");
                }
                for position in [LATITUDE, LONGITUDE] {
                    assert!(!holds(&answer.bytes, position), "{kind}: the position");
                }
            }
        }
    }
    let stored = town.stored_bytes();
    for canary in CANARIES {
        assert!(!holds(&stored, canary), "{canary} is stored");
    }
    assert!(!holds(&stored, LATITUDE) && !holds(&stored, LONGITUDE));
    unharmed(&town);
}

/// T-FILE-02: of a moving picture its first frame is kept and nothing else.
#[test]
fn of_a_moving_picture_the_first_frame_is_kept() {
    let town = Town::start();
    let council = Council::seat(&town);
    let one = |colour: [u8; 3]| RgbImage::from_pixel(64, 64, image::Rgb(colour)).into();
    let (red, blue): (DynamicImage, DynamicImage) = (one([220, 20, 20]), one([20, 20, 220]));
    for (number, bytes) in [(1, moving_png(&red, &blue)), (2, moving_webp(&red, &blue))] {
        let frames = bytes
            .windows(4)
            .filter(|name| [b"fcTL", b"ANMF"].contains(&(*name).try_into().unwrap()));
        assert_eq!(frames.count(), 2, "control");
        let id = send(&town, &bytes, number).expect(201)["id"].clone();
        for answer in served(&council, id.as_str().unwrap()) {
            assert_eq!(answer.header("content-type"), "image/jpeg");
            let shown = image::load_from_memory(&answer.bytes).unwrap();
            assert_eq!(colour(&shown, 32, 32), "red");
            for part in ["acTL", "fdAT", "ANMF", "WEBP"] {
                assert!(!holds(&answer.bytes, part), "{part}");
            }
        }
    }
    unharmed(&town);
}

/// T-FILE-02, T-FILE-03: a file that was cut off on its way is refused, wherever, and leaves no trace.
#[test]
fn a_file_that_was_cut_off_is_refused_and_leaves_no_trace() {
    let town = Town::start();
    let mut picture: RgbImage = two_colours(300, 200).into_rgb8();
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        pixel.0[1] = u8::try_from((x * 7 + y * 13) % 256).unwrap();
    }
    let picture = picture.into();
    let before = dump(&town);
    let whole = [
        decorated_jpeg(&picture, 1),
        decorated_png(&picture, 1),
        decorated_webp(&picture, 1),
    ];
    for (kind, bytes) in whole.iter().enumerate() {
        let trailer = if kind == 0 {
            b"PK\x03\x04CanaryTrailer".len()
        } else {
            0
        };
        let end = bytes.len() - trailer;
        // Of a WebP the picture ends before what is written behind it.
        let end = if kind == 2 { end * 9 / 10 } else { end - 14 };
        for tenth in 0..=10 {
            let length = (end * tenth / 10).max(3);
            let answer = send(&town, &bytes[..length], 1);
            assert_eq!(
                answer["detail"],
                "/photos/0",
                "{kind}, {tenth}: {}",
                answer.text()
            );
            answer.refused(422, "photo_refused");
        }
    }
    assert_eq!(dump(&town), before);
    let stored = town.stored_bytes();
    for canary in CANARIES {
        assert!(!holds(&stored, canary), "{canary} is stored");
    }
    for (number, bytes) in (1..).zip(&whole) {
        send(&town, bytes, number).expect(201);
    }
    unharmed(&town);
}
