//! The command line: one verb, one task. Wrong use exits with 2, a failure with 1, each with one
//! clear line.

mod admin;
mod archive;
mod check;
mod copy;
mod import;
mod progress;
mod roll;
mod verify;

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::audit::Verdict;
use crate::issuer::{self, Issuer};
use crate::platform::app::App;
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::keys::Keys;
use crate::platform::problem::Problem;
use crate::platform::storage::file_of;
use crate::platform::{logging, migrations};
use crate::{audit, concerns, demo, serve};

/// The public's side of a Local Public Safety Council: residents say what worries them, the
/// council answers.
#[derive(Parser)]
#[command(name = "trekendesh", version, about, arg_required_else_help = true)]
struct Arguments {
    /// Settings file; without it ./trekendesh.toml is read where it exists.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Bring the store up to date, make missing keys, and serve the app and its API.
    Serve,
    /// Serve with Elbasan's sample year, and print who can sign in.
    Demo,
    /// Bring the store up to date and stop.
    Migrate,
    /// Print the settings as they are understood, passwords masked.
    Config,
    /// Seats with the administrator's rights.
    #[command(subcommand)]
    Admin(admin::Verb),
    /// Take data from files.
    #[command(subcommand)]
    Import(import::Verb),
    /// Make marks of a register of residents, where the register lies.
    #[command(subcommand)]
    Roll(roll::Verb),
    /// Print the public concerns of a municipality as open data.
    Export {
        /// The municipality as in addresses, such as `elbasan`.
        municipality: String,
        /// How to print them.
        #[arg(long, value_enum, default_value = "json")]
        format: Format,
    },
    /// Copy the whole store and its keys into an empty folder, while the server runs.
    Backup {
        /// The folder.
        folder: PathBuf,
    },
    /// Put a backup into an empty data folder.
    Restore {
        /// The folder of the backup.
        folder: PathBuf,
    },
    /// Move a town into an empty store of the other kind: from SQLite to PostgreSQL, or back.
    ///
    /// Stop the servers first. What was broken off goes on where it was when the same line is given
    /// again. At the end both stores are compared row by row, and checked as `check` and `verify-log` do.
    Copy(copy::Ends),
    /// Check that all that is stored fits together: counts, timelines, search, log, what waits.
    Check,
    /// Check that no row of the log was changed, removed or moved.
    VerifyLog,
    /// Serve as one institution's issuer of tokens, on a data folder of its own.
    ///
    /// Nobody else may enter that folder: not the server's operator, and not another institution. The
    /// file `password` in it is for the server's TREKENDESH_ISSUERS.
    Issuer {
        /// Stop when nobody holds the other end of the standard input any more.
        #[arg(long, hide = true)]
        until_input_ends: bool,
    },
    /// Recount a published ballot box: every signature, key, draw and sum.
    Verify(verify::Recount),
    /// Print the public key that names this server to push services (VAPID, RFC 8292).
    Vapid,
    /// Print the description of the API (OpenAPI 3.1).
    Openapi,
}

/// How open data is printed.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One JSON object.
    Json,
    /// Comma-separated, with a heading.
    Csv,
}

/// Why a verb failed: one line for people.
type Failure = String;

/// Runs the verb of the command line.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => {
            return fail(2, &format!("{}; see `{} --help`", wrong(&error), asked()));
        }
        Err(help) => {
            // Where even this cannot be printed there is nobody to tell.
            let _ = help.print();
            return ExitCode::SUCCESS;
        }
    };
    let config = match Config::load(arguments.config.as_deref()) {
        Ok(config) => config,
        Err(line) => return fail(2, &format!("settings: {line}")),
    };
    match run(config, arguments.verb) {
        Ok(()) => ExitCode::SUCCESS,
        Err(line) => fail(1, &line),
    }
}

/// What is wrong with a command line, in one line: clap says that first, and more after it.
fn wrong(error: &clap::Error) -> String {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return "a verb is missing".to_owned();
    }
    let said = error.to_string();
    let first = said.split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().collect();
    words.join(" ").trim_start_matches("error: ").to_owned()
}

/// As much of this command line as is understood, to ask for help with.
fn asked() -> String {
    let mut command = Arguments::command();
    let mut words = vec![command.get_name().to_owned()];
    for word in std::env::args().skip(1) {
        if let Some(verb) = command.find_subcommand(&word) {
            command = verb.clone();
            words.push(word);
        }
    }
    words.join(" ")
}

fn run(config: Config, verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::Serve => serve_forever(config),
        Verb::Demo => serve_demo(config),
        Verb::Migrate => {
            let steps = migrations::migrate(&config.database()).map_err(line)?;
            say(&format!("{steps} steps done, the store is up to date"))
        }
        Verb::Config => {
            let text = toml::to_string(&config.masked()).map_err(|cause| cause.to_string())?;
            say(text.trim_end())
        }
        Verb::Admin(verb) => admin::run(config, verb),
        Verb::Import(verb) => import::run(config, verb),
        Verb::Roll(verb) => roll::run(verb),
        Verb::Export {
            municipality,
            format,
        } => export(config, municipality, format),
        Verb::Backup { folder } => archive::backup(&config, &folder),
        Verb::Restore { folder } => archive::restore(&config, &folder),
        Verb::Copy(ends) => copy::run(&config, &ends),
        Verb::Check => check::check(config),
        Verb::VerifyLog => verify_log(config),
        Verb::Issuer { until_input_ends } => serve_issuer(&config, until_input_ends),
        Verb::Verify(recount) => verify::verify(&recount),
        Verb::Vapid => {
            let keys = Keys::read(&config.keys()).map_err(line)?;
            let point = keys.vapid_public().ok_or("the VAPID key is unreadable")?;
            say(&URL_SAFE_NO_PAD.encode(point))
        }
        Verb::Openapi => {
            let text = serve::description()
                .to_pretty_json()
                .map_err(|cause| cause.to_string())?;
            say(&text)
        }
    }
}

fn serve_forever(config: Config) -> Result<(), Failure> {
    logging::start();
    actix_web::rt::System::new().block_on(async {
        let app = serve::open(config).await.map_err(line)?;
        serve::serve(app, false, |address| {
            // The address is for whoever started the server; without a terminal nobody waits for it.
            let _ = say(&format!("http://{address}"));
        })
        .await
        .map_err(line)
    })
}

fn serve_issuer(config: &Config, until_input_ends: bool) -> Result<(), Failure> {
    logging::start();
    if until_input_ends {
        std::thread::spawn(|| {
            // Whatever comes is of no interest.
            let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
            std::process::exit(0);
        });
    }
    let clock = Clock::new(config.clock_shift_file.clone());
    let issuer = Issuer::open(&config.data_dir, clock).map_err(line)?;
    actix_web::rt::System::new()
        .block_on(issuer::routes::serve(issuer, config.listen, |address| {
            // The address is for whoever started it; without a terminal nobody waits for it.
            let _ = say(&format!("http://{address}"));
        }))
        .map_err(line)
}

fn serve_demo(mut config: Config) -> Result<(), Failure> {
    logging::start();
    if config.smtp_url.is_none() && config.mail_dir.is_none() {
        config.mail_dir = Some(config.data_dir.join("letters"));
    }
    // A store that is refused is refused before anything else is started.
    Keys::open(&config.keys()).map_err(line)?;
    migrations::migrate(&config.database()).map_err(line)?;
    let issuers = match &config.issuers {
        Some(_) => None,
        None => Some(demo::issuers::Issuers::start(
            &config.data_dir,
            demo::MUNICIPALITY,
        )?),
    };
    if let Some(issuers) = &issuers {
        config.issuers = Some(issuers.setting.clone());
    }
    actix_web::rt::System::new().block_on(async {
        let app = serve::open(config).await.map_err(line)?;
        let sign_ins = demo::load(&app).await.map_err(line)?;
        let voting = app.clone();
        actix_web::rt::spawn(async move {
            if let Err(problem) = demo::voting::hold(&voting).await {
                tracing::warn!(%problem, "the sample's vote was not held");
            }
        });
        serve::serve(app, true, |address| {
            // The address is for whoever started the server; without a terminal nobody waits for it.
            let _ = announce(address, &sign_ins);
        })
        .await
        .map_err(line)
    })
}

fn announce(address: SocketAddr, sign_ins: &[demo::SignIn]) -> Result<(), Failure> {
    say(&format!("http://{address}"))?;
    say(&format!(
        "letters with sign-in codes: http://{address}{}",
        demo::letters::PATH
    ))?;
    say(&format!("a receipt that opens a thread: {}", demo::RECEIPT))?;
    for sign_in in sign_ins {
        say(&format!("sign in as {:36} {}", sign_in.email, sign_in.who))?;
    }
    Ok(())
}

fn export(config: Config, municipality: String, format: Format) -> Result<(), Failure> {
    actix_web::rt::System::new().block_on(async {
        let app = open_to_read(config)?;
        let data = app
            .read(move |unit| concerns::export::open_data(unit, &municipality))
            .await
            .map_err(line)?;
        let text = match format {
            Format::Json => {
                serde_json::to_string_pretty(&data).map_err(|cause| cause.to_string())?
            }
            Format::Csv => concerns::export::to_csv(&data).map_err(line)?,
        };
        say(text.trim_end())
    })
}

fn verify_log(config: Config) -> Result<(), Failure> {
    actix_web::rt::System::new().block_on(async {
        let app = open_to_read(config)?;
        let verdict = app.read(audit::verify).await.map_err(line)?;
        match (check::said(&verdict), verdict) {
            (Some(wrong), _) => Err(wrong),
            (None, Verdict::Whole { rows, head }) => say(&format!(
                "the log is whole: {rows} rows, the last has the hash {head}"
            )),
            (None, _) => Ok(()),
        }
    })
}

/// Opens the store for a verb that only reads: what is not there is not made, so that a wrong
/// folder is noticed.
fn open_to_read(config: Config) -> Result<App, Failure> {
    let database = config.database();
    if file_of(&database).is_some_and(|file| !file.exists()) {
        return Err(format!(
            "there is no store in {}",
            config.data_dir.display()
        ));
    }
    let keys = Keys::read(&config.keys()).map_err(line)?;
    migrations::require_current(&database).map_err(line)?;
    App::new(config, keys).map_err(line)
}

fn say(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")
        .and_then(|()| out.flush())
        .map_err(|cause| cause.to_string())
}

fn fail(code: u8, line: &str) -> ExitCode {
    // Where even this cannot be printed there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "trekendesh: {line}");
    ExitCode::from(code)
}

fn line(problem: Problem) -> Failure {
    problem.in_words().to_owned()
}
