//! The letters with activation codes, to print: a page of A4 each, with the code in symbols and as QR.
//!
//! The QR holds an address whose part after `#` is the code: a browser does not send that part, so no
//! log on the way has it.

use std::collections::BTreeMap;

use domain::activation::ActivationCode;
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};

use crate::notices::texts::text;
use crate::platform::problem::Problem;
use crate::platform::quick_response::QuickResponse;

/// What all letters of a batch say.
pub struct Letter {
    /// The official name of the municipality.
    pub municipality: String,
    /// The name of the unit.
    pub unit: String,
    /// The year.
    pub year: i32,
    /// Where the app is.
    pub origin: String,
}

/// A4, in points.
const PAGE: Rect = Rect {
    x1: 0.0,
    y1: 0.0,
    x2: 595.0,
    y2: 842.0,
};
/// The left margin, in points.
const LEFT: f32 = 72.0;
/// How many characters of the body a line takes.
const LINE: usize = 66;
/// The side of a QR module, in points: 1.8 mm.
const MODULE: f32 = 5.0;

const PLAIN: Name<'_> = Name(b"F1");
const BOLD: Name<'_> = Name(b"F2");

/// The letters as PDF, in the order of the codes.
///
/// # Errors
/// `internal` when a text is missing or a code does not fit a QR.
pub fn print(letter: &Letter, codes: &[ActivationCode]) -> Result<Vec<u8>, Problem> {
    let words = Words::new(letter)?;
    let mut pdf = Pdf::new();
    let (catalog, tree, plain, bold) = (Ref::new(1), Ref::new(2), Ref::new(3), Ref::new(4));
    pdf.catalog(catalog).pages(tree);
    let pages: Vec<(Ref, Ref)> = (5..)
        .step_by(2)
        .take(codes.len())
        .map(|number| (Ref::new(number), Ref::new(number + 1)))
        .collect();
    pdf.pages(tree)
        .kids(pages.iter().map(|(page, _)| *page))
        .count(i32::try_from(pages.len()).unwrap_or(i32::MAX));
    for (font, name) in [(plain, b"Helvetica".as_slice()), (bold, b"Helvetica-Bold")] {
        pdf.type1_font(font)
            .base_font(Name(name))
            .encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    for ((page, content), code) in pages.into_iter().zip(codes) {
        let mut sheet = pdf.page(page);
        sheet.media_box(PAGE).parent(tree).contents(content);
        let mut resources = sheet.resources();
        let mut fonts = resources.fonts();
        fonts.pair(PLAIN, plain).pair(BOLD, bold);
        fonts.finish();
        resources.finish();
        sheet.finish();
        pdf.stream(content, &written(letter, &words, code)?);
    }
    Ok(pdf.finish())
}

/// What is the same on every page.
struct Words {
    title: String,
    body: Vec<String>,
    after: Vec<String>,
}

impl Words {
    fn new(letter: &Letter) -> Result<Self, Problem> {
        let blanks: BTreeMap<String, String> = [
            ("unit", letter.unit.clone()),
            ("year", letter.year.to_string()),
            ("address", address(letter)),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        let says = |key: &str| text("sq", key, &blanks);
        Ok(Self {
            title: says("letter-code-title")?,
            body: wrapped(&says("letter-code-body")?),
            after: wrapped(&says("letter-code-after")?),
        })
    }
}

fn address(letter: &Letter) -> String {
    format!("{}/une/verifikimi", letter.origin)
}

fn written(letter: &Letter, words: &Words, code: &ActivationCode) -> Result<Vec<u8>, Problem> {
    let mut content = Content::new();
    let mut at = 770.0;
    line(&mut content, PLAIN, 13.0, at, &letter.municipality);
    at -= 44.0;
    line(&mut content, BOLD, 20.0, at, &words.title);
    at -= 30.0;
    for said in &words.body {
        line(&mut content, PLAIN, 13.0, at, said);
        at -= 19.0;
    }
    at -= 22.0;
    line(&mut content, BOLD, 26.0, at, &code.to_string());
    at -= 24.0;
    let scanned = format!("{}#{}", address(letter), code.canonical());
    at = quick_response(&mut content, at, &scanned)?;
    for said in &words.after {
        at -= 18.0;
        line(&mut content, PLAIN, 12.0, at, said);
    }
    Ok(content.finish().into_vec())
}

fn line(content: &mut Content, font: Name<'_>, size: f32, at: f32, words: &str) {
    content
        .begin_text()
        .set_font(font, size)
        .next_line(LEFT, at)
        .show(Str(&encoded(words)))
        .end_text();
}

/// Draws a QR below a height; the height below it.
fn quick_response(content: &mut Content, below: f32, words: &str) -> Result<f32, Problem> {
    let made = QuickResponse::of(words)?;
    let points = |modules: usize| (0..modules).map(|_module| MODULE).sum::<f32>();
    for (row, along, length) in made.runs {
        let at = below - points(row + 1);
        content.rect(LEFT + points(along), at, points(length), MODULE);
    }
    content.fill_nonzero();
    Ok(below - points(made.width) - 12.0)
}

/// A text in lines that fit the page.
fn wrapped(words: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in words.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.chars().count() + word.chars().count() >= LINE {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// The bytes of a text as the fonts of every PDF reader know them (WinAnsi, which has all letters of
/// Albanian); what it lacks is a question mark.
fn encoded(words: &str) -> Vec<u8> {
    words
        .chars()
        .map(|letter| match letter {
            '’' => 0x92,
            '“' => 0x93,
            '”' => 0x94,
            '–' => 0x96,
            other => u8::try_from(u32::from(other)).unwrap_or(b'?'),
        })
        .collect()
}
