//! Sending a concern.

use chrono::NaiveDate;
use domain::Code as _;
use domain::concern::State;
use domain::receipt::Receipt;
use domain::text::{Body, Title};
use h3o::{LatLng, Resolution};
use serde::Deserialize;
use utoipa::ToSchema;

use super::photos::{self, CleanPhoto, NewPhoto};
use super::store::{self, Concern};
use super::views::Received;
use super::{ConcernId, search, topics};
use crate::codes::Code;
use crate::identity;
use crate::identity::viewer::{SignedIn, Viewer};
use crate::notices;
use crate::places;
use crate::places::store::Municipality;
use crate::platform::app::Unit;
use crate::platform::chance::Chance;
use crate::platform::problem::Problem;
use crate::platform::texts;
use crate::platform::write::Input;

/// The H3 resolution of public places: cells of about 0.7 km2, a neighbourhood and not a house.
const CELL: Resolution = Resolution::Eight;

/// Sends a concern.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitConcern {
    /// Code of the topic.
    topic: String,
    /// Slug of the unit.
    unit: Option<String>,
    /// A point; only the cell it is in is kept.
    point: Option<NewPoint>,
    /// In one line, 5 to 120 characters.
    title: String,
    /// In full, 10 to 4,000 characters.
    text: String,
    /// How the author appears.
    identity: Identity,
    /// The name shown with `display`.
    display_name: Option<String>,
    /// The receipt made on the device, needed with `anonymous`.
    receipt: Option<String>,
    /// At most 4 photos.
    #[serde(default)]
    photos: Vec<NewPhoto>,
}

/// A point, degrees (WGS 84).
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPoint {
    /// Latitude.
    lat: f64,
    /// Longitude.
    lon: f64,
}

/// How an author appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// Under the account's name.
    Named,
    /// Under a name chosen for this concern.
    Display,
    /// Under no name; nothing ties the concern to an account or device.
    Anonymous,
}

impl Input for SubmitConcern {
    /// Four photos in base64 and the texts.
    const LIMIT: usize = 46 * 1024 * 1024;
}

impl SubmitConcern {
    /// A concern put together by this program: for the sample year and for imports.
    pub fn new(
        topic: &str,
        unit: Option<String>,
        point: Option<(f64, f64)>,
        (title, text): (&str, &str),
        identity: Identity,
        display_name: Option<String>,
        receipt: Option<String>,
    ) -> Self {
        Self {
            topic: topic.to_owned(),
            unit,
            point: point.map(|(lat, lon)| NewPoint { lat, lon }),
            title: title.to_owned(),
            text: text.to_owned(),
            identity,
            display_name,
            receipt,
            photos: Vec::new(),
        }
    }

    /// Makes a receipt nobody keeps, where an anonymous concern has none.
    ///
    /// # Errors
    /// `internal` when the operating system gives no randomness.
    pub fn need_receipt(&mut self, chance: Chance) -> Result<(), Problem> {
        if self.identity == Identity::Anonymous && self.receipt.is_none() {
            self.receipt = Some(Receipt::from_entropy(chance.bytes()?).to_string());
        }
        Ok(())
    }

    /// Takes the photos out, to be made anew before the transaction.
    pub fn take_photos(&mut self) -> Vec<NewPhoto> {
        std::mem::take(&mut self.photos)
    }

    /// Whether the author wants to appear under no name.
    pub fn is_anonymous(&self) -> bool {
        self.identity == Identity::Anonymous
    }

    /// Checks all that needs no store.
    ///
    /// # Errors
    /// `topic_is_referred`, or `fields_invalid` with every fault.
    pub fn check(&self) -> Result<(), Problem> {
        let topic = topics::find(&self.topic)?
            .ok_or_else(|| Problem::field("/topic", "topic_unknown", None))?;
        if !topic.class()?.accepts_concerns() {
            return Err(Problem::new(Code::TopicReferred));
        }
        let faults: Vec<_> = [
            texts::parse("/title", Title::parse(&self.title)).err(),
            texts::parse("/text", Body::parse(&self.text)).err(),
            self.receipt_fault(),
        ]
        .into_iter()
        .flatten()
        .flat_map(|problem| problem.field_problems().to_vec())
        .collect();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Problem::fields(faults))
        }
    }

    fn receipt_fault(&self) -> Option<Problem> {
        match (&self.receipt, self.identity) {
            (None, Identity::Anonymous) => Some(Problem::field("/receipt", "required", None)),
            (None, _) => None,
            (Some(text), _) => Receipt::parse(text)
                .err()
                .map(|_| Problem::field("/receipt", "receipt_invalid", None)),
        }
    }
}

/// Who an author is, after checking: an anonymous one has neither account nor name.
struct Authorship {
    kind: &'static str,
    name: Option<String>,
    account: Option<identity::AccountId>,
}

/// Where a concern comes from, as far as it is counted.
pub struct Spot {
    /// LAU code of the municipality.
    pub municipality: String,
    /// The cell, else the unit.
    pub place: Option<String>,
}

/// Where a concern comes from, before anything is done with it.
///
/// # Errors
/// `municipality_without_council`, or `fields_invalid` for a place that is not there.
pub fn spot_of(unit: &mut Unit<'_>, slug: &str, input: &SubmitConcern) -> Result<Spot, Problem> {
    let municipality = with_council(unit, slug)?;
    let place = place_of(unit, &municipality, input)?.cell;
    Ok(Spot {
        place: place.or_else(|| input.unit.clone()),
        municipality: municipality.code,
    })
}

/// Keeps a concern.
///
/// # Errors
/// `municipality_without_council`, `sign_in_needed`, `fields_invalid`, `receipt_taken`.
pub fn submit(
    unit: &mut Unit<'_>,
    viewer: &Viewer,
    slug: &str,
    input: SubmitConcern,
    photos: Vec<CleanPhoto>,
) -> Result<Received, Problem> {
    let author = authorship(unit, viewer, &input)?;
    let today = unit.today();
    let row = keep(unit, slug, author, &input, today)?;
    photos::insert_photos(unit, &row.id, photos)?;
    notices::desk::enqueue(unit, &row.municipality_code)?;
    Ok(Received {
        id: row.id.to_string(),
        status: row.state,
        answer_due_on: row.due_on,
    })
}

/// Keeps a concern from another system under the name of its source; nobody is told.
///
/// # Errors
/// As [`submit`].
pub fn submit_from_source(
    unit: &mut Unit<'_>,
    slug: &str,
    source: &str,
    input: &SubmitConcern,
    came_on: NaiveDate,
) -> Result<(), Problem> {
    let author = Authorship {
        kind: "display",
        name: Some(identity::parse_source(source)?),
        account: None,
    };
    keep(unit, slug, author, input, came_on).map(drop)
}

fn keep(
    unit: &mut Unit<'_>,
    slug: &str,
    author: Authorship,
    input: &SubmitConcern,
    came_on: NaiveDate,
) -> Result<Concern, Problem> {
    let municipality = with_council(unit, slug)?;
    let place = place_of(unit, &municipality, input)?;
    let row = Concern {
        id: ConcernId::new(unit.chance)?,
        unit: input.unit.clone(),
        topic: input.topic.clone(),
        title: texts::parse("/title", Title::parse(&input.title))?
            .as_str()
            .to_owned(),
        text: texts::parse("/text", Body::parse(&input.text))?
            .as_str()
            .to_owned(),
        author_kind: author.kind.to_owned(),
        author_name: author.name,
        account_id: author.account,
        receipt_mark: input
            .receipt
            .as_deref()
            .and_then(|typed| Receipt::parse(typed).ok())
            .map(|receipt| receipt_mark(unit, &receipt)),
        cell: place.cell,
        lat: place.lat,
        lon: place.lon,
        state: State::Received.code().to_owned(),
        verdict: None,
        assigned: None,
        lead: None,
        merged_into: None,
        received_on: came_on,
        due_on: answer_due(unit, &municipality.code, came_on)?,
        updated_on: came_on,
        public_on: None,
        awaits_batch: false,
        contested: false,
        residents: 0,
        visitors: 0,
        shuffle: unit.chance.number()?,
        municipality_code: municipality.code,
    };
    store::insert_concern(unit, &row)?;
    search::insert(unit, &row.id, &row.title, &row.text)?;
    Ok(row)
}

fn with_council(unit: &mut Unit<'_>, slug: &str) -> Result<Municipality, Problem> {
    let municipality = places::store::get_municipality(unit, slug)?;
    if municipality.council == "none" {
        return Err(Problem::new(Code::MunicipalityWithoutCouncil));
    }
    Ok(municipality)
}

/// What is stored of a receipt.
pub fn receipt_mark(unit: &Unit<'_>, receipt: &Receipt) -> String {
    unit.keys.mark("receipt", &receipt.canonical())
}

fn authorship(
    unit: &mut Unit<'_>,
    viewer: &Viewer,
    input: &SubmitConcern,
) -> Result<Authorship, Problem> {
    let signed_in = || match viewer {
        Viewer::Account(SignedIn { account, .. }) => Ok(account.clone()),
        Viewer::Visitor => Err(Problem::new(Code::SignInNeeded)),
    };
    Ok(match input.identity {
        Identity::Anonymous => Authorship {
            kind: "anonymous",
            name: None,
            account: None,
        },
        Identity::Display => Authorship {
            kind: "display",
            name: Some(identity::parse_display_name(
                input.display_name.as_deref().unwrap_or_default(),
            )?),
            account: Some(signed_in()?),
        },
        Identity::Named => {
            let account = identity::store::get_account(unit, &signed_in()?)?;
            let name = account
                .display_name
                .ok_or_else(|| Problem::field("/identity", "name_missing", None))?;
            Authorship {
                kind: "named",
                name: Some(name),
                account: Some(account.id),
            }
        }
    })
}

struct PublicPlace {
    cell: Option<String>,
    lat: f64,
    lon: f64,
}

fn place_of(
    unit: &mut Unit<'_>,
    municipality: &Municipality,
    input: &SubmitConcern,
) -> Result<PublicPlace, Problem> {
    let units = places::store::list_units(unit, &municipality.code)?;
    let named = match &input.unit {
        None => None,
        Some(slug) => Some(
            units
                .into_iter()
                .find(|row| row.slug == *slug)
                .ok_or_else(|| Problem::field("/unit", "unit_unknown", None))?,
        ),
    };
    if let Some(point) = input.point {
        return snapped(municipality, point);
    }
    let (lat, lon) = named.map_or((municipality.seat_lat, municipality.seat_lon), |row| {
        (row.lat, row.lon)
    });
    Ok(PublicPlace {
        cell: None,
        lat,
        lon,
    })
}

/// The cell a point is in, for ever the same; the point itself goes no further.
fn snapped(municipality: &Municipality, point: NewPoint) -> Result<PublicPlace, Problem> {
    let exact = LatLng::new(point.lat, point.lon)
        .ok()
        .filter(|_| point.lat.abs() <= 90.0 && point.lon.abs() <= 180.0)
        .ok_or_else(|| Problem::field("/point", "point_invalid", None))?;
    if !places::outlines::contains(&municipality.code, point.lat, point.lon)? {
        return Err(Problem::field("/point", "point_outside", None));
    }
    let cell = exact.to_cell(CELL);
    let centre = LatLng::from(cell);
    Ok(PublicPlace {
        cell: Some(cell.to_string()),
        lat: rounded(centre.lat()),
        lon: rounded(centre.lng()),
    })
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 10_000.0).round() / 10_000.0
}

/// The day by which a municipality owes an answer to what it got today.
///
/// # Errors
/// `storage_unavailable`.
pub fn answer_due(unit: &mut Unit<'_>, code: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let municipality = places::store::get_municipality_by_code(unit, code)?;
    let holidays = places::store::list_holidays(unit, code, today)?;
    let days = u32::try_from(municipality.answer_days).unwrap_or(0);
    Ok(domain::calendar::due_on(today, days, &holidays))
}
