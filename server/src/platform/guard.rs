//! What every request passes: writes come from this site, answers carry the security headers,
//! and the log learns nothing about people.

use std::time::Instant;

use actix_web::body::{self, BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, Uri};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError, web};

use super::app::App;
use super::problem::Problem;
use crate::codes::Code;

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: [(&str, &str); 8] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "geolocation=(self), camera=(self), microphone=()",
    ),
    ("x-robots-tag", "noai, noimageai"),
];

/// Adds the security headers to every answer, also to errors.
///
/// # Errors
/// What the inner service fails with.
pub async fn secure_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let app = request.app_data::<web::Data<App>>().cloned();
    let https = app
        .as_ref()
        .is_some_and(|app| app.config().origin().starts_with("https://"));
    let tiles = app.and_then(|app| app.config().tile_source());
    let mut response = next.call(request).await?.map_into_boxed_body();
    let headers = response.headers_mut();
    if let Some(source) = tiles
        && !headers.contains_key(header::CONTENT_SECURITY_POLICY)
        && let Ok(policy) = HeaderValue::from_str(&with_tiles(&source))
    {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in HEADERS {
        // A photo brings a stricter policy of its own.
        if !headers.contains_key(name) {
            headers.insert(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
    }
    if https {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

/// The policy that lets map pictures in from one more place.
fn with_tiles(source: &str) -> String {
    CONTENT_SECURITY_POLICY.replace("img-src 'self'", &format!("img-src 'self' {source}"))
}

/// Refuses a write that another site's page makes with this visitor's cookies.
///
/// # Errors
/// What the inner service fails with.
pub async fn same_origin(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let reads = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if !reads && !from_this_site(&request) {
        let refusal = Problem::new(Code::OriginRefused).error_response();
        return Ok(request.into_response(refusal));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

fn from_this_site(request: &ServiceRequest) -> bool {
    let text = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let Some(origin) = text("origin") else {
        // Programs send no Origin and no cookies; a browser that sends cookies sends it too.
        return text("cookie").is_none();
    };
    let configured = request
        .app_data::<web::Data<App>>()
        .and_then(|app| app.config().public_url.clone());
    match configured {
        Some(url) => origin == url.trim_end_matches('/'),
        None => {
            let host = text("host").unwrap_or_default();
            origin == format!("http://{host}") || origin == format!("https://{host}")
        }
    }
}

/// Answers HEAD as GET; the body stays behind when the answer is written (RFC 9110, section 9.3.2), and
/// one that goes on for ever is not begun.
///
/// # Errors
/// What the inner service fails with.
pub async fn head_like_get(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let head = request.method() == Method::HEAD;
    if head {
        request.head_mut().method = Method::GET;
    }
    let answer = next.call(request).await?.map_into_boxed_body();
    Ok(answer.map_body(|_, body| match body.size() {
        BodySize::Stream if head => BoxBody::new(body::None::new()),
        _ => body,
    }))
}

/// Reads a NUL in an address as the sign for what cannot be read: no text has one, and not every store
/// can even look for it.
///
/// # Errors
/// What the inner service fails with.
pub async fn no_nul(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if request.query_string().contains("%00")
        && let Ok(uri) = request
            .uri()
            .to_string()
            .replace("%00", "%EF%BF%BD")
            .parse::<Uri>()
    {
        request.match_info_mut().get_mut().update(&uri);
        request.head_mut().uri = uri;
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// Counts and logs a request: method, route pattern, status, milliseconds. Never an address, a
/// query or a user agent, and no line at all for what a visitor may do anonymously.
///
/// # Errors
/// What the inner service fails with.
pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let began = Instant::now();
    let method = request.method().clone();
    let response = next.call(request).await?.map_into_boxed_body();
    let route = response
        .request()
        .match_pattern()
        .unwrap_or_else(|| "-".to_owned());
    let anonymous = may_be_anonymous(&method, &route);
    let label = if anonymous {
        "anonymous".to_owned()
    } else {
        format!("{} {route}", named(&method))
    };
    let status = response.status().as_u16();
    if !anonymous || response.status().is_server_error() {
        let millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(route = label, status, millis, "request");
        metrics::counter!("http_requests_total", "route" => label.clone(), "status" => status.to_string())
            .increment(1);
        metrics::histogram!("http_request_seconds", "route" => label)
            .record(began.elapsed().as_secs_f64());
    }
    Ok(response)
}

/// The method, unless somebody made it up: what is logged and counted must not come from outside.
fn named(method: &Method) -> &str {
    match method.as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") => known,
        _ => "other",
    }
}

fn may_be_anonymous(method: &Method, route: &str) -> bool {
    let writes = [Method::POST, Method::PUT, Method::DELETE].contains(method);
    writes
        && (route.ends_with("/municipalities/{slug}/concerns")
            || route.ends_with("/consultations/{id}/questions")
            || route.ends_with("/meetings/{id}/questions")
            || route.contains("/receipts/")
            || route.ends_with("/support")
            || route.ends_with("/meetings/{id}/place")
            || route.contains("/push/"))
}
