//! Photos: decoded, turned upright, made smaller and encoded anew, so that nothing of the
//! original file survives but its picture. What cannot be decoded is refused and not kept.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use diesel::prelude::*;
use domain::text::tidy;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer};
use std::fmt::Formatter;
use std::io::Cursor;
use utoipa::ToSchema;

use super::ConcernId;
use crate::codes::Code;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::workshop::heavy;
use crate::schema::photos;

crate::id! {
    /// A photo.
    PhotoId
}

/// As many photos as a concern may have.
pub const MOST: usize = 4;
/// What a photo may come as, whatever else the decoder knows for the sake of others.
const FORMATS: [ImageFormat; 3] = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];
/// The most bytes of one photo as it comes.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// The most pixels along one side of a photo as it comes.
const MOST_SIDE: u32 = 10_000;
/// The most pixels the photos of a concern may have together, as they come: a small file may
/// unfold into very many. The app sends four of 1600 by 1600 at most; this is one of a good phone.
const MOST_PIXELS: u64 = 16_000_000;
/// The most memory decoding may take, bytes: enough for that many pixels of any depth.
const MOST_MEMORY: u64 = 160 * 1024 * 1024;
/// Longest side of a kept photo, pixels.
const FULL: u32 = 1600;
/// Longest side of its small form, pixels.
const THUMB: u32 = 480;

/// Characters of a description that are kept.
const ALT: usize = 200;

/// A photo as it comes.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPhoto {
    /// The file: JPEG, PNG or WebP, in base64, at most 8 MiB.
    #[schema(value_type = String, format = Byte)]
    #[serde(deserialize_with = "file")]
    data: Option<Vec<u8>>,
    /// What it shows, for those who cannot see it.
    #[serde(default)]
    alt: String,
}

/// The file in base64, out of the body as it lies there: a copy of its text would double
/// what a large body takes. Nothing when it is no base64, which is refused with the file's place.
///
/// # Errors
/// When it is no text.
pub fn file<'de, D: Deserializer<'de>>(text: D) -> Result<Option<Vec<u8>>, D::Error> {
    struct Base64;
    impl Visitor<'_> for Base64 {
        type Value = Option<Vec<u8>>;

        fn expecting(&self, words: &mut Formatter<'_>) -> std::fmt::Result {
            words.write_str("a file in base64")
        }

        fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
            Ok(STANDARD.decode(text).ok())
        }
    }
    text.deserialize_str(Base64)
}

/// A photo made anew.
#[derive(Clone)]
pub struct CleanPhoto {
    alt: String,
    width: u32,
    height: u32,
    full: Vec<u8>,
    thumb: Vec<u8>,
}

impl CleanPhoto {
    /// What it shows, and the JPEG.
    pub fn into_parts(self) -> (String, Vec<u8>) {
        (self.alt, self.full)
    }
}

/// What lists and pages need to know of a photo.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = photos)]
pub struct PhotoHead {
    /// Its id.
    pub id: PhotoId,
    /// The concern it belongs to.
    pub concern_id: ConcernId,
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
    /// What it shows.
    pub alt: String,
}

/// Makes all photos of a concern anew; slow, so it runs outside the transaction, a few at a time.
///
/// # Errors
/// `fields_invalid` or `photo_refused` with the pointer of the photo.
pub async fn clean_in_turn(photos: Vec<NewPhoto>) -> Result<Vec<CleanPhoto>, Problem> {
    if photos.is_empty() {
        return Ok(Vec::new());
    }
    if photos.len() > MOST {
        let most = u32::try_from(MOST).ok();
        return Err(Problem::field("/photos", "too_many", most));
    }
    heavy(move || clean(photos)).await?
}

fn clean(photos: Vec<NewPhoto>) -> Result<Vec<CleanPhoto>, Problem> {
    let mut left = MOST_PIXELS;
    photos
        .into_iter()
        .enumerate()
        .map(|(place, photo)| {
            clean_one(photo, &mut left)
                .ok_or_else(|| Problem::new(Code::PhotoRefused).detail(format!("/photos/{place}")))
        })
        .collect()
}

fn clean_one(photo: NewPhoto, left: &mut u64) -> Option<CleanPhoto> {
    let bytes = photo.data.filter(|bytes| bytes.len() <= MOST_BYTES)?;
    let format = image::guess_format(&bytes).ok()?;
    if !FORMATS.contains(&format) || (format == ImageFormat::Jpeg && !is_whole(&bytes)) {
        return None;
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    *left = left.checked_sub(u64::from(width) * u64::from(height))?;
    let orientation = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    let full = smaller(&on_white(picture), FULL);
    let described: String = photo.alt.chars().take(ALT * 4).collect();
    Some(CleanPhoto {
        alt: tidy(&described).chars().take(ALT).collect(),
        width: full.width(),
        height: full.height(),
        thumb: jpeg(&smaller(&full, THUMB), 78)?,
        full: jpeg(&full, 82)?,
    })
}

/// Whether a JPEG goes on to its end mark (ITU-T T.81, annex B). The decoder paints grey what is missing,
/// but a file that was cut off on its way is refused, as it is in the other formats.
fn is_whole(jpeg: &[u8]) -> bool {
    let mut rest = jpeg.get(2..).unwrap_or_default();
    while let Some(place) = rest.iter().position(|byte| *byte == 0xFF) {
        rest = rest.get(place + 1..).unwrap_or_default();
        match *rest {
            [0xD9, ..] => return true,
            // Data, filling and restarts: what follows has no length.
            [0x00 | 0x01 | 0xFF | 0xD0..=0xD8, ..] => {}
            [_, high, low, ..] => {
                let length = usize::from(u16::from_be_bytes([high, low]));
                rest = rest.get(length + 1..).unwrap_or_default();
            }
            _ => return false,
        }
    }
    false
}

/// What was made transparent becomes white: what lies beneath is not for others.
fn on_white(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture;
    }
    let mut pixels = picture.into_rgba8();
    for pixel in pixels.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        let mix = |colour: u8| {
            let (colour, alpha) = (u16::from(colour), u16::from(alpha));
            u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        pixel.0 = [mix(red), mix(green), mix(blue), u8::MAX];
    }
    pixels.into()
}

fn smaller(picture: &DynamicImage, side: u32) -> DynamicImage {
    if picture.width() <= side && picture.height() <= side {
        return picture.clone();
    }
    picture.thumbnail(side, side)
}

fn jpeg(picture: &DynamicImage, quality: u8) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    picture.to_rgb8().write_with_encoder(encoder).ok()?;
    Some(bytes)
}

/// Keeps the photos of a concern.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_photos(
    unit: &mut Unit<'_>,
    concern: &ConcernId,
    photos: Vec<CleanPhoto>,
) -> Result<(), Problem> {
    for (position, photo) in (0..).zip(photos) {
        diesel::insert_into(photos::table)
            .values((
                photos::id.eq(PhotoId::new(unit.chance)?),
                photos::concern_id.eq(concern),
                photos::position.eq(position),
                photos::width.eq(i32::try_from(photo.width).unwrap_or(0)),
                photos::height.eq(i32::try_from(photo.height).unwrap_or(0)),
                photos::alt.eq(photo.alt),
                photos::full.eq(photo.full),
                photos::thumb.eq(photo.thumb),
            ))
            .execute(unit.conn)?;
    }
    Ok(())
}

/// The photos of several concerns, each concern's in their order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_heads(unit: &mut Unit<'_>, concerns: &[ConcernId]) -> Result<Vec<PhotoHead>, Problem> {
    Ok(photos::table
        .filter(photos::concern_id.eq_any(concerns.to_vec()))
        .order((photos::concern_id, photos::position))
        .select(PhotoHead::as_select())
        .load(unit.conn)?)
}

/// A photo's concern and its bytes, full or small (JPEG).
///
/// # Errors
/// `not_found`.
pub fn get_bytes(
    unit: &mut Unit<'_>,
    id: &PhotoId,
    small: bool,
) -> Result<(ConcernId, Vec<u8>), Problem> {
    let row = photos::table.find(id);
    Ok(if small {
        row.select((photos::concern_id, photos::thumb))
            .first(unit.conn)?
    } else {
        row.select((photos::concern_id, photos::full))
            .first(unit.conn)?
    })
}
