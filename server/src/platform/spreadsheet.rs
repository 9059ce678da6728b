//! Tables as CSV (RFC 4180), safe to open in a spreadsheet.

use super::problem::Problem;
use crate::codes::Code;

/// A table with a line of headings.
///
/// # Errors
/// `internal` when it cannot be written.
pub fn csv<const N: usize>(
    headings: [&str; N],
    lines: impl Iterator<Item = [String; N]>,
) -> Result<String, Problem> {
    let failed = |cause: String| Problem::caused(Code::Internal, cause);
    let mut table = csv::Writer::from_writer(Vec::new());
    table
        .write_record(headings)
        .map_err(|cause| failed(cause.to_string()))?;
    for cells in lines {
        table
            .write_record(cells)
            .map_err(|cause| failed(cause.to_string()))?;
    }
    let bytes = table
        .into_inner()
        .map_err(|cause| failed(cause.to_string()))?;
    String::from_utf8(bytes).map_err(|cause| failed(cause.to_string()))
}

/// A text no spreadsheet takes for a formula.
pub fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
