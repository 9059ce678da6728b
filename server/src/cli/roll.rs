//! `trekendesh roll`: what a municipality does with its register, on a machine of its own. It needs no
//! store and sends nothing anywhere.

use std::io::Read;
use std::path::PathBuf;

use clap::Subcommand;

use super::{Failure, say};
use crate::eligibility::roll::key::RollKey;
use crate::eligibility::roll::table::{self, Columns};

#[derive(Subcommand)]
pub(super) enum Verb {
    /// Make the key of a roll in a new file. The server needs the same one among its keys.
    Key {
        /// The file.
        file: PathBuf,
    },
    /// Turn a register (CSV, from the standard input) into marks to hand in.
    ///
    /// A mark is an HMAC-SHA256 of the year, the personal number, the day of birth and the number of the
    /// identity card. The file holds the marks in their own order, each with the unit, and nothing else.
    Hmac {
        /// The key, as `trekendesh roll key` makes it.
        #[arg(long, value_name = "FILE")]
        key_file: PathBuf,
        /// The year for which the roll verifies.
        #[arg(long)]
        year: i32,
        /// The column with the personal number.
        #[arg(long, value_name = "NAME", default_value = "number")]
        number_column: String,
        /// The column with the day of birth: 1995-05-14, 14.05.1995 or 14/05/1995.
        #[arg(long, value_name = "NAME", default_value = "born")]
        birth_column: String,
        /// The column with the number of the identity card.
        #[arg(long, value_name = "NAME", default_value = "card")]
        card_column: String,
        /// The column with the administrative unit: its name, or as in addresses.
        #[arg(long, value_name = "NAME", default_value = "unit")]
        unit_column: String,
    },
}

pub(super) fn run(verb: Verb) -> Result<(), Failure> {
    match verb {
        Verb::Key { file } => {
            RollKey::make(&file)?;
            say(&format!(
                "{}: keep it as you keep the register; the server's operator puts a copy among the keys",
                file.display()
            ))
        }
        Verb::Hmac {
            key_file,
            year,
            number_column: number,
            birth_column: born,
            card_column: card,
            unit_column: unit,
        } => {
            let key = RollKey::read(&key_file)?;
            let mut bytes = Vec::new();
            std::io::stdin()
                .lock()
                .read_to_end(&mut bytes)
                .map_err(|cause| cause.to_string())?;
            let columns = Columns {
                number,
                born,
                card,
                unit,
            };
            let marks = table::marks(&bytes, &columns, &key, year)
                .map_err(|lines| format!("nothing was made; mend these lines\n{lines}"))?;
            say(&marks)
        }
    }
}
