//! A page of pushes: read, encrypted, sent at once, and settled in one transaction that keeps only
//! what must be tried again. A server that dies in between sends the page again; its topic lets
//! the push service and the device put the second in the place of the first.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::web;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};

use super::SubscriptionId;
use super::consultations::{self as asked, Turn};
use super::documents::{self as published, Document};
use super::meetings::{self as met, Tale};
use super::sender::{Answer, Message, Sender};
use super::store::{self, Device, Subscription};
use super::subscriptions::browser_keys;
use super::views::PushView;
use crate::codes::Code;
use crate::concerns::ConcernId;
use crate::concerns::store::get_concern;
use crate::consultations::{self, ConsultationId};
use crate::councils;
use crate::identity::AccountId;
use crate::meetings::{self, MeetingId, residents};
use crate::notices::desk;
use crate::notices::measures::{self, Turn as Owed};
use crate::notices::preferences::{Preferences, Quiet};
use crate::notices::telling::{self, News};
use crate::plans::{self, MeasureId};
use crate::platform::app::{App, Unit};
use crate::platform::outbox::{self, Outcome, Piece};
use crate::platform::problem::Problem;

/// The name of this kind of work.
pub const KIND: &str = "push";
/// Every push is filled up to this many bytes, so that its length does not say what it says.
const FILLED: usize = 480;

/// Why a device hears of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Its account is told.
    Account,
    /// It follows something public.
    Public,
    /// It follows a receipt: it hears only that there is news.
    Thread,
}

/// What a push tells of.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Story {
    /// A step of a concern.
    Step {
        /// Which concern.
        concern: ConcernId,
        /// What happened.
        news: News,
    },
    /// What waits at the desk: for those who hold it.
    Desk {
        /// Code of the municipality.
        municipality: String,
    },
    /// A turn of a consultation.
    Consultation {
        /// Which consultation.
        consultation: ConsultationId,
        /// What happened.
        turn: Turn,
    },
    /// A turn of a meeting.
    Meeting(Tale),
    /// What is owed of a measure: for those who owe it, and the chair.
    Measure {
        /// Which measure.
        measure: MeasureId,
        /// What is owed.
        turn: Owed,
    },
    /// A place at a meeting: for those who waited for it.
    Place(MeetingId),
    /// What a council answers for.
    Document(Document),
}

impl Story {
    /// What preferences call it.
    fn wish(&self) -> &'static str {
        match self {
            Self::Step { news, .. } => news.name(),
            Self::Desk { .. } => desk::NAME,
            Self::Consultation { .. } => asked::NAME,
            Self::Meeting(_) => met::NAME,
            Self::Measure { .. } => measures::NAME,
            Self::Place(_) => residents::news::NAME,
            Self::Document(_) => published::NAME,
        }
    }
}

/// Devices that hear the same.
#[derive(Clone, Deserialize, Serialize)]
pub struct Page {
    /// What it tells of.
    pub story: Story,
    /// Why they hear it.
    pub audience: Audience,
    /// Which devices.
    pub to: Vec<SubscriptionId>,
    /// How often it was tried in vain.
    pub tries: u32,
    /// After this moment it is no news.
    pub until: DateTime<Utc>,
}

/// A page, ready to be encrypted, and who sleeps.
struct Batch {
    ready: Vec<(Subscription, String, Vec<u8>)>,
    asleep: BTreeMap<DateTime<Utc>, Vec<SubscriptionId>>,
}

impl Page {
    /// Sends this page at a moment; an empty one is nothing.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub fn enqueue(&self, unit: &mut Unit<'_>, due: DateTime<Utc>) -> Result<(), Problem> {
        if self.to.is_empty() {
            return Ok(());
        }
        let dedup = unit.chance.symbols::<16>()?;
        outbox::enqueue(unit, KIND, self, &dedup, due)
    }

    fn to(&self, to: Vec<SubscriptionId>) -> Self {
        Self { to, ..self.clone() }
    }
}

/// Sends one page.
///
/// # Errors
/// `storage_unavailable`; then the page comes again.
pub async fn deliver(app: &App, sender: &Sender, piece: Piece) -> Result<Outcome, Problem> {
    let page: Page = outbox::payload(&piece)?;
    let until = page.until;
    let asked = page.clone();
    let Batch { ready, asleep } = app.read(move |unit| gather(unit, &asked)).await?;
    let left = (until - app.clock().now()).num_seconds();
    // What grew old while it was read is no news.
    let ready = if left > 0 { ready } else { Vec::new() };
    let messages = web::block(move || {
        ready
            .into_iter()
            .map(|(row, topic, text)| (row.id.clone(), encrypt(&row, topic, &text, left)))
            .collect::<Vec<_>>()
    })
    .await
    .map_err(|cause| Problem::caused(Code::Internal, cause))?;
    let answers = stream::iter(messages)
        .map(|(id, message)| async move {
            let answer = match message {
                Some(message) => sender.send(message).await,
                None => Ok(Answer::Gone),
            };
            (id, answer)
        })
        // All of a page at once: each push service has a lane of its own.
        .buffer_unordered(page.to.len().max(1))
        .collect::<Vec<_>>()
        .await;
    app.write(move |unit| settle(unit, &piece, &page, answers, asleep))
        .await?;
    Ok(Outcome::Done)
}

/// Who is to hear now, and what; who hears later because it is night for them; nobody else.
fn gather(unit: &mut Unit<'_>, page: &Page) -> Result<Batch, Problem> {
    let mut batch = Batch {
        ready: Vec::new(),
        asleep: BTreeMap::new(),
    };
    if unit.now > page.until {
        return Ok(batch);
    }
    let devices = store::list_subscriptions(unit, &page.to)?;
    let accounts: Vec<_> = devices
        .iter()
        .filter_map(|one| one.account.clone())
        .collect();
    let Some((words, told)) = look_up(unit, page, &accounts)? else {
        return Ok(batch);
    };
    for Device {
        row,
        account,
        wishes,
    } in devices
    {
        // It was the account's when this was written down, and is no more, or is another's.
        let mine = account
            .as_ref()
            .is_some_and(|account| told.contains(account));
        if page.audience == Audience::Account && !mine {
            continue;
        }
        let wishes = account.map(|account| wishes.unwrap_or_else(|| Preferences::usual(&account)));
        let unwanted = |wishes: &Preferences| !wishes.push || wishes.mutes(page.story.wish());
        if wishes.as_ref().is_some_and(unwanted) {
            continue;
        }
        // Whoever has no account sleeps like everybody else.
        let quiet = wishes.map_or(Quiet::USUAL, |wishes| wishes.quiet());
        let wakes_at = quiet.wakes_at(unit.now);
        if wakes_at > unit.now {
            batch.asleep.entry(wakes_at).or_default().push(row.id);
            continue;
        }
        let language = Some(row.language.clone()).filter(|_| page.audience != Audience::Thread);
        let text = text(&PushView {
            language,
            // Whoever sits in the council or comes already has no place to take.
            place: words.place.filter(|_| !mine),
            ..words.clone()
        })?;
        let topic = topic(unit, &row.id, &page.story);
        batch.ready.push((row, topic, text));
    }
    Ok(batch)
}

/// What a page says and which of these accounts it is for; nothing when it is no more to be told.
fn look_up(
    unit: &mut Unit<'_>,
    page: &Page,
    accounts: &[AccountId],
) -> Result<Option<(PushView, BTreeSet<AccountId>)>, Problem> {
    let mut words = PushView::of(page.story.wish());
    let told = match &page.story {
        Story::Step { concern, news } => {
            let row = get_concern(unit, concern)?;
            let left = *news == News::Referred;
            if page.audience == Audience::Public && row.public_on.is_none() && !left {
                return Ok(None);
            }
            words.concern = (!left).then(|| row.id.to_string());
            telling::told_among(unit, &row, *news, accounts)?
        }
        Story::Desk { municipality } => {
            let told = councils::store::list_secretaries(unit, municipality)?;
            told.into_iter().collect()
        }
        Story::Consultation { consultation, turn } => {
            let row = consultations::store::get(unit, consultation)?;
            if !turn.holds(unit, &row) {
                return Ok(None);
            }
            words.kind = turn.name();
            words.consultation = Some(row.id.to_string());
            BTreeSet::new()
        }
        Story::Meeting(tale) => {
            let row = meetings::store::get(unit, &tale.meeting)?;
            if !tale.holds(&row, unit.now) {
                return Ok(None);
            }
            words.kind = tale.turn.name();
            words.meeting = Some(row.id.to_string());
            words.place = (tale.turn.invites() && row.is_open()).then_some(true);
            let mut told = met::members(unit, &row)?;
            told.extend(residents::who_comes(unit, &row.id, accounts)?);
            told
        }
        Story::Place(id) => {
            if !meetings::store::get(unit, id)?.is_coming(unit.now) {
                return Ok(None);
            }
            words.meeting = Some(id.to_string());
            let told = residents::who_comes(unit, id, accounts)?;
            told.into_iter().collect()
        }
        Story::Measure { measure, turn } => {
            let row = plans::store::get(unit, measure)?;
            words.measure = Some(row.id.to_string());
            let told = measures::listeners(unit, &row, turn)?;
            told.into_iter().collect()
        }
        Story::Document(document) => {
            words.kind = document.name();
            words.path = Some(document.path());
            BTreeSet::new()
        }
    };
    if page.audience == Audience::Thread {
        return Ok(Some((PushView::of("thread"), told)));
    }
    Ok(Some((words, told)))
}

fn text(words: &PushView) -> Result<Vec<u8>, Problem> {
    let mut text =
        serde_json::to_vec(words).map_err(|cause| Problem::caused(Code::Internal, cause))?;
    text.resize(text.len().max(FILLED), b' ');
    Ok(text)
}

/// A name for what a push is about that says nothing to the push service, not even that two
/// devices hear of the same concern.
fn topic(unit: &Unit<'_>, device: &SubscriptionId, story: &Story) -> String {
    let place;
    let about = match story {
        Story::Step { concern, .. } => concern.as_str(),
        Story::Desk { municipality } => municipality,
        Story::Consultation { consultation, .. } => consultation.as_str(),
        Story::Meeting(tale) => tale.meeting.as_str(),
        Story::Measure { measure, .. } => measure.as_str(),
        // Beside what is told of the meeting, not in its place.
        Story::Place(id) => {
            place = format!("place {id}");
            &place
        }
        Story::Document(document) => {
            place = document.path();
            &place
        }
    };
    let mark = unit.keys.mark("push topic", &format!("{device} {about}"));
    mark.chars().take(32).collect()
}

fn encrypt(row: &Subscription, topic: String, text: &[u8], ttl: i64) -> Option<Message> {
    let body = browser_keys(&row.p256dh, &row.auth)?.encrypt(text).ok()?;
    Some(Message {
        endpoint: row.endpoint.clone(),
        body,
        topic,
        ttl,
    })
}

/// Writes down what came of a page: who is gone, who hears later; nothing about the others.
fn settle(
    unit: &mut Unit<'_>,
    piece: &Piece,
    page: &Page,
    answers: Vec<(SubscriptionId, Result<Answer, Problem>)>,
    asleep: BTreeMap<DateTime<Utc>, Vec<SubscriptionId>>,
) -> Result<(), Problem> {
    if !outbox::remove(unit, &piece.id)? {
        return Ok(());
    }
    // By the seconds to wait and the tries there were.
    let mut again: BTreeMap<(i64, u32), Vec<SubscriptionId>> = BTreeMap::new();
    for (id, answer) in answers {
        match answer {
            Ok(Answer::Taken | Answer::Refused) => {}
            Ok(Answer::Gone) => store::delete_subscription(unit, &id)?,
            Ok(Answer::Later(asked)) => {
                let next = (pause(page.tries, asked), page.tries + 1);
                again.entry(next).or_default().push(id);
            }
            Ok(Answer::Rests(seconds)) => {
                let next = (seconds.into(), page.tries);
                again.entry(next).or_default().push(id);
            }
            Err(problem) => {
                tracing::warn!(cause = %problem, "a push failed");
                let next = (pause(page.tries, None), page.tries + 1);
                again.entry(next).or_default().push(id);
            }
        }
    }
    for (due, to) in asleep {
        // A night is no try, and does not make news old.
        let mut later = page.to(to);
        later.until = page.until.max(due + TimeDelta::hours(1));
        later.enqueue(unit, due)?;
    }
    for ((seconds, tries), to) in again {
        let later = Page {
            tries,
            ..page.to(to)
        };
        let due = unit.now + TimeDelta::seconds(seconds);
        if due < page.until {
            later.enqueue(unit, due)?;
        }
    }
    Ok(())
}

/// How many seconds to wait: as long as the service asked, and longer each time.
fn pause(tries: u32, asked: Option<u32>) -> i64 {
    outbox::growing_pause(tries).max(asked.map_or(0, i64::from))
}
