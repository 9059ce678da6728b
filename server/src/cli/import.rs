//! `trekendesh import`: places again from their files, concerns from another system.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::{Failure, line, say};
use crate::codes::Code;
use crate::concerns::import::{self, Row};
use crate::platform::app::App;
use crate::platform::config::Config;
use crate::platform::problem::Problem;
use crate::{audit, places, serve};

#[derive(Subcommand)]
pub(super) enum Verb {
    /// Take the state of councils from a CSV file with the columns `code,council`.
    Municipalities {
        /// The file.
        file: PathBuf,
    },
    /// Take concerns from a CSV or JSON file with the columns of Open311 service requests.
    Concerns {
        /// The file, `.csv` or `.json`.
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
        let app = serve::open(config).await.map_err(line)?;
        match verb {
            Verb::Municipalities { file } => municipalities(&app, &file).await,
            Verb::Concerns {
                file,
                municipality,
                source,
                partial,
            } => {
                let rows = read(&file)?;
                concerns(&app, municipality, source, rows, partial).await
            }
        }
    })
}

async fn municipalities(app: &App, file: &Path) -> Result<(), Failure> {
    let text = std::fs::read_to_string(file).map_err(|cause| cause.to_string())?;
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
    app: &App,
    municipality: String,
    source: String,
    rows: Vec<Row>,
    partial: bool,
) -> Result<(), Failure> {
    let all = rows.len();
    let refused = app
        .write(move |unit| {
            let refused = import::import(unit, &municipality, &source, rows)?;
            if refused.is_empty() || partial {
                audit::append(unit, None, "concerns_imported", &municipality)?;
                return Ok(refused);
            }
            // An error undoes the whole transaction; the refusals travel in it.
            Err(Problem::new(Code::FieldsInvalid).detail(report(&refused)))
        })
        .await;
    match refused {
        Ok(refused) => {
            if !refused.is_empty() {
                say(&report(&refused))?;
            }
            say(&format!("{} of {all} rows taken", all - refused.len()))
        }
        Err(problem) if problem.code() == Code::FieldsInvalid => Err(format!(
            "nothing was taken; mend these rows or use --partial\n{}",
            problem.detail_text()
        )),
        Err(problem) => Err(line(problem)),
    }
}

fn report(refused: &[import::Refusal]) -> String {
    refused
        .iter()
        .map(|refusal| format!("row {}: {}", refusal.row, refusal.why))
        .collect::<Vec<_>>()
        .join("\n")
}

fn read(file: &Path) -> Result<Vec<Row>, Failure> {
    let bytes = std::fs::read(file).map_err(|cause| cause.to_string())?;
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("json") => import::rows_of_json(&bytes),
        Some("csv") => import::rows_of_csv(&bytes),
        _ => Err("the file must end in .csv or .json".to_owned()),
    }
}
