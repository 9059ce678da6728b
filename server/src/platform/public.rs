//! Answers anybody may read: with an ETag, and compressed, since they hold no secret.

use std::sync::Arc;

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, IF_NONE_MATCH, VARY,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use aws_lc_rs::digest;
use serde::Serialize;

use super::app::{App, Unit};
use super::kept::{Answer, COUNTRY, Kept};
use super::keys::hex;
use super::problem::Problem;
use crate::codes::Code;

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
    F: FnOnce(&mut Unit<'_>) -> Result<(String, T), Problem> + Send + 'static,
    T: Serialize,
{
    let address = request.uri().to_string();
    if let Some(answer) = app.kept().and_then(|kept| kept.find(&address)) {
        return Ok(finish(request, "application/json", &answer));
    }
    let moment = app.kept().map_or(0, Kept::moment);
    let answer = app
        .read(move |unit| {
            let (about, value) = work(unit)?;
            let bytes = serde_json::to_vec(&value)
                .map_err(|cause| Problem::caused(Code::Internal, cause))?;
            finished(about, moment, bytes.into()).map(Arc::new)
        })
        .await?;
    if let Some(kept) = app.kept() {
        kept.keep(&address, answer.clone());
    }
    Ok(finish(request, "application/json", &answer))
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
    let answer = finished(COUNTRY.to_owned(), 0, bytes.into())?;
    Ok(finish(request, kind, &answer))
}

fn finished(about: String, moment: u64, plain: Bytes) -> Result<Answer, Problem> {
    let hash = hex(digest::digest(&digest::SHA256, &plain).as_ref());
    let tag = format!("\"{}\"", hash.chars().take(24).collect::<String>());
    let brotli = (plain.len() >= WORTH_COMPRESSING)
        .then(|| compressed(&plain).map(Bytes::from))
        .transpose()?;
    Ok(Answer::new(about, moment, tag, plain, brotli))
}

fn finish(request: &HttpRequest, kind: &str, kept: &Answer) -> HttpResponse {
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
