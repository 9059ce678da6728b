//! QR codes (ISO/IEC 18004) for what is printed, correcting 15 in a hundred.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use super::problem::Problem;
use crate::codes::Code;

/// The light modules around a QR that readers need.
const QUIET: usize = 4;

/// A QR as runs of dark modules.
pub struct QuickResponse {
    /// Modules along a side.
    pub width: usize,
    /// Each run by its row, its first column and its length, in modules.
    pub runs: Vec<(usize, usize, usize)>,
}

impl QuickResponse {
    /// The QR of an address.
    ///
    /// # Errors
    /// `internal` when it does not fit.
    pub fn of(words: &str) -> Result<Self, Problem> {
        let made = QrCode::with_error_correction_level(words, EcLevel::M)
            .map_err(|cause| Problem::caused(Code::Internal, cause))?;
        let (width, mut runs) = (made.width(), Vec::new());
        for (row, modules) in made.to_colors().chunks(width).enumerate() {
            let mut along = 0;
            for run in modules.chunk_by(|one, next| one == next) {
                if run.first() == Some(&Color::Dark) {
                    runs.push((row, along, run.len()));
                }
                along += run.len();
            }
        }
        Ok(Self { width, runs })
    }
    /// As SVG, with the light modules around it.
    ///
    /// # Errors
    /// `internal` when it cannot be written.
    pub fn drawn(&self) -> Result<String, Problem> {
        let mut path = String::new();
        for (row, along, length) in &self.runs {
            let (x, y) = (along + QUIET, row + QUIET);
            write!(path, "M{x} {y}h{length}v1h-{length}z")
                .map_err(|cause| Problem::caused(Code::Internal, cause))?;
        }
        let side = self.width + 2 * QUIET;
        Ok(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
             width=\"{side}\" height=\"{side}\"><path d=\"{path}\"/></svg>"
        ))
    }
}
