//! Asking over HTTP/1.1 on connections that stay open, as fast as answered or at a fixed rate. At a
//! fixed rate a question counts from the moment it was to be asked, so that a server that stalls is
//! not asked less (no coordinated omission).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use hdrhistogram::Histogram;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// One request.
pub struct Shot {
    head: String,
    body: String,
}

/// What to ask at each turn.
pub type Shots = Arc<dyn Fn(u64) -> Shot + Send + Sync>;

/// How fast to ask.
#[derive(Clone, Copy)]
pub enum Pace {
    /// The next as soon as one is answered.
    Full(Duration),
    /// So many a second, answered or not.
    Open {
        /// Questions a second.
        rate: f64,
        /// For how long.
        time: Duration,
    },
}

/// What came of it.
pub struct Outcome {
    /// How many answers came.
    pub answers: u64,
    time: Duration,
    micros: Histogram<u64>,
}

impl Shot {
    /// Reads.
    pub fn get(path: &str) -> Self {
        Self::new("GET", path)
    }

    /// Writes without a body.
    pub fn put(path: &str) -> Self {
        Self::new("PUT", path).header("content-length", "0")
    }

    /// Writes JSON.
    pub fn post(path: &str, body: String) -> Self {
        let length = body.len().to_string();
        let shot = Self::new("POST", path).header("content-type", "application/json");
        Self {
            body,
            ..shot.header("content-length", &length)
        }
    }

    fn new(method: &str, path: &str) -> Self {
        let head = format!("{method} {path} HTTP/1.1\r\nhost: bench\r\naccept-encoding: br\r\n");
        Self {
            head,
            body: String::new(),
        }
    }

    /// With another header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.head.push_str(&format!("{name}: {value}\r\n"));
        self
    }
}

impl Outcome {
    /// Answers a second.
    pub fn rate(&self) -> f64 {
        #[expect(clippy::as_conversions, reason = "a count for people to read")]
        let answers = self.answers as f64;
        answers / self.time.as_secs_f64()
    }

    /// Milliseconds within which this share of the answers came.
    pub fn millis(&self, quantile: f64) -> f64 {
        Duration::from_micros(self.micros.value_at_quantile(quantile)).as_secs_f64() * 1000.0
    }
}

/// The body of one answer.
pub async fn body(address: &str, shot: &Shot) -> Result<Vec<u8>> {
    let mut line = Connection::open(address).await?;
    line.ask(shot).await?;
    Ok(line.bytes.split_off(line.body))
}

/// Asks on so many connections; every answer must be a success.
pub async fn run(address: &str, connections: usize, shot: &Shots, pace: Pace) -> Result<Outcome> {
    let turn = Arc::new(AtomicU64::new(0));
    let began = Instant::now();
    let mut lines = JoinSet::new();
    for _ in 0..connections {
        let line = Connection::open(address).await?;
        lines.spawn(one(line, shot.clone(), pace, turn.clone(), began));
    }
    let mut micros = histogram()?;
    while let Some(outcome) = lines.join_next().await {
        micros.add(outcome??)?;
    }
    Ok(Outcome {
        answers: micros.len(),
        time: began.elapsed(),
        micros,
    })
}

fn histogram() -> Result<Histogram<u64>> {
    Ok(Histogram::new_with_bounds(1, 60_000_000, 3)?)
}

async fn one(
    mut line: Connection,
    shot: Shots,
    pace: Pace,
    turn: Arc<AtomicU64>,
    began: Instant,
) -> Result<Histogram<u64>> {
    let mut micros = histogram()?;
    loop {
        let number = turn.fetch_add(1, Ordering::Relaxed);
        let asked = match pace {
            Pace::Full(time) if began.elapsed() < time => Instant::now(),
            Pace::Full(_) => return Ok(micros),
            Pace::Open { rate, time } => {
                #[expect(clippy::as_conversions, reason = "a moment of a schedule")]
                let due = Duration::from_secs_f64(number as f64 / rate);
                if due >= time {
                    return Ok(micros);
                }
                tokio::time::sleep_until((began + due).into()).await;
                began + due
            }
        };
        line.ask(&shot(number)).await?;
        let took = u64::try_from(asked.elapsed().as_micros()).unwrap_or(u64::MAX);
        micros.saturating_record(took.max(1));
    }
}

/// A connection that stays open, with the last answer.
struct Connection {
    stream: TcpStream,
    bytes: Vec<u8>,
    body: usize,
}

impl Connection {
    async fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            bytes: Vec::new(),
            body: 0,
        })
    }

    /// Asks and reads the whole answer.
    async fn ask(&mut self, shot: &Shot) -> Result<()> {
        let request = format!("{}\r\n{}", shot.head, shot.body);
        self.stream.write_all(request.as_bytes()).await?;
        self.bytes.clear();
        let end = loop {
            if let Some(end) = find(&self.bytes, b"\r\n\r\n") {
                break end + 4;
            }
            self.more().await?;
        };
        let head = String::from_utf8_lossy(self.bytes.get(..end).unwrap_or_default());
        ensure!(head.starts_with("HTTP/1.1 2"), "{}: {head}", shot.head);
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .context("an answer tells its length")?
            .parse::<usize>()?;
        self.body = end;
        while self.bytes.len() < end + length {
            self.more().await?;
        }
        Ok(())
    }

    async fn more(&mut self) -> Result<()> {
        let read = self.stream.read_buf(&mut self.bytes).await?;
        ensure!(read > 0, "the server hung up");
        Ok(())
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}
