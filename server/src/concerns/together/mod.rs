//! Support that many give at the same moment, as when a hearing asks for it: those who wait are written
//! together, in one transaction with a few statements for all of them, and each is answered once that
//! is on disk.

pub mod store;

use std::collections::{BTreeMap, HashMap};

use quick_cache::sync::Cache;
use tokio::sync::{mpsc, oneshot};

use super::ConcernId;
use super::moves::{class_of, state_of};
use super::store::Concern;
use super::support::{self, Supporter};
use super::views::{Support, SupportView};
use crate::codes::Code;
use crate::identity::AccountId;
use crate::identity::viewer::Viewer;
use crate::platform::app::{App, Unit};
use crate::platform::problem::Problem;

use store::Row;

/// As many as are written together.
const MOST: usize = 256;
/// Concerns of which is remembered where they are: that never changes.
const PLACES: usize = 10_000;

/// Where those who support wait for each other.
pub struct Together {
    queue: mpsc::UnboundedSender<(Given, oneshot::Sender<Outcome>)>,
    places: Cache<ConcernId, String>,
}

/// What became of one; nothing where it must be looked at by itself.
type Outcome = Result<Option<SupportView>, Problem>;

/// The support of one account or device.
#[derive(Clone)]
struct Given {
    row: Row,
    account: Option<AccountId>,
}

impl Together {
    /// Lets them be written from now on.
    pub fn start(app: App) -> Self {
        let (queue, waiting) = mpsc::unbounded_channel();
        actix_web::rt::spawn(write(app, waiting));
        Self {
            queue,
            places: Cache::new(PLACES),
        }
    }

    /// The municipality (its code) of a concern that can be supported, or could be when that was last
    /// looked at.
    ///
    /// # Errors
    /// As [`support::find`].
    pub async fn place_of(&self, app: &App, id: &ConcernId) -> Result<String, Problem> {
        if let Some(known) = self.places.get(id) {
            return Ok(known);
        }
        let asked = id.clone();
        let row = app.read(move |unit| support::find(unit, &asked)).await?;
        self.places
            .insert(id.clone(), row.municipality_code.clone());
        Ok(row.municipality_code)
    }

    /// Gives support; nothing where the concern is merged, closed or not there.
    ///
    /// # Errors
    /// `device_needed` without account and device, `storage_unavailable`.
    pub async fn give(
        &self,
        app: &App,
        viewer: &Viewer,
        device: Option<&str>,
        id: ConcernId,
    ) -> Outcome {
        let who = Supporter::of(viewer, device).ok_or_else(|| Problem::new(Code::DeviceNeeded))?;
        let given = Given {
            row: Row {
                supporter: who.mark(app.keys(), &id),
                sealed: who.seal(app.keys())?,
                resident: who.is_resident(),
                concern_id: id,
            },
            account: viewer.account().cloned(),
        };
        let (reply, outcome) = oneshot::channel();
        self.queue
            .send((given, reply))
            .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?;
        outcome
            .await
            .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?
    }
}

/// Writes whoever waits, as long as somebody may come.
async fn write(app: App, mut waiting: mpsc::UnboundedReceiver<(Given, oneshot::Sender<Outcome>)>) {
    let mut next = Vec::new();
    while waiting.recv_many(&mut next, MOST).await > 0 {
        let (all, replies): (Vec<_>, Vec<_>) = next.drain(..).unzip();
        for (outcome, reply) in give_to_all(&app, all).await.into_iter().zip(replies) {
            // Who asked may have gone: then nobody waits for the answer.
            drop(reply.send(outcome));
        }
    }
}

async fn give_to_all(app: &App, all: Vec<Given>) -> Vec<Outcome> {
    let together = all.clone();
    match app.write(move |unit| give(unit, &together)).await {
        Ok(views) => views.into_iter().map(Ok).collect(),
        // What one of them broke is not for the others to bear.
        Err(problem) if problem.code() != Code::StorageUnavailable && all.len() > 1 => {
            let mut outcomes = Vec::new();
            for one in all {
                let view = app.write(move |unit| give(unit, &[one])).await;
                outcomes.push(view.map(|views| views.into_iter().next().flatten()));
            }
            outcomes
        }
        Err(problem) => all.iter().map(|_| Err(problem.clone())).collect(),
    }
}

fn give(unit: &mut Unit<'_>, all: &[Given]) -> Result<Vec<Option<SupportView>>, Problem> {
    let ids = all.iter().map(|one| one.row.concern_id.clone()).collect();
    let mut open = HashMap::new();
    for row in store::list_public(unit, ids)? {
        if row.merged_into.is_none() && state_of(&row)?.takes_support(class_of(&row)?, true) {
            open.insert(row.id.clone(), row);
        }
    }
    let taken = || {
        all.iter()
            .filter(|one| open.contains_key(&one.row.concern_id))
    };
    let rows: Vec<&Row> = taken().map(|one| &one.row).collect();
    let told: Vec<_> = taken()
        .filter_map(|one| Some((&one.row.concern_id, one.account.as_ref()?)))
        .collect();
    let mut added: BTreeMap<ConcernId, (i32, i32)> = BTreeMap::new();
    for (id, resident) in store::insert_supports(unit, &rows)? {
        let (residents, visitors) = added.entry(id).or_default();
        *(if resident { residents } else { visitors }) += 1;
    }
    store::add_counts(unit, &added)?;
    store::insert_follows(unit, &told)?;
    for (id, (residents, visitors)) in added {
        if let Some(row) = open.get_mut(&id) {
            row.residents += residents;
            row.visitors += visitors;
            unit.touch(&row.municipality_code);
        }
    }
    let view = |row: &Concern| SupportView {
        support: Support::of(row),
        supported: true,
    };
    Ok(all
        .iter()
        .map(|one| open.get(&one.row.concern_id).map(view))
        .collect())
}
