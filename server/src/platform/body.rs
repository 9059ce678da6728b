//! Reading bodies. Large ones are weighed before they are read, so that however many come at once,
//! those in memory together stay within what a small machine has; small ones never wait for them.

use std::time::Duration;

use actix_web::web;
use futures_util::StreamExt;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout, timeout_at};

use super::problem::Problem;
use crate::codes::Code;

/// Up to this many bytes a body is small: it is read at once and needs no place.
pub const SMALL: usize = 64 * 1024;
/// Up to this many bytes a body is no more than what the app sends with four photos.
const USUAL: usize = 8 * 1024 * 1024;
/// Places for usual bodies, of `SMALL` bytes each: 32 MiB.
static USUAL_PLACES: Semaphore = Semaphore::const_new(512);
/// Places for larger ones, apart, so that these cannot crowd out the others: 46 MiB, which is one of
/// the largest that is taken at all.
static HUGE_PLACES: Semaphore = Semaphore::const_new(736);
/// How long a body waits for its place.
const WAIT: Duration = Duration::from_secs(10);
/// Whoever found no place comes back after this many seconds.
const COME_BACK: u32 = 15;
/// A body must have come after this time, and a second more for each `BYTES_A_SECOND` that came, however
/// long it says it is: neither a place nor a connection is held by trickling.
const PATIENCE: Duration = Duration::from_secs(30);
/// What the slowest phone can send, bytes in a second.
const BYTES_A_SECOND: usize = 8 * 1024;

/// The place of a large body, taken until its work is done.
pub type Place = SemaphorePermit<'static>;

/// A body, read to its end.
pub struct Body {
    /// What came.
    pub bytes: Vec<u8>,
    /// Its place, where it is large.
    pub place: Option<Place>,
}

/// Reads a body of at most `limit` bytes; `declared` is how long it says it is.
///
/// # Errors
/// `body_too_large`, `body_too_slow`, `body_invalid`, or `busy` when too many large ones are here.
pub async fn read(
    payload: web::Payload,
    declared: Option<usize>,
    limit: usize,
) -> Result<Body, Problem> {
    let length = declared.unwrap_or(limit);
    if length > limit {
        return Err(Problem::new(Code::BodyTooLarge));
    }
    let body = Body {
        bytes: Vec::with_capacity(declared.unwrap_or_default()),
        place: match declared {
            Some(length) if length > SMALL => Some(place_for(length).await?),
            _ => None,
        },
    };
    fill(body, payload, limit).await
}

async fn fill(mut body: Body, mut payload: web::Payload, limit: usize) -> Result<Body, Problem> {
    let began = Instant::now();
    loop {
        let earned = u64::try_from(body.bytes.len() / BYTES_A_SECOND).unwrap_or_default();
        let until = began + PATIENCE + Duration::from_secs(earned);
        let next = timeout_at(until, payload.next()).await;
        let Some(chunk) = next.map_err(|_late| Problem::new(Code::BodyTooSlow))? else {
            return Ok(body);
        };
        let chunk = chunk.map_err(|cause| Problem::new(Code::BodyInvalid).detail(cause))?;
        let length = body.bytes.len() + chunk.len();
        if length > limit {
            return Err(Problem::new(Code::BodyTooLarge));
        }
        if length > SMALL && body.place.is_none() {
            // It did not say how long it is, so it may be as long as is allowed.
            body.place = Some(place_for(limit).await?);
        }
        body.bytes.extend_from_slice(&chunk);
    }
}

async fn place_for(length: usize) -> Result<Place, Problem> {
    let places = if length > USUAL {
        &HUGE_PLACES
    } else {
        &USUAL_PLACES
    };
    let weight = u32::try_from(length.div_ceil(SMALL)).unwrap_or(u32::MAX);
    timeout(WAIT, places.acquire_many(weight))
        .await
        .map_err(|_full| Problem::new(Code::Busy).retry_after(COME_BACK))?
        .map_err(|cause| Problem::caused(Code::Internal, cause))
}
