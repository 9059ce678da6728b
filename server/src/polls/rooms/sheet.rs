//! The slips of a class as they are printed: how it is done for the teacher, and slips to cut and draw from a hat.
//!
//! The QR of a slip holds an address whose part after `#` is the slip: a browser does not send that part, so no
//! log on the way has it. The slips are shown this once.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use domain::poll::Slip;
use serde::Serialize;

use super::make_slips;
use super::routes::{may_keep, parse_code};
use super::store::Room;
use super::views::RoomView;
use crate::codes::Code;
use crate::councils::Staff;
use crate::identity::viewer::SignedIn;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::print;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::quick_response::QuickResponse;
use crate::platform::workshop::heavy;
use crate::platform::write::{ShownOnce, Write, write_once};
use crate::polls;
use crate::polls::read;

const TEMPLATE: &str = include_str!("../../../texts/slips.typ");

/// What a sheet is made of.
#[derive(Clone)]
struct Made {
    municipality: String,
    title: String,
    room: Room,
    slips: Vec<Slip>,
}

/// What is printed.
#[derive(Clone, Serialize)]
struct Sheet {
    municipality: String,
    title: String,
    school: String,
    class: String,
    code: String,
    address: String,
    grace_minutes: i32,
    class_qr: String,
    slips: Vec<PrintedSlip>,
}

#[derive(Clone, Serialize)]
struct PrintedSlip {
    symbols: String,
    qr: String,
}

/// Makes the slips of a class that was not opened, and answers with them to print. Slips of an earlier sheet are
/// void.
#[utoipa::path(
    operation_id = "print_slips", tag = "polls",
    responses(
        (status = 201, content_type = "application/pdf", body = String),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    ),
)]
#[post("/poll-rooms/{code}/sheet")]
pub async fn print_slips(
    app: web::Data<App>,
    signed_in: SignedIn,
    code: web::Path<String>,
    body: Write<()>,
) -> Result<HttpResponse, Problem> {
    let code = parse_code(&code)?;
    let ((), once) = body.split();
    let origin = app.config().origin();
    let who = signed_in.account.to_string();
    let may = may_keep(&signed_in, &code);
    let made = ShownOnce::default();
    let shown = made.clone();
    let work = move |unit: &mut Unit<'_>, staff: Staff| {
        let (room, slips) = make_slips(unit, &staff, &code)?;
        let row = polls::store::get(unit, &room.poll_id)?;
        let place = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
        shown.show(Made {
            municipality: place.full_name,
            title: read::paper(&row)?.title.sq,
            room: room.clone(),
            slips,
        });
        Ok(RoomView::new(&room, &row, true, unit.now))
    };
    write_once(&app, once, &who, StatusCode::CREATED, may, work).await?;
    let made = made.take().ok_or_else(|| Problem::new(Code::SheetMade))?;
    let pages = heavy(move || print::print(TEMPLATE, &sheet(made, &origin)?)).await??;
    Ok(HttpResponse::Created()
        .content_type("application/pdf")
        .insert_header(("content-disposition", "attachment; filename=\"fletet.pdf\""))
        .insert_header(("cache-control", "no-store"))
        .body(pages))
}

fn sheet(made: Made, origin: &str) -> Result<Sheet, Problem> {
    let room = made.room;
    let address = format!("{origin}/klasa/{}", room.code);
    let printed = made.slips.iter().map(|slip| {
        Ok(PrintedSlip {
            symbols: slip.to_string(),
            qr: QuickResponse::of(&format!("{address}#{}", slip.canonical()))?.drawn()?,
        })
    });
    let slips = printed.collect::<Result<_, Problem>>()?;
    Ok(Sheet {
        municipality: made.municipality,
        title: made.title,
        school: room.school.unwrap_or_default(),
        class: room.class.unwrap_or_default(),
        code: room.code,
        grace_minutes: room.grace_minutes,
        class_qr: QuickResponse::of(&address)?.drawn()?,
        address,
        slips,
    })
}
