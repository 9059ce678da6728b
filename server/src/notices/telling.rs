//! Who is told of what. A piece of news is one row, written with what caused it; a worker expands
//! it a page of followers at a time, each page in one transaction.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::mail::{self, Letter};
use super::push::fanout;
use super::{inbox, preferences, store};
use crate::concerns::store::{Concern, get_concern};
use crate::concerns::{ConcernId, support};
use crate::councils;
use crate::identity;
use crate::identity::AccountId;
use crate::platform::app::Unit;
use crate::platform::clock::next_full_hour;
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
    /// A concern came: for the secretaries.
    Received,
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
            Self::Received => "received",
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

/// Tells of what an author did: at the next full hour, so that no row and no letter tells when
/// somebody anonymous wrote.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue_on_the_hour(unit: &mut Unit<'_>, row: &Concern, news: News) -> Result<(), Problem> {
    let due = next_full_hour(unit.now);
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
///
/// # Errors
/// `storage_unavailable`.
pub fn expand(unit: &mut Unit<'_>, piece: &Piece) -> Result<(), Problem> {
    let task: Task = outbox::payload(piece)?;
    outbox::remove(unit, &piece.id)?;
    let row = get_concern(unit, &task.concern)?;
    if task.after.is_none() {
        fanout::enqueue(unit, &row, task.news)?;
    }
    let people = recipients(unit, &row, task.news)?;
    let mut left = people
        .into_iter()
        .filter(|account| task.after.as_ref().is_none_or(|after| account > after));
    let page: Vec<AccountId> = left.by_ref().take(PAGE).collect();
    let mut loud = Vec::new();
    for account in &page {
        if tell(unit, account, &row, task.news)? {
            loud.push(account.clone());
        }
    }
    fanout::tell_accounts(unit, &row, task.news, &loud)?;
    if left.next().is_some() {
        let next = Task {
            after: page.last().cloned(),
            ..task
        };
        let dedup = unit.chance.symbols::<16>()?;
        let now = unit.now;
        outbox::enqueue(unit, KIND, &next, &dedup, now)?;
    }
    Ok(())
}

fn recipients(unit: &mut Unit<'_>, row: &Concern, news: News) -> Result<Vec<AccountId>, Problem> {
    let mut people = match news {
        News::Received => councils::store::list_secretaries(unit, &row.municipality_code)?,
        News::Message => Vec::new(),
        News::Moved | News::Published | News::Answered if row.public_on.is_some() => {
            support::list_followers(unit, &row.id)?
        }
        News::Moved | News::Published | News::Answered => Vec::new(),
    };
    if news != News::Received {
        people.extend(row.account_id.clone());
    }
    people.sort();
    people.dedup();
    Ok(people)
}

/// Whether this account is among those told, so that its devices hear of it already.
///
/// # Errors
/// `storage_unavailable`.
pub fn is_told(
    unit: &mut Unit<'_>,
    row: &Concern,
    news: News,
    account: &AccountId,
) -> Result<bool, Problem> {
    let follows = news != News::Message
        && row.public_on.is_some()
        && support::follows(unit, &row.id, account)?;
    Ok(follows || row.account_id.as_ref() == Some(account))
}

/// Puts the news into an inbox and the letters on their way; says whether more than the inbox may
/// tell it.
fn tell(
    unit: &mut Unit<'_>,
    account: &AccountId,
    row: &Concern,
    news: News,
) -> Result<bool, Problem> {
    let wishes = preferences::get(unit, account)?;
    if wishes.mutes(news.name()) {
        // As if a letter had told of it: the daily one leaves it out too.
        store::insert_notice(unit, account, row, news, true)?;
        return Ok(false);
    }
    let mails_now = wishes.email == "immediate";
    store::insert_notice(unit, account, row, news, mails_now)?;
    if mails_now {
        let letter = letter(unit, account, row, news)?;
        mail::enqueue(unit, letter)?;
    }
    if wishes.email == "daily" {
        inbox::enqueue_digest(unit, account)?;
    }
    Ok(true)
}

fn letter(
    unit: &mut Unit<'_>,
    account: &AccountId,
    row: &Concern,
    news: News,
) -> Result<Letter, Problem> {
    let person = identity::store::get_account(unit, account)?;
    let path = match news {
        News::Received => format!("/tavolina/{}", row.id),
        _ => format!("/shqetesime/{}", row.id),
    };
    let title = domain::text::defused(&row.title);
    let blanks = [("title", title), ("path", path)];
    let template = format!("news-{}", news.name());
    Ok(
        Letter::new(&person.email, &person.language, &template, blanks)
            .unsubscribe_at(preferences::unsubscribe_path(unit, account)),
    )
}
