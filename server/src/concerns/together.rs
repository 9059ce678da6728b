//! Support that many give at the same moment, as when a hearing asks for it: those who wait are written
//! together, in one transaction with a few statements for all of them, and each is answered once that
//! is on disk.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use diesel::sql_types::{Array, Integer, Text};
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
use crate::on_each;
use crate::platform::app::{App, Unit};
use crate::platform::conn::Conn;
use crate::platform::problem::Problem;
use crate::schema::{concerns, follows, supports};

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

#[derive(Clone, Insertable)]
#[diesel(table_name = supports)]
struct Row {
    concern_id: ConcernId,
    supporter: String,
    sealed: String,
    resident: bool,
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
    for row in list_public(unit, ids)? {
        if row.merged_into.is_none() && state_of(&row)?.takes_support(class_of(&row)?, true) {
            open.insert(row.id.clone(), row);
        }
    }
    let taken: Vec<&Given> = all
        .iter()
        .filter(|one| open.contains_key(&one.row.concern_id))
        .collect();
    let mut added: BTreeMap<ConcernId, (i32, i32)> = BTreeMap::new();
    for (id, resident) in insert(unit, &taken)? {
        let (residents, visitors) = added.entry(id).or_default();
        *(if resident { residents } else { visitors }) += 1;
    }
    count(unit, &added)?;
    follow(unit, &taken)?;
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

/// Those of these concerns that are public.
fn list_public(unit: &mut Unit<'_>, ids: Vec<ConcernId>) -> Result<Vec<Concern>, Problem> {
    Ok(concerns::table
        .filter(concerns::id.eq_any(ids))
        .filter(concerns::public_on.is_not_null())
        .select(Concern::as_select())
        .load(unit.conn)?)
}

/// Adds those who did not support yet: for each, which concern, and whether it is an account.
fn insert(unit: &mut Unit<'_>, taken: &[&Given]) -> Result<Vec<(ConcernId, bool)>, Problem> {
    match unit.conn {
        Conn::Sqlite(file) => {
            let mut new = Vec::new();
            for Given { row, .. } in taken {
                let insert = diesel::insert_or_ignore_into(supports::table).values(row);
                if insert.execute(file)? == 1 {
                    new.push((row.concern_id.clone(), row.resident));
                }
            }
            Ok(new)
        }
        Conn::Postgres(server) => {
            let rows: Vec<&Row> = taken.iter().map(|one| &one.row).collect();
            Ok(diesel::insert_into(supports::table)
                .values(rows)
                .on_conflict_do_nothing()
                .returning((supports::concern_id, supports::resident))
                .get_results(server)?)
        }
    }
}

/// Adds to what each concern says of its residents and visitors.
fn count(unit: &mut Unit<'_>, added: &BTreeMap<ConcernId, (i32, i32)>) -> Result<(), Problem> {
    match unit.conn {
        Conn::Sqlite(file) => {
            for (id, (residents, visitors)) in added {
                diesel::update(concerns::table.find(id))
                    .set((
                        concerns::residents.eq(concerns::residents + residents),
                        concerns::visitors.eq(concerns::visitors + visitors),
                    ))
                    .execute(file)?;
            }
        }
        Conn::Postgres(server) => {
            let ids: Vec<&str> = added.keys().map(ConcernId::as_str).collect();
            let (residents, visitors): (Vec<i32>, Vec<i32>) = added.values().copied().unzip();
            diesel::sql_query(
                "UPDATE concerns SET residents = concerns.residents + more.residents, \
                 visitors = concerns.visitors + more.visitors \
                 FROM unnest($1, $2, $3) AS more (id, residents, visitors) \
                 WHERE concerns.id = more.id",
            )
            .bind::<Array<Text>, _>(ids)
            .bind::<Array<Integer>, _>(residents)
            .bind::<Array<Integer>, _>(visitors)
            .execute(server)?;
        }
    }
    Ok(())
}

/// Lets the accounts among them be told of every step.
fn follow(unit: &mut Unit<'_>, taken: &[&Given]) -> Result<(), Problem> {
    let rows: Vec<_> = taken
        .iter()
        .filter_map(|one| Some((&one.row.concern_id, one.account.as_ref()?)))
        .map(|(id, account)| (follows::concern_id.eq(id), follows::account_id.eq(account)))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    on_each!(unit.conn, conn => diesel::insert_into(follows::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}
