//! Shapes of concerns: for everybody, and for the author's thread.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::contests::views::Contest;
use super::photos::PhotoHead;
use super::store::{Concern, Event, Message};
use crate::meetings::minutes::views::Discussion;
use crate::plans::views::AnsweringMeasure;

/// How many characters of the text a list shows.
const EXCERPT: usize = 160;

/// Support, by accounts and by devices apart.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Support {
    /// By accounts.
    pub residents: i32,
    /// By devices.
    pub visitors: i32,
}

/// Where a concern is shown: never more exact than its cell.
#[derive(Serialize, ToSchema)]
pub struct Place {
    /// The H3 cell, where the author gave a point.
    pub cell: Option<String>,
    /// Latitude of the cell's, the unit's or the seat's centre, degrees.
    pub lat: f64,
    /// Longitude of it, degrees.
    pub lon: f64,
}

/// The unit a concern is in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnitName {
    /// The name in addresses.
    pub slug: String,
    /// The name.
    pub name: String,
}

/// Who says so.
#[derive(Serialize, ToSchema)]
pub struct Author {
    /// `named`, `display` or `anonymous`.
    pub kind: String,
    /// The name shown.
    pub name: Option<String>,
}

/// A photo.
#[derive(Serialize, ToSchema)]
pub struct Photo {
    /// Its id, for `/api/v1/photos/{id}` and `/api/v1/photos/{id}/thumb`.
    pub id: String,
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
    /// What it shows.
    pub alt: String,
}

/// What an institution last answered.
#[derive(Serialize, ToSchema)]
pub struct LastAnswer {
    /// The institution.
    pub institution: String,
    /// What it said: `done`, `partly_done`, `planned`, `not_possible` or `not_ours`.
    pub verdict: Option<String>,
    /// How its words begin.
    pub excerpt: String,
    /// The day.
    pub on: NaiveDate,
}

/// A concern in a list.
#[derive(Serialize, ToSchema)]
pub struct ConcernCard {
    /// Its id.
    pub id: String,
    /// In one line.
    pub title: String,
    /// How the text begins.
    pub excerpt: String,
    /// Code of the topic.
    pub topic: String,
    /// The unit it is in.
    pub unit: Option<UnitName>,
    /// Where it stands.
    pub status: String,
    /// The day it came.
    pub received_on: NaiveDate,
    /// The day it became public.
    pub published_on: Option<NaiveDate>,
    /// The day something last happened.
    pub updated_on: NaiveDate,
    /// Who shares it.
    pub support: Support,
    /// Where it is shown.
    pub place: Place,
    /// The first photo.
    pub photo: Option<Photo>,
    /// Who says so.
    pub author: Author,
    /// The institution that leads.
    pub lead: Option<String>,
    /// What the last answer said.
    pub verdict: Option<String>,
    /// The institutions that answered.
    pub answered_by: Vec<String>,
    /// The last answer in words.
    pub last_answer: Option<LastAnswer>,
    /// The concern it was merged into.
    pub merged_into: Option<String>,
}

/// A page of concerns.
#[derive(Serialize, ToSchema)]
pub struct ConcernList {
    /// The concerns.
    pub items: Vec<ConcernCard>,
    /// What to send as `after` for the next page.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: i64,
}

/// Something that happened, in public.
#[derive(Serialize, ToSchema)]
pub struct TimelineEntry {
    /// The day.
    pub on: NaiveDate,
    /// `received`, `move` or `answer`.
    pub kind: &'static str,
    /// The institution that acted.
    pub institution: Option<String>,
    /// Where a move led.
    pub to: Option<String>,
    /// The public reason or the answer.
    pub text: String,
    /// What an answer said.
    pub verdict: Option<String>,
    /// Legal ground of a refusal.
    pub legal_ground: Option<String>,
    /// Whose business it is instead.
    pub whose: Option<String>,
    /// The institution that leads.
    pub lead: Option<String>,
    /// The day promised.
    pub due_on: Option<NaiveDate>,
}

/// A merged concern by name.
#[derive(Serialize, ToSchema)]
pub struct MergedConcern {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// What the viewer has to do with a concern.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct Mine {
    /// Supports it.
    pub supported: bool,
    /// Is told of every step.
    pub follows: bool,
    /// Wrote it.
    pub author: bool,
    /// Says, as one who supports it, that it is not done.
    pub contests: bool,
}

/// A concern in full.
#[derive(Serialize, ToSchema)]
pub struct ConcernPage {
    /// As in a list.
    #[serde(flatten)]
    pub card: ConcernCard,
    /// Slug of the municipality.
    pub municipality: String,
    /// In full.
    pub text: String,
    /// All photos.
    pub photos: Vec<Photo>,
    /// What happened, in its order.
    pub timeline: Vec<TimelineEntry>,
    /// What was merged into it.
    pub merged: Vec<MergedConcern>,
    /// The meetings on whose agenda it is, the first first.
    pub discussions: Vec<Discussion>,
    /// The approved measures of the plan that answer it, those due first first.
    pub measures: Vec<AnsweringMeasure>,
    /// How far supporters are in contesting that it is done; nothing where there is nothing to contest.
    pub contest: Option<Contest>,
    /// What the viewer has to do with it. It comes last: see
    /// [`super::read::page_of`].
    pub mine: Mine,
}

/// A message between author and council.
#[derive(Serialize, ToSchema)]
pub struct MessageView {
    /// `author` or `council`.
    pub from: String,
    /// The institution that wrote.
    pub institution: Option<String>,
    /// What was written.
    pub text: String,
    /// The day it was written.
    pub on: NaiveDate,
}

/// The author's side of a concern: with its thread, also before it is public.
#[derive(Serialize, ToSchema)]
pub struct Thread {
    /// The concern.
    pub concern: ConcernPage,
    /// The messages, in their order.
    pub messages: Vec<MessageView>,
    /// Whether the author can write.
    pub can_reply: bool,
    /// The day by which the council must answer.
    pub answer_due_on: NaiveDate,
    /// Whether the author may say now that it is not done.
    pub may_contest: bool,
}

/// That a concern was received.
#[derive(Serialize, ToSchema)]
pub struct Received {
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub status: String,
    /// The day by which the council must answer.
    pub answer_due_on: NaiveDate,
}

/// Support after a change.
#[derive(Serialize, ToSchema)]
pub struct SupportView {
    /// Who shares it now.
    pub support: Support,
    /// Whether the viewer does.
    pub supported: bool,
}

impl ConcernCard {
    /// The card of a concern, with its unit, its first photo and its answers in their order.
    pub fn new<'a>(
        row: &Concern,
        unit: Option<UnitName>,
        photo: Option<&PhotoHead>,
        answers: impl Iterator<Item = &'a Event> + Clone,
    ) -> Self {
        let answered_by: BTreeSet<_> = answers
            .clone()
            .filter_map(|answer| answer.institution.clone())
            .collect();
        Self {
            id: row.id.to_string(),
            title: row.title.clone(),
            excerpt: excerpt(&row.text),
            topic: row.topic.clone(),
            unit,
            status: row.state.clone(),
            received_on: row.received_on,
            published_on: row.public_on,
            updated_on: row.updated_on,
            support: Support::of(row),
            place: Place {
                cell: row.cell.clone(),
                lat: row.lat,
                lon: row.lon,
            },
            photo: photo.map(Photo::from),
            author: Author {
                kind: row.author_kind.clone(),
                name: row.author_name.clone(),
            },
            lead: row.lead.clone(),
            verdict: row.verdict.clone(),
            answered_by: answered_by.into_iter().collect(),
            last_answer: answers.last().and_then(LastAnswer::of),
            merged_into: row.merged_into.as_ref().map(ToString::to_string),
        }
    }
}

impl LastAnswer {
    fn of(answer: &Event) -> Option<Self> {
        Some(Self {
            institution: answer.institution.clone()?,
            verdict: answer.verdict.clone(),
            excerpt: excerpt(&answer.text),
            on: answer.on_day,
        })
    }
}

impl Support {
    /// The support of a concern.
    pub fn of(row: &Concern) -> Self {
        Self {
            residents: row.residents,
            visitors: row.visitors,
        }
    }
}

impl From<&PhotoHead> for Photo {
    fn from(head: &PhotoHead) -> Self {
        Self {
            id: head.id.to_string(),
            width: head.width,
            height: head.height,
            alt: head.alt.clone(),
        }
    }
}

impl TimelineEntry {
    /// How every timeline begins.
    pub fn received(on: NaiveDate) -> Self {
        Self {
            on,
            kind: "received",
            institution: None,
            to: None,
            text: String::new(),
            verdict: None,
            legal_ground: None,
            whose: None,
            lead: None,
            due_on: None,
        }
    }
}

impl From<Event> for TimelineEntry {
    fn from(event: Event) -> Self {
        Self {
            on: event.on_day,
            kind: if event.kind == "answer" {
                "answer"
            } else {
                "move"
            },
            institution: event.institution,
            to: event.to_state,
            text: event.text,
            verdict: event.verdict,
            legal_ground: event.ground,
            whose: event.whose,
            lead: event.lead,
            due_on: event.due_on,
        }
    }
}

impl From<Message> for MessageView {
    fn from(message: Message) -> Self {
        Self {
            from: message.side,
            institution: message.institution,
            text: message.text,
            on: message.on_day,
        }
    }
}

fn excerpt(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= EXCERPT {
        return flat;
    }
    let cut: String = flat.chars().take(EXCERPT).collect();
    let whole = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}
