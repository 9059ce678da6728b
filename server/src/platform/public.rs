//! Answers anybody may read: with an ETag, and compressed, since they hold no secret.

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, IF_NONE_MATCH, VARY,
};
use actix_web::{HttpRequest, HttpResponse};
use aws_lc_rs::digest;
use serde::Serialize;

use super::keys::hex;
use super::problem::Problem;
use crate::codes::Code;

/// Below this size compression costs more than it saves.
const WORTH_COMPRESSING: usize = 1024;

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
    let hash = hex(digest::digest(&digest::SHA256, &bytes).as_ref());
    let tag = format!("\"{}\"", hash.chars().take(24).collect::<String>());
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((ETAG, tag.clone()))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .insert_header((VARY, "accept-encoding"));
    if names(request, IF_NONE_MATCH.as_str(), &tag) {
        return Ok(answer
            .status(actix_web::http::StatusCode::NOT_MODIFIED)
            .finish());
    }
    answer.content_type(kind);
    if bytes.len() < WORTH_COMPRESSING || !names(request, ACCEPT_ENCODING.as_str(), "br") {
        return Ok(answer.body(bytes));
    }
    answer.insert_header((CONTENT_ENCODING, "br"));
    Ok(answer.body(compressed(&bytes)?))
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
