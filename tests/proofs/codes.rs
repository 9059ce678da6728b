//! Every code a person can meet is named once and said in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use trekendesh::codes::Code;

use super::tidy::{repository, sources};

/// The string literals of a source line.
fn literals(text: &str) -> Vec<String> {
    text.split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn is_code(word: &str) -> bool {
    !word.is_empty()
        && word
            .chars()
            .all(|symbol| symbol.is_ascii_lowercase() || symbol == '_')
}

/// The parts of a call's arguments, from just after its opening bracket.
fn arguments(text: &str) -> Vec<String> {
    let (mut parts, mut part, mut depth) = (Vec::new(), String::new(), 0);
    for symbol in text.chars() {
        match symbol {
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(std::mem::take(&mut part));
                continue;
            }
            _ => {}
        }
        part.push(symbol);
    }
    parts.push(part);
    parts
}

/// The codes of field problems in the server's source.
fn field_codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for (_, text) in sources("server/src", &[".rs"]) {
        for call in text.split("Problem::field(").skip(1) {
            codes.extend(literals(&arguments(call)[1]));
        }
        // Words that no call names: they come through a variable.
        if let Some((_, words)) = text.split_once("fn fault_code") {
            codes.extend(literals(words));
        }
    }
    assert!(codes.len() > 20, "control: {codes:?}");
    codes.retain(|code| is_code(code));
    codes
}

/// The keys and sentences of a language's errors.
fn sentences(language: &str) -> BTreeMap<String, String> {
    let text = ["errors", "fields"].map(|file| {
        let path = repository().join(format!("pwa/src/i18n/{language}/{file}.ts"));
        fs::read_to_string(path).unwrap()
    });
    let text = text.concat();
    let mut found = BTreeMap::new();
    for entry in text.split("\n  '").skip(1) {
        let (key, sentence) = entry.split_once("':").unwrap();
        let before = found.insert(key.to_owned(), sentence.trim().to_owned());
        assert!(before.is_none(), "{language}: {key} is said twice");
    }
    found
}

#[test]
fn every_code_is_named_once() {
    let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(names.len(), Code::ALL.len());
    assert!(names.iter().all(|name| is_code(name)), "{names:?}");
    let titles: BTreeSet<&str> = Code::ALL.iter().map(|code| code.title()).collect();
    assert_eq!(titles.len(), Code::ALL.len(), "two codes mean the same");
}

#[test]
fn every_code_is_said_in_both_languages() {
    let codes = Code::ALL
        .iter()
        .map(|code| format!("error.{}", code.as_str()));
    let fields = field_codes()
        .into_iter()
        .map(|code| format!("field.{code}"));
    let wanted: Vec<String> = codes.chain(fields).collect();
    for language in ["sq", "en"] {
        let said = sentences(language);
        let missing: Vec<_> = wanted
            .iter()
            .filter(|key| !said.contains_key(*key))
            .collect();
        assert_eq!(missing, Vec::<&String>::new(), "{language}");
    }
}
