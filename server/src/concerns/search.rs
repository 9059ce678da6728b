//! Full-text search over concerns: words without their marks, each as a beginning.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::ConcernId;
use crate::platform::app::Unit;
use crate::platform::conn::Conn;
use crate::platform::problem::Problem;

/// Makes a concern findable. Its row number is random: it does not tell when the concern came.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert(unit: &mut Unit<'_>, id: &ConcernId, title: &str, text: &str) -> Result<(), Problem> {
    let row = i64::from_le_bytes(unit.chance.bytes()?);
    diesel::sql_query(
        "INSERT INTO concern_search (rowid, concern_id, title, text) VALUES (?, ?, ?, ?)",
    )
    .bind::<BigInt, _>(row)
    .bind::<Text, _>(id.as_str())
    .bind::<Text, _>(title)
    .bind::<Text, _>(text)
    .execute(unit.conn)?;
    Ok(())
}

/// Takes a concern out of the search.
///
/// # Errors
/// `storage_unavailable`.
pub fn remove(unit: &mut Unit<'_>, id: &ConcernId) -> Result<(), Problem> {
    diesel::sql_query("DELETE FROM concern_search WHERE concern_id = ?")
        .bind::<Text, _>(id.as_str())
        .execute(unit.conn)?;
    Ok(())
}

/// The ids of the concerns that have a word beginning with each of the query's words.
///
/// # Errors
/// `storage_unavailable`.
pub fn find(
    unit: &mut Unit<'_>,
    municipality: &str,
    query: &str,
) -> Result<Option<Vec<ConcernId>>, Problem> {
    let terms = domain::text::search_terms(query);
    if terms.is_empty() {
        return Ok(None);
    }
    let found = match unit.conn {
        Conn::Sqlite(sqlite) => diesel::sql_query(
            "SELECT concern_id AS id FROM concern_search JOIN concerns ON concerns.id = concern_id \
             WHERE concern_search MATCH ? AND municipality_code = ? LIMIT 2000",
        )
        .bind::<Text, _>(sqlite_terms(&terms))
        .bind::<Text, _>(municipality)
        .load::<Found>(sqlite)?,
        Conn::Postgres(postgres) => diesel::sql_query(
            "SELECT concern_id AS id FROM concern_search JOIN concerns ON concerns.id = concern_id \
             WHERE words @@ to_tsquery('simple', $1) AND municipality_code = $2 LIMIT 2000",
        )
        .bind::<Text, _>(postgres_terms(&terms))
        .bind::<Text, _>(municipality)
        .load::<Found>(postgres)?,
    };
    Ok(Some(found.into_iter().map(|found| found.id).collect()))
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    id: ConcernId,
}

fn sqlite_terms(terms: &[String]) -> String {
    terms
        .iter()
        .map(|term| format!("\"{term}\"*"))
        .collect::<Vec<_>>()
        .join(" ")
}

fn postgres_terms(terms: &[String]) -> String {
    terms
        .iter()
        .map(|term| format!("'{term}':*"))
        .collect::<Vec<_>>()
        .join(" & ")
}
