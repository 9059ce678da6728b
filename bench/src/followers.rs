//! Browsers that follow one concern, each with keys of its own, and news of it.

use anyhow::{Context, Result, anyhow};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tempfile::NamedTempFile;
use trekendesh::concerns::store::Concern;
use trekendesh::notices::preferences::Quiet;
use trekendesh::notices::push::store::{Followed, Subscription, insert_followed, set_subscription};
use trekendesh::notices::telling::{self, News};
use trekendesh::platform::clock::Clock;
use trekendesh::schema::concerns;

use crate::fill::{SEED, said, symbols, within};
use crate::server::Place;

/// What a browser gives away of its keys.
pub struct Browser {
    /// A point on P-256, uncompressed.
    pub point: Vec<u8>,
    /// Its authentication secret.
    pub auth: Vec<u8>,
}

impl Browser {
    /// The next browser of a crowd.
    pub fn of(chance: &mut StdRng) -> Result<Self> {
        let secret: [u8; 32] = chance.random();
        let pair = PrivateKey::from_private_key(&ECDH_P256, &secret)?;
        Ok(Self {
            point: pair.compute_public_key()?.as_ref().to_vec(),
            auth: chance.random::<[u8; 16]>().to_vec(),
        })
    }
}

/// Lets so many browsers of a push service follow one public concern.
pub fn follow(place: &Place, origin: &str, count: u32) -> Result<Concern> {
    let mut chance = StdRng::seed_from_u64(SEED);
    within(place, |unit| {
        let concern: Concern = concerns::table
            .filter(concerns::public_on.is_not_null())
            .filter(concerns::merged_into.is_null())
            .select(Concern::as_select())
            .order(concerns::id)
            .first(unit.conn)?;
        let followed = Followed {
            kind: "concern".to_owned(),
            subject: concern.id.to_string(),
        };
        for _ in 0..count {
            let name = symbols(&mut chance, 16);
            let browser = Browser::of(&mut chance)?;
            let row = Subscription {
                id: name.parse().map_err(|()| anyhow!("an id is symbols"))?,
                endpoint: format!("{origin}/{name}"),
                p256dh: URL_SAFE_NO_PAD.encode(browser.point),
                auth: URL_SAFE_NO_PAD.encode(browser.auth),
                language: "sq".to_owned(),
                session_id: None,
            };
            set_subscription(unit, &row).map_err(said)?;
            insert_followed(unit, &row.id, &followed).map_err(said)?;
        }
        Ok(concern)
    })
}

/// Moves the concern on, as far as its followers are told of it.
pub fn tell(place: &Place, concern: &Concern) -> Result<()> {
    within(place, |unit| {
        telling::enqueue(unit, concern, News::Moved).map_err(said)
    })
}

/// Moves the server's clock to the morning when it is night, because nobody is pushed to then. Each
/// look at a clock that was moved reads a file: measure by day.
pub fn by_day(place: Place) -> Result<(Place, Option<NamedTempFile>)> {
    let now = Clock::new(None).now();
    let asleep = (Quiet::USUAL.wakes_at(now) - now).num_seconds();
    if asleep <= 0 {
        return Ok((place, None));
    }
    let file = NamedTempFile::new()?;
    std::fs::write(file.path(), (asleep + 1).to_string())?;
    let path = file.path().to_str().context("a path in UTF-8")?.to_owned();
    let place = place.with("TREKENDESH_CLOCK_SHIFT_FILE", &path);
    Ok((place, Some(file)))
}
