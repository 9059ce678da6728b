//! How people want to be told.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::measures;
use super::push::{consultations, documents, meetings};
use crate::identity::AccountId;
use crate::platform::app::Unit;
use crate::platform::clock::{hour_of, next_hour_of_day};
use crate::platform::problem::Problem;
use crate::schema::preferences;

/// How somebody wants to be told.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = preferences)]
pub struct Preferences {
    /// Whose.
    pub account_id: AccountId,
    /// `immediate`, `daily` or `off`.
    pub email: String,
    /// Whether devices are pushed to.
    pub push: bool,
    /// Hour from which nothing is pushed, 0 to 23, in Albania.
    pub quiet_from: i32,
    /// Hour until which nothing is pushed.
    pub quiet_until: i32,
    /// Kinds of news that only the inbox tells, separated by spaces.
    pub muted: String,
}

/// Hours of the day, in Albania, in which nothing is pushed.
#[derive(Clone, Copy, Debug)]
pub struct Quiet {
    /// The first of them, 0 to 23.
    pub from: i32,
    /// The first after them, 0 to 23.
    pub until: i32,
}

impl Quiet {
    /// For whoever chose none, or has no account to choose with.
    pub const USUAL: Self = Self { from: 22, until: 7 };

    /// When one may be pushed to: at once, or when the quiet time ends.
    pub fn wakes_at(self, now: DateTime<Utc>) -> DateTime<Utc> {
        let Self { from, until } = self;
        let hour = i32::try_from(hour_of(now)).unwrap_or_default();
        let quiet = if from <= until {
            (from..until).contains(&hour)
        } else {
            hour >= from || hour < until
        };
        if quiet {
            next_hour_of_day(now, u32::try_from(until).unwrap_or_default())
        } else {
            now
        }
    }
}

/// Kinds of news one may mute. A message of the council to oneself is not among them.
pub const MUTABLE: [&str; 11] = [
    "desk",
    "moved",
    "published",
    "answered",
    "fixed",
    "measure",
    "measure_late",
    measures::NAME,
    consultations::NAME,
    meetings::NAME,
    documents::NAME,
];

impl Preferences {
    /// Whether only the inbox tells news of this kind.
    pub fn mutes(&self, kind: &str) -> bool {
        self.muted.split(' ').any(|muted| muted == kind)
    }

    /// What somebody gets who chose nothing.
    pub fn usual(account: &AccountId) -> Self {
        Self {
            account_id: account.clone(),
            email: "immediate".to_owned(),
            push: true,
            quiet_from: Quiet::USUAL.from,
            quiet_until: Quiet::USUAL.until,
            muted: String::new(),
        }
    }

    /// When nothing is pushed.
    pub fn quiet(&self) -> Quiet {
        Quiet {
            from: self.quiet_from,
            until: self.quiet_until,
        }
    }
}

/// Somebody's preferences, the usual ones where they chose none.
///
/// # Errors
/// `storage_unavailable`.
pub fn get(unit: &mut Unit<'_>, account: &AccountId) -> Result<Preferences, Problem> {
    let chosen = preferences::table
        .find(account)
        .select(Preferences::as_select())
        .first(unit.conn)
        .optional()?;
    Ok(chosen.unwrap_or_else(|| Preferences::usual(account)))
}

/// Keeps somebody's preferences.
///
/// # Errors
/// `storage_unavailable`.
pub fn set(unit: &mut Unit<'_>, wishes: &Preferences) -> Result<(), Problem> {
    let changed = diesel::update(preferences::table.find(&wishes.account_id))
        .set(wishes)
        .execute(unit.conn)?;
    if changed == 0 {
        diesel::insert_into(preferences::table)
            .values(wishes)
            .execute(unit.conn)?;
    }
    Ok(())
}

/// Where one click ends somebody's letters (RFC 8058).
pub fn unsubscribe_path(unit: &Unit<'_>, account: &AccountId) -> String {
    let mark = unit.keys.mark("unsubscribe", account.as_str());
    format!("/api/v1/unsubscribe/{account}.{mark}")
}

/// Ends the letters of whoever this token was made for.
///
/// # Errors
/// `not_found` for a token that was not made here.
pub fn unsubscribe(unit: &mut Unit<'_>, token: &str) -> Result<(), Problem> {
    let unknown = || Problem::new(crate::codes::Code::NotFound);
    let (account, mark) = token.split_once('.').ok_or_else(unknown)?;
    let account: AccountId = account.parse().map_err(|()| unknown())?;
    if unit.keys.mark("unsubscribe", account.as_str()) != mark {
        return Err(unknown());
    }
    // An account that is gone gets no letters either.
    let gone = crate::identity::store::get_account(unit, &account).is_err();
    if gone {
        return Ok(());
    }
    let mut wishes = get(unit, &account)?;
    "off".clone_into(&mut wishes.email);
    set(unit, &wishes)
}
