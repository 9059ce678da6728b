//! Meetings on paper, in Albanian: the notice with its agenda, and approved minutes (study B5).

use serde::Serialize;

use super::minutes::views::PublishedMinutes;
use super::views::MeetingPage;
use crate::platform::print;
use crate::platform::problem::Problem;
use crate::platform::quick_response::QuickResponse;
use crate::reports::print::Words;

const AGENDA: &str = include_str!("../../texts/agenda.typ");
const MINUTES: &str = include_str!("../../texts/minutes.typ");

#[derive(Serialize)]
struct Agenda<'a> {
    /// In full.
    municipality: &'a str,
    meeting: &'a MeetingPage,
    /// Where the meeting is on the web.
    address: String,
    qr: String,
    words: Words,
}

#[derive(Serialize)]
struct Minutes<'a> {
    municipality: &'a str,
    minutes: &'a PublishedMinutes,
    address: String,
    words: Words,
}

/// The notice of a meeting with its agenda, as PDF. Slow: it runs where heavy work does.
///
/// # Errors
/// `internal` when it cannot be set.
pub fn agenda(municipality: &str, meeting: &MeetingPage, origin: &str) -> Result<Vec<u8>, Problem> {
    let address = page_of(origin, &meeting.card.id);
    let printed = Agenda {
        municipality,
        meeting,
        qr: QuickResponse::of(&address)?.drawn()?,
        address,
        words: Words::albanian()?,
    };
    print::print(AGENDA, &printed)
}

/// Approved minutes as PDF, with what was put right since. Slow: it runs where heavy work does.
///
/// # Errors
/// `internal` when it cannot be set.
pub fn minutes(
    municipality: &str,
    minutes: &PublishedMinutes,
    origin: &str,
) -> Result<Vec<u8>, Problem> {
    let printed = Minutes {
        municipality,
        minutes,
        address: page_of(origin, &minutes.record.meeting),
        words: Words::albanian()?,
    };
    print::print(MINUTES, &printed)
}

fn page_of(origin: &str, id: &str) -> String {
    format!("{origin}/takime/{id}")
}
