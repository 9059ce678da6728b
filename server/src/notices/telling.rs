//! Who is told of what. A piece of news is one row, written with what caused it; a worker expands
//! it a page of followers at a time, each page in one transaction.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::mail::{self, Letter};
use super::push::delivery::Story;
use super::push::fanout;
use super::{inbox, preferences, store};
use crate::concerns::store::{Concern, get_concern};
use crate::concerns::{ConcernId, support};
use crate::identity;
use crate::identity::AccountId;
use crate::platform::app::Unit;
use crate::platform::clock::morning_after;
use crate::platform::outbox::{self, Piece};
use crate::platform::problem::Problem;

/// The name of this kind of work.
pub const KIND: &str = "tell";
/// How many followers one transaction tells.
const PAGE: usize = 200;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// It moved on.
    Moved,
    /// It became public.
    Published,
    /// An institution answered.
    Answered,
    /// The council wrote to the author: for the author only.
    Message,
}

impl News {
    /// Its name in inboxes, texts and pushes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Published => "published",
            Self::Answered => "answered",
            Self::Message => "message",
        }
    }
}

#[derive(Deserialize, Serialize)]
struct Task {
    concern: ConcernId,
    news: News,
    after: Option<AccountId>,
}

/// Tells the author and everybody who follows a concern.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue(unit: &mut Unit<'_>, row: &Concern, news: News) -> Result<(), Problem> {
    let now = unit.now;
    enqueue_at(unit, row, news, now)
}

/// Tells of what an author did: on the morning after, so that neither a row nor a letter tells when
/// on that day somebody anonymous did it.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue_for_the_morning(
    unit: &mut Unit<'_>,
    row: &Concern,
    news: News,
) -> Result<(), Problem> {
    let due = morning_after(unit.now);
    enqueue_at(unit, row, news, due)
}

fn enqueue_at(
    unit: &mut Unit<'_>,
    row: &Concern,
    news: News,
    due: DateTime<Utc>,
) -> Result<(), Problem> {
    let task = Task {
        concern: row.id.clone(),
        news,
        after: None,
    };
    let dedup = unit.chance.symbols::<16>()?;
    outbox::enqueue(unit, KIND, &task, &dedup, due)
}

/// Tells one page of people, writes down where to go on, and takes the piece away: all or nothing.
/// The author is told with the first page.
///
/// # Errors
/// `storage_unavailable`.
pub fn expand(unit: &mut Unit<'_>, piece: &Piece) -> Result<(), Problem> {
    let task: Task = outbox::payload(piece)?;
    if !outbox::remove(unit, &piece.id)? {
        return Ok(());
    }
    let row = get_concern(unit, &task.concern)?;
    let mut page = followers(unit, &row, &task)?;
    let more = page.len() > PAGE;
    page.truncate(PAGE);
    let last = page.last().cloned();
    if task.after.is_none() {
        fanout::enqueue(unit, &row, task.news)?;
        page.extend(row.account_id.clone());
    }
    let item = Item::of(&row, task.news);
    let mut loud = Vec::new();
    for account in page {
        if tell(unit, &account, &item)? {
            loud.push(account);
        }
    }
    let story = Story::Step {
        concern: row.id,
        news: task.news,
    };
    fanout::tell_accounts(unit, &story, &loud)?;
    if more {
        let next = Task {
            after: last,
            ..task
        };
        let dedup = unit.chance.symbols::<16>()?;
        let now = unit.now;
        outbox::enqueue(unit, KIND, &next, &dedup, now)?;
    }
    Ok(())
}

/// The next followers, and one more where there is another page: a message to the author is none of
/// their business, nor is what is not public.
fn followers(unit: &mut Unit<'_>, row: &Concern, task: &Task) -> Result<Vec<AccountId>, Problem> {
    if task.news == News::Message || row.public_on.is_none() {
        return Ok(Vec::new());
    }
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    support::list_followers_after(unit, row, task.after.as_ref(), most)
}

/// Those of these accounts that are told the news, so that their devices hear of it already.
///
/// # Errors
/// `storage_unavailable`.
pub fn told_among(
    unit: &mut Unit<'_>,
    row: &Concern,
    news: News,
    accounts: &[AccountId],
) -> Result<BTreeSet<AccountId>, Problem> {
    let mut told = BTreeSet::new();
    if news != News::Message && row.public_on.is_some() {
        told.extend(support::list_followers_among(unit, &row.id, accounts)?);
    }
    told.extend(row.account_id.clone());
    Ok(told)
}

/// What one person is told.
pub struct Item {
    /// What happened, as inboxes and preferences name it.
    pub kind: &'static str,
    /// To which concern; nothing when it is about the desk.
    pub concern: Option<ConcernId>,
    /// The concern's title, or what waits at the desk.
    pub title: String,
    /// Where to read on, below the site's origin.
    pub path: String,
}

impl Item {
    fn of(row: &Concern, news: News) -> Self {
        Self {
            kind: news.name(),
            concern: Some(row.id.clone()),
            title: row.title.clone(),
            path: format!("/shqetesime/{}", row.id),
        }
    }
}

/// Puts the news into an inbox and the letters on their way; says whether more than the inbox may
/// tell it.
///
/// # Errors
/// `storage_unavailable`.
pub fn tell(unit: &mut Unit<'_>, account: &AccountId, item: &Item) -> Result<bool, Problem> {
    let wishes = preferences::get(unit, account)?;
    if wishes.mutes(item.kind) {
        store::insert_notice(unit, account, item, true)?;
        return Ok(false);
    }
    let awaits_digest = wishes.email == "daily";
    store::insert_notice(unit, account, item, !awaits_digest)?;
    if awaits_digest {
        inbox::enqueue_digest(unit, account)?;
    }
    if wishes.email == "immediate" {
        let letter = letter(unit, account, item)?;
        mail::enqueue(unit, letter)?;
    }
    Ok(true)
}

fn letter(unit: &mut Unit<'_>, account: &AccountId, item: &Item) -> Result<Letter, Problem> {
    let person = identity::store::get_account(unit, account)?;
    let title = domain::text::defused(&item.title);
    let blanks = [("title", title), ("path", item.path.clone())];
    let template = format!("news-{}", item.kind);
    Ok(
        Letter::new(&person.email, &person.language, &template, blanks)
            .unsubscribe_at(preferences::unsubscribe_path(unit, account)),
    )
}
