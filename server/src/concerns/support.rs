//! "Edhe unë": informal support, one per account or device, undone as easily as given. What is
//! kept is an HMAC of who and which concern, and who, sealed under a key outside the database so
//! that a merge can count people once: the rows alone do not tell what one person supports.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::ConcernId;
use super::moves::{class_of, state_of};
use super::store::{self, Concern};
use super::views::{Support, SupportView};
use crate::codes::Code;
use crate::identity::AccountId;
use crate::identity::viewer::Viewer;
use crate::notices::push;
use crate::platform::app::Unit;
use crate::platform::keys::Keys;
use crate::platform::outbox::{self, Piece};
use crate::platform::problem::Problem;
use crate::schema::{concerns, follows, supports};

/// The name of the work that takes back what a deleted account supported.
pub const WITHDRAW: &str = "withdraw";
/// How many concerns one transaction looks at for that.
const PAGE: i64 = 500;

/// Who supports: an account before a device; nothing when there is neither.
pub struct Supporter {
    who: String,
    resident: bool,
}

impl Supporter {
    /// The supporter that an account is.
    pub fn resident(account: &AccountId) -> Self {
        Self {
            who: format!("account {account}"),
            resident: true,
        }
    }

    /// The supporter that a viewer or their device is.
    pub fn of(viewer: &Viewer, device: Option<&str>) -> Option<Self> {
        match (viewer.account(), device) {
            (Some(account), _) => Some(Self::resident(account)),
            (None, Some(device)) => Some(Self {
                who: format!("device {device}"),
                resident: false,
            }),
            (None, None) => None,
        }
    }

    /// Whether it is an account.
    pub fn is_resident(&self) -> bool {
        self.resident
    }

    /// The key of the row by which it supports a concern.
    pub fn mark(&self, keys: &Keys, id: &ConcernId) -> String {
        self.mark_as("support", keys, id.as_str())
    }

    /// The key of the row by which it does something of this kind with a thing.
    pub fn mark_as(&self, kind: &str, keys: &Keys, id: &str) -> String {
        keys.mark(kind, &format!("{} {id}", self.who))
    }

    /// The account in what [`Supporter::seal`] sealed; nothing for a device.
    ///
    /// # Errors
    /// `internal` where it was not sealed here.
    pub fn account_in(keys: &Keys, sealed: &str) -> Result<Option<AccountId>, Problem> {
        let who = keys.unseal(sealed)?;
        Ok(who.strip_prefix("account ").and_then(|id| id.parse().ok()))
    }

    /// Who it is, sealed.
    ///
    /// # Errors
    /// `internal` when encryption fails.
    pub fn seal(&self, keys: &Keys) -> Result<String, Problem> {
        keys.seal(&self.who)
    }
}

/// Whether this supporter supports a concern.
///
/// # Errors
/// `storage_unavailable`.
pub fn supports(
    unit: &mut Unit<'_>,
    supporter: &Supporter,
    id: &ConcernId,
) -> Result<bool, Problem> {
    let mark = supporter.mark(unit.keys, id);
    is_there(unit, id, &mark)
}

/// The concern that takes the support for this one: where it was merged, the one it went into.
///
/// # Errors
/// `concern_unknown`, or `support_closed`.
pub fn find(unit: &mut Unit<'_>, id: &ConcernId) -> Result<Concern, Problem> {
    let mut row = store::get_public_concern(unit, id)?;
    while let Some(into) = &row.merged_into {
        row = store::get_public_concern(unit, into)?;
    }
    if !state_of(&row)?.takes_support(class_of(&row)?, true) {
        return Err(Problem::new(Code::SupportClosed));
    }
    Ok(row)
}

/// Gives or takes back support of what [`find`] found; doing so twice changes nothing.
///
/// # Errors
/// `device_needed` without account and device.
pub fn change(
    unit: &mut Unit<'_>,
    viewer: &Viewer,
    device: Option<&str>,
    id: ConcernId,
    wanted: bool,
) -> Result<SupportView, Problem> {
    let who = Supporter::of(viewer, device).ok_or_else(|| Problem::new(Code::DeviceNeeded))?;
    let mark = who.mark(unit.keys, &id);
    let changes = is_there(unit, &id, &mark)? != wanted;
    if changes {
        if wanted {
            insert(unit, &id, &who)?;
        } else {
            delete(unit, &id, &mark)?;
        }
        count(unit, &id, who.resident, if wanted { 1 } else { -1 })?;
    }
    if let (true, Some(account)) = (wanted, viewer.account()) {
        set_follows(unit, &id, account, true)?;
    }
    let row = store::get_concern(unit, &id)?;
    if changes {
        unit.touch(&row.municipality_code);
    }
    Ok(SupportView {
        support: Support::of(&row),
        supported: wanted,
    })
}

/// Moves the support of a merged concern to the one it was merged into: whoever supported both
/// counts once.
///
/// # Errors
/// `storage_unavailable`.
pub fn merge(unit: &mut Unit<'_>, from: &ConcernId, into: &ConcernId) -> Result<(), Problem> {
    let rows: Vec<(String, bool)> = supports::table
        .filter(supports::concern_id.eq(from))
        .select((supports::sealed, supports::resident))
        .load(unit.conn)?;
    for (sealed, resident) in rows {
        let who = Supporter {
            who: unit.keys.unseal(&sealed)?,
            resident,
        };
        let mark = who.mark(unit.keys, into);
        if !is_there(unit, into, &mark)? {
            insert(unit, into, &who)?;
            count(unit, into, resident, 1)?;
        }
    }
    diesel::delete(supports::table.filter(supports::concern_id.eq(from))).execute(unit.conn)?;
    diesel::update(concerns::table.find(from))
        .set((concerns::residents.eq(0), concerns::visitors.eq(0)))
        .execute(unit.conn)?;
    for account in list_followers(unit, from)? {
        set_follows(unit, into, &account, true)?;
    }
    push::store::merge_followed(unit, from, into)
}

/// What taking back needs to know.
#[derive(Deserialize, Serialize)]
pub struct Withdrawal {
    account: AccountId,
    after: Option<ConcernId>,
}

/// Takes back everything an account supports, soon: it is being deleted. No row says what that is, so
/// every concern must be looked at, a page at a time and never while others wait to write.
///
/// # Errors
/// `storage_unavailable`.
pub fn withdraw_all(unit: &mut Unit<'_>, account: &AccountId) -> Result<(), Problem> {
    let first = Withdrawal {
        account: account.clone(),
        after: None,
    };
    enqueue(unit, &first)
}

/// Takes support back on one page of concerns, writes down where to go on, and takes the piece away:
/// all or nothing.
///
/// # Errors
/// `storage_unavailable`.
pub fn withdraw(unit: &mut Unit<'_>, piece: &Piece) -> Result<(), Problem> {
    let task: Withdrawal = outbox::payload(piece)?;
    outbox::remove(unit, &piece.id)?;
    let who = Supporter::resident(&task.account);
    let mut page = concerns::table
        .order(concerns::id)
        .limit(PAGE)
        .select((
            concerns::id,
            concerns::municipality_code,
            concerns::residents,
        ))
        .into_boxed();
    if let Some(last) = task.after {
        page = page.filter(concerns::id.gt(last));
    }
    let page: Vec<(ConcernId, String, i32)> = page.load(unit.conn)?;
    for (id, municipality, _) in page.iter().filter(|(.., residents)| *residents > 0) {
        let mark = who.mark(unit.keys, id);
        if is_there(unit, id, &mark)? {
            delete(unit, id, &mark)?;
            count(unit, id, true, -1)?;
            unit.touch(municipality);
        }
    }
    let Some((last, ..)) = page.into_iter().last() else {
        return Ok(());
    };
    let next = Withdrawal {
        account: task.account,
        after: Some(last),
    };
    enqueue(unit, &next)
}

fn enqueue(unit: &mut Unit<'_>, task: &Withdrawal) -> Result<(), Problem> {
    let (dedup, now) = (unit.chance.symbols::<16>()?, unit.now);
    outbox::enqueue(unit, WITHDRAW, task, &dedup, now)
}

fn is_there(unit: &mut Unit<'_>, id: &ConcernId, mark: &str) -> Result<bool, Problem> {
    Ok(supports::table
        .find((id, mark))
        .select(supports::resident)
        .first::<bool>(unit.conn)
        .optional()?
        .is_some())
}

/// Whether an account is told of every step of a concern.
///
/// # Errors
/// `storage_unavailable`.
pub fn follows(unit: &mut Unit<'_>, id: &ConcernId, account: &AccountId) -> Result<bool, Problem> {
    let rows: i64 = follows::table
        .filter(follows::concern_id.eq(id))
        .filter(follows::account_id.eq(account))
        .count()
        .get_result(unit.conn)?;
    Ok(rows > 0)
}

/// Lets an account be told of every step of a concern, or no more.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_follows(
    unit: &mut Unit<'_>,
    id: &ConcernId,
    account: &AccountId,
    wanted: bool,
) -> Result<(), Problem> {
    let there = follows(unit, id, account)?;
    if wanted && !there {
        diesel::insert_into(follows::table)
            .values((follows::concern_id.eq(id), follows::account_id.eq(account)))
            .execute(unit.conn)?;
    }
    if !wanted && there {
        diesel::delete(follows::table.find((id, account))).execute(unit.conn)?;
    }
    Ok(())
}

/// The next accounts that are told of every step of a concern, in the order of their ids, without its
/// author, who is told anyway.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_followers_after(
    unit: &mut Unit<'_>,
    row: &Concern,
    after: Option<&AccountId>,
    most: i64,
) -> Result<Vec<AccountId>, Problem> {
    let text = |account: Option<&AccountId>| account.map_or("", AccountId::as_str).to_owned();
    Ok(follows::table
        .filter(follows::concern_id.eq(&row.id))
        .filter(follows::account_id.gt(text(after)))
        .filter(follows::account_id.ne(text(row.account_id.as_ref())))
        .order(follows::account_id)
        .limit(most)
        .select(follows::account_id)
        .load(unit.conn)?)
}

/// Those of these accounts that are told of every step of a concern.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_followers_among(
    unit: &mut Unit<'_>,
    id: &ConcernId,
    accounts: &[AccountId],
) -> Result<Vec<AccountId>, Problem> {
    Ok(follows::table
        .filter(follows::concern_id.eq(id))
        .filter(follows::account_id.eq_any(accounts.to_vec()))
        .select(follows::account_id)
        .load(unit.conn)?)
}

/// The accounts that are told of every step of a concern.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_followers(unit: &mut Unit<'_>, id: &ConcernId) -> Result<Vec<AccountId>, Problem> {
    Ok(follows::table
        .filter(follows::concern_id.eq(id))
        .order(follows::account_id)
        .select(follows::account_id)
        .load(unit.conn)?)
}

fn insert(unit: &mut Unit<'_>, id: &ConcernId, who: &Supporter) -> Result<(), Problem> {
    diesel::insert_into(supports::table)
        .values((
            supports::concern_id.eq(id),
            supports::supporter.eq(who.mark(unit.keys, id)),
            supports::sealed.eq(who.seal(unit.keys)?),
            supports::resident.eq(who.resident),
        ))
        .execute(unit.conn)?;
    Ok(())
}

fn delete(unit: &mut Unit<'_>, id: &ConcernId, mark: &str) -> Result<(), Problem> {
    diesel::delete(supports::table.find((id, mark))).execute(unit.conn)?;
    Ok(())
}

fn count(unit: &mut Unit<'_>, id: &ConcernId, resident: bool, by: i32) -> Result<(), Problem> {
    let row = diesel::update(concerns::table.find(id));
    if resident {
        row.set(concerns::residents.eq(concerns::residents + by))
            .execute(unit.conn)?;
    } else {
        row.set(concerns::visitors.eq(concerns::visitors + by))
            .execute(unit.conn)?;
    }
    Ok(())
}
