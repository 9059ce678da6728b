//! Atom feeds (RFC 4287) of what anybody may read. Days, no times.

use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use atom_syndication::{Content, Feed, FixedDateTime, Link};
use chrono::NaiveDate;

use super::problem::Problem;
use super::public::public_bytes;

/// A feed as an answer that readers keep for a quarter of an hour.
///
/// # Errors
/// `internal` when compression fails.
pub fn answer(request: &HttpRequest, feed: &Feed) -> Result<HttpResponse, Problem> {
    let bytes = feed.to_string().into_bytes();
    let mut answer = public_bytes(request, "application/atom+xml; charset=utf-8", bytes)?;
    answer.headers_mut().insert(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=900"),
    );
    Ok(answer)
}

/// An address that belongs to a feed or to something in it.
pub fn link(rel: &str, href: String) -> Link {
    Link {
        rel: rel.to_owned(),
        href,
        ..Link::default()
    }
}

/// Words of somebody, as they are.
pub fn text(words: String) -> Content {
    Content {
        content_type: Some("text".to_owned()),
        value: Some(words),
        ..Content::default()
    }
}

/// A day as the moment Atom asks for.
pub fn noon(day: NaiveDate) -> FixedDateTime {
    day.and_hms_opt(12, 0, 0)
        .map_or_else(FixedDateTime::default, |noon| noon.and_utc().fixed_offset())
}
