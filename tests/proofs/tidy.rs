//! Each kind of line lives where STYLE says, and no file grows past reading.

use std::fs;
use std::path::{Path, PathBuf};

const MOST_LINES: usize = 400;

pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

pub fn sources(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    walk(&repository().join(folder), endings, &mut found);
    assert!(!found.is_empty(), "nothing to look at in {folder}");
    found
}

fn walk(folder: &Path, endings: &[&str], found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let name = path.to_str().unwrap().to_owned();
        if name.ends_with("node_modules") {
            continue;
        }
        if path.is_dir() {
            walk(&path, endings, found);
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn no_file_is_longer_than_400_lines() {
    for (folder, endings) in [
        ("server", &[".rs"][..]),
        ("tests", &[".rs", ".mjs"]),
        ("xtask", &[".rs"]),
        ("bench", &[".rs"]),
        ("pwa/src", &[".ts", ".svelte", ".css"]),
    ] {
        for (name, text) in sources(folder, endings) {
            let generated = name.ends_with("schema.ts") || name.ends_with("src/schema.rs");
            let lines = text.lines().count();
            assert!(generated || lines <= MOST_LINES, "{name} has {lines} lines");
        }
    }
}

/// A file of tests that no other names is never compiled, and nobody misses what it would show.
#[test]
fn every_file_of_tests_is_named_by_the_one_above_it() {
    for folder in [
        "api", "fuzz", "harness", "hostile", "postgres", "proofs", "soak",
    ] {
        for (name, _) in sources(&format!("tests/{folder}"), &[".rs"]) {
            let file = Path::new(&name);
            let above = fs::read_to_string(file.with_file_name("mod.rs")).unwrap();
            let module = file.file_stem().unwrap().to_str().unwrap();
            let named = above.contains(&format!("mod {module};")) || module == "mod";
            assert!(named, "{name} is in no mod.rs");
        }
    }
}

#[test]
fn stores_know_no_http_and_routes_no_sql() {
    for (name, text) in sources("server/src", &[".rs"]) {
        if name.ends_with("store.rs") {
            assert!(!text.contains("actix"), "{name} imports actix");
            assert!(!text.contains("Serialize"), "{name} serialises rows");
        }
        if name.ends_with("routes.rs") {
            assert!(!text.contains("diesel"), "{name} imports diesel");
            assert!(!text.contains("Utc::now"), "{name} asks the clock");
        }
    }
}

#[test]
fn the_rules_know_no_storage_no_network_no_clock() {
    for (name, text) in sources("server/domain/src", &[".rs"]) {
        for forbidden in ["diesel", "actix", "tokio", "Utc::now", "serde::"] {
            assert!(!text.contains(forbidden), "{name} uses {forbidden}");
        }
    }
}

#[test]
fn the_votes_know_no_storage_no_network_no_clock_and_draw_nothing_themselves() {
    for (name, text) in sources("server/ballot/src", &[".rs"]) {
        if name.contains("/src/tests/") {
            continue;
        }
        let forbidden = [
            "diesel",
            "actix",
            "tokio",
            "Utc::now",
            "SystemTime",
            "std::fs",
            "std::net",
            "getrandom",
            "OsRng",
            "SysRng",
        ];
        for forbidden in forbidden {
            assert!(!text.contains(forbidden), "{name} uses {forbidden}");
        }
    }
}

#[test]
fn pushes_are_encrypted_off_the_threads_that_answer() {
    let encrypting: Vec<_> = sources("server/src/notices", &[".rs"])
        .into_iter()
        .filter(|(_, text)| text.contains("encrypt(&row") || text.contains(")?.encrypt("))
        .collect();
    assert_eq!(encrypting.len(), 1, "one place encrypts what is sent");
    let (_, text) = &encrypting[0];
    let (_, waiting) = text.split_once("web::block(move || {").unwrap();
    let (block, _) = waiting.split_once("\n    })").unwrap();
    assert!(block.contains("encrypt(&row"), "{block}");
    assert_eq!(text.matches("encrypt(&row").count(), 1);
}
