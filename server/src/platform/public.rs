//! Answers anybody may read: with an ETag, and compressed, since they hold no secret.

use std::sync::Arc;

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, IF_NONE_MATCH, VARY,
};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use aws_lc_rs::digest;
use serde::Serialize;

use super::app::{App, Unit};
use super::kept::{Answer, Finished};
use super::keys::hex;
use super::problem::Problem;
use super::workshop::heavy;
use crate::codes::Code;

/// What is printed.
pub const PDF: &str = "application/pdf";

/// Below this size compression costs more than it saves.
const WORTH_COMPRESSING: usize = 1024;

/// What anybody may read about a municipality (its code comes first) or the country, as JSON: read and
/// written once, and kept until something of it changes.
///
/// # Errors
/// What `work` refused, `storage_unavailable`.
pub async fn public_read<T, F>(
    app: &App,
    request: &HttpRequest,
    work: F,
) -> Result<HttpResponse, Problem>
where
    F: FnOnce(&mut Unit<'_>) -> Result<(String, T), Problem> + Clone + Send + 'static,
    T: Serialize + Send + 'static,
{
    let kept = kept_json(app, &request.uri().to_string(), work).await?;
    Ok(finish(request, "application/json", &kept))
}

/// As [`public_read`], for what also depends on the day.
///
/// # Errors
/// As [`public_read`].
pub async fn public_read_of_today<T, F>(
    app: &App,
    request: &HttpRequest,
    work: F,
) -> Result<HttpResponse, Problem>
where
    F: FnOnce(&mut Unit<'_>) -> Result<(String, T), Problem> + Clone + Send + 'static,
    T: Serialize + Send + 'static,
{
    let name = format!("{} {}", app.clock().today(), request.uri());
    let kept = kept_json(app, &name, work).await?;
    Ok(finish(request, "application/json", &kept))
}

/// The same, finished under a name of its own and not sent yet.
///
/// # Errors
/// As [`public_read`].
pub async fn kept_json<T, F>(app: &App, name: &str, work: F) -> Result<Arc<Finished>, Problem>
where
    F: FnOnce(&mut Unit<'_>) -> Result<(String, T), Problem> + Clone + Send + 'static,
    T: Serialize + Send + 'static,
{
    if let Some(kept) = app.kept().find(name) {
        return Ok(kept);
    }
    let written = move |unit: &mut Unit<'_>| {
        let (about, value) = work(unit)?;
        let bytes =
            serde_json::to_vec(&value).map_err(|cause| Problem::caused(Code::Internal, cause))?;
        Ok((about, Arc::new(finished(bytes.into())?)))
    };
    let (moment, about, finished) = read_public(app, written).await?;
    app.kept()
        .keep(name, Answer::new(about, moment, finished.clone()));
    Ok(finished)
}

/// What anybody may read about a municipality (its code comes first), printed: set once a day until something of it
/// changes, whatever is added to its address.
///
/// # Errors
/// What `work` refused, `storage_unavailable`, `internal` when it cannot be set.
pub async fn public_print<T, F>(
    app: &App,
    request: &HttpRequest,
    work: F,
    print: impl FnOnce(&T) -> Result<Vec<u8>, Problem> + Send + 'static,
) -> Result<HttpResponse, Problem>
where
    F: FnOnce(&mut Unit<'_>) -> Result<(String, T), Problem> + Clone + Send + 'static,
    T: Send + 'static,
{
    let name = format!("{} {}", app.clock().today(), request.path());
    if let Some(kept) = app.kept().find(&name) {
        return Ok(finish(request, PDF, &kept));
    }
    let (moment, about, value) = read_public(app, work).await?;
    let pages = heavy(move || print(&value)).await??;
    let printed = Arc::new(finished(pages.into())?);
    app.kept()
        .keep(&name, Answer::new(about, moment, printed.clone()));
    Ok(finish(request, PDF, &printed))
}

/// Reads what anybody may read about a municipality (its code comes first) or the country: on the copy
/// of the store where that has all that was written about it. Says also up to which moment it is what
/// was written.
///
/// # Errors
/// What `work` refused, or `storage_unavailable`.
pub async fn read_public<F, T>(app: &App, work: F) -> Result<(u64, String, T), Problem>
where
    F: FnOnce(&mut Unit<'_>) -> Result<(String, T), Problem> + Clone + Send + 'static,
    T: Send + 'static,
{
    let app = app.clone();
    let reading = web::block(move || {
        if let Some(found) = read_copy(&app, work.clone()) {
            return Ok(found);
        }
        let moment = app.kept().moment();
        let (about, value) = app.read_here(work)?;
        Ok((moment, about, value))
    });
    reading
        .await
        .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?
}

/// What the copy of the store says, where that is all there is. Whatever it refuses or lacks, the
/// original may know better.
fn read_copy<F, T>(app: &App, work: F) -> Option<(u64, String, T)>
where
    F: FnOnce(&mut Unit<'_>) -> Result<(String, T), Problem>,
{
    let replica = app.replica()?;
    let moment = replica.follows_until().filter(|_| app.kept().hears())?;
    let (about, value) = app.read_on(&mut *replica.reader().ok()?, work).ok()?;
    (app.kept().changed_at(&about) <= moment).then_some((moment, about, value))
}

/// JSON that anybody may read and every cache may keep, checked again at each use.
///
/// # Errors
/// `internal` when the value cannot be written as JSON.
pub fn public_json(request: &HttpRequest, value: &impl Serialize) -> Result<HttpResponse, Problem> {
    let bytes =
        serde_json::to_vec(value).map_err(|cause| Problem::caused(Code::Internal, cause))?;
    public_bytes(request, "application/json", bytes)
}

/// Bytes that anybody may read, as [`public_json`].
///
/// # Errors
/// `internal` when compression fails.
pub fn public_bytes(
    request: &HttpRequest,
    kind: &str,
    bytes: Vec<u8>,
) -> Result<HttpResponse, Problem> {
    Ok(finish(request, kind, &finished(bytes.into())?))
}

fn finished(plain: Bytes) -> Result<Finished, Problem> {
    let hash = hex(digest::digest(&digest::SHA256, &plain).as_ref());
    let tag = format!("\"{}\"", hash.chars().take(24).collect::<String>());
    let brotli = (plain.len() >= WORTH_COMPRESSING)
        .then(|| compressed(&plain).map(Bytes::from))
        .transpose()?;
    Ok(Finished { plain, brotli, tag })
}

/// Sends what is finished: as it is, compressed, or only that it is still the same.
pub fn finish(request: &HttpRequest, kind: &str, kept: &Finished) -> HttpResponse {
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((ETAG, kept.tag.clone()))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .insert_header((VARY, "accept-encoding"));
    if names(request, IF_NONE_MATCH.as_str(), &kept.tag) {
        return answer
            .status(actix_web::http::StatusCode::NOT_MODIFIED)
            .finish();
    }
    answer.content_type(kind);
    match &kept.brotli {
        Some(brotli) if names(request, ACCEPT_ENCODING.as_str(), "br") => answer
            .insert_header((CONTENT_ENCODING, "br"))
            .body(brotli.clone()),
        _ => answer.body(kept.plain.clone()),
    }
}

fn names(request: &HttpRequest, header: &str, wanted: &str) -> bool {
    request
        .headers()
        .get(header)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(',').any(|part| part.trim() == wanted))
}

fn compressed(bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 4,
        ..Default::default()
    };
    let mut smaller = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut smaller, &parameters)
        .map_err(|cause| Problem::caused(Code::Internal, cause))?;
    Ok(smaller)
}
