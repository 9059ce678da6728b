//! Queries over inboxes.

use chrono::NaiveDate;
use diesel::dsl::max;
use diesel::prelude::*;

use super::NoticeId;
use super::telling::Item;
use crate::concerns::ConcernId;
use crate::identity::AccountId;
use crate::meetings::MeetingId;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::inbox;

/// As many notices as an inbox shows.
const SHOWN: i64 = 100;

/// A line in somebody's inbox.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = inbox)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// Whose inbox.
    pub account_id: AccountId,
    /// Its place, from 1.
    pub position: i32,
    /// What happened.
    pub kind: String,
    /// To which concern; nothing when it is about the desk.
    pub concern_id: Option<ConcernId>,
    /// The concern's title, the meeting's with its day, or what waits at the desk.
    pub title: String,
    /// The day.
    pub on_day: NaiveDate,
    /// Whether it was seen.
    pub seen: bool,
    /// Whether the daily letter leaves it out: it told of it, or is not asked to.
    pub mailed: bool,
    /// Or to which meeting.
    pub meeting_id: Option<MeetingId>,
    /// Where to read on of anything else, below the site's origin.
    pub path: Option<String>,
}

/// Adds a line to an inbox.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_notice(
    unit: &mut Unit<'_>,
    account: &AccountId,
    item: &Item,
    mailed: bool,
) -> Result<(), Problem> {
    let last: Option<i32> = inbox::table
        .filter(inbox::account_id.eq(account))
        .select(max(inbox::position))
        .first(unit.conn)?;
    let named = item.concern.is_some() || item.meeting.is_some();
    diesel::insert_into(inbox::table)
        .values(&Notice {
            id: NoticeId::new(unit.chance)?,
            account_id: account.clone(),
            position: last.unwrap_or(0) + 1,
            kind: item.kind.to_owned(),
            concern_id: item.concern.clone(),
            title: item.title.clone(),
            on_day: unit.today(),
            seen: false,
            mailed,
            meeting_id: item.meeting.clone(),
            path: (!named).then(|| item.path.clone()),
        })
        .execute(unit.conn)?;
    Ok(())
}

/// An inbox, the newest line first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_notices(unit: &mut Unit<'_>, account: &AccountId) -> Result<Vec<Notice>, Problem> {
    Ok(inbox::table
        .filter(inbox::account_id.eq(account))
        .order(inbox::position.desc())
        .limit(SHOWN)
        .select(Notice::as_select())
        .load(unit.conn)?)
}

/// How many lines of an inbox were not seen.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_unseen(unit: &mut Unit<'_>, account: &AccountId) -> Result<i64, Problem> {
    Ok(inbox::table
        .filter(inbox::account_id.eq(account))
        .filter(inbox::seen.eq(false))
        .count()
        .get_result(unit.conn)?)
}

/// Marks every line of an inbox as seen.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_all_seen(unit: &mut Unit<'_>, account: &AccountId) -> Result<(), Problem> {
    diesel::update(inbox::table.filter(inbox::account_id.eq(account)))
        .set(inbox::seen.eq(true))
        .execute(unit.conn)?;
    Ok(())
}

/// The lines the daily letter has yet to tell of, which it now does.
///
/// # Errors
/// `storage_unavailable`.
pub fn take_unmailed(unit: &mut Unit<'_>, account: &AccountId) -> Result<Vec<Notice>, Problem> {
    let waiting = inbox::table
        .filter(inbox::account_id.eq(account))
        .filter(inbox::mailed.eq(false));
    let rows = waiting
        .order(inbox::position)
        .select(Notice::as_select())
        .load(unit.conn)?;
    diesel::update(waiting)
        .set(inbox::mailed.eq(true))
        .execute(unit.conn)?;
    Ok(rows)
}

/// Writes a concern's mended title over the one in every inbox: what was taken back is gone.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_title_of(unit: &mut Unit<'_>, id: &ConcernId, title: &str) -> Result<(), Problem> {
    diesel::update(inbox::table.filter(inbox::concern_id.eq(id)))
        .set(inbox::title.eq(title))
        .execute(unit.conn)?;
    Ok(())
}

/// Takes a concern out of every inbox: it left the public side.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_notices_of(unit: &mut Unit<'_>, id: &ConcernId) -> Result<(), Problem> {
    diesel::delete(inbox::table.filter(inbox::concern_id.eq(id))).execute(unit.conn)?;
    Ok(())
}
