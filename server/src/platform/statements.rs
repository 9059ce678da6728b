//! What is asked of the store, for whoever looks for what is slow and for the tests
//! (`RUST_LOG=statements=trace`): the text of each statement, and whether it is prepared anew, never
//! what is bound to it. Its lines tell when an anonymous act was, so a release has no such thing.
#![cfg(debug_assertions)]

use diesel::connection::InstrumentationEvent;

/// Writes a statement to the log.
pub fn tell(event: InstrumentationEvent<'_>) {
    if !tracing::enabled!(target: "statements", tracing::Level::TRACE) {
        return;
    }
    match event {
        InstrumentationEvent::StartQuery { query, .. } => {
            let text = query.to_string();
            let statement = text.split(" -- binds").next().unwrap_or_default();
            tracing::trace!(target: "statements", statement);
        }
        InstrumentationEvent::CacheQuery { sql, .. } => {
            tracing::trace!(target: "statements", prepared = sql);
        }
        _ => {}
    }
}
