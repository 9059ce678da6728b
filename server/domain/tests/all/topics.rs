//! The 28 topics and the help lines.

use crate::{Found, Outcome, coded, rows, text};
use domain::topic::Class;
use serde_json::Value;
use std::collections::BTreeSet;

const TOPICS: &str = include_str!("../../../../data/topics.json");
const HELP_LINES: &str = include_str!("../../../../data/help_lines.json");

/// All topics.
pub fn topics() -> Found<Vec<Value>> {
    Ok(serde_json::from_str(TOPICS)?)
}

fn in_both_languages(value: Option<&Value>) -> Outcome {
    let value = value.ok_or("missing")?;
    for language in ["sq", "en"] {
        let said = text(value, language)?;
        assert_eq!(said, said.trim());
        assert!(said.chars().count() > 3, "{said}");
    }
    Ok(())
}

#[test]
fn every_topic_of_the_study_is_there_once() -> Outcome {
    let topics = topics()?;
    let codes: Result<BTreeSet<_>, _> = topics.iter().map(|t| text(t, "code")).collect();
    assert_eq!(topics.len(), 28);
    assert_eq!(codes?.len(), 28);
    Ok(())
}

#[test]
fn every_topic_says_what_belongs_there_and_where_it_goes() -> Outcome {
    for topic in topics()? {
        for said in ["name", "hint", "goes_to"] {
            in_both_languages(topic.get(said)).map_err(|e| format!("{topic} {said}: {e}"))?;
        }
        text(&topic, "icon")?;
    }
    Ok(())
}

#[test]
fn whoever_may_not_write_here_is_told_who_helps() -> Outcome {
    for topic in topics()? {
        let class: Class = coded(&topic, "class")?;
        if class.accepts_concerns() {
            continue;
        }
        assert!(!rows(&topic, "help")?.is_empty(), "{topic}");
        let mechanism = topic.get("mechanism").ok_or("no mechanism")?;
        in_both_languages(mechanism.get("name"))?;
        in_both_languages(mechanism.get("how"))?;
    }
    Ok(())
}

#[test]
fn every_number_is_one_of_the_help_lines() -> Outcome {
    let lines: Vec<Value> = serde_json::from_str(HELP_LINES)?;
    let known: Result<BTreeSet<_>, _> = lines.iter().map(|l| text(l, "number")).collect();
    let known = known?;
    for line in &lines {
        in_both_languages(line.get("name"))?;
        in_both_languages(line.get("note"))?;
    }
    for topic in topics()? {
        for line in rows(&topic, "help")? {
            assert!(known.contains(text(line, "number")?), "{line}");
            in_both_languages(line.get("name"))?;
        }
    }
    Ok(())
}
