//! What somebody answered, taken apart into what it adds to the sums.

use core::fmt;
use std::collections::BTreeMap;

use super::paper::{Condition, Kind, Paper, Question};

/// The answer to a question, as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// One option.
    One(String),
    /// Some options, or all in their order.
    Many(Vec<String>),
    /// A value on lines.
    Rows(BTreeMap<String, i64>),
    /// A number.
    Number(i64),
    /// Words.
    Text(String),
    /// How somebody feels, and their words.
    Feeling(i64, Option<String>),
}

/// Why an answer is refused: which question, which line of it, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The id of the question.
    pub question: String,
    /// The line, where it is one.
    pub row: Option<String>,
    /// What, as a stable word.
    pub code: &'static str,
}

/// What one answer is counted in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The id of the question.
    pub question: String,
    /// The line or option; empty where there is one part.
    pub part: String,
    /// What was chosen; [`Cell::ANSWERED`] and [`Cell::SKIPPED`] count people.
    pub value: String,
}

impl Cell {
    /// Whoever answered the question; no option is called so.
    pub const ANSWERED: &'static str = "+";
    /// Whoever was asked and did not answer; likewise.
    pub const SKIPPED: &'static str = "-";
    /// No value on one line, of whoever chose one on another.
    pub const NO_VALUE: i64 = 0;

    /// A cell.
    #[must_use]
    pub fn new(question: &str, part: &str, value: impl fmt::Display) -> Self {
        Self {
            question: question.to_owned(),
            part: part.to_owned(),
            value: value.to_string(),
        }
    }

    /// The cell that a text names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let cell = Self::new(parts.next()?, parts.next()?, parts.next()?);
        parts.next().is_none().then_some(cell)
    }
}

/// Question, part and value, apart from each other: none of them has a stroke.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.question, self.part, self.value)
    }
}

/// What a whole answer adds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// One to each of these, in their order.
    pub cells: Vec<Cell>,
    /// What was written, by question.
    pub texts: Vec<(String, String)>,
    /// The answer to the question that tells the others apart; empty where there was none.
    pub group: Option<String>,
}

/// Takes an answer apart.
///
/// # Errors
/// The first fault.
pub fn count(paper: &Paper, answers: &BTreeMap<String, Given>) -> Result<Counted, Fault> {
    let known = |id: &&String| !paper.questions.iter().any(|question| question.id == **id);
    if let Some(id) = answers.keys().find(known) {
        return Err(fault(id, None, "question_unknown"));
    }
    let mut counted = Counted::default();
    for question in &paper.questions {
        let given = answers.get(&question.id);
        let asked = question
            .only_if
            .as_ref()
            .is_none_or(|condition| holds(condition, answers));
        match given {
            Some(_) if !asked => return Err(fault(&question.id, None, "not_asked")),
            Some(given) => {
                read(question, given, &mut counted)?;
                counted.people(question, Cell::ANSWERED);
            }
            None if !asked => {}
            None if question.required => return Err(fault(&question.id, None, "required")),
            None => counted.people(question, Cell::SKIPPED),
        }
    }
    counted.group = paper.group_by.as_ref().map(|id| match answers.get(id) {
        Some(Given::One(option)) => option.clone(),
        _ => String::new(),
    });
    counted.cells.sort();
    Ok(counted)
}

impl Counted {
    fn people(&mut self, question: &Question, what: &str) {
        self.cells.push(Cell::new(&question.id, "", what));
    }

    fn add(&mut self, question: &Question, part: &str, value: impl fmt::Display) {
        self.cells.push(Cell::new(&question.id, part, value));
    }
}

fn fault(question: &str, row: Option<&str>, code: &'static str) -> Fault {
    Fault {
        question: question.to_owned(),
        row: row.map(str::to_owned),
        code,
    }
}

fn holds(condition: &Condition, answers: &BTreeMap<String, Given>) -> bool {
    let named = |option: &String| condition.options.contains(option);
    match answers.get(&condition.question) {
        Some(Given::One(option)) => named(option),
        Some(Given::Many(options)) => options.iter().any(named),
        Some(Given::Feeling(value, _)) => named(&value.to_string()),
        _ => false,
    }
}

fn read(question: &Question, given: &Given, counted: &mut Counted) -> Result<(), Fault> {
    let refused = |code| Err(fault(&question.id, None, code));
    match (&question.kind, given) {
        (Kind::Single { options }, Given::One(option)) => {
            if !options.contains(option) {
                return refused("option_unknown");
            }
            counted.add(question, "", option);
        }
        (Kind::Multiple { options, most }, Given::Many(chosen)) => {
            check_chosen(question, options, chosen)?;
            if chosen.len() > *most {
                return refused("too_many");
            }
            chosen.iter().for_each(|one| counted.add(question, "", one));
        }
        (Kind::Ranking { options, places }, Given::Many(order)) => {
            check_chosen(question, options, order)?;
            if order.len() != *places {
                let few = order.len() < *places;
                return refused(if few { "too_few" } else { "too_many" });
            }
            for (place, one) in (1..).zip(order) {
                counted.add(question, one, place);
            }
        }
        (Kind::Matrix { rows, scale }, Given::Rows(values)) => {
            read_rows(question, rows, i64::from(scale.top()), values, counted)?;
        }
        (Kind::Number { min, max }, Given::Number(number)) => {
            if !(min..=max).contains(&number) {
                return refused("out_of_range");
            }
            counted.add(question, "", number);
        }
        (Kind::Text, Given::Text(text)) => {
            counted.texts.push((question.id.clone(), text.clone()));
        }
        (Kind::Sentiment, Given::Feeling(value, text)) => {
            if !(1..=3).contains(value) {
                return refused("out_of_range");
            }
            counted.add(question, "", value);
            let said = text.iter().cloned();
            counted
                .texts
                .extend(said.map(|text| (question.id.clone(), text)));
        }
        _ => return refused("wrong_kind"),
    }
    Ok(())
}

fn check_chosen(question: &Question, options: &[String], chosen: &[String]) -> Result<(), Fault> {
    let refused = |code| Err(fault(&question.id, None, code));
    if chosen.is_empty() {
        return refused("too_few");
    }
    if !chosen.iter().all(|one| options.contains(one)) {
        return refused("option_unknown");
    }
    let mut rest = chosen;
    while let Some((one, others)) = rest.split_first() {
        if others.contains(one) {
            return refused("repeated");
        }
        rest = others;
    }
    Ok(())
}

fn read_rows(
    question: &Question,
    rows: &[String],
    top: i64,
    values: &BTreeMap<String, i64>,
    counted: &mut Counted,
) -> Result<(), Fault> {
    let refused = |row: Option<&str>, code| Err(fault(&question.id, row, code));
    if values.is_empty() {
        return refused(None, "too_few");
    }
    for (row, value) in values {
        if !rows.contains(row) {
            return refused(Some(row), "option_unknown");
        }
        if !(1..=top).contains(value) {
            return refused(Some(row), "out_of_range");
        }
        counted.add(question, row, value);
    }
    for row in rows.iter().filter(|row| !values.contains_key(*row)) {
        if question.required {
            return refused(Some(row), "required");
        }
        counted.add(question, row, Cell::NO_VALUE);
    }
    Ok(())
}
