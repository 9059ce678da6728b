//! Polls: made by the youth council or the secretary, answered in classes and by link, closed once, and heard by
//! the council. Of answers there are sums alone.

pub mod check;
mod exports;
pub mod paper;
mod pictures;
pub mod read;
mod results;
pub mod rooms;
pub mod routes;
pub mod store;
pub mod study;
pub mod templates;
mod texts;
pub mod views;

use aws_lc_rs::digest::{SHA256, digest};
use domain::Code as _;
use domain::poll::{Audience, State};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::audit;
use crate::codes::Code;
use crate::councils::Staff;
use crate::platform::app::Unit;
use crate::platform::keys::hex;
use crate::platform::problem::Problem;
use paper::PollPaper;
use store::Poll;
use views::PollPage;

/// What the log says of a poll that is closed, with [`closing`].
const CLOSED: &str = "poll_closed";

/// What the log calls the results of a poll: which poll, and the hash of what is told.
fn closing(id: &PollId, document: &str) -> String {
    format!(
        "{id}/{}",
        hex(digest(&SHA256, document.as_bytes()).as_ref())
    )
}

crate::id! {
    /// A poll.
    PollId
}
crate::id! {
    /// A picture of a question.
    PictureId
}
crate::id! {
    /// What somebody wrote in a poll.
    TextId
}

/// The routes of polls.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(routes::list_polls)
        .service(routes::list_desk_polls)
        .service(routes::list_poll_templates)
        .service(routes::make_poll)
        .service(routes::get_poll)
        .service(routes::change_poll)
        .service(routes::remove_poll)
        .service(routes::publish_poll)
        .service(routes::close_poll)
        .service(routes::send_poll)
        .service(pictures::add_poll_picture)
        .service(pictures::get_poll_picture)
        .service(exports::get_poll_results)
        .service(exports::get_poll_results_csv)
        .service(exports::get_poll_codebook)
        .service(texts::list_poll_texts)
        .service(texts::judge_poll_text)
        .configure(rooms::configure);
}

/// A poll as it is asked for.
#[derive(Clone)]
pub struct Asked {
    /// Whom it asks.
    pub audience: Audience,
    /// The year it is of.
    pub year: i32,
    /// What it asks.
    pub paper: PollPaper,
}

/// Begins a poll; in the series of an earlier one where it asks the same again.
///
/// # Errors
/// `poll_unknown`, `storage_unavailable`.
pub fn make(
    unit: &mut Unit<'_>,
    staff: &Staff,
    asked: Asked,
    again: Option<&PollId>,
) -> Result<PollPage, Problem> {
    let id = PollId::new(unit.chance)?;
    let series = match again {
        Some(earlier) => of_place(unit, staff, earlier)?.series,
        None => id.clone(),
    };
    let row = Poll {
        id,
        municipality_code: staff.municipality.clone(),
        audience: asked.audience.code().to_owned(),
        year: asked.year,
        series,
        state: State::Draft.code().to_owned(),
        institution: staff.institution.code().to_owned(),
        paper: read::written(&asked.paper)?,
        published_on: None,
        closed_on: None,
        results: None,
        answered: None,
        source: None,
        sent_on: None,
    };
    store::insert(unit, &row)?;
    audit::append(unit, Some(staff), "poll_made", row.id.as_str())?;
    read::page(unit, row)
}

/// A poll of the municipality of a seat.
///
/// # Errors
/// `poll_unknown`.
pub fn of_place(unit: &mut Unit<'_>, staff: &Staff, id: &PollId) -> Result<Poll, Problem> {
    let row = store::get(unit, id)?;
    if row.municipality_code == staff.municipality {
        Ok(row)
    } else {
        Err(Problem::new(Code::PollUnknown))
    }
}

/// Whether a poll is asked: its paper is fixed, and it is not closed.
///
/// # Errors
/// `poll_not_open`, `poll_over`.
pub fn require_open(row: &Poll) -> Result<(), Problem> {
    match State::from_code(&row.state) {
        Some(State::Open) => Ok(()),
        Some(State::Closed) => Err(Problem::new(Code::PollOver)),
        _ => Err(Problem::new(Code::PollNotOpen)),
    }
}

fn draft(unit: &mut Unit<'_>, staff: &Staff, id: &PollId) -> Result<Poll, Problem> {
    let row = of_place(unit, staff, id)?;
    if row.state == State::Draft.code() {
        Ok(row)
    } else {
        Err(Problem::new(Code::PollPublished))
    }
}

/// Writes a draft anew.
///
/// # Errors
/// `poll_published`, `poll_unknown`.
pub fn change(
    unit: &mut Unit<'_>,
    staff: &Staff,
    id: &PollId,
    asked: Asked,
) -> Result<PollPage, Problem> {
    let row = Poll {
        audience: asked.audience.code().to_owned(),
        year: asked.year,
        paper: read::written(&asked.paper)?,
        ..draft(unit, staff, id)?
    };
    store::set(unit, &row)?;
    audit::append(unit, Some(staff), "poll_changed", id.as_str())?;
    read::page(unit, row)
}

/// Takes a draft away.
///
/// # Errors
/// `poll_published`, `poll_unknown`.
pub fn remove(unit: &mut Unit<'_>, staff: &Staff, id: &PollId) -> Result<(), Problem> {
    draft(unit, staff, id)?;
    store::delete(unit, id)?;
    audit::append(unit, Some(staff), "poll_removed", id.as_str())
}

/// Publishes a poll: its paper is fixed from now on.
///
/// # Errors
/// `fields_invalid` where the paper lacks something or asks who somebody is; `poll_published`.
pub fn publish(unit: &mut Unit<'_>, staff: &Staff, id: &PollId) -> Result<PollPage, Problem> {
    let row = draft(unit, staff, id)?;
    let paper = read::paper(&row)?;
    paper.check()?;
    keep_pictures(unit, &row.id, &paper)?;
    let row = Poll {
        state: State::Open.code().to_owned(),
        published_on: Some(unit.today()),
        ..row
    };
    store::set(unit, &row)?;
    unit.touch(&staff.municipality);
    audit::append(unit, Some(staff), "poll_published", id.as_str())?;
    read::page(unit, row)
}

/// A paper shows pictures of its own poll, and no others are kept.
fn keep_pictures(unit: &mut Unit<'_>, poll: &PollId, paper: &PollPaper) -> Result<(), Problem> {
    let kept = store::list_pictures(unit, poll)?;
    let shown = |id: &str| kept.iter().any(|picture| picture.as_str() == id);
    for (place, question) in paper.questions.iter().enumerate() {
        let picture = question.picture.as_ref();
        if !picture.is_none_or(|picture| shown(&picture.id)) {
            let at = format!("/paper/questions/{place}/picture");
            return Err(Problem::field(&at, "reference_unknown", None));
        }
    }
    let named = |id: &PictureId| {
        let mut pictures = paper
            .questions
            .iter()
            .filter_map(|one| one.picture.as_ref());
        pictures.any(|picture| picture.id == id.as_str())
    };
    let left: Vec<PictureId> = kept.iter().filter(|id| !named(id)).cloned().collect();
    store::delete_pictures(unit, &left)
}

/// Closes a poll: what may be told is written down; the sums, and words of fewer than may be told, are erased.
///
/// # Errors
/// `poll_not_open`, `poll_rooms_open`, `poll_over`.
pub fn close(unit: &mut Unit<'_>, staff: &Staff, id: &PollId) -> Result<PollPage, Problem> {
    let row = of_place(unit, staff, id)?;
    require_open(&row)?;
    let rooms = rooms::store::list(unit, id)?;
    if rooms.iter().any(|room| room.takes_answers(unit.now)) {
        return Err(Problem::new(Code::PollRoomsOpen));
    }
    let results = results::of_poll(unit, &row, &rooms)?;
    rooms::store::erase(unit, id)?;
    rooms::store::erase_few_texts(unit, id, results.k)?;
    let document = read::written(&results)?;
    let subject = closing(id, &document);
    let row = Poll {
        state: State::Closed.code().to_owned(),
        closed_on: Some(unit.today()),
        answered: i32::try_from(results.answered).ok(),
        results: Some(document),
        ..row
    };
    store::set(unit, &row)?;
    unit.touch(&staff.municipality);
    audit::append(unit, Some(staff), CLOSED, &subject)?;
    read::page(unit, row)
}

/// Sends what the answers say to the council: it is offered to whoever makes an agenda ("youth says").
///
/// # Errors
/// `poll_not_closed`, `poll_sent`.
pub fn send(unit: &mut Unit<'_>, staff: &Staff, id: &PollId) -> Result<PollPage, Problem> {
    let row = of_place(unit, staff, id)?;
    if row.state != State::Closed.code() {
        return Err(Problem::new(Code::PollNotClosed));
    }
    if row.sent_on.is_some() {
        return Err(Problem::new(Code::PollSent));
    }
    let row = Poll {
        sent_on: Some(unit.today()),
        ..row
    };
    store::set(unit, &row)?;
    unit.touch(&staff.municipality);
    audit::append(unit, Some(staff), "poll_sent", id.as_str())?;
    read::page(unit, row)
}
