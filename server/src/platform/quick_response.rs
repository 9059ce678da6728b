//! QR codes (ISO/IEC 18004) for what is printed, correcting 15 in a hundred.

use qrcode::{Color, EcLevel, QrCode};

use super::problem::Problem;
use crate::codes::Code;

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
}
