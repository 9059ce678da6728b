//! `trekendesh admin`: the first seat of a council is given from the command line.

use clap::Subcommand;

use super::{Failure, line, open_to_read, say};
use crate::councils::SeatId;
use crate::councils::routes::place;
use crate::councils::store::{Seat, Seated, list_seats};
use crate::identity::sign_in::parse_email;
use crate::platform::config::Config;
use crate::{audit, places, serve};

#[derive(Subcommand)]
pub(super) enum Verb {
    /// Make the person with this address administrator of a municipality's council.
    Create {
        /// The municipality as in addresses, such as `elbasan`.
        municipality: String,
        /// Where the person signs in.
        email: String,
    },
    /// List the seats of a municipality's council.
    List {
        /// The municipality as in addresses, such as `elbasan`.
        municipality: String,
    },
}

pub(super) fn run(config: Config, verb: Verb) -> Result<(), Failure> {
    actix_web::rt::System::new().block_on(async {
        match verb {
            Verb::Create {
                municipality,
                email,
            } => create(config, municipality, &email).await,
            Verb::List { municipality } => list(config, municipality).await,
        }
    })
}

async fn create(config: Config, municipality: String, email: &str) -> Result<(), Failure> {
    let email = parse_email(email).map_err(|_refusal| "this is no e-mail address".to_owned())?;
    let app = serve::open(config).await.map_err(line)?;
    let told = format!("{email} is now administrator of {municipality}");
    app.write(move |unit| {
        let place_of = places::store::get_municipality(unit, &municipality)?;
        let seat = Seat {
            id: SeatId::new(unit.chance)?,
            municipality_code: place_of.code,
            institution: "municipality".to_owned(),
            role: "administrator".to_owned(),
            title: "Administrator".to_owned(),
            chairs: false,
        };
        place(unit, &seat, &email)?;
        audit::append(unit, None, "administrator_created", seat.id.as_str())
    })
    .await
    .map_err(line)?;
    say(&told)
}

async fn list(config: Config, municipality: String) -> Result<(), Failure> {
    let app = open_to_read(config)?;
    let seats = app
        .read(move |unit| {
            let place_of = places::store::get_municipality(unit, &municipality)?;
            list_seats(unit, &place_of.code)
        })
        .await
        .map_err(line)?;
    for Seated { seat, holder, .. } in seats {
        let holder = holder.map_or_else(|| "-".to_owned(), |(_, email)| email);
        say(&format!(
            "{}\t{}\t{}\t{holder}",
            seat.role, seat.institution, seat.title
        ))?;
    }
    Ok(())
}
