//! Who is told of what. A piece of news is one row, written with what caused it; a worker expands
//! it a page of followers at a time, each page in one transaction.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::mail::{self, Letter};
use super::push::delivery::Story;
use super::push::fanout;
use super::{inbox, preferences, store};
use crate::concerns::store::{Concern, get_concern, list_parts};
use crate::concerns::{ConcernId, support};
use crate::identity;
use crate::identity::AccountId;
use crate::meetings::MeetingId;
use crate::platform::app::Unit;
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
    /// It was called done some weeks ago: was it fixed?
    Fixed,
    /// A measure that answers it was told of, or has another day.
    Measure,
    /// A measure that answers it is long late.
    MeasureLate,
    /// It was handed to a protected mechanism, and its words are gone.
    Referred,
}

impl News {
    /// Its name in inboxes, texts and pushes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Moved => "moved",
            Self::Published => "published",
            Self::Answered => "answered",
            Self::Message => "message",
            Self::Fixed => "fixed",
            Self::Measure => "measure",
            Self::MeasureLate => "measure_late",
            Self::Referred => "referred",
        }
    }
}

/// What telling needs to know.
#[derive(Deserialize, Serialize)]
pub struct Task {
    concern: ConcernId,
    news: News,
    after: Option<AccountId>,
}

/// Tells the author and everybody who follows a concern.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue(unit: &mut Unit<'_>, row: &Concern, news: News) -> Result<(), Problem> {
    let task = Task {
        concern: row.id.clone(),
        news,
        after: None,
    };
    let (dedup, now) = (unit.chance.symbols::<16>()?, unit.now);
    outbox::enqueue(unit, KIND, &task, &dedup, now)
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
        page.extend(authors(unit, &row, task.news)?);
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

/// Those who wrote it, and for all but a message those who wrote what became part of it.
fn authors(unit: &mut Unit<'_>, row: &Concern, news: News) -> Result<Vec<AccountId>, Problem> {
    let mut authors: BTreeSet<AccountId> = row.account_id.iter().cloned().collect();
    if news != News::Message {
        let parts = list_parts(unit, &row.id)?;
        authors.extend(parts.into_iter().filter_map(|part| part.account_id));
    }
    Ok(authors.into_iter().collect())
}

/// Whether those who follow a concern may hear this: a message to the author is none of their
/// business, nor is what is not public; that it left they may know.
fn for_followers(row: &Concern, news: News) -> bool {
    news == News::Referred || (news != News::Message && row.public_on.is_some())
}

/// The next followers, and one more where there is another page.
fn followers(unit: &mut Unit<'_>, row: &Concern, task: &Task) -> Result<Vec<AccountId>, Problem> {
    if !for_followers(row, task.news) {
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
    if for_followers(row, news) {
        told.extend(support::list_followers_among(unit, &row.id, accounts)?);
    }
    told.extend(authors(unit, row, news)?);
    Ok(told)
}

/// What one person is told.
pub struct Item {
    /// What happened, as inboxes and letters name it.
    pub kind: &'static str,
    /// What preferences call it.
    pub wish: &'static str,
    /// To which concern; nothing when it is about the desk.
    pub concern: Option<ConcernId>,
    /// Or to which meeting.
    pub meeting: Option<MeetingId>,
    /// The concern's title, the meeting's with its day, or what waits at the desk.
    pub title: String,
    /// Where to read on, below the site's origin.
    pub path: String,
}

impl Item {
    fn of(row: &Concern, news: News) -> Self {
        let there = news != News::Referred;
        Self {
            kind: news.name(),
            wish: news.name(),
            concern: there.then(|| row.id.clone()),
            meeting: None,
            title: row.title.clone(),
            path: if there {
                format!("/shqetesime/{}", row.id)
            } else {
                "/shqetesime".to_owned()
            },
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
    if wishes.mutes(item.wish) {
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
