//! What operators are told to set exists.

use std::collections::BTreeSet;
use std::fs;

use trekendesh::platform::config::Config;

use super::tidy::{repository, sources};

/// What `deploy/compose.yaml` puts into an address before the server sees it.
const OF_COMPOSE: &str = "DATABASE_PASSWORD";

/// The names of all settings, as the environment has them.
fn settings() -> BTreeSet<String> {
    let config = serde_json::to_value(Config::default()).unwrap();
    let fields = config.as_object().unwrap().keys();
    let mut names: BTreeSet<String> = fields
        .map(|field| format!("TREKENDESH_{}", field.to_uppercase()))
        .collect();
    names.extend(["DATABASE_URL", "DATABASE_READ_URL"].map(str::to_owned));
    names
}

/// What is named like a setting.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_uppercase() && letter != '_')
        .filter(|word| {
            ["TREKENDESH_", "DATABASE_"]
                .iter()
                .any(|prefix| word.len() > prefix.len() && word.starts_with(prefix))
        })
}

#[test]
fn every_setting_that_operators_are_told_of_exists() {
    let settings = settings();
    let mut texts = sources("deploy", &[""]);
    for name in ["docs/OPERATIONS.md", "README.md"] {
        let text = fs::read_to_string(repository().join(name)).unwrap();
        texts.push((name.to_owned(), text));
    }
    let mut count = 0;
    for (file, text) in &texts {
        for name in named(text).filter(|name| *name != OF_COMPOSE) {
            count += 1;
            assert!(settings.contains(name), "{file}: there is no {name}");
        }
    }
    assert!(count > 20, "control: {count}");
}
