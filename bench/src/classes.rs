//! Five thousand pupils in two hundred classes, each with a slip of paper, and a screen in each class.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use domain::poll::{Given, Slip, count};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use trekendesh::platform::conn::Conn;
use trekendesh::platform::keys::Keys;
use trekendesh::polls::paper::PollPaper;
use trekendesh::polls::templates;

use crate::crowd::Crowd;
use crate::load::{Shot, Shots};
use crate::raw::Copy;
use crate::server::{Place, Server};
use crate::table::{Line, Table};

/// Classes, and pupils in each.
const CLASSES: usize = 200;
const PUPILS: usize = 25;
/// As many phones have a connection at the same time.
const PHONES: usize = 256;
/// Within so many seconds a whole town's pupils answer.
const SECONDS: u64 = 10;

/// Measures answers of all classes spread over seconds, and in the same moment.
pub fn measure(crowd: &Crowd, binary: &Path, table: &mut Table) -> Result<()> {
    let place = Place::new(binary)?;
    let (calm, crowded) = (Town::of(&place, 'C')?, Town::of(&place, 'D')?);
    let raw = Copy::of(&place, "FULL")?.answer(&crowded.statements)?;
    let town = place.serve()?;
    let all = CLASSES * PUPILS;
    let seconds = Duration::from_secs(SECONDS);
    let rate = f64::from(u32::try_from(all)?) / seconds.as_secs_f64();
    let screens: Vec<_> = calm
        .rooms
        .iter()
        .map(|room| crowd.beside(last_count(town.address.clone(), room.clone())))
        .collect();
    let shots = calm.shots();
    let outcome = crowd.open_on(PHONES, &town.address, &shots, (rate, seconds))?;
    let work = format!("{all} answers over {SECONDS} s, {CLASSES} screens look on");
    table.add(Line::latency(&work, &outcome).memory(&town)?)?;
    for screen in screens {
        let shown = crowd.wait(screen)??;
        ensure!(shown == PUPILS, "a screen shows {shown}");
    }
    let moment = Duration::from_millis(1);
    let rate = f64::from(u32::try_from(all)?) / moment.as_secs_f64();
    let shots = crowded.shots();
    let outcome = crowd.open_on(PHONES, &town.address, &shots, (rate, moment))?;
    let work = format!("{all} answers in the same moment");
    let limit = 1.0 / raw.as_secs_f64();
    let line = Line::rate(
        &work,
        &outcome,
        limit,
        "the same statements in batches, FULL",
    );
    table.add(line.memory(&town)?)?;
    for asked in [&calm, &crowded] {
        asked.is_counted(&town)?;
    }
    Ok(())
}

/// A poll with its classes, and what each pupil sends.
struct Town {
    poll: String,
    rooms: Vec<String>,
    answers: Arc<Vec<(String, String)>>,
    statements: Vec<String>,
}

impl Town {
    /// Asks the sample year's municipality, with slips made by the server's own keys.
    fn of(place: &Place, letter: char) -> Result<Self> {
        let templates = templates::all().map_err(|problem| anyhow::anyhow!("{problem}"))?;
        let template = templates.iter().find(|one| one.name == "school_safety");
        let paper = &template.context("a paper for schools")?.paper;
        let keys = Keys::open(&place.keys()).map_err(|problem| anyhow::anyhow!("{problem}"))?;
        let mut draw = StdRng::seed_from_u64(crate::fill::SEED + u64::from(u32::from(letter)));
        let poll = format!("{}", letter.to_ascii_lowercase()).repeat(16);
        let mut town = Self {
            poll,
            rooms: (0..CLASSES)
                .map(|number| format!("{letter}{number:05}"))
                .collect(),
            answers: Arc::default(),
            statements: Vec::new(),
        };
        let mut sql = town.asked(paper)?;
        let mut answers = Vec::new();
        for pupil in 0..CLASSES * PUPILS {
            let room = town.rooms.get(pupil % CLASSES).context("a class")?;
            let slip = Slip::from_entropy(draw.random()).canonical();
            let mark = keys.mark("poll slip", &format!("{room} {slip}"));
            sql.push(format!(
                "INSERT INTO poll_marks (room, mark, used) VALUES ('{room}', '{mark}', FALSE)"
            ));
            let given = drawn(&mut draw);
            town.statements
                .push(town.statement(room, &mark, paper, &given)?);
            answers.push((room.clone(), sent(&slip, &given)));
        }
        town.answers = Arc::new(answers);
        match place.open()? {
            Conn::Sqlite(mut conn) => {
                conn.batch_execute(&format!("BEGIN; {}; COMMIT", sql.join("; ")))?
            }
            Conn::Postgres(_) => anyhow::bail!("measured in a file"),
        }
        Ok(town)
    }

    /// The statements that ask the poll in all classes.
    fn asked(&self, paper: &PollPaper) -> Result<Vec<String>> {
        let paper = serde_json::to_string(paper)?.replace('\'', "''");
        let poll = format!(
            "INSERT INTO polls (id, municipality_code, audience, year, series, state, institution, paper, \
             published_on) SELECT '{id}', code, 'school', 2026, '{id}', 'open', 'youth_council', '{paper}', \
             '2026-01-01' FROM municipalities WHERE slug = 'elbasan'",
            id = self.poll
        );
        let rooms = self.rooms.iter().map(|room| {
            format!(
                "INSERT INTO poll_rooms (code, poll_id, way, school, class, invited, grace_minutes, closes_at) \
                 VALUES ('{room}', '{}', 'slips', 'Gjimnazi', '{room}', {PUPILS}, 5, '2100-01-01 12:00:00')",
                self.poll
            )
        });
        Ok(std::iter::once(poll).chain(rooms).collect())
    }

    /// What the server writes for one answer, without a server.
    fn statement(
        &self,
        room: &str,
        mark: &str,
        paper: &PollPaper,
        given: &BTreeMap<String, Given>,
    ) -> Result<String> {
        let paper = paper
            .as_paper()
            .map_err(|problem| anyhow::anyhow!("{problem}"))?;
        let counted = count(&paper, given).map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
        let rows = |before: &str| {
            let each = counted
                .cells
                .iter()
                .map(|cell| format!("({before}, '{cell}', 1)"));
            each.collect::<Vec<_>>().join(", ")
        };
        let (of_room, of_group) = (
            rows(&format!("'{room}'")),
            rows(&format!(
                "'{}', '{}'",
                self.poll,
                counted.group.as_deref().unwrap_or_default()
            )),
        );
        Ok(format!(
            "UPDATE poll_marks SET used = TRUE WHERE room = '{room}' AND mark = '{mark}' AND NOT used; \
             UPDATE poll_rooms SET answered = answered + 1 WHERE code = '{room}'; \
             INSERT INTO poll_sums (room, cell, amount) VALUES {of_room} \
             ON CONFLICT (room, cell) DO UPDATE SET amount = amount + 1; \
             INSERT INTO poll_group_sums (poll_id, choice, cell, amount) VALUES {of_group} \
             ON CONFLICT (poll_id, choice, cell) DO UPDATE SET amount = amount + 1"
        ))
    }

    /// Each pupil's answer at their turn.
    fn shots(&self) -> Shots {
        let answers = self.answers.clone();
        Arc::new(move |turn| {
            let place = usize::try_from(turn).unwrap_or(0);
            let (room, body) = answers.get(place).cloned().unwrap_or_default();
            let shot = Shot::post(&format!("/api/v1/poll-rooms/{room}/answers"), body);
            shot.header("idempotency-key", &format!("{turn:016}-{room}"))
        })
    }

    /// Every answer is there, each once: in how many answered, in the slips that were used, and in the sums.
    fn is_counted(&self, server: &Server) -> Result<()> {
        let mut conn = server.place().open()?;
        let all = i64::try_from(CLASSES * PUPILS)?;
        let rooms = format!(
            "SELECT code FROM poll_rooms WHERE poll_id = '{}'",
            self.poll
        );
        for (what, sql) in [
            (
                "answered",
                format!(
                    "SELECT sum(answered) AS number FROM poll_rooms WHERE poll_id = '{}'",
                    self.poll
                ),
            ),
            (
                "slips",
                format!(
                    "SELECT count(*) AS number FROM poll_marks WHERE used AND room IN ({rooms})"
                ),
            ),
            (
                "sums",
                format!(
                    "SELECT sum(amount) AS number FROM poll_sums WHERE cell = 'siguria//n' AND room IN ({rooms})"
                ),
            ),
            (
                "groups",
                format!(
                    "SELECT sum(amount) AS number FROM poll_group_sums WHERE cell = 'siguria//n' AND poll_id = '{}'",
                    self.poll
                ),
            ),
            (
                "classes",
                format!(
                    "SELECT count(*) * {PUPILS} AS number FROM poll_rooms WHERE answered = {PUPILS} AND poll_id = '{}'",
                    self.poll
                ),
            ),
        ] {
            let counted: Number = diesel::sql_query(sql).get_result(&mut conn)?;
            ensure!(counted.number == all, "{what}: {} of {all}", counted.number);
        }
        Ok(())
    }
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// What a pupil answers.
fn drawn(draw: &mut StdRng) -> BTreeMap<String, Given> {
    let one = |name: &str| Given::One(name.to_owned());
    let sex = if draw.random() { "f" } else { "m" };
    let rows = ["klasa", "oborri", "rruga", "interneti", "ndihma"];
    let rows = rows.map(|row| (row.to_owned(), draw.random_range(1..=5)));
    let order = ["drita", "kalime", "sport"].map(str::to_owned);
    [
        ("gjinia", one(sex)),
        ("ndjesia", Given::Feeling(draw.random_range(1..=3), None)),
        ("siguria", Given::Rows(rows.into())),
        ("vendi", one("rruga")),
        (
            "pse",
            Given::Many(vec!["drita".to_owned(), "trafiku".to_owned()]),
        ),
        ("perpara", Given::Many(order.into())),
        ("here", Given::Number(draw.random_range(0..=5))),
    ]
    .map(|(id, given)| (id.to_owned(), given))
    .into()
}

/// The same as it goes over the wire.
fn sent(slip: &str, given: &BTreeMap<String, Given>) -> String {
    let value = |given: &Given| match given {
        Given::One(option) | Given::Text(option) => json!(option),
        Given::Many(options) => json!(options),
        Given::Rows(rows) => json!(rows),
        Given::Number(number) => json!(number),
        Given::Feeling(value, text) => json!({"value": value, "text": text}),
    };
    let answers: BTreeMap<&String, Value> =
        given.iter().map(|(id, given)| (id, value(given))).collect();
    json!({"slip": slip, "answers": answers}).to_string()
}

/// Looks on in a class until everybody answered; how many the screen shows then.
async fn last_count(address: String, room: String) -> Result<usize> {
    let mut stream = TcpStream::connect(&address).await?;
    let ask = format!("GET /api/v1/poll-rooms/{room}/count HTTP/1.1\r\nhost: bench\r\n\r\n");
    stream.write_all(ask.as_bytes()).await?;
    let mut lines = BufReader::new(stream).lines();
    let mut shown = 0;
    while let Some(line) = lines.next_line().await? {
        let Some(data) = line.strip_prefix("data: ") else {
            continue;
        };
        let count: Value = serde_json::from_str(data)?;
        let answered = count.get("answered").and_then(Value::as_u64);
        shown = usize::try_from(answered.context("a count")?)?;
        if shown >= PUPILS {
            break;
        }
    }
    Ok(shown)
}
