//! Meetings over HTTP.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use domain::access::Action;
use serde::Serialize;

use super::announcement::{AskedMeeting, CancelMeeting, ChangeMeeting};
use super::store::Meeting;
use super::views::{MeetingList, MeetingPage};
use super::{MeetingId, announce, calendar, cancel, change, open, print, read, store};
use crate::codes::Code;
use crate::councils::{Staff, staff_at};
use crate::identity::viewer::SignedIn;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::{
    public_bytes, public_print, public_read, public_read_of_today, read_public,
};
use crate::platform::write::{Once, Write, write_once};

/// The meetings of a municipality's council, the last first.
#[utoipa::path(
    operation_id = "list_meetings", tag = "meetings",
    responses((status = 200, body = MeetingList), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/meetings")]
pub async fn list_meetings(
    app: web::Data<App>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    public_read_of_today(&app, &request, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let list = read::list(unit, &place)?;
        Ok((place.code, list))
    })
    .await
}

/// The same as a calendar that programs follow (RFC 5545).
#[utoipa::path(
    operation_id = "get_calendar", tag = "meetings",
    responses(
        (status = 200, content_type = "text/calendar", body = String),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/meetings.ics")]
pub async fn get_calendar(
    app: web::Data<App>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (_, name, rows) = read_public(&app, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let rows = store::list(unit, &place.code)?;
        Ok((place.full_name, rows))
    })
    .await?;
    let text = calendar::write(&name, &app.config().origin(), &rows);
    public_bytes(&request, calendar::CALENDAR, text.into_bytes())
}

/// A meeting with its agenda and its notices.
#[utoipa::path(
    operation_id = "get_meeting", tag = "meetings",
    responses((status = 200, body = MeetingPage), (status = 404, body = ProblemBody)),
)]
#[get("/meetings/{id}")]
pub async fn get_meeting(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    public_read(&app, &request, move |unit| {
        let row = store::get(unit, &id)?;
        let place = row.municipality_code.clone();
        Ok((place, read::page(unit, row)?))
    })
    .await
}

/// A meeting as an event for a calendar (RFC 5545).
#[utoipa::path(
    operation_id = "get_meeting_event", tag = "meetings",
    responses(
        (status = 200, content_type = "text/calendar", body = String),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/meetings/{id}/event.ics")]
pub async fn get_meeting_event(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let row = app.read(move |unit| store::get(unit, &id)).await?;
    let text = calendar::write(
        &row.title,
        &app.config().origin(),
        std::slice::from_ref(&row),
    );
    public_bytes(&request, calendar::CALENDAR, text.into_bytes())
}

/// A meeting's notice with its agenda, as it is printed.
#[utoipa::path(
    operation_id = "get_agenda_pdf", tag = "meetings",
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/meetings/{id}/agenda.pdf")]
pub async fn get_agenda_pdf(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let origin = app.config().origin();
    let work = move |unit: &mut Unit<'_>| {
        let row = store::get(unit, &id)?;
        let place = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
        Ok((place.code, (place.full_name, read::page(unit, row)?)))
    };
    public_print(&app, &request, work, move |(name, page)| {
        print::agenda(name, page, &origin)
    })
    .await
}

/// Announces a meeting: what it shall lead to, what is spoken of, when and where.
#[utoipa::path(
    operation_id = "announce_meeting", tag = "meetings", request_body = AskedMeeting,
    responses(
        (status = 201, body = MeetingPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/meetings")]
pub async fn announce_meeting(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<AskedMeeting>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    let who = signed_in.account.to_string();
    let asked = body.parse("")?;
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManageMeetings);
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, may, move |unit, staff| {
        announce(unit, &staff, asked)
    })
    .await
}

/// Changes a meeting that has not begun, with a public notice.
#[utoipa::path(
    operation_id = "change_meeting", tag = "meetings", request_body = ChangeMeeting,
    responses(
        (status = 200, body = MeetingPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/meetings/{id}/changes")]
pub async fn change_meeting(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<ChangeMeeting>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    let (asked, reason) = body.parse()?;
    let may = Action::ManageMeetings;
    work_on(&app, signed_in, &id, may, once, move |unit, staff, row| {
        change(unit, staff, &row, &asked, &reason)
    })
    .await
}

/// Cancels a meeting that has not begun, with a public notice.
#[utoipa::path(
    operation_id = "cancel_meeting", tag = "meetings", request_body = CancelMeeting,
    responses(
        (status = 200, body = MeetingPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/meetings/{id}/cancellation")]
pub async fn cancel_meeting(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<CancelMeeting>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    let reason = body.parse()?;
    let may = Action::ManageMeetings;
    work_on(&app, signed_in, &id, may, once, move |unit, staff, row| {
        cancel(unit, staff, row, &reason)
    })
    .await
}

/// Does something with a meeting once, from a seat that allows it.
///
/// # Errors
/// `meeting_unknown`, `not_allowed`, and what `work` refuses.
pub async fn work_on<F, T>(
    app: &App,
    signed_in: SignedIn,
    id: &str,
    action: Action,
    once: Once,
    work: F,
) -> Result<HttpResponse, Problem>
where
    F: FnOnce(&mut Unit<'_>, &Staff, Meeting) -> Result<T, Problem> + Clone + Send + 'static,
    T: Serialize + Send + 'static,
{
    let id = parse_id(id)?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| open(unit, &signed_in, &id, action);
    let status = StatusCode::OK;
    write_once(app, once, &who, status, may, move |unit, (staff, row)| {
        work(unit, &staff, row)
    })
    .await
}

/// The id of a meeting as it is in addresses.
///
/// # Errors
/// `meeting_unknown`.
pub fn parse_id(text: &str) -> Result<MeetingId, Problem> {
    text.parse()
        .map_err(|()| Problem::new(Code::MeetingUnknown))
}
