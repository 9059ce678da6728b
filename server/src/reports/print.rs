//! A report as it is printed, in Albanian.

use std::collections::BTreeMap;

use domain::Code as _;
use domain::measure::State;
use domain::seat::Institution;
use serde::Serialize;

use super::views::ReportRecord;
use crate::concerns::topics;
use crate::notices::texts::text;
use crate::platform::print;
use crate::platform::problem::Problem;

const TEMPLATE: &str = include_str!("../../texts/report.typ");

#[derive(Serialize)]
struct Printed<'a> {
    record: &'a ReportRecord,
    words: Words,
}

/// The words templates have no lists of.
#[derive(Serialize)]
pub struct Words {
    /// Of institutions.
    institutions: BTreeMap<&'static str, String>,
    /// Of measures' states.
    states: BTreeMap<&'static str, String>,
    /// Of topics.
    topics: BTreeMap<String, String>,
}

impl Words {
    /// In Albanian.
    ///
    /// # Errors
    /// `internal` when one is missing.
    pub fn albanian() -> Result<Self, Problem> {
        let said = |kind: &str, code: &'static str| {
            let word = text("sq", &format!("{kind}-{code}"), &BTreeMap::new())?;
            Ok((code, word))
        };
        let institutions = Institution::ALL.iter();
        let states = State::ALL.iter();
        let topics = topics::all()?.iter();
        Ok(Self {
            institutions: institutions
                .map(|one| said("institution", one.code()))
                .collect::<Result<_, Problem>>()?,
            states: states
                .map(|one| said("measure-state", one.code()))
                .collect::<Result<_, Problem>>()?,
            topics: topics
                .map(|one| (one.code.clone(), one.name.sq.clone()))
                .collect(),
        })
    }
}

/// The report as PDF. Slow: it runs where heavy work does.
///
/// # Errors
/// `internal` when it cannot be set.
pub fn print(record: &ReportRecord) -> Result<Vec<u8>, Problem> {
    let words = Words::albanian()?;
    print::print(TEMPLATE, &Printed { record, words })
}
