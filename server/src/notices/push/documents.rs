//! What whoever follows a municipality hears when its council publishes what it answers for: the year's report, a
//! quarter's bulletin. One row, written with the publication, is expanded a page at a time: first into the inboxes
//! of the accounts that follow, each once however many devices they have, then to the devices.

use std::collections::BTreeMap;

use domain::quarter::Quarter;
use serde::{Deserialize, Serialize};

use super::SubscriptionId;
use super::delivery::{Audience, Story};
use super::fanout::{self, STRETCH, WORTH};
use super::store::{self, Followed};
use crate::identity::{self, AccountId};
use crate::notices::telling::{self, Item};
use crate::notices::texts::text;
use crate::places;
use crate::places::store::Municipality;
use crate::platform::app::Unit;
use crate::platform::outbox::{self, Piece};
use crate::platform::problem::Problem;

/// The name of this kind of work.
pub const KIND: &str = "document news";
/// What preferences call all of it.
pub const NAME: &str = "documents";
/// How many accounts one transaction tells.
const PAGE: usize = 200;

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Document {
    /// What a council answers for of a year.
    Report {
        /// Code of the municipality.
        municipality: String,
        /// Its slug.
        slug: String,
        /// The year.
        year: i32,
    },
    /// What it tells of a quarter.
    Bulletin {
        /// Code of the municipality.
        municipality: String,
        /// Its slug.
        slug: String,
        /// The year.
        year: i32,
        /// The quarter, 1 to 4.
        quarter: u32,
    },
}

/// Where a bulletin is read, below the site's origin; of whichever place its reader has chosen.
pub fn bulletin_path(slug: &str, year: i32, quarter: u32) -> String {
    format!("/buletini/{year}/{quarter}?bashkia={slug}")
}

/// A quarter as it is written in both languages.
pub fn numeral(quarter: u32) -> &'static str {
    match quarter {
        1 => "I",
        2 => "II",
        3 => "III",
        _ => "IV",
    }
}

impl Document {
    /// The report of a year.
    pub fn report(place: &Municipality, year: i32) -> Self {
        Self::Report {
            municipality: place.code.clone(),
            slug: place.slug.clone(),
            year,
        }
    }

    /// The bulletin of a quarter.
    pub fn bulletin(place: &Municipality, quarter: Quarter) -> Self {
        Self::Bulletin {
            municipality: place.code.clone(),
            slug: place.slug.clone(),
            year: quarter.year(),
            quarter: quarter.number(),
        }
    }

    /// Its name in inboxes, letters and pushes.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Report { .. } => "report_published",
            Self::Bulletin { .. } => "bulletin_published",
        }
    }

    /// Where it is read, below the site's origin.
    pub fn path(&self) -> String {
        match self {
            Self::Report { slug, year, .. } => format!("/raporti?viti={year}&bashkia={slug}"),
            Self::Bulletin {
                slug,
                year,
                quarter,
                ..
            } => bulletin_path(slug, *year, *quarter),
        }
    }

    fn municipality(&self) -> &str {
        match self {
            Self::Report { municipality, .. } | Self::Bulletin { municipality, .. } => municipality,
        }
    }

    /// What it is called in somebody's language, and whose it is.
    fn title(&self, language: &str, of: &str) -> Result<String, Problem> {
        let mut blanks = BTreeMap::from([("name".to_owned(), of.to_owned())]);
        let key = match self {
            Self::Report { year, .. } => {
                blanks.insert("year".to_owned(), year.to_string());
                "document-report"
            }
            Self::Bulletin { year, quarter, .. } => {
                blanks.insert("year".to_owned(), year.to_string());
                blanks.insert("quarter".to_owned(), numeral(*quarter).to_owned());
                "document-bulletin"
            }
        };
        text(language, key, &blanks)
    }
}

/// How far telling has come.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Turn {
    /// The accounts after this one are told next.
    Accounts(Option<AccountId>),
    /// All accounts are told; the devices after this one are next.
    Devices(Option<SubscriptionId>),
}

/// What telling needs to know.
#[derive(Deserialize, Serialize)]
pub struct Task {
    document: Document,
    turn: Turn,
}

/// Lets everybody hear who follows the place.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue(unit: &mut Unit<'_>, document: Document) -> Result<(), Problem> {
    enqueue_task(unit, document, Turn::Accounts(None))
}

/// Tells some, writes down where to go on, and takes the piece away: all or nothing.
///
/// # Errors
/// `storage_unavailable`.
pub fn expand(unit: &mut Unit<'_>, piece: &Piece) -> Result<(), Problem> {
    let Task { document, turn } = outbox::payload(piece)?;
    if !outbox::remove(unit, &piece.id)? {
        return Ok(());
    }
    let next = match turn {
        Turn::Accounts(after) => tell_accounts(unit, &document, after.as_ref())?,
        Turn::Devices(after) => tell_devices(unit, &document, after.as_ref())?,
    };
    match next {
        Some(next) => enqueue_task(unit, document, next),
        None => Ok(()),
    }
}

fn followed(document: &Document) -> Followed {
    Followed {
        kind: "municipality".to_owned(),
        subject: document.municipality().to_owned(),
    }
}

/// Puts it into some inboxes, and the letters on their way; says what is next.
fn tell_accounts(
    unit: &mut Unit<'_>,
    document: &Document,
    after: Option<&AccountId>,
) -> Result<Option<Turn>, Problem> {
    let place = places::store::get_municipality_by_code(unit, document.municipality())?;
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX);
    let page = store::list_following_accounts(unit, &followed(document), after, most)?;
    for account in &page {
        let person = identity::store::get_account(unit, account)?;
        let item = Item {
            kind: document.name(),
            wish: NAME,
            concern: None,
            meeting: None,
            title: document.title(&person.language, &place.full_name)?,
            path: document.path(),
        };
        telling::tell(unit, account, &item)?;
    }
    let last = page.last().filter(|_| page.len() == PAGE).cloned();
    Ok(Some(last.map_or(Turn::Devices(None), |last| {
        Turn::Accounts(Some(last))
    })))
}

/// Lets some devices hear, as their owners wish; says what is next.
fn tell_devices(
    unit: &mut Unit<'_>,
    document: &Document,
    after: Option<&SubscriptionId>,
) -> Result<Option<Turn>, Problem> {
    let most = i64::try_from(STRETCH).unwrap_or(i64::MAX);
    let found = store::list_followers(unit, &followed(document), after, most)?;
    let devices: Vec<_> = found.into_iter().map(|(device, _)| device).collect();
    let story = Story::Document(document.clone());
    let until = unit.now + WORTH;
    fanout::enqueue_pages(unit, &story, Audience::Public, &devices, until)?;
    let last = devices.last().filter(|_| devices.len() == STRETCH);
    Ok(last.map(|last| Turn::Devices(Some(last.clone()))))
}

fn enqueue_task(unit: &mut Unit<'_>, document: Document, turn: Turn) -> Result<(), Problem> {
    let from = match &turn {
        Turn::Accounts(after) => {
            format!("accounts {}", after.as_ref().map_or("", AccountId::as_str))
        }
        Turn::Devices(after) => {
            format!(
                "devices {}",
                after.as_ref().map_or("", SubscriptionId::as_str)
            )
        }
    };
    let dedup = format!("{} {from}", document.path());
    let now = unit.now;
    outbox::enqueue(unit, KIND, &Task { document, turn }, &dedup, now)
}
