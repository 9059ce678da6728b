//! Who came to the sittings of a council, and who committed to something: by seat and by institution, never
//! by person (A3, A6, A11).

use std::collections::{BTreeSet, HashMap};

use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::{Days, NaiveDate};
use domain::Code as _;
use domain::minutes::{Bands, Presence};
use serde::Serialize;
use utoipa::ToSchema;

use super::MeetingId;
use super::minutes::read::rank;
use super::minutes::store::{self, NamedSeat};
use crate::places;
use crate::places::store::Municipality;
use crate::platform::app::{App, Unit};
use crate::platform::clock::hour_on;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::public_read_of_today;

/// For how many days back it is told: two years, as the study asked.
const DAYS: u64 = 730;

/// Attendance at the sittings of a council, out of approved minutes.
#[derive(Serialize, ToSchema)]
pub struct Attendance {
    /// The first day that is counted.
    pub since: NaiveDate,
    /// How many sittings there were.
    pub sittings: usize,
    /// Each seat that was there to be taken, those of the three institutions first.
    pub seats: Vec<AttendedSeat>,
    /// How many seats were taken how often.
    pub bands: AttendanceBands,
}

/// A seat and how often it was taken.
#[derive(Serialize, ToSchema)]
pub struct AttendedSeat {
    /// The institution it speaks for.
    pub institution: String,
    /// What it is called.
    pub title: String,
    /// At how many sittings it was there to be taken.
    pub sittings: usize,
    /// At how many it was.
    pub taken: usize,
    /// How many commitments its institution leads, of all meetings since that day.
    pub commitments: i64,
}

/// How many seats were taken how often.
#[derive(Serialize, ToSchema)]
pub struct AttendanceBands {
    /// Never.
    pub never: usize,
    /// Once or twice.
    pub one_or_two: usize,
    /// Three or four times.
    pub three_or_four: usize,
    /// Five times or more.
    pub five_or_more: usize,
}

/// Who came to the sittings of a council in the last two years, by seat.
#[utoipa::path(
    operation_id = "get_attendance", tag = "meetings",
    responses((status = 200, body = Attendance), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/attendance")]
pub async fn get_attendance(
    app: web::Data<App>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    public_read_of_today(&app, &request, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let told = count(unit, &place)?;
        Ok((place.code, told))
    })
    .await
}

fn count(unit: &mut Unit<'_>, place: &Municipality) -> Result<Attendance, Problem> {
    let since = unit.today() - Days::new(DAYS);
    let from = hour_on(since, 0).unwrap_or(unit.now);
    let rows = store::list_presences(unit, &place.code, from)?;
    let commitments = store::count_commitments(unit, &place.code, from)?;
    let commitments: HashMap<_, _> = commitments.into_iter().collect();
    let sittings: BTreeSet<_> = rows.iter().map(|(_, meeting, _)| meeting).collect();
    let seats = sat(Vec::new(), &rows).into_iter().map(|seat| AttendedSeat {
        commitments: commitments.get(&seat.institution).copied().unwrap_or(0),
        institution: seat.institution,
        title: seat.title,
        sittings: seat.sittings,
        taken: seat.taken,
    });
    let seats: Vec<_> = seats.collect();
    let bands = Bands::of(seats.iter().map(|seat| seat.taken));
    Ok(Attendance {
        since,
        sittings: sittings.len(),
        seats,
        bands: AttendanceBands {
            never: bands.never,
            one_or_two: bands.one_or_two,
            three_or_four: bands.three_or_four,
            five_or_more: bands.five_or_more,
        },
    })
}

/// How often a seat was there to be taken, and was.
pub struct Sat {
    /// The institution it speaks for.
    pub institution: String,
    /// What it is called.
    pub title: String,
    /// At how many sittings it was there to be taken.
    pub sittings: usize,
    /// At how many it was.
    pub taken: usize,
}

/// How often these seats were taken, and all that presences name; those of the three institutions first.
pub fn sat(mut seats: Vec<NamedSeat>, rows: &[(NamedSeat, MeetingId, String)]) -> Vec<Sat> {
    for (named, ..) in rows {
        if seats.iter().all(|seat| seat.id != named.id) {
            seats.push(named.clone());
        }
    }
    let counts = |code: &str| Presence::from_code(code).is_some_and(Presence::counts);
    let mut seats: Vec<_> = seats
        .into_iter()
        .map(|seat| {
            let own = rows.iter().filter(|(named, ..)| named.id == seat.id);
            let taken = own.clone().filter(|(.., code)| counts(code));
            Sat {
                sittings: own.count(),
                taken: taken.count(),
                institution: seat.institution,
                title: seat.title,
            }
        })
        .collect();
    seats.sort_by_key(|seat| rank(&seat.institution));
    seats
}
