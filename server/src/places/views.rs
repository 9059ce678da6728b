//! Public shapes of places.

use serde::Serialize;
use utoipa::ToSchema;

use super::store;
use crate::concerns::topics::{HelpLine, Topic};
use crate::consultations::views::OpenConsultation;
use crate::meetings::views::NextMeeting;

/// A point on the ground, degrees (WGS 84).
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Point {
    /// Latitude.
    pub lat: f64,
    /// Longitude.
    pub lon: f64,
}

/// The town a municipality is run from.
#[derive(Serialize, ToSchema)]
pub struct SeatTown {
    /// The town's name.
    pub name: String,
    /// Latitude, degrees.
    pub lat: f64,
    /// Longitude, degrees.
    pub lon: f64,
}

/// A municipality in a list.
#[derive(Serialize, ToSchema)]
pub struct MunicipalityView {
    /// The name in addresses.
    pub slug: String,
    /// Eurostat LAU code.
    pub code: String,
    /// The short name.
    pub name: String,
    /// The official name.
    pub full_name: String,
    /// The name before a renaming.
    pub former_name: Option<String>,
    /// The county.
    pub qark: String,
    /// The town it is run from.
    pub seat: SeatTown,
    /// `none`, `formal` or `active`.
    pub council: String,
    /// People, census of 2011.
    pub population: i32,
}

/// All municipalities in Albanian alphabetical order.
#[derive(Serialize, ToSchema)]
pub struct MunicipalityList {
    /// The municipalities.
    pub items: Vec<MunicipalityView>,
}

/// An administrative unit.
#[derive(Serialize, ToSchema)]
pub struct UnitView {
    /// The name in addresses.
    pub slug: String,
    /// The name.
    pub name: String,
    /// Latitude of its centre, degrees.
    pub lat: f64,
    /// Longitude of its centre, degrees.
    pub lon: f64,
}

/// How many public concerns a municipality has.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct ConcernCounts {
    /// Still open.
    pub open: i64,
    /// Answered by an institution.
    pub answered: i64,
    /// Done or partly done.
    pub done: i64,
}

/// A municipality with all the app needs to begin there.
#[derive(Serialize, ToSchema)]
pub struct MunicipalityPage {
    /// The municipality.
    #[serde(flatten)]
    pub municipality: MunicipalityView,
    /// A point inside its outline.
    pub label: Point,
    /// Its units in Albanian alphabetical order.
    pub units: Vec<UnitView>,
    /// What residents may be worried about.
    pub topics: &'static [Topic],
    /// Working days in which a concern must be answered.
    pub answer_days: i32,
    /// Numbers to call at once.
    pub help_lines: &'static [HelpLine],
    /// Its public concerns in numbers.
    pub counts: ConcernCounts,
    /// What its council asks now.
    pub asks: Vec<OpenConsultation>,
    /// The next meetings of its council, those of today among them.
    pub meetings: Vec<NextMeeting>,
    /// Pictures of the ground for the map, where the operator named a server of them.
    pub tiles: Option<Tiles>,
}

/// Where a map gets its pictures of the ground.
#[derive(Clone, Serialize, ToSchema)]
pub struct Tiles {
    /// Address with `{z}`, `{x}`, `{y}` and, for several servers, `{s}`.
    pub url: String,
    /// Whom to name under the map.
    pub attribution: String,
}

impl From<store::Municipality> for MunicipalityView {
    fn from(row: store::Municipality) -> Self {
        Self {
            slug: row.slug,
            code: row.code,
            name: row.name,
            full_name: row.full_name,
            former_name: row.former_name,
            qark: row.qark,
            seat: SeatTown {
                name: row.seat_name,
                lat: row.seat_lat,
                lon: row.seat_lon,
            },
            council: row.council,
            population: row.population,
        }
    }
}

impl From<store::AdminUnit> for UnitView {
    fn from(row: store::AdminUnit) -> Self {
        Self {
            slug: row.slug,
            name: row.name,
            lat: row.lat,
            lon: row.lon,
        }
    }
}

/// How a council works.
#[derive(Serialize, ToSchema)]
pub struct SettingsView {
    /// Working days in which a concern must be answered.
    pub answer_days: i32,
    /// Anonymous concerns are published together, at least this many.
    pub publication_batch: i32,
    /// How much the votes of residents weigh when concerns are prioritised.
    pub weight_votes: i32,
    /// How much it weighs how bad a concern is when it happens.
    pub weight_severity: i32,
    /// How much it weighs how often it happens.
    pub weight_frequency: i32,
    /// How much it weighs how many it harms.
    pub weight_harm: i32,
    /// In how many days the council meets at least once.
    pub meeting_days: i32,
    /// Days after which the chair hears that a measure is late.
    pub late_chair_days: i32,
    /// Days after which everybody hears of it.
    pub late_public_days: i32,
    /// The holidays to come.
    pub holidays: Vec<HolidayView>,
    /// The last holiday of the country that is known; beyond it deadlines count every day from Monday
    /// to Friday.
    pub holidays_until: Option<chrono::NaiveDate>,
}

/// A holiday of the country, or of a municipality.
#[derive(Serialize, ToSchema)]
pub struct HolidayView {
    /// Its id.
    pub id: String,
    /// The day.
    pub on: chrono::NaiveDate,
    /// Its Albanian name.
    pub name_sq: String,
    /// Its English name.
    pub name_en: String,
    /// Whether the day is not decreed yet.
    pub estimated: bool,
    /// Whether this municipality added it, and can take it away.
    pub own: bool,
    /// Whether deadlines rest on it here: not on a holiday of the country on which this municipality
    /// works.
    pub observed: bool,
}

impl HolidayView {
    /// A holiday, and whether the municipality keeps the country's of that day.
    pub fn new(row: store::Holiday, keeps: bool) -> Self {
        Self {
            observed: keeps || row.municipality_code.is_some(),
            id: row.id.to_string(),
            on: row.on_day,
            name_sq: row.name_sq,
            name_en: row.name_en,
            estimated: row.estimated,
            own: row.municipality_code.is_some(),
        }
    }
}
