//! The API as it is described is the API as it is committed; the app translates every code.

use std::fs;
use std::path::PathBuf;

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Run with `TREKENDESH_ACCEPT=1` to accept a changed API.
#[test]
fn the_committed_description_is_what_is_served() {
    let path = repository().join("tests/snapshots/openapi.json");
    let served = trekendesh::serve::description().to_pretty_json().unwrap();
    if std::env::var_os("TREKENDESH_ACCEPT").is_some() {
        fs::write(&path, format!("{served}\n")).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap();
    assert!(
        committed.trim() == served.trim(),
        "the API changed: `cargo xtask snapshots` accepts that"
    );
}

#[test]
fn every_operation_has_an_id_and_a_summary() {
    let api = serde_json::to_value(trekendesh::serve::description()).unwrap();
    for (path, methods) in api["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            assert!(operation["operationId"].is_string(), "{method} {path}");
            assert!(operation["summary"].is_string(), "{method} {path}");
        }
    }
}
