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
