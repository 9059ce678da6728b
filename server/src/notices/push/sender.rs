//! Sending to push services. Each has a lane of its own: one that is dead, slow or angry holds up
//! nobody but its own subscribers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, redirect};
use tokio::sync::Semaphore;

use super::endpoint::{CheckedResolver, Endpoint};
use super::vapid::{Token, Vapid};
use crate::codes::Code;
use crate::platform::app::App;
use crate::platform::clock::Clock;
use crate::platform::problem::Problem;

/// No push service needs longer for an answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a message waits for its turn: with [`PATIENCE`] it must end before the page it is on
/// is taken for lost and sent again.
const QUEUE: Duration = Duration::from_secs(60);
/// Messages on their way to a service that has not answered yet.
const NARROW: usize = 8;
/// Messages on their way to a service that answers: within the 100 streams HTTP/2 servers allow.
const WIDE: usize = 96;
/// After this many silences in a row a service is left alone for a while.
const SILENCES: u32 = 3;
/// For how long it is left alone.
const REST: TimeDelta = TimeDelta::seconds(60);
/// The longest wait a push service may ask for, in seconds.
pub const LONGEST_WAIT: i64 = 6 * 3600;
/// Above this many services their lanes are made anew.
const MANY: usize = 2_000;

/// An encrypted message on its way.
#[derive(Clone, Debug)]
pub struct Message {
    /// Where the browser's push service takes it.
    pub endpoint: String,
    /// What it says, encrypted.
    pub body: Vec<u8>,
    /// Replaces an undelivered message of the same topic (RFC 8030, section 5.4).
    pub topic: String,
    /// For how many seconds the service should try.
    pub ttl: i64,
}

/// What a push service made of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It took it.
    Taken,
    /// The subscription is over.
    Gone,
    /// It never will.
    Refused,
    /// Not now: again after so many seconds, where it said when.
    Later(Option<u32>),
    /// It was not asked: it is left alone for so many seconds.
    Rests(u32),
}

/// The one client of all push services.
pub struct Sender {
    client: Client,
    vapid: Vapid,
    clock: Clock,
    loopback: bool,
    lanes: Mutex<HashMap<String, Arc<Lane>>>,
}

/// One push service.
struct Lane {
    room: Semaphore,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    answered: bool,
    silences: u32,
    rests_until: Option<DateTime<Utc>>,
}

impl Sender {
    /// With the installation's key and settings.
    ///
    /// # Errors
    /// `internal` when the key or the client cannot be made.
    pub fn new(app: &App) -> Result<Self, Problem> {
        let loopback = app.config().allow_loopback_push;
        let client = Client::builder()
            .dns_resolver(Arc::new(CheckedResolver { loopback }))
            .redirect(redirect::Policy::none())
            // A proxy would look names up itself, unchecked.
            .no_proxy()
            .timeout(PATIENCE)
            .build()
            .map_err(failed)?;
        Ok(Self {
            client,
            vapid: Vapid::new(app.keys(), app.config())?,
            clock: app.clock().clone(),
            loopback,
            lanes: Mutex::new(HashMap::new()),
        })
    }

    /// Sends one message.
    ///
    /// # Errors
    /// `internal` when this side fails.
    pub async fn send(&self, message: Message) -> Result<Answer, Problem> {
        // What was allowed once need not be allowed now.
        let Some(endpoint) = Endpoint::parse(&message.endpoint, self.loopback) else {
            return Ok(Answer::Gone);
        };
        let origin = endpoint.origin();
        let lane = self.lane(&origin)?;
        let Ok(place) = tokio::time::timeout(QUEUE, lane.room.acquire()).await else {
            return Ok(Answer::Later(None));
        };
        let _place = place.map_err(failed)?;
        let now = self.clock.now();
        if let Some(seconds) = lane.rests(now)? {
            return Ok(Answer::Rests(seconds));
        }
        let authorization = lane.token(&self.vapid, &origin, now)?;
        let mut topic = HeaderValue::try_from(message.topic).map_err(failed)?;
        // No two are alike: HTTP/2 shall not try to remember it.
        topic.set_sensitive(true);
        let answer = self
            .client
            .post(endpoint.into_url())
            .header(AUTHORIZATION, authorization)
            .header(CONTENT_ENCODING, "aes128gcm")
            .header(CONTENT_TYPE, "application/octet-stream")
            .header("ttl", message.ttl)
            .header("urgency", "normal")
            .header("topic", topic)
            .body(message.body)
            .send()
            .await;
        lane.heard(answer.is_ok(), self.clock.now())?;
        Ok(answer.map_or(Answer::Later(None), |response| read(&response, now)))
    }

    fn lane(&self, origin: &str) -> Result<Arc<Lane>, Problem> {
        let mut lanes = self.lanes.lock().map_err(failed)?;
        if lanes.len() > MANY {
            lanes.clear();
        }
        let lane = lanes.entry(origin.to_owned()).or_insert_with(|| {
            Arc::new(Lane {
                room: Semaphore::new(NARROW),
                state: Mutex::default(),
            })
        });
        Ok(lane.clone())
    }
}

impl Lane {
    /// How many seconds this service is left alone for.
    fn rests(&self, now: DateTime<Utc>) -> Result<Option<u32>, Problem> {
        let state = self.state.lock().map_err(failed)?;
        let left = state.rests_until.map(|until| (until - now).num_seconds());
        Ok(left
            .filter(|seconds| (1..=REST.num_seconds()).contains(seconds))
            .and_then(|seconds| u32::try_from(seconds).ok()))
    }

    /// The token for this service: signed once, used for hours.
    fn token(
        &self,
        vapid: &Vapid,
        origin: &str,
        now: DateTime<Utc>,
    ) -> Result<HeaderValue, Problem> {
        let mut state = self.state.lock().map_err(failed)?;
        if let Some(token) = state.token.as_ref().filter(|token| token.is_fresh(now)) {
            return Ok(token.header.clone());
        }
        let token = vapid.sign(origin, now)?;
        let header = token.header.clone();
        state.token = Some(token);
        Ok(header)
    }

    /// Learns from an answer, or from none.
    fn heard(&self, answered: bool, now: DateTime<Utc>) -> Result<(), Problem> {
        let mut state = self.state.lock().map_err(failed)?;
        if answered {
            state.silences = 0;
            state.rests_until = None;
            if !std::mem::replace(&mut state.answered, true) {
                self.room.add_permits(WIDE - NARROW);
            }
            return Ok(());
        }
        state.silences += 1;
        if state.silences >= SILENCES {
            state.rests_until = Some(now + REST);
        }
        Ok(())
    }
}

fn read(response: &Response, now: DateTime<Utc>) -> Answer {
    let status = response.status();
    let wait = || {
        let text = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
        wait_of(text, now)
    };
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => Answer::Gone,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => Answer::Later(wait()),
        _ if status.is_success() => Answer::Taken,
        _ if status.is_server_error() => Answer::Later(wait()),
        _ => {
            tracing::warn!(status = status.as_u16(), "a push was refused");
            Answer::Refused
        }
    }
}

/// The wait a service asks for, in seconds or as a date (RFC 9110, section 10.2.3); never longer than
/// [`LONGEST_WAIT`].
pub fn wait_of(text: &str, now: DateTime<Utc>) -> Option<u32> {
    let text = text.trim();
    let seconds = match text.parse::<i64>() {
        Ok(seconds) => seconds,
        Err(_) => (DateTime::parse_from_rfc2822(text).ok()?.to_utc() - now).num_seconds(),
    };
    u32::try_from(seconds.clamp(1, LONGEST_WAIT)).ok()
}

fn failed(cause: impl std::fmt::Display) -> Problem {
    Problem::caused(Code::Internal, cause)
}
