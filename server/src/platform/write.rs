//! The one way a write comes in: JSON of known size, with the key that makes a repeat harmless.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use aws_lc_rs::digest;
use diesel::prelude::*;
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::app::{App, Unit};
use super::body::{self, Body, Place};
use super::keys::hex;
use super::problem::Problem;
use super::unread;
use super::workshop::heavy;
use crate::codes::Code;
use crate::schema::idempotency;

/// A body that a write takes.
pub trait Input: DeserializeOwned + Send + 'static {
    /// The most bytes it may have.
    const LIMIT: usize = body::SMALL;
}

impl Input for () {}

/// A parsed body with what is needed to do the write once only.
pub struct Write<T> {
    body: T,
    /// The key of this write and the fingerprint of what it asks.
    pub once: Once,
}

/// Names one write, so that its repeat is answered like the first.
#[derive(Clone)]
pub struct Once {
    key: Option<String>,
    scope: String,
    fingerprint: String,
    /// Where the body is large, its place in memory: free again when the write is done.
    _place: Option<Arc<Place>>,
}

/// What shows that somebody may do what they ask. It is asked for again at every repeat: whoever
/// lost a right gets no old answer either.
pub trait Proof {
    /// The standing they do it from, where they have several: the same request from another one is
    /// another request.
    fn standing(&self) -> String {
        String::new()
    }
}

impl Proof for () {}

/// What a write makes and shows this once: what is kept for a repeat has nothing of it.
pub struct ShownOnce<T>(Arc<Mutex<Option<T>>>);

impl<T> Default for ShownOnce<T> {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(None)))
    }
}

impl<T> Clone for ShownOnce<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> ShownOnce<T> {
    /// Lays it down.
    pub fn show(&self, made: T) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(made);
    }

    /// What was laid down; nothing for whoever repeats the write.
    pub fn take(&self) -> Option<T> {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shown.take()
    }
}

/// What everybody may do.
///
/// # Errors
/// None.
pub fn everybody(_: &mut Unit<'_>) -> Result<(), Problem> {
    Ok(())
}

impl<T> Write<T> {
    /// The body and the key apart.
    pub fn split(self) -> (T, Once) {
        (self.body, self.once)
    }
}

impl<T> Deref for Write<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T: Input> FromRequest for Write<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = web::Payload::from_request(&request, payload);
        Box::pin(async move {
            let key = idempotency_key(&request)?;
            let payload = payload
                .await
                .map_err(|cause| Problem::new(Code::BodyInvalid).detail(cause))?;
            let header = |name| request.headers().get(name)?.to_str().ok();
            let length = header(header::CONTENT_LENGTH).and_then(|text| text.parse().ok());
            let Body { bytes, place } = body::read(payload, length, T::LIMIT).await?;
            let kind = header(header::CONTENT_TYPE).unwrap_or_default().to_owned();
            let parsed = if bytes.len() > body::SMALL {
                heavy(move || parse(&kind, &bytes)).await?
            } else {
                parse(&kind, &bytes)
            };
            let (body, fingerprint) = parsed?;
            Ok(Self {
                body,
                once: Once {
                    key,
                    scope: format!("{} {}", request.method(), request.path()),
                    fingerprint,
                    _place: place.map(Arc::new),
                },
            })
        })
    }
}

/// What a body says, and its fingerprint: taken here and not on the writer's thread, where
/// everybody would wait for it.
fn parse<T: Input>(kind: &str, bytes: &[u8]) -> Result<(T, String), Problem> {
    let fingerprint = hex(digest::digest(&digest::SHA256, bytes).as_ref());
    if bytes.is_empty() {
        return serde_json::from_slice(b"null")
            .map(|nothing| (nothing, fingerprint))
            .map_err(|_empty| Problem::new(Code::BodyInvalid).detail("body is empty"));
    }
    if !kind.to_ascii_lowercase().starts_with("application/json") {
        return Err(Problem::new(Code::MediaTypeUnsupported));
    }
    let body = serde_json::from_slice(bytes)
        .map_err(|cause| Problem::new(Code::BodyInvalid).detail(unread::in_body(&cause)))?;
    Ok((body, fingerprint))
}

fn idempotency_key(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let Some(value) = request.headers().get("idempotency-key") else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or_default();
    let well_formed = (16..=64).contains(&key.len())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if well_formed {
        Ok(Some(key.to_owned()))
    } else {
        Err(Problem::new(Code::IdempotencyKeyInvalid))
    }
}

#[derive(Queryable, Insertable, Selectable)]
#[diesel(table_name = idempotency)]
struct FirstAnswer {
    mark: String,
    fingerprint: String,
    status: i32,
    body: String,
    on_day: chrono::NaiveDate,
}

/// Does `work` in one transaction unless its key was seen before, and answers with JSON. Either
/// way only for those who `may`.
///
/// `who` keeps the keys of different people apart; it is empty for those without an account. The
/// first answer is kept encrypted under the client's key, which the server does not keep.
///
/// # Errors
/// What `may` or `work` refused, or `idempotency_key_reused`.
pub async fn write_once<T, P, M, F>(
    app: &App,
    once: Once,
    who: &str,
    status: actix_web::http::StatusCode,
    may: M,
    work: F,
) -> Result<HttpResponse, Problem>
where
    T: Serialize + Send + 'static,
    P: Proof,
    M: FnOnce(&mut Unit<'_>) -> Result<P, Problem> + Clone + Send + 'static,
    F: FnOnce(&mut Unit<'_>, P) -> Result<T, Problem> + Clone + Send + 'static,
{
    let who = who.to_owned();
    let (status, body) = app
        .write(move |unit| {
            let proof = may(unit)?;
            let Some(key) = &once.key else {
                return Ok((status.as_u16(), to_json(&work(unit, proof)?)?));
            };
            let name = format!("{} {who} {key}", once.scope);
            let mark = unit.keys.mark("idempotency", &name);
            let asked = format!("{name} {} {}", proof.standing(), once.fingerprint);
            let fingerprint = unit.keys.mark("body", &asked);
            if let Some(first) = find(unit, &mark)? {
                return repeat(unit, &name, first, &fingerprint);
            }
            let body = to_json(&work(unit, proof)?)?;
            diesel::insert_into(idempotency::table)
                .values(&FirstAnswer {
                    mark,
                    fingerprint,
                    status: i32::from(status.as_u16()),
                    body: unit.keys.seal_under(&name, &body)?,
                    on_day: unit.today(),
                })
                .execute(unit.conn)?;
            Ok((status.as_u16(), body))
        })
        .await?;
    let status = actix_web::http::StatusCode::from_u16(status)
        .map_err(|cause| Problem::caused(Code::Internal, cause))?;
    Ok(HttpResponse::build(status)
        .content_type("application/json")
        .body(body))
}

fn find(unit: &mut Unit<'_>, mark: &str) -> Result<Option<FirstAnswer>, Problem> {
    Ok(idempotency::table
        .find(mark)
        .select(FirstAnswer::as_select())
        .first(unit.conn)
        .optional()?)
}

fn repeat(
    unit: &Unit<'_>,
    name: &str,
    first: FirstAnswer,
    fingerprint: &str,
) -> Result<(u16, String), Problem> {
    if first.fingerprint != fingerprint {
        return Err(Problem::new(Code::IdempotencyKeyReused));
    }
    let status = u16::try_from(first.status).unwrap_or(200);
    Ok((status, unit.keys.unseal_under(name, &first.body)?))
}

fn to_json(value: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(value).map_err(|cause| Problem::caused(Code::Internal, cause))
}
