//! What the access matrix calls: one row for each operation, more where it matters which thing.

/// Operations after which the session may be over; they come last.
const ENDING: [&str; 3] = [
    "delete_current_session",
    "delete_sessions",
    "delete_account",
];

/// One call.
pub struct Row {
    pub operation: &'static str,
    pub case: &'static str,
    pub method: &'static str,
    pub path: &'static str,
    pub body: &'static str,
    /// Each persona signs in before it.
    pub ends_session: bool,
}

/// All rows, in the order they are called.
pub fn rows() -> Vec<Row> {
    include_str!("access_rows.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(row)
        .collect()
}

fn row(line: &'static str) -> Row {
    let mut parts = line.splitn(5, '|').map(str::trim);
    let mut next = || parts.next().unwrap_or_default();
    let (operation, case, method, path, body) = (next(), next(), next(), next(), next());
    Row {
        operation,
        case,
        method,
        path,
        body,
        ends_session: ENDING.contains(&operation),
    }
}
