//! What an operator can set, by file (`trekendesh.toml`) or environment.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Deserializer, Serialize};

use super::address;
use super::storage::{Kind, kind_of};
use crate::ballots::relay;

/// The settings of one server process.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address the app and its API are served on.
    pub listen: SocketAddr,
    /// Address Prometheus metrics are served on; absent: no metrics.
    pub metrics_listen: Option<SocketAddr>,
    /// Folder of the SQLite file and of the keys.
    pub data_dir: PathBuf,
    /// Address people type, used in mails and to check where a write comes from.
    #[serde(deserialize_with = "filled")]
    pub public_url: Option<String>,
    /// PostgreSQL to store in; absent: SQLite in the data folder.
    #[serde(deserialize_with = "filled")]
    pub database_url: Option<String>,
    /// A copy of that PostgreSQL which follows it (hot standby), for public reads; absent: all is read
    /// where it is written.
    #[serde(deserialize_with = "filled")]
    pub database_read_url: Option<String>,
    /// Mail server, `smtps://user:password@host:port` or `smtp://`, which asks for STARTTLS unless it
    /// is on this machine or says `?tls=none`; absent: mail waits in the outbox.
    #[serde(deserialize_with = "filled")]
    pub smtp_url: Option<String>,
    /// Sender of every mail.
    pub mail_from: String,
    /// Allow push services on this machine: only for tests.
    #[serde(deserialize_with = "flag")]
    pub allow_loopback_push: bool,
    /// Proxies whose `X-Forwarded-For` (else `Forwarded`) is believed: all on the way here, as it is read
    /// from its end up to the first address that is none of them.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Anonymous concerns in a minute, in one municipality, after which each must bring a proof of
    /// work; half as many in an hour in one place, and 25 times as many supports by devices.
    pub proof_after: u32,
    /// Threads that answer requests.
    pub workers: usize,
    /// Pooled connections for reading a SQLite file.
    pub readers: u32,
    /// Pooled connections of this process to PostgreSQL, for reading and writing.
    pub connections: u32,
    /// Where the institutions' issuers of tokens are, `MUNICIPALITY/INSTITUTION=http://:PASSWORD@HOST:PORT`
    /// each, with commas between; absent: nothing is voted on formally.
    #[serde(deserialize_with = "filled")]
    pub issuers: Option<String>,
    /// Devices send what was voted at random times within so many seconds.
    pub cast_delay_seconds: u32,
    /// Seconds after which PostgreSQL gives a statement up.
    pub statement_seconds: u32,
    /// File with seconds to move the clock by: only for tests.
    pub clock_shift_file: Option<PathBuf>,
    /// Server of map pictures, `https://tiles.example.org/{z}/{x}/{y}.png`; absent: outlines alone.
    #[serde(deserialize_with = "tile_url")]
    pub tile_url: Option<String>,
    /// Whom to name for the map pictures.
    pub tile_attribution: String,
    /// Folder that mails are written to instead of being sent: only for the demo.
    pub mail_dir: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            metrics_listen: None,
            data_dir: PathBuf::from("./data"),
            public_url: None,
            database_url: None,
            database_read_url: None,
            smtp_url: None,
            mail_from: "Trekëndësh <njoftime@localhost>".to_owned(),
            allow_loopback_push: false,
            trusted_proxies: Vec::new(),
            proof_after: 600,
            workers: 2,
            readers: 4,
            connections: 16,
            issuers: None,
            cast_delay_seconds: 43_200,
            statement_seconds: 10,
            clock_shift_file: None,
            tile_url: None,
            tile_attribution: "© OpenStreetMap".to_owned(),
            mail_dir: None,
        }
    }
}

impl Config {
    /// Reads the file (`--config`, else `./trekendesh.toml` where it exists), then the environment.
    ///
    /// # Errors
    /// One line naming the setting that is wrong.
    pub fn load(file: Option<&Path>) -> Result<Self, String> {
        let toml = file.map_or_else(|| Toml::file("trekendesh.toml"), Toml::file_exact);
        let config: Self = Figment::from(Serialized::defaults(Self::default()))
            .merge(toml)
            .merge(Env::prefixed("TREKENDESH_"))
            .merge(Env::raw().only(&["DATABASE_URL", "DATABASE_READ_URL"]))
            .extract()
            .map_err(|error| in_one_line(&error.to_string()))?;
        check_store("DATABASE_URL", config.database_url.as_deref())?;
        check_store("DATABASE_READ_URL", config.database_read_url.as_deref())?;
        relay::parse(config.issuers.as_deref().unwrap_or_default())?;
        let copy = config.database_read_url.is_some();
        if copy && kind_of(&config.database()) == Kind::Sqlite {
            return Err("DATABASE_READ_URL is for a DATABASE_URL on PostgreSQL".to_owned());
        }
        Ok(config)
    }

    /// The settings as a file would hold them, with passwords masked.
    pub fn masked(&self) -> Self {
        let mask = |url: &Option<String>| url.as_deref().map(address::masked);
        Self {
            database_url: mask(&self.database_url),
            database_read_url: mask(&self.database_read_url),
            smtp_url: mask(&self.smtp_url),
            issuers: self.issuers.as_deref().map(relay::masked),
            ..self.clone()
        }
    }

    /// Where a browser finds this server: the configured address, else the one it listens on.
    pub fn origin(&self) -> String {
        self.public_url.as_deref().map_or_else(
            || format!("http://{}", self.listen),
            |url| url.trim_end_matches('/').to_owned(),
        )
    }

    /// The folder of the keys.
    pub fn keys(&self) -> PathBuf {
        self.data_dir.join("keys")
    }

    /// Where map pictures may come from, as the content security policy writes it.
    pub fn tile_source(&self) -> Option<String> {
        self.tile_url.as_deref().and_then(source_of)
    }

    /// Where the database is: as configured, else the SQLite file in the data folder.
    pub fn database(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| {
            self.data_dir
                .join("trekendesh.sqlite3")
                .to_string_lossy()
                .into_owned()
        })
    }
}

/// What is wrong with the settings. Lines of the file are not quoted: a password may stand there.
fn in_one_line(error: &str) -> String {
    let is_quote = |line: &&str| {
        let number = |letter: char| letter.is_ascii_digit() || letter == ' ';
        line.trim_start_matches(number).starts_with('|')
    };
    let said: Vec<&str> = error.lines().filter(|line| !is_quote(line)).collect();
    said.join(" ")
}

/// Refuses an address of a store that would be taken for another. It is not quoted either.
fn check_store(name: &str, url: Option<&str>) -> Result<(), String> {
    match url.map(|url| (url, kind_of(url))) {
        Some((url, Kind::Sqlite)) if !address::is_file(url) => Err(format!(
            "{name} is neither postgres://user:password@host/database nor a file"
        )),
        Some((url, Kind::Postgres)) if !address::is_unmistakable(url) => Err(format!(
            "{name} is not postgres://user:password@host/database: in its parts @ is written %40, \
             / %2F, ? %3F, & %26, = %3D and % %25"
        )),
        _ => Ok(()),
    }
}

/// A switch as people write it: `true`, `false`, `1` or `0`.
fn flag<'de, D: Deserializer<'de>>(value: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Word(bool),
        Digit(u8),
    }
    Ok(match Written::deserialize(value)? {
        Written::Word(on) => on,
        Written::Digit(digit) => digit != 0,
    })
}

/// A text; an empty one is as good as none.
fn filled<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(value)?;
    Ok(text.filter(|text| !text.trim().is_empty()))
}

/// An address of map pictures; it becomes part of a header, so only a plain host may be in it.
fn tile_url<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    let url = filled(value)?;
    match &url {
        Some(url) if source_of(url).is_none() => Err(serde::de::Error::custom(
            "tile_url is not like https://tiles.example.org/{z}/{x}/{y}.png",
        )),
        _ => Ok(url),
    }
}

/// `https://*.tiles.example.org` for `https://{s}.tiles.example.org/{z}/{x}/{y}.png`.
fn source_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let host = host.replace("{s}", "*");
    let plain = |letter: char| letter.is_ascii_alphanumeric() || ".-:*".contains(letter);
    let whole = ["{z}", "{x}", "{y}"].iter().all(|part| path.contains(part));
    (["http", "https"].contains(&scheme) && !host.is_empty() && host.chars().all(plain) && whole)
        .then(|| format!("{scheme}://{host}"))
}
