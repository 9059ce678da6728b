//! Full-text search over concerns: words without their marks, each as a beginning.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, BigInt, Bool, Text};
use domain::text::{search_terms, search_words};

use super::ConcernId;
use crate::platform::app::Unit;
use crate::platform::conn::{Conn, MultiBackend};
use crate::platform::problem::Problem;
use crate::schema::concerns;

/// A query over concerns that is still being narrowed.
pub type Query = concerns::BoxedQuery<'static, MultiBackend>;

/// Makes a concern findable by its words, which are taken apart here: SQLite knows fewer marks and other
/// letters, and PostgreSQL's own parser would make one word of what looks like an address or a number.
/// SQLite's row number is random: it does not tell when the concern came.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert(unit: &mut Unit<'_>, id: &ConcernId, title: &str, text: &str) -> Result<(), Problem> {
    let row = i64::from_le_bytes(unit.chance.bytes()?);
    match unit.conn {
        Conn::Sqlite(conn) => sql_query(
            "INSERT INTO concern_search (rowid, concern_id, title, text) VALUES (?, ?, ?, ?)",
        )
        .bind::<BigInt, _>(row)
        .bind::<Text, _>(id.as_str())
        .bind::<Text, _>(search_words(title).join(" "))
        .bind::<Text, _>(search_words(text).join(" "))
        .execute(conn)?,
        Conn::Postgres(conn) => sql_query(
            "INSERT INTO concern_search (concern_id, words) VALUES ($1, array_to_tsvector($2))",
        )
        .bind::<Text, _>(id.as_str())
        .bind::<Array<Text>, _>(search_words(&format!("{title} {text}")))
        .execute(conn)?,
    };
    Ok(())
}

/// Makes concerns findable that are there already.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_all(unit: &mut Unit<'_>, ids: Vec<ConcernId>) -> Result<(), Problem> {
    let rows: Vec<(ConcernId, String, String)> = concerns::table
        .filter(concerns::id.eq_any(ids))
        .select((concerns::id, concerns::title, concerns::text))
        .load(unit.conn)?;
    for (id, title, text) in rows {
        insert(unit, &id, &title, &text)?;
    }
    Ok(())
}

/// Takes a concern out of the search.
///
/// # Errors
/// `storage_unavailable`.
pub fn remove(unit: &mut Unit<'_>, id: &ConcernId) -> Result<(), Problem> {
    let statement = match unit.conn {
        Conn::Sqlite(_) => "DELETE FROM concern_search WHERE concern_id = ?",
        Conn::Postgres(_) => "DELETE FROM concern_search WHERE concern_id = $1",
    };
    sql_query(statement)
        .bind::<Text, _>(id.as_str())
        .execute(unit.conn)?;
    Ok(())
}

/// Narrows a query to the concerns that have a word beginning with each of these words. Signs
/// alone are no words and find nothing.
pub fn narrow(unit: &Unit<'_>, query: Query, words: &str) -> Query {
    if words.trim().is_empty() {
        return query;
    }
    let terms = search_terms(words);
    if terms.is_empty() {
        return query.filter(concerns::id.eq_any(Vec::<ConcernId>::new()));
    }
    let (before, terms, after) = match unit.conn {
        Conn::Sqlite(_) => (
            "concerns.id IN (SELECT concern_id FROM concern_search WHERE concern_search MATCH ",
            sqlite_terms(&terms),
            ")",
        ),
        Conn::Postgres(_) => (
            "concerns.id IN (SELECT concern_id FROM concern_search WHERE words @@ CAST(",
            postgres_terms(&terms),
            " AS tsquery))",
        ),
    };
    query.filter(sql::<Bool>(before).bind::<Text, _>(terms).sql(after))
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
