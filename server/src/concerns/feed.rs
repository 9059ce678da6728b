//! What became public, as an Atom feed (RFC 4287).

use actix_web::{HttpRequest, HttpResponse, get, web};
use atom_syndication::{Entry, Feed, Text};

use super::lists::{self, Filter};
use super::store::Concern;
use crate::places;
use crate::platform::app::App;
use crate::platform::atom::{self, link, noon};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::read_public;

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
    atom::answer(&request, &feed)
}

fn entry(origin: &str, row: &Concern) -> Entry {
    let address = format!("{origin}/shqetesime/{}", row.id);
    Entry {
        title: Text::plain(row.title.clone()),
        id: address.clone(),
        updated: noon(row.updated_on),
        published: row.public_on.map(noon),
        links: vec![link("alternate", address)],
        content: Some(atom::text(row.text.clone())),
        ..Entry::default()
    }
}
