//! Typesetting: a template of ours and its data as JSON become a PDF on A4, in Albanian.

use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, pdf};

use crate::codes::Code;
use crate::platform::problem::Problem;

/// What every template begins with: dates, numbers, the head of a page, its size and its letters.
const PAPER: &str = include_str!("../../texts/paper.typ");

/// The faces of the one family the templates are set in, which come first.
const FACES: usize = 6;

/// What the typesetter sees: a template, its data, and a few typefaces.
struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    source: Source,
}

impl Desk {
    fn new(template: &str, data: &impl Serialize) -> Result<Self, Problem> {
        let data =
            serde_json::to_string(data).map_err(|cause| Problem::caused(Code::Internal, cause))?;
        let mut inputs = Dict::new();
        inputs.insert("data".into(), data.into_value());
        let faces = typst_assets::fonts().take(FACES);
        let fonts: Vec<_> = faces
            .flat_map(|face| Font::iter(Bytes::new(face)))
            .collect();
        Ok(Self {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            source: Source::detached(format!("{PAPER}\n{template}")),
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() {
            Ok(self.source.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, _id: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The data as a PDF of the template, which finds them as `dhenat`. Slow: it runs where heavy
/// work does.
///
/// # Errors
/// `internal` when it cannot be set.
pub fn print(template: &str, data: &impl Serialize) -> Result<Vec<u8>, Problem> {
    let desk = Desk::new(template, data)?;
    let set = typst::compile::<PagedDocument>(&desk).output;
    let printed = set.and_then(|document| pdf(&document, &PdfOptions::default()));
    // What was remembered for the next time would be another document's.
    comemo::evict(0);
    printed.map_err(|faults| Problem::caused(Code::Internal, told(&faults)))
}

fn told(faults: &EcoVec<SourceDiagnostic>) -> String {
    let messages = faults.iter().map(|fault| fault.message.as_str());
    messages.collect::<Vec<_>>().join("; ")
}
