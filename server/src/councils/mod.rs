//! Seats of a council and who holds them.

pub mod papers;
pub mod public;
pub mod regulations;
pub mod routes;
pub mod store;
pub mod templates;
pub mod trainings;
pub mod views;

use domain::Code as _;
use domain::access::{Action, may};
use domain::seat::{Institution, Role};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::codes::Code;
use crate::identity::AccountId;
use crate::identity::viewer::SignedIn;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::write::Proof;

/// The routes of councils.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(routes::list_seats)
        .service(routes::add_seat)
        .service(routes::empty_seat)
        .service(public::get_council)
        .service(routes::fill_seat)
        .service(routes::remove_substitute)
        .service(papers::routes::get_seat_papers)
        .service(papers::routes::print_role)
        .service(papers::routes::acknowledge_paper)
        .service(papers::routes::list_seat_papers)
        .service(papers::routes::write_role_text)
        .service(regulations::routes::list_regulations)
        .service(regulations::routes::get_regulation)
        .service(regulations::routes::get_regulation_template)
        .service(regulations::routes::adopt_regulation)
        .service(trainings::routes::list_trainings)
        .service(trainings::routes::add_training)
        .service(trainings::routes::remove_training)
        .service(routes::chair_seat)
        .service(templates::routes::list_templates)
        .service(templates::routes::add_template)
        .service(templates::routes::remove_template);
}

crate::id! {
    /// A seat: a place in a council that stays when its holder goes (study A7).
    SeatId
}

crate::id! {
    /// One person's time in a seat.
    HolderId
}

crate::id! {
    /// An answer a council gives often.
    TemplateId
}

/// Proof that somebody holds a seat in this municipality today.
#[derive(Clone, Debug)]
pub struct Staff {
    /// The seat.
    pub seat: SeatId,
    /// The municipality it is in.
    pub municipality: String,
    /// The institution it speaks for.
    pub institution: Institution,
    /// What it may do.
    pub role: Role,
}

impl Staff {
    /// The seat as the rules see it.
    pub fn as_seat(&self) -> domain::seat::Seat {
        domain::seat::Seat {
            institution: self.institution,
            role: self.role,
        }
    }
}

impl Proof for Staff {
    fn standing(&self) -> String {
        self.seat.to_string()
    }
}

impl<T> Proof for (Staff, T) {
    fn standing(&self) -> String {
        self.0.standing()
    }
}

/// The seat from which this person does something in a municipality: of those that allow it, the
/// one that may do most. Nothing when they hold no seat there.
///
/// # Errors
/// `not_allowed` when no seat of theirs there allows it.
pub fn staff_of(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    municipality: &str,
    action: Action,
) -> Result<Option<Staff>, Problem> {
    let held = store::list_held_seats(unit, &signed_in.account)?;
    let mut seats = Vec::new();
    for row in held
        .into_iter()
        .filter(|row| row.municipality_code == municipality)
    {
        seats.push(to_staff(row)?);
    }
    let none = seats.is_empty();
    let able = seats
        .into_iter()
        .filter(|staff| may(action, staff.as_seat()))
        .max_by_key(|staff| Role::ALL.iter().position(|role| *role == staff.role));
    match able {
        None if !none => Err(Problem::new(Code::NotAllowed)),
        found => Ok(found),
    }
}

/// As [`staff_of`], for whom nothing is there without a seat.
///
/// # Errors
/// `not_allowed`.
pub fn require_staff(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    municipality: &str,
    action: Action,
) -> Result<Staff, Problem> {
    staff_of(unit, signed_in, municipality, action)?.ok_or_else(|| Problem::new(Code::NotAllowed))
}

/// A seat this person holds in a municipality, whatever it allows.
///
/// # Errors
/// `storage_unavailable`.
pub fn seat_in(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    municipality: &str,
) -> Result<Option<Staff>, Problem> {
    let held = store::list_held_seats(unit, &signed_in.account)?;
    held.into_iter()
        .find(|row| row.municipality_code == municipality)
        .map(to_staff)
        .transpose()
}

/// The seat this person acts from in the municipality with this slug, if it allows the action.
///
/// # Errors
/// `municipality_unknown`, `not_allowed`.
pub fn staff_at(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    slug: &str,
    action: Action,
) -> Result<Staff, Problem> {
    let municipality = crate::places::store::get_municipality(unit, slug)?;
    require_staff(unit, signed_in, &municipality.code, action)
}

/// All seats a person holds today, for their own eyes.
///
/// # Errors
/// `storage_unavailable`.
pub fn own_seats(unit: &mut Unit<'_>, account: &AccountId) -> Result<Vec<views::OwnSeat>, Problem> {
    store::list_held_seats(unit, account)?
        .into_iter()
        .map(|row| {
            let place =
                crate::places::store::get_municipality_by_code(unit, &row.municipality_code)?;
            let holder = store::find_holder(unit, &row.id, account)?;
            let unread = match holder.filter(|_| row.role != Role::Administrator.code()) {
                Some(holder) => papers::read::unread(unit, &row, &holder)?,
                None => Vec::new(),
            };
            let unread = unread.iter().map(|paper| paper.code().to_owned());
            Ok(views::OwnSeat::new(row, place.slug, unread.collect()))
        })
        .collect()
}

/// The seat as a proof, for whoever holds it.
///
/// # Errors
/// `internal` when its stored institution or role is unknown.
pub fn to_staff(row: store::Seat) -> Result<Staff, Problem> {
    let unknown = |what: &str| Problem::caused(Code::Internal, format!("seat {}: {what}", row.id));
    Ok(Staff {
        institution: Institution::from_code(&row.institution)
            .ok_or_else(|| unknown("institution"))?,
        role: Role::from_code(&row.role).ok_or_else(|| unknown("role"))?,
        seat: row.id,
        municipality: row.municipality_code,
    })
}
