//! Everything is tested on both stores; what is not is named with its reason, and counted.

use std::fs;

use super::tidy::{repository, sources};

/// How many tests run on SQLite alone, and how many on PostgreSQL alone. Whoever changes one of these
/// numbers says in `.config/nextest.toml` or beside the test why.
const ON_SQLITE_ALONE: usize = 21;
const ON_POSTGRES_ALONE: usize = 37;
/// Where those are.
const POSTGRES: &str = "postgres::";

/// The tests below `tests/`, as nextest names them.
fn tests() -> Vec<String> {
    let root = repository().join("tests");
    let mut found = Vec::new();
    for (name, text) in sources("tests", &[".rs"]) {
        let Some((_, place)) = name.split_once("../tests/") else {
            continue;
        };
        let module = place.trim_end_matches(".rs").replace('/', "::");
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for (number, _) in lines
            .iter()
            .enumerate()
            .filter(|(_, line)| **line == "#[test]")
        {
            let named = lines[number..]
                .iter()
                .find_map(|line| line.strip_prefix("fn "));
            let (function, _) = named.unwrap().split_once('(').unwrap();
            found.push(format!("{module}::{function}"));
        }
    }
    assert!(
        root.is_dir() && found.len() > 200,
        "control: {}",
        found.len()
    );
    found
}

#[test]
fn the_lists_of_what_one_store_is_spared_do_not_grow_unseen() {
    let settings = fs::read_to_string(repository().join(".config/nextest.toml")).unwrap();
    let (_, settings) = settings.split_once("[profile.postgres]").unwrap();
    let tests = tests();
    let mut spared = 0;
    for line in settings
        .lines()
        .filter(|line| line.contains("test(") && !line.contains(POSTGRES))
    {
        let named = line.split_once("test(").unwrap().1.trim_end_matches(')');
        let of_line = tests.iter().filter(|test| match named.strip_prefix("/^") {
            Some(module) => test.starts_with(module.trim_end_matches('/')),
            None => *test == named.trim_start_matches('='),
        });
        let count = of_line.count();
        assert!(count > 0, "{line} names no test");
        spared += count;
    }
    assert_eq!(spared, ON_SQLITE_ALONE);
    let postgres_alone = tests.iter().filter(|test| test.starts_with(POSTGRES));
    assert_eq!(postgres_alone.count(), ON_POSTGRES_ALONE);
}
