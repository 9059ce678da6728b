//! `trekendesh import`: places again from their files, concerns from another system.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::{Failure, line, say};
use crate::codes::Code;
use crate::concerns::import::{self, Rows};
use crate::platform::config::Config;
use crate::platform::problem::Problem;
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
