//! What became public, as an Atom feed (RFC 4287).

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, get, web};
use atom_syndication::{Content, Entry, Feed, FixedDateTime, Link, Text};
use chrono::NaiveDate;

use super::lists::{self, Filter};
use super::store::Concern;
use crate::places;
use crate::platform::app::App;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::{public_bytes, read_public};

/// The newest public concerns of a municipality (Atom). Days, no times.
#[utoipa::path(
    operation_id = "get_feed", tag = "concerns",
    responses(
        (status = 200, content_type = "application/atom+xml", body = String),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/feed.atom")]
pub async fn get_feed(
    app: web::Data<App>,
    request: HttpRequest,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (_, _, (place, rows)) = read_public(&app, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let page = lists::list_public(unit, &place.code, &Filter::default())?;
        Ok((place.code.clone(), (place, page.rows)))
    })
    .await?;
    let origin = app.config().origin();
    let newest = rows
        .iter()
        .map(|row| row.updated_on)
        .max()
        .unwrap_or_default();
    let feed = Feed {
        title: Text::plain(format!("Trekëndësh, {}", place.full_name)),
        id: format!("{origin}/#{}", place.slug),
        updated: noon(newest),
        links: vec![link("self", format!("{origin}{}", request.path()))],
        entries: rows.iter().map(|row| entry(&origin, row)).collect(),
        ..Feed::default()
    };
    let mut answer = public_bytes(
        &request,
        "application/atom+xml; charset=utf-8",
        feed.to_string().into_bytes(),
    )?;
    answer.headers_mut().insert(
        CACHE_CONTROL,
        actix_web::http::header::HeaderValue::from_static("public, max-age=900"),
    );
    Ok(answer)
}

fn entry(origin: &str, row: &Concern) -> Entry {
    let address = format!("{origin}/shqetesime/{}", row.id);
    Entry {
        title: Text::plain(row.title.clone()),
        id: address.clone(),
        updated: noon(row.updated_on),
        published: row.public_on.map(noon),
        links: vec![link("alternate", address)],
        content: Some(Content {
            content_type: Some("text".to_owned()),
            value: Some(row.text.clone()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn link(rel: &str, href: String) -> Link {
    Link {
        rel: rel.to_owned(),
        href,
        ..Link::default()
    }
}

/// A day as the moment Atom asks for.
fn noon(day: NaiveDate) -> FixedDateTime {
    day.and_hms_opt(12, 0, 0)
        .map_or_else(FixedDateTime::default, |noon| noon.and_utc().fixed_offset())
}
