//! A report as open data: what became of every concern that was put first, line by line.

use super::views::ReportRecord;
use crate::platform::problem::Problem;
use crate::platform::spreadsheet::{csv, harmless};

/// The priorities of a report as CSV, safe to open in a spreadsheet.
///
/// # Errors
/// `internal` when it cannot be written.
pub fn priorities(record: &ReportRecord) -> Result<String, Problem> {
    let headings = [
        "id",
        "title",
        "topic",
        "unit",
        "prioritised_on",
        "carried",
        "status",
        "verdict",
        "measures",
        "supporters",
        "contests",
        "answered_by",
        "answered_on",
        "answer",
    ];
    let lines = record.priorities.iter().map(|one| {
        let answer = one.answer.as_ref();
        let by = answer.and_then(|word| word.institution.clone());
        [
            one.id.clone(),
            harmless(&one.title),
            one.topic.clone(),
            harmless(one.unit.as_deref().unwrap_or_default()),
            one.prioritised_on.to_string(),
            one.carried.to_string(),
            one.status.clone(),
            one.verdict.clone(),
            one.measures.join(" "),
            one.supporters.to_string(),
            one.contests.to_string(),
            by.unwrap_or_default(),
            answer.map(|word| word.on.to_string()).unwrap_or_default(),
            harmless(answer.map(|word| word.text.as_str()).unwrap_or_default()),
        ]
    });
    csv(headings, lines)
}
