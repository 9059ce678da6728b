//! Whose devices hear of a piece of news. Followers are read a stretch at a time in the order
//! of their ids, so memory stays flat and nobody is counted twice; each page of them is one row.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::SubscriptionId;
use super::delivery::{Audience, Page, Story};
use super::store::{self, Followed};
use crate::concerns::ConcernId;
use crate::concerns::store::{Concern, get_concern, list_parts};
use crate::identity::AccountId;
use crate::notices::telling::{self, News};
use crate::platform::app::Unit;
use crate::platform::outbox::{self, Piece};
use crate::platform::problem::Problem;

/// The name of the work that finds those who follow without an account.
pub const KIND: &str = "push followers";
/// How many subscriptions one page holds: enough that what is done once a page costs little.
const PAGE: usize = 256;
/// How many followers one transaction reads: pages enough to keep the senders busy meanwhile.
pub(super) const STRETCH: usize = 8 * PAGE;
/// For how long news is worth a push.
pub(super) const WORTH: TimeDelta = TimeDelta::hours(24);

/// What finding followers needs to know.
#[derive(Deserialize, Serialize)]
pub struct Task {
    concern: ConcernId,
    news: News,
    after: Option<SubscriptionId>,
}

/// Lets the devices hear that follow the concern, its place, its topic or its receipt.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue(unit: &mut Unit<'_>, row: &Concern, news: News) -> Result<(), Problem> {
    let task = Task {
        concern: row.id.clone(),
        news,
        after: None,
    };
    enqueue_task(unit, &task)
}

/// Lets the devices of these accounts hear.
///
/// # Errors
/// `storage_unavailable`.
pub fn tell_accounts(
    unit: &mut Unit<'_>,
    story: &Story,
    accounts: &[AccountId],
) -> Result<(), Problem> {
    let devices = store::list_subscriptions_of(unit, accounts)?;
    let until = unit.now + WORTH;
    enqueue_pages(unit, story, Audience::Account, &devices, until)
}

/// Finds some followers, writes down where to go on, and takes the piece away.
///
/// # Errors
/// `storage_unavailable`.
pub fn expand(unit: &mut Unit<'_>, piece: &Piece) -> Result<(), Problem> {
    let task: Task = outbox::payload(piece)?;
    if !outbox::remove(unit, &piece.id)? {
        return Ok(());
    }
    let row = get_concern(unit, &task.concern)?;
    let mut found = BTreeMap::new();
    let most = i64::try_from(STRETCH + 1).unwrap_or(i64::MAX);
    // The open reason comes last and wins: who follows the concern in public hears it by name.
    let parts = list_parts(unit, &row.id)?;
    for (audience, followed) in reasons(&row, &parts, task.news) {
        for (id, account) in store::list_followers(unit, &followed, task.after.as_ref(), most)? {
            found.insert(id, (account, audience));
        }
    }
    let more = found.len() > STRETCH;
    let stretch: Vec<_> = found.into_iter().take(STRETCH).collect();
    let last = stretch.last().map(|(id, _)| id.clone());
    let accounts: Vec<_> = stretch
        .iter()
        .filter_map(|(_, (who, _))| who.clone())
        .collect();
    let told = telling::told_among(unit, &row, task.news, &accounts)?;
    let (mut open, mut threads) = (Vec::new(), Vec::new());
    for (id, (account, audience)) in stretch {
        match audience {
            _ if account.is_some_and(|account| told.contains(&account)) => {}
            Audience::Thread => threads.push(id),
            Audience::Account | Audience::Public => open.push(id),
        }
    }
    let story = Story::Step {
        concern: row.id,
        news: task.news,
    };
    let until = unit.now + WORTH;
    enqueue_pages(unit, &story, Audience::Public, &open, until)?;
    enqueue_pages(unit, &story, Audience::Thread, &threads, until)?;
    if more {
        let next = Task {
            after: last,
            ..task
        };
        enqueue_task(unit, &next)?;
    }
    Ok(())
}

/// What one may follow in order to hear this news. Places and topics tell what is new there, a
/// concern each of its public steps, a receipt every step, also of the concern it became part of.
fn reasons(row: &Concern, parts: &[Concern], news: News) -> Vec<(Audience, Followed)> {
    let followed = |kind: &str, subject: String| Followed {
        kind: kind.to_owned(),
        subject,
    };
    let mut reasons = Vec::new();
    let told = if news == News::Message { &[] } else { parts };
    for mark in std::iter::once(row)
        .chain(told)
        .flat_map(|concern| &concern.receipt_mark)
    {
        reasons.push((Audience::Thread, followed("thread", mark.clone())));
    }
    if news == News::Message || (row.public_on.is_none() && news != News::Referred) {
        return reasons;
    }
    let code = &row.municipality_code;
    if news == News::Published {
        let topic = format!("{code}/{}", row.topic);
        reasons.push((Audience::Public, followed("municipality", code.clone())));
        reasons.push((Audience::Public, followed("topic", topic)));
        if let Some(slug) = &row.unit {
            let subject = format!("{code}/{slug}");
            reasons.push((Audience::Public, followed("unit", subject)));
        }
    }
    reasons.push((Audience::Public, followed("concern", row.id.to_string())));
    reasons
}

fn enqueue_task(unit: &mut Unit<'_>, task: &Task) -> Result<(), Problem> {
    let dedup = unit.chance.symbols::<16>()?;
    let now = unit.now;
    outbox::enqueue(unit, KIND, task, &dedup, now)
}

/// Lets these devices hear until then, a page of them at a time.
///
/// # Errors
/// `storage_unavailable`.
pub(super) fn enqueue_pages(
    unit: &mut Unit<'_>,
    story: &Story,
    audience: Audience,
    devices: &[SubscriptionId],
    until: DateTime<Utc>,
) -> Result<(), Problem> {
    let now = unit.now;
    for page in devices.chunks(PAGE) {
        let page = Page {
            story: story.clone(),
            audience,
            to: page.to_vec(),
            tries: 0,
            until,
        };
        page.enqueue(unit, now)?;
    }
    Ok(())
}
