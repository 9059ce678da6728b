//! Picture files, as phones and attackers make them.

use std::io::Cursor;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::{DynamicImage, ImageFormat, RgbImage};

/// A picture that is red on the left and blue on the right.
pub fn two_colours(width: u32, height: u32) -> DynamicImage {
    let mut picture = RgbImage::new(width, height);
    for (x, _, pixel) in picture.enumerate_pixels_mut() {
        pixel.0 = if x < width / 2 {
            [220, 20, 20]
        } else {
            [20, 20, 220]
        };
    }
    picture.into()
}

/// A picture as a file.
pub fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture
        .write_to(&mut Cursor::new(&mut bytes), format)
        .unwrap();
    bytes
}

/// Bytes as a photo's `data`.
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// A small photo.
pub fn small_jpeg_base64() -> String {
    base64(&file(&two_colours(64, 48), ImageFormat::Jpeg))
}

/// A JPEG with everything a camera and an editor leave in it, and a file hung behind.
pub fn decorated_jpeg(picture: &DynamicImage, orientation: u8) -> Vec<u8> {
    let plain = file(picture, ImageFormat::Jpeg);
    let mut bytes = plain[..2].to_vec();
    segment(
        &mut bytes,
        0xE1,
        &[&b"Exif\0\0"[..], &exif(orientation)].concat(),
    );
    segment(
        &mut bytes,
        0xE1,
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>CanaryXmp</x:xmpmeta>",
    );
    segment(
        &mut bytes,
        0xE2,
        &[&b"ICC_PROFILE\0\x01\x01"[..], &[0; 128], b"CanaryProfile"].concat(),
    );
    segment(&mut bytes, 0xFE, b"CanaryComment");
    bytes.extend_from_slice(&plain[2..]);
    bytes.extend_from_slice(b"PK\x03\x04CanaryTrailer");
    bytes
}

fn segment(bytes: &mut Vec<u8>, marker: u8, body: &[u8]) {
    let length = u16::try_from(body.len() + 2).unwrap();
    bytes.extend_from_slice(&[0xFF, marker]);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(body);
}

/// Where the camera was: 41 degrees 6' 48.88", 20 degrees 4' 56.89", as EXIF writes it.
pub const LATITUDE: [u8; 24] = *b"\0\0\0\x29\0\0\0\x01\0\0\0\x06\0\0\0\x01\0\0\x13\x18\0\0\0\x64";
pub const LONGITUDE: [u8; 24] = *b"\0\0\0\x14\0\0\0\x01\0\0\0\x04\0\0\0\x01\0\0\x16\x39\0\0\0\x64";

/// A directory of a TIFF file that begins at `place`: tag, kind, how many, and the value or its bytes,
/// which follow the directory.
fn directory(place: usize, entries: &[(u16, u16, u32, &[u8])]) -> Vec<u8> {
    let mut bytes = u16::try_from(entries.len()).unwrap().to_be_bytes().to_vec();
    let mut values = Vec::new();
    for (tag, kind, count, value) in entries {
        bytes.extend_from_slice(&tag.to_be_bytes());
        bytes.extend_from_slice(&kind.to_be_bytes());
        bytes.extend_from_slice(&count.to_be_bytes());
        if value.len() <= 4 {
            let mut short = value.to_vec();
            short.resize(4, 0);
            bytes.extend_from_slice(&short);
        } else {
            let at = place + 2 + 12 * entries.len() + 4 + values.len();
            bytes.extend_from_slice(&u32::try_from(at).unwrap().to_be_bytes());
            values.extend_from_slice(value);
        }
    }
    bytes.extend_from_slice(&[0; 4]);
    bytes.extend_from_slice(&values);
    bytes
}

/// What cameras write: orientation, camera, serial number, position, and a thumbnail behind.
pub fn exif(orientation: u8) -> Vec<u8> {
    let first = |position: u32| {
        let entries: [(u16, u16, u32, &[u8]); 4] = [
            (0x0110, 2, 13, b"CanaryCamera\0"),
            (0x0112, 3, 1, &[0, orientation]),
            (0x8825, 4, 1, &position.to_be_bytes()),
            (0xA431, 2, 13, b"CanarySerial\0"),
        ];
        directory(8, &entries)
    };
    let place = 8 + first(0).len();
    let mut bytes = b"MM\0*\0\0\0\x08".to_vec();
    bytes.extend_from_slice(&first(u32::try_from(place).unwrap()));
    let position: [(u16, u16, u32, &[u8]); 4] = [
        (0x0001, 2, 2, b"N\0"),
        (0x0002, 5, 3, &LATITUDE),
        (0x0003, 2, 2, b"E\0"),
        (0x0004, 5, 3, &LONGITUDE),
    ];
    bytes.extend_from_slice(&directory(place, &position));
    bytes.extend_from_slice(b"CanaryThumb");
    bytes
}

/// A PNG that says it is this large and holds next to nothing.
pub fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    head.extend_from_slice(&width.to_be_bytes());
    head.extend_from_slice(&height.to_be_bytes());
    head.extend_from_slice(&[8, 6, 0, 0, 0]);
    png_chunk(&mut bytes, b"IHDR", &head);
    png_chunk(
        &mut bytes,
        b"IDAT",
        b"\x78\x01\x01\x00\x00\xff\xff\x00\x00\x00\x01",
    );
    png_chunk(&mut bytes, b"IEND", b"");
    bytes
}

/// Adds a chunk with its checksum.
pub fn png_chunk(bytes: &mut Vec<u8>, kind: &[u8; 4], body: &[u8]) {
    bytes.extend_from_slice(&u32::try_from(body.len()).unwrap().to_be_bytes());
    let sum = [&kind[..], body].concat();
    bytes.extend_from_slice(&sum);
    bytes.extend_from_slice(&crc(&sum).to_be_bytes());
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg())
        })
    })
}
