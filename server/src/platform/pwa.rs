//! The app's files, inside the binary, served compressed and with the right cache rules.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, HeaderValue, IF_NONE_MATCH, LINK, VARY,
};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::keys::hex;
use super::problem::Problem;
use crate::codes::Code;

#[derive(RustEmbed)]
#[folder = "../pwa/dist"]
struct Files;

/// Serves a file of the app, or its first page for every address the app routes itself.
pub async fn serve_app(request: HttpRequest) -> HttpResponse {
    let path = request.path().trim_start_matches('/');
    // What is beside the app has no page in it.
    let beside = path.starts_with("api/") || path.starts_with("demo/");
    if beside || path.contains("..") || path.ends_with(".br") {
        return Problem::new(Code::NotFound).error_response();
    }
    if Files::get(path).is_some() {
        return file(&request, path);
    }
    if path.starts_with("assets/")
        || path
            .rsplit('/')
            .next()
            .is_some_and(|name| name.contains('.'))
    {
        return Problem::new(Code::NotFound).error_response();
    }
    let mut page = file(&request, "index.html");
    for link in ahead(request.path()) {
        page.headers_mut().append(LINK, link);
    }
    page
}

/// What the page at an address will ask for next, so that browsers need not wait for the page and
/// its script to say so.
fn ahead(path: &str) -> Vec<HeaderValue> {
    static ROUTES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
        Files::get("ahead.json")
            .and_then(|file| serde_json::from_slice(&file.data).ok())
            .unwrap_or_default()
    });
    let given = path.trim_end_matches('/');
    let fits = |pattern: &str| {
        pattern.split('/').count() == given.split('/').count()
            && pattern
                .split('/')
                .zip(given.split('/'))
                .all(|(part, given)| part == given || part.starts_with(':'))
    };
    let files = ROUTES.iter().find(|(pattern, _)| fits(pattern));
    files
        .into_iter()
        .flat_map(|(_, files)| files)
        .filter_map(|name| {
            let how = if name.ends_with(".css") {
                "preload; as=style; crossorigin"
            } else {
                "modulepreload"
            };
            HeaderValue::from_str(&format!("</{name}>; rel={how}")).ok()
        })
        .collect()
}

fn file(request: &HttpRequest, path: &str) -> HttpResponse {
    let small = header(request, ACCEPT_ENCODING.as_str())
        .is_some_and(|value| value.split(',').any(|part| part.trim().starts_with("br")))
        .then(|| Files::get(&format!("{path}.br")))
        .flatten();
    let compressed = small.is_some();
    let Some(found) = small.or_else(|| Files::get(path)) else {
        return Problem::new(Code::NotFound).error_response();
    };
    let mut answer = HttpResponse::Ok();
    let tag = tag_of(&found);
    let forever = path.starts_with("assets/");
    answer
        .insert_header((ETAG, tag.clone()))
        .insert_header((VARY, "accept-encoding"))
        .insert_header((
            CACHE_CONTROL,
            if forever {
                "public, max-age=31536000, immutable"
            } else {
                "no-cache"
            },
        ));
    if header(request, IF_NONE_MATCH.as_str()).is_some_and(|value| value == tag) {
        return answer
            .status(actix_web::http::StatusCode::NOT_MODIFIED)
            .finish();
    }
    if compressed {
        answer.insert_header((CONTENT_ENCODING, "br"));
    }
    answer
        .content_type(media_type(path))
        .body(found.data.into_owned())
}

fn media_type(path: &str) -> String {
    if path.ends_with(".webmanifest") {
        return "application/manifest+json".to_owned();
    }
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    if guess.type_() == "text" {
        format!("{guess}; charset=utf-8")
    } else {
        guess.to_string()
    }
}

fn tag_of(file: &EmbeddedFile) -> String {
    let hash = hex(&file.metadata.sha256_hash());
    format!("\"{}\"", hash.chars().take(24).collect::<String>())
}

fn header(request: &HttpRequest, name: &str) -> Option<String> {
    request
        .headers()
        .get(name)?
        .to_str()
        .ok()
        .map(str::to_owned)
}
