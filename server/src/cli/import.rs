//! `trekendesh import`: places again from their files, concerns from another system.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use chrono::Datelike;
use clap::Subcommand;

use super::{Failure, line, say};
use crate::codes::Code;
use crate::concerns::import::{self, Rows};
use crate::eligibility::roll::{self, key::RollKey};
use crate::platform::config::Config;
use crate::platform::problem::Problem;
use crate::polls::study::{self, Survey};
use crate::{audit, identity, places, serve};

#[derive(Subcommand)]
pub(super) enum Verb {
    /// Take the state of councils from a CSV file with the columns `code,council`.
    Municipalities {
        /// The file.
        file: PathBuf,
    },
    /// Take concerns from a CSV or JSON file with the columns of Open311 service requests.
    Concerns {
        /// The file: `.json`, or `.csv` with commas, semicolons or tabs.
        file: PathBuf,
        /// The municipality as in addresses, such as `elbasan`.
        #[arg(long)]
        municipality: String,
        /// Where they come from, shown as their author.
        #[arg(long, default_value = "Arkivi i bashkisë")]
        source: String,
        /// Take what can be taken and leave the rest; without it one refused row refuses all.
        #[arg(long)]
        partial: bool,
    },
    /// Take the counts of a survey that was published elsewhere, as a closed poll with its source.
    Survey {
        /// The file: JSON with statements, options and counts, such as `data/survey_idm2024.json`.
        file: PathBuf,
        /// The municipality as in addresses, such as `elbasan`.
        #[arg(long)]
        municipality: String,
        /// The year it was published in.
        #[arg(long)]
        year: i32,
    },
    /// Take the roll of residents, as `trekendesh roll hmac` makes it: rows `mark,unit`.
    Roll {
        /// The file.
        file: PathBuf,
        /// The municipality as in addresses, such as `elbasan`.
        #[arg(long)]
        municipality: String,
        /// The year for which it verifies: this one or the next.
        #[arg(long)]
        year: i32,
        /// Put it in the place of another one that nobody has used.
        #[arg(long)]
        replace: bool,
    },
}

pub(super) fn run(config: Config, verb: Verb) -> Result<(), Failure> {
    actix_web::rt::System::new().block_on(async {
        match verb {
            Verb::Municipalities { file } => {
                let text =
                    std::fs::read_to_string(&file).map_err(|cause| about(file.display(), cause))?;
                municipalities(config, text).await
            }
            Verb::Concerns {
                file,
                municipality,
                source,
                partial,
            } => {
                let source = identity::parse_source(&source)
                    .map_err(|problem| about("--source", import::said(&problem)))?;
                let rows = read(&file)?;
                concerns(config, municipality, source, rows, partial).await
            }
            Verb::Survey {
                file,
                municipality,
                year,
            } => {
                let bytes = std::fs::read(&file).map_err(|cause| about(file.display(), cause))?;
                let counts = serde_json::from_slice(&bytes);
                let counts = counts.map_err(|cause| about(file.display(), cause))?;
                survey(config, municipality, year, counts).await
            }
            Verb::Roll {
                file,
                municipality,
                year,
                replace,
            } => {
                let bytes = std::fs::read(&file).map_err(|cause| about(file.display(), cause))?;
                roll(config, municipality, year, bytes, replace).await
            }
        }
    })
}

async fn municipalities(config: Config, text: String) -> Result<(), Failure> {
    let app = serve::open(config).await.map_err(line)?;
    let changed = app
        .write(move |unit| {
            let changed = places::seed::set_councils(unit, &text)?;
            audit::append(unit, None, "councils_imported", &changed.to_string())?;
            Ok(changed)
        })
        .await
        .map_err(line)?;
    say(&format!("{changed} municipalities set"))
}

async fn concerns(
    config: Config,
    municipality: String,
    source: String,
    rows: Rows,
    partial: bool,
) -> Result<(), Failure> {
    let app = serve::open(config).await.map_err(line)?;
    let all = rows.len();
    let place = municipality.clone();
    let outcome = app
        .write(move |unit| {
            let outcome = import::import(unit, &municipality, &source, rows)?;
            if outcome.refused.is_empty() || partial {
                audit::append(unit, None, "concerns_imported", &municipality)?;
                return Ok(outcome);
            }
            // An error undoes the whole transaction; the refusals travel in it.
            Err(Problem::new(Code::FieldsInvalid).detail(outcome.report()))
        })
        .await;
    match outcome {
        Ok(outcome) => {
            let report = outcome.report();
            if !report.is_empty() {
                say(&report)?;
            }
            say(&format!("{} of {all} rows taken", outcome.taken))
        }
        Err(problem) if problem.code() == Code::FieldsInvalid => Err(format!(
            "nothing was taken; mend these rows or use --partial\n{}",
            problem.detail_text()
        )),
        Err(problem) => Err(about(place, line(problem))),
    }
}

async fn survey(
    config: Config,
    municipality: String,
    year: i32,
    counts: Survey,
) -> Result<(), Failure> {
    if !(2000..=2100).contains(&year) {
        return Err("--year: 2000 to 2100".to_owned());
    }
    let app = serve::open(config).await.map_err(line)?;
    let id = app
        .write(move |unit| {
            let place = places::store::get_municipality(unit, &municipality)?;
            study::take_over(unit, &place, &counts, year)
        })
        .await
        .map_err(line)?;
    say(&format!("taken over as poll {id}"))
}

async fn roll(
    config: Config,
    municipality: String,
    year: i32,
    bytes: Vec<u8>,
    replace: bool,
) -> Result<(), Failure> {
    let app = serve::open(config).await.map_err(line)?;
    let now = app.clock().today().year();
    if !(now..=now + 1).contains(&year) {
        return Err(format!("--year: {now} or {}", now + 1));
    }
    let slug = municipality.clone();
    let place = app
        .read(move |unit| places::store::get_municipality(unit, &slug))
        .await
        .map_err(|problem| about(&municipality, line(problem)))?;
    let key = RollKey::read(&app.keys().roll_file(&place.slug))?;
    let rows = roll::file::read(&bytes, &key, year)?;
    let taken = app
        .write(move |unit| roll::import(unit, &place, year, rows, replace))
        .await;
    match taken {
        Ok(marks) => say(&format!("{marks} residents are on the roll of {year}")),
        Err(problem) if problem.code() == Code::FieldsInvalid => {
            Err(format!("nothing was taken\n{}", problem.detail_text()))
        }
        Err(problem) => Err(line(problem)),
    }
}

fn read(file: &Path) -> Result<Rows, Failure> {
    let bytes = std::fs::read(file).map_err(|cause| about(file.display(), cause))?;
    let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
    match ending.to_str() {
        Some("json") => import::rows_of_json(&bytes),
        Some("csv" | "tsv" | "txt") => import::rows_of_csv(&bytes),
        _ => Err("the file must end in .csv or .json".to_owned()),
    }
    .map_err(|why| about(file.display(), why))
}

fn about(what: impl Display, cause: impl Display) -> Failure {
    format!("{what}: {cause}")
}
