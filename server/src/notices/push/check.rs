//! What must be so of subscriptions whatever happened: what they follow is there.

use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::concerns::topics;
use crate::places::store::list_municipalities;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::push_follows;

#[derive(QueryableByName)]
struct Lost {
    #[diesel(sql_type = Text)]
    subscription_id: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

/// What belongs to nothing in the tables. Topics are in none.
const LOST: &str = "SELECT subscription_id, kind FROM push_follows WHERE kind <> 'topic' \
    AND NOT CASE kind \
        WHEN 'municipality' THEN EXISTS (SELECT 1 FROM municipalities WHERE code = subject) \
        WHEN 'unit' THEN EXISTS \
            (SELECT 1 FROM units WHERE municipality_code || '/' || slug = subject) \
        WHEN 'concern' THEN EXISTS (SELECT 1 FROM concerns WHERE concerns.id = subject) \
        WHEN 'thread' THEN EXISTS (SELECT 1 FROM concerns WHERE receipt_mark = subject) \
        ELSE FALSE END \
    ORDER BY kind, subscription_id";

/// All that is followed and is not there, one line for each; no mark of a receipt.
///
/// # Errors
/// `storage_unavailable`, `internal` when the topics do not parse.
pub fn faults(unit: &mut Unit<'_>) -> Result<Vec<String>, Problem> {
    let lost: Vec<Lost> = diesel::sql_query(LOST).load(unit.conn)?;
    let mut faults: Vec<String> = lost
        .into_iter()
        .map(|lost| fault(&lost.subscription_id, &lost.kind))
        .collect();
    let topics: Vec<(String, String)> = push_follows::table
        .filter(push_follows::kind.eq("topic"))
        .order((push_follows::subject, push_follows::subscription_id))
        .select((push_follows::subscription_id, push_follows::subject))
        .load(unit.conn)?;
    let places = list_municipalities(unit)?;
    for (id, subject) in topics {
        let (code, topic) = subject.split_once('/').unwrap_or_default();
        if !places.iter().any(|place| place.code == code) || topics::find(topic)?.is_none() {
            faults.push(fault(&id, "topic"));
        }
    }
    Ok(faults)
}

fn fault(id: &str, kind: &str) -> String {
    format!("subscription {id}: the {kind} it follows is not there")
}
