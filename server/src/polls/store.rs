//! Queries over polls.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::Code as _;
use domain::poll::TextState;

use super::{PictureId, PollId, TextId};
use crate::codes::Code;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{agenda_items, meetings, poll_pictures, poll_texts, polls};

/// The most polls a list shows: those of many years.
const LIST: i64 = 300;
/// The most texts that are read at a time.
const TEXTS: i64 = 5_000;

/// A poll.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = polls)]
#[diesel(treat_none_as_null = true)]
pub struct Poll {
    /// Its id.
    pub id: PollId,
    /// The municipality.
    pub municipality_code: String,
    /// Code of whom it asks.
    pub audience: String,
    /// The year it is of.
    pub year: i32,
    /// The first poll that asked the same.
    pub series: PollId,
    /// Code of where it stands.
    pub state: String,
    /// Code of the institution that asks.
    pub institution: String,
    /// The questions (JSON).
    pub paper: String,
    /// The day it was published.
    pub published_on: Option<NaiveDate>,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// What is told of the answers (JSON).
    pub results: Option<String>,
    /// How many answered.
    pub answered: Option<i32>,
    /// Where figures were published that were not collected here.
    pub source: Option<String>,
    /// The day it was sent to the council.
    pub sent_on: Option<NaiveDate>,
}

/// What somebody wrote.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = poll_texts)]
pub struct Text {
    /// Its id.
    pub id: TextId,
    /// The poll.
    pub poll_id: PollId,
    /// Id of the question.
    pub question: String,
    /// What they wrote.
    pub text: String,
    /// Code of whether it is shown.
    pub state: String,
}

/// A poll.
///
/// # Errors
/// `poll_unknown`.
pub fn get(unit: &mut Unit<'_>, id: &PollId) -> Result<Poll, Problem> {
    polls::table
        .find(id)
        .select(Poll::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::PollUnknown))
}

/// The polls of a municipality, the last year first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<Poll>, Problem> {
    Ok(polls::table
        .filter(polls::municipality_code.eq(municipality))
        .order((polls::year.desc(), polls::id.desc()))
        .limit(LIST)
        .select(Poll::as_select())
        .load(unit.conn)?)
}

/// Writes a poll down.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert(unit: &mut Unit<'_>, row: &Poll) -> Result<(), Problem> {
    diesel::insert_into(polls::table)
        .values(row)
        .execute(unit.conn)?;
    Ok(())
}

/// Writes down what changed of a poll.
///
/// # Errors
/// `storage_unavailable`.
pub fn set(unit: &mut Unit<'_>, row: &Poll) -> Result<(), Problem> {
    diesel::update(polls::table.find(&row.id))
        .set(row)
        .execute(unit.conn)?;
    Ok(())
}

/// Takes a draft away with its pictures.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete(unit: &mut Unit<'_>, id: &PollId) -> Result<(), Problem> {
    diesel::delete(poll_pictures::table.filter(poll_pictures::poll_id.eq(id)))
        .execute(unit.conn)?;
    diesel::delete(polls::table.find(id)).execute(unit.conn)?;
    Ok(())
}

/// Keeps a picture of a draft.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_picture(
    unit: &mut Unit<'_>,
    poll: &PollId,
    bytes: &[u8],
) -> Result<PictureId, Problem> {
    let id = PictureId::new(unit.chance)?;
    diesel::insert_into(poll_pictures::table)
        .values((
            poll_pictures::id.eq(&id),
            poll_pictures::poll_id.eq(poll),
            poll_pictures::bytes.eq(bytes),
        ))
        .execute(unit.conn)?;
    Ok(id)
}

/// How many pictures a poll has.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_pictures(unit: &mut Unit<'_>, poll: &PollId) -> Result<Vec<PictureId>, Problem> {
    Ok(poll_pictures::table
        .filter(poll_pictures::poll_id.eq(poll))
        .select(poll_pictures::id)
        .load(unit.conn)?)
}

/// Takes pictures away.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_pictures(unit: &mut Unit<'_>, ids: &[PictureId]) -> Result<(), Problem> {
    diesel::delete(poll_pictures::table.filter(poll_pictures::id.eq_any(ids.to_vec())))
        .execute(unit.conn)?;
    Ok(())
}

/// A picture and the poll that shows it.
///
/// # Errors
/// `not_found`.
pub fn get_picture(unit: &mut Unit<'_>, id: &PictureId) -> Result<(PollId, Vec<u8>), Problem> {
    poll_pictures::table
        .find(id)
        .select((poll_pictures::poll_id, poll_pictures::bytes))
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::NotFound))
}

/// What was written, question by question, in an order that says nothing.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_texts(unit: &mut Unit<'_>, poll: &PollId) -> Result<Vec<Text>, Problem> {
    Ok(poll_texts::table
        .filter(poll_texts::poll_id.eq(poll))
        .order((poll_texts::question, poll_texts::id))
        .limit(TEXTS)
        .select(Text::as_select())
        .load(unit.conn)?)
}

/// What was written and is shown, question by question.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_published_texts(unit: &mut Unit<'_>, poll: &PollId) -> Result<Vec<Text>, Problem> {
    Ok(poll_texts::table
        .filter(poll_texts::poll_id.eq(poll))
        .filter(poll_texts::state.eq(TextState::Published.code()))
        .order((poll_texts::question, poll_texts::id))
        .select(Text::as_select())
        .load(unit.conn)?)
}

/// A text.
///
/// # Errors
/// `text_unknown`.
pub fn get_text(unit: &mut Unit<'_>, id: &TextId) -> Result<Text, Problem> {
    poll_texts::table
        .find(id)
        .select(Text::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::TextUnknown))
}

/// Says whether a text is shown.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_text(unit: &mut Unit<'_>, id: &TextId, state: &str) -> Result<(), Problem> {
    diesel::update(poll_texts::table.find(id))
        .set(poll_texts::state.eq(state))
        .execute(unit.conn)?;
    Ok(())
}

/// The polls of a municipality that are on the agenda of a meeting that was not cancelled.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_on_agendas(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<PollId>, Problem> {
    Ok(meetings::table
        .inner_join(agenda_items::table.on(agenda_items::meeting_id.eq(meetings::id)))
        .filter(meetings::municipality_code.eq(municipality))
        .filter(meetings::cancelled_on.is_null())
        .filter(agenda_items::poll_id.is_not_null())
        .select(agenda_items::poll_id.assume_not_null())
        .load(unit.conn)?)
}

/// The polls with these ids.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_among(unit: &mut Unit<'_>, ids: &[PollId]) -> Result<Vec<Poll>, Problem> {
    Ok(polls::table
        .filter(polls::id.eq_any(ids.to_vec()))
        .select(Poll::as_select())
        .load(unit.conn)?)
}
