//! Queries over concerns, their events, messages and notes.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::ConcernId;
use crate::codes::Code;
use crate::identity::AccountId;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{concerns, events, messages, notes, photos};

/// A concern as it lies in the store.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = concerns, treat_none_as_null = true)]
pub struct Concern {
    /// Its id.
    pub id: ConcernId,
    /// LAU code of the municipality.
    pub municipality_code: String,
    /// Slug of the unit.
    pub unit: Option<String>,
    /// Code of the topic.
    pub topic: String,
    /// In one line.
    pub title: String,
    /// In full.
    pub text: String,
    /// `named`, `display` or `anonymous`.
    pub author_kind: String,
    /// The name shown.
    pub author_name: Option<String>,
    /// The author's account, never of an anonymous one.
    pub account_id: Option<AccountId>,
    /// HMAC of the receipt.
    pub receipt_mark: Option<String>,
    /// The H3 cell it is shown in.
    pub cell: Option<String>,
    /// Latitude of the public place, degrees.
    pub lat: f64,
    /// Longitude of the public place, degrees.
    pub lon: f64,
    /// Where it stands.
    pub state: String,
    /// What the last answer said.
    pub verdict: Option<String>,
    /// The institution that is to answer.
    pub assigned: Option<String>,
    /// The institution that leads the measure.
    pub lead: Option<String>,
    /// The concern it was merged into.
    pub merged_into: Option<ConcernId>,
    /// The day it came.
    pub received_on: NaiveDate,
    /// The day by which it must be answered.
    pub due_on: NaiveDate,
    /// The day something last happened.
    pub updated_on: NaiveDate,
    /// The day it became public; nothing while it is not.
    pub public_on: Option<NaiveDate>,
    /// Waits to be published together with others.
    pub awaits_batch: bool,
    /// Whether its anonymous author contests that it is done, and it waits to be reopened.
    pub contested: bool,
    /// Supports by accounts.
    pub residents: i32,
    /// Supports by devices.
    pub visitors: i32,
    /// A number that says nothing, for the random order.
    pub shuffle: i32,
}

/// Something that happened to a concern, in public.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = events)]
pub struct Event {
    /// The concern.
    pub concern_id: ConcernId,
    /// Its place in the timeline, from 1.
    pub position: i32,
    /// `move` or `answer`.
    pub kind: String,
    /// The seat that acted; nothing when the author did.
    pub seat_id: Option<String>,
    /// The institution it spoke for.
    pub institution: Option<String>,
    /// Where a move led.
    pub to_state: Option<String>,
    /// What an answer said.
    pub verdict: Option<String>,
    /// The public reason or answer.
    pub text: String,
    /// Legal ground of a refusal.
    pub ground: Option<String>,
    /// Whose business it is instead.
    pub whose: Option<String>,
    /// The institution that leads.
    pub lead: Option<String>,
    /// The day promised.
    pub due_on: Option<NaiveDate>,
    /// The day it happened.
    pub on_day: NaiveDate,
}

/// A message between author and council.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = messages)]
pub struct Message {
    /// The concern.
    pub concern_id: ConcernId,
    /// Its place in the thread, from 1.
    pub position: i32,
    /// `author` or `council`.
    pub side: String,
    /// The institution that wrote.
    pub institution: Option<String>,
    /// What was written.
    pub text: String,
    /// The day it was written.
    pub on_day: NaiveDate,
}

/// Adds a concern.
///
/// # Errors
/// `receipt_taken` when another concern has its receipt.
pub fn insert_concern(unit: &mut Unit<'_>, row: &Concern) -> Result<(), Problem> {
    use diesel::result::{DatabaseErrorKind::UniqueViolation, Error::DatabaseError};
    if row.public_on.is_some() {
        unit.touch(&row.municipality_code);
    }
    match diesel::insert_into(concerns::table)
        .values(row)
        .execute(unit.conn)
    {
        Ok(_) => Ok(()),
        // Perhaps by the same write that came twice: on another try that one is seen whole.
        Err(DatabaseError(UniqueViolation, _)) => Err(Problem::new(Code::ReceiptTaken).collided()),
        Err(error) => Err(error.into()),
    }
}

/// Writes a concern back. What the public does not see of it changes nothing for them, and must not
/// tell them that somebody wrote just now.
///
/// # Errors
/// `concern_unknown`.
pub fn set_concern(unit: &mut Unit<'_>, row: &Concern) -> Result<(), Problem> {
    if shown(&get_concern(unit, &row.id)?) != shown(row) {
        unit.touch(&row.municipality_code);
    }
    diesel::update(concerns::table.find(&row.id))
        .set(row)
        .execute(unit.conn)?;
    Ok(())
}

/// What the public sees of a concern, if anything.
fn shown(row: &Concern) -> Option<Concern> {
    row.public_on?;
    Some(Concern {
        account_id: None,
        receipt_mark: None,
        assigned: None,
        due_on: NaiveDate::default(),
        awaits_batch: false,
        contested: false,
        ..row.clone()
    })
}

/// The concern with this id, public or not: for those who proved that they may see it.
///
/// # Errors
/// `concern_unknown`.
pub fn get_concern(unit: &mut Unit<'_>, id: &ConcernId) -> Result<Concern, Problem> {
    concerns::table
        .find(id)
        .select(Concern::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(unknown)
}

/// The concern with this id, if it is public.
///
/// # Errors
/// `concern_unknown`, also for what exists but is not public.
pub fn get_public_concern(unit: &mut Unit<'_>, id: &ConcernId) -> Result<Concern, Problem> {
    concerns::table
        .find(id)
        .filter(concerns::public_on.is_not_null())
        .select(Concern::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(unknown)
}

/// Those of these concerns that are public.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_public_concerns(
    unit: &mut Unit<'_>,
    ids: &[ConcernId],
) -> Result<Vec<Concern>, Problem> {
    Ok(concerns::table
        .filter(concerns::id.eq_any(ids))
        .filter(concerns::public_on.is_not_null())
        .order(concerns::id)
        .select(Concern::as_select())
        .load(unit.conn)?)
}

/// The concern whose receipt has this mark.
///
/// # Errors
/// `receipt_unknown`.
pub fn get_concern_by_receipt(unit: &mut Unit<'_>, mark: &str) -> Result<Concern, Problem> {
    concerns::table
        .filter(concerns::receipt_mark.eq(mark))
        .select(Concern::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::ReceiptUnknown))
}

/// Takes an author's name off everything they sent: their account is being deleted.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_author(unit: &mut Unit<'_>, account: &AccountId) -> Result<(), Problem> {
    let shown: Vec<String> = concerns::table
        .filter(concerns::account_id.eq(account))
        .filter(concerns::public_on.is_not_null())
        .select(concerns::municipality_code)
        .distinct()
        .load(unit.conn)?;
    for municipality in shown {
        unit.touch(&municipality);
    }
    diesel::update(concerns::table.filter(concerns::account_id.eq(account)))
        .set((
            concerns::author_name.eq(None::<String>),
            concerns::account_id.eq(None::<AccountId>),
        ))
        .execute(unit.conn)?;
    Ok(())
}

/// Public concerns that were merged into this one.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_merged_into(unit: &mut Unit<'_>, id: &ConcernId) -> Result<Vec<Concern>, Problem> {
    Ok(concerns::table
        .filter(concerns::merged_into.eq(id))
        .order(concerns::id)
        .select(Concern::as_select())
        .load(unit.conn)?)
}

/// What happened to a concern, in its order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_events(unit: &mut Unit<'_>, id: &ConcernId) -> Result<Vec<Event>, Problem> {
    Ok(events::table
        .filter(events::concern_id.eq(id))
        .order(events::position)
        .select(Event::as_select())
        .load(unit.conn)?)
}

/// What institutions answered to these concerns, in its order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_answers(unit: &mut Unit<'_>, ids: &[ConcernId]) -> Result<Vec<Event>, Problem> {
    Ok(events::table
        .filter(events::concern_id.eq_any(ids.to_vec()))
        .filter(events::kind.eq("answer"))
        .order((events::concern_id, events::position))
        .select(Event::as_select())
        .load(unit.conn)?)
}

/// Adds to a concern's timeline; the position is given here.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_event(unit: &mut Unit<'_>, row: &Concern, mut event: Event) -> Result<(), Problem> {
    if row.public_on.is_some() {
        unit.touch(&row.municipality_code);
    }
    let last: Option<i32> = events::table
        .filter(events::concern_id.eq(&event.concern_id))
        .select(diesel::dsl::max(events::position))
        .first(unit.conn)?;
    event.position = last.unwrap_or(0) + 1;
    diesel::insert_into(events::table)
        .values(&event)
        .execute(unit.conn)?;
    Ok(())
}

/// The thread of a concern, in its order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_messages(unit: &mut Unit<'_>, id: &ConcernId) -> Result<Vec<Message>, Problem> {
    Ok(messages::table
        .filter(messages::concern_id.eq(id))
        .order(messages::position)
        .select(Message::as_select())
        .load(unit.conn)?)
}

/// Deletes the photos, messages and notes of a concern, and what institutions answered in public.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_contents(unit: &mut Unit<'_>, id: &ConcernId) -> Result<(), Problem> {
    diesel::delete(photos::table.filter(photos::concern_id.eq(id))).execute(unit.conn)?;
    diesel::delete(messages::table.filter(messages::concern_id.eq(id))).execute(unit.conn)?;
    diesel::delete(notes::table.filter(notes::concern_id.eq(id))).execute(unit.conn)?;
    let answers = events::table
        .filter(events::concern_id.eq(id))
        .filter(events::kind.eq("answer"));
    diesel::delete(answers).execute(unit.conn)?;
    Ok(())
}

/// The concerns that became part of this one, directly or through others.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_parts(unit: &mut Unit<'_>, id: &ConcernId) -> Result<Vec<Concern>, Problem> {
    let mut parts: Vec<Concern> = Vec::new();
    let mut into = vec![id.clone()];
    while !into.is_empty() {
        let next: Vec<Concern> = concerns::table
            .filter(concerns::merged_into.eq_any(into))
            .select(Concern::as_select())
            .load(unit.conn)?;
        into = next.iter().map(|part| part.id.clone()).collect();
        parts.extend(next);
    }
    Ok(parts)
}

/// Adds to a concern's thread; the position is given here.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_message(unit: &mut Unit<'_>, mut message: Message) -> Result<(), Problem> {
    let last: Option<i32> = messages::table
        .filter(messages::concern_id.eq(&message.concern_id))
        .select(diesel::dsl::max(messages::position))
        .first(unit.conn)?;
    message.position = last.unwrap_or(0) + 1;
    diesel::insert_into(messages::table)
        .values(&message)
        .execute(unit.conn)?;
    Ok(())
}

fn unknown() -> Problem {
    Problem::new(Code::ConcernUnknown)
}
