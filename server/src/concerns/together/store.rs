//! The few statements by which the support of many is written.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, Integer, Text};

use crate::concerns::ConcernId;
use crate::concerns::store::Concern;
use crate::identity::AccountId;
use crate::on_each;
use crate::platform::app::Unit;
use crate::platform::conn::Conn;
use crate::platform::problem::Problem;
use crate::schema::{concerns, follows, supports};

/// The support of one account or device, as it is stored.
#[derive(Clone, Insertable)]
#[diesel(table_name = supports)]
pub struct Row {
    /// What is supported.
    pub concern_id: ConcernId,
    /// The key of the row: an HMAC of who and what.
    pub supporter: String,
    /// Who it is, sealed.
    pub sealed: String,
    /// Whether it is an account.
    pub resident: bool,
}

/// Those of these concerns that are public.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_public(unit: &mut Unit<'_>, ids: Vec<ConcernId>) -> Result<Vec<Concern>, Problem> {
    Ok(concerns::table
        .filter(concerns::id.eq_any(ids))
        .filter(concerns::public_on.is_not_null())
        .select(Concern::as_select())
        .load(unit.conn)?)
}

/// Adds those who did not support yet: for each, which concern, and whether it is an account.
///
/// # Errors
/// `storage_unavailable`, `internal` where there is no such concern.
pub fn insert_supports(
    unit: &mut Unit<'_>,
    rows: &[&Row],
) -> Result<Vec<(ConcernId, bool)>, Problem> {
    match unit.conn {
        Conn::Sqlite(file) => {
            let mut new = Vec::new();
            for row in rows {
                let insert = diesel::insert_or_ignore_into(supports::table).values(*row);
                if insert.execute(file)? == 1 {
                    new.push((row.concern_id.clone(), row.resident));
                }
            }
            Ok(new)
        }
        Conn::Postgres(server) => Ok(diesel::insert_into(supports::table)
            .values(rows.to_vec())
            .on_conflict_do_nothing()
            .returning((supports::concern_id, supports::resident))
            .get_results(server)?),
    }
}

/// Adds to what each concern says of its residents and visitors.
///
/// # Errors
/// `storage_unavailable`.
pub fn add_counts(
    unit: &mut Unit<'_>,
    added: &BTreeMap<ConcernId, (i32, i32)>,
) -> Result<(), Problem> {
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

/// Lets accounts be told of every step of the concerns beside them.
///
/// # Errors
/// `storage_unavailable`, `internal` where there is no such account.
pub fn insert_follows(
    unit: &mut Unit<'_>,
    told: &[(&ConcernId, &AccountId)],
) -> Result<(), Problem> {
    if told.is_empty() {
        return Ok(());
    }
    let row = |(id, account): &(&ConcernId, &AccountId)| {
        (
            follows::concern_id.eq((*id).clone()),
            follows::account_id.eq((*account).clone()),
        )
    };
    let rows: Vec<_> = told.iter().map(row).collect();
    on_each!(unit.conn, conn => diesel::insert_into(follows::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}
