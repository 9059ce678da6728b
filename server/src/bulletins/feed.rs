//! The bulletins of a council, as an Atom feed.

use actix_web::{HttpRequest, HttpResponse, get, web};
use atom_syndication::{Entry, Feed, Text};

use super::views::BulletinPage;
use super::{read, store};
use crate::notices::push::documents;
use crate::places;
use crate::platform::app::App;
use crate::platform::atom::{self, link, noon};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::read_public;

/// The bulletins of five years.
const NEWEST: usize = 20;

/// The newest published bulletins of a municipality (Atom).
#[utoipa::path(
    operation_id = "get_bulletin_feed", tag = "bulletins",
    responses(
        (status = 200, content_type = "application/atom+xml", body = String),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/bulletins.atom")]
pub async fn get_bulletin_feed(
    app: web::Data<App>,
    request: HttpRequest,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (_, _, (place, pages)) = read_public(&app, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let rows = store::list(unit, &place.code)?;
        let published = rows.iter().filter_map(read::published).take(NEWEST);
        let pages = published.collect::<Result<Vec<_>, _>>()?;
        Ok((place.code.clone(), (place, pages)))
    })
    .await?;
    let origin = app.config().origin();
    let newest = pages.iter().map(|page| page.published_on).max();
    let feed = Feed {
        title: Text::plain(format!("Buletini informues, {}", place.full_name)),
        id: format!("{origin}/buletini#{}", place.slug),
        updated: noon(newest.unwrap_or_default()),
        links: vec![link("self", format!("{origin}{}", request.path()))],
        entries: pages.iter().map(|page| entry(&origin, page)).collect(),
        ..Feed::default()
    };
    atom::answer(&request, &feed)
}

fn entry(origin: &str, page: &BulletinPage) -> Entry {
    let record = &page.record;
    let (year, quarter) = (record.year, record.quarter);
    let path = documents::bulletin_path(&record.municipality, year, quarter);
    let address = format!("{origin}{path}");
    let printed = format!(
        "{origin}/api/v1/municipalities/{}/bulletins/{year}/{quarter}.pdf",
        record.municipality
    );
    let mut enclosure = link("enclosure", printed);
    enclosure.mime_type = Some("application/pdf".to_owned());
    let number = documents::numeral(quarter);
    Entry {
        title: Text::plain(format!("Buletini informues, tremujori {number} {year}")),
        id: address.clone(),
        updated: noon(page.published_on),
        published: Some(noon(page.published_on)),
        links: vec![link("alternate", address), enclosure],
        content: Some(atom::text(record.opening.clone())),
        ..Entry::default()
    }
}
