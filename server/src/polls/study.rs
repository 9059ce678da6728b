//! Figures of a survey that was taken and published elsewhere, from integer counts: percentages are worked out
//! anew, and where the source printed another one it is said so (an erratum of the source, not of ours).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use domain::Code as _;
use domain::poll::{Audience, State, exact};
use domain::seat::Institution;
use serde::Deserialize;

use super::paper::{PollOption, PollPaper, PollQuestion, Said};
use super::store::{self, Poll};
use super::views::{
    PartResults, PollResults, PollScope, QuestionResults, ScopeResults, ValueShare,
};
use super::{PollId, read};
use crate::audit;
use crate::places::store::Municipality;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// What is called so was printed by no source: whoever chose something else, or nothing.
const REST: &str = "rest";

/// The counts of a survey.
#[derive(Clone, Deserialize)]
pub struct Survey {
    /// Where it was published.
    source: String,
    /// How it was taken.
    method: Option<Said>,
    /// Statements that were agreed with, from 1 to 5.
    matrix: Vec<Statement>,
    /// Questions with options.
    single: Vec<Question>,
}

#[derive(Clone, Deserialize)]
struct Statement {
    id: String,
    table: u8,
    sq: String,
    en: String,
    n: i64,
    counts: BTreeMap<String, i64>,
    /// The two highest values together, as printed.
    top2_text: f64,
}

#[derive(Clone, Deserialize)]
struct Question {
    id: String,
    sq: String,
    en: String,
    n: i64,
    #[serde(default)]
    options: Vec<String>,
    reported: BTreeMap<String, f64>,
    counts: Option<BTreeMap<String, i64>>,
}

/// Takes a survey over as a closed poll of the year it was published in.
///
/// # Errors
/// `storage_unavailable`.
pub fn take_over(
    unit: &mut Unit<'_>,
    place: &Municipality,
    survey: &Survey,
    year: i32,
) -> Result<PollId, Problem> {
    let id = PollId::new(unit.chance)?;
    let (paper, results) = told(survey);
    let today = unit.today();
    let row = Poll {
        series: id.clone(),
        id: id.clone(),
        municipality_code: place.code.clone(),
        audience: Audience::Survey.code().to_owned(),
        year,
        state: State::Closed.code().to_owned(),
        institution: Institution::CivilSociety.code().to_owned(),
        paper: read::written(&paper)?,
        published_on: Some(today),
        closed_on: Some(today),
        answered: i32::try_from(results.answered).ok(),
        results: Some(read::written(&results)?),
        source: Some(survey.source.clone()),
        sent_on: None,
    };
    store::insert(unit, &row)?;
    unit.touch(&place.code);
    audit::append(unit, None, "survey_taken_over", id.as_str())?;
    Ok(id)
}

fn told(survey: &Survey) -> (PollPaper, PollResults) {
    let mut questions = Vec::new();
    let mut results = Vec::new();
    for one in &survey.single {
        questions.push(one.asked());
        results.push(one.result());
    }
    for table in [1, 2] {
        let rows: Vec<&Statement> = survey
            .matrix
            .iter()
            .filter(|row| row.table == table)
            .collect();
        questions.push(table_asked(table, &rows));
        results.push(table_result(table, &rows));
    }
    let answered = survey.single.iter().map(|one| one.n).max().unwrap_or(0);
    let paper = PollPaper {
        title: said(
            "Anketa e studimit për funksionimin e KVSP-ve",
            "The survey of the study on how the councils work",
        ),
        intro: Some(intro(survey.method.as_ref())),
        questions,
        group_by: None,
    };
    let scope = PollScope {
        kind: "all".to_owned(),
        name: String::new(),
        class: None,
        answered: Some(answered),
    };
    let results = PollResults {
        k: Audience::Survey.k(),
        exact: true,
        source: Some(survey.source.clone()),
        answered,
        invited: None,
        hands: 0,
        withheld: 0,
        scopes: vec![scope],
        questions: results,
    };
    (paper, results)
}

fn intro(method: Option<&Said>) -> Said {
    let before = |text: Option<&str>| text.map(|text| format!("{text}. ")).unwrap_or_default();
    let english = method.map(|said| said.en.as_deref().unwrap_or(&said.sq));
    said(
        &format!(
            "{}Përqindjet llogariten nga numrat; ku burimi shtyp një tjetër, thuhet te pyetja.",
            before(method.map(|said| said.sq.as_str()))
        ),
        &format!(
            "{}Percentages are worked out from counts; where the source prints another one, the question says so.",
            before(english)
        ),
    )
}

fn said(sq: &str, en: &str) -> Said {
    Said {
        sq: sq.to_owned(),
        en: Some(en.to_owned()),
    }
}

fn question(id: String, text: Said, help: Option<Said>, kind: &str) -> PollQuestion {
    PollQuestion {
        id,
        text,
        help,
        required: false,
        picture: None,
        only_if: None,
        kind: kind.to_owned(),
        options: Vec::new(),
        rows: Vec::new(),
        scale: None,
        most: None,
        min: None,
        max: None,
    }
}

fn result(id: String, n: i64, parts: Vec<PartResults>) -> QuestionResults {
    QuestionResults {
        id,
        results: vec![ScopeResults {
            scope: 0,
            n,
            skipped: None,
            step: 0.1,
            parts,
        }],
        texts: Vec::new(),
    }
}

fn part(id: String, values: impl Iterator<Item = (String, f64)>) -> PartResults {
    PartResults {
        id,
        values: values
            .map(|(id, percent)| ValueShare { id, percent })
            .collect(),
        mean: None,
        low: None,
        high: None,
    }
}

impl Question {
    /// What was printed, in the order of the options where they are known, with counts; and how many are left.
    fn counted(&self) -> (Vec<(&str, i64)>, i64) {
        let counts = self.counts.iter().flatten();
        let mut listed: Vec<(&str, i64)> = counts
            .map(|(name, count)| (name.as_str(), *count))
            .collect();
        let place = |name: &str| self.options.iter().position(|option| option == name);
        listed.sort_by_key(|(name, count)| (place(name), -count));
        let sum: i64 = listed.iter().map(|(_, count)| count).sum();
        (listed, self.n - sum)
    }

    /// Whether somebody could name several: more answers than people.
    fn is_multiple(&self) -> bool {
        self.counted().1 < 0
    }

    fn asked(&self) -> PollQuestion {
        let (listed, rest) = self.counted();
        let kind = if self.is_multiple() {
            "multiple"
        } else {
            "single"
        };
        let help = self.counts.is_none().then(|| self.unreproduced());
        let mut asked = question(self.id.to_lowercase(), said(&self.sq, &self.en), help, kind);
        let option = |(place, (name, _)): (usize, &(&str, i64))| PollOption {
            id: format!("o{}", place + 1),
            text: Said {
                sq: (*name).to_owned(),
                en: None,
            },
        };
        asked.options = listed.iter().enumerate().map(option).collect();
        if rest > 0 {
            asked.options.push(PollOption {
                id: REST.to_owned(),
                text: said("të tjera ose pa përgjigje", "something else, or no answer"),
            });
        }
        asked
    }

    /// What the source prints where no counts give it.
    fn unreproduced(&self) -> Said {
        let mut printed = String::new();
        for (place, (name, percent)) in self.reported.iter().enumerate() {
            let comma = if place > 0 { ", " } else { "" };
            // Writing to a text does not fail.
            let _ = write!(printed, "{comma}{name} {percent} %");
        }
        said(
            &format!(
                "Studimi shtyp {printed}. Asnjë ndarje e {} vetave nuk i jep.",
                self.n
            ),
            &format!(
                "The study prints {printed}. No split of {} people gives them.",
                self.n
            ),
        )
    }

    fn result(&self) -> QuestionResults {
        let id = self.id.to_lowercase();
        if self.counts.is_none() {
            return QuestionResults {
                id,
                results: Vec::new(),
                texts: Vec::new(),
            };
        }
        let (listed, rest) = self.counted();
        let printed = (1..).zip(&listed);
        let printed = printed.map(|(place, (_, count))| (format!("o{place}"), *count));
        let left = (rest > 0).then(|| (REST.to_owned(), rest));
        let shares = printed
            .chain(left)
            .map(|(name, count)| (name, exact(count, self.n)));
        result(id, self.n, vec![part(String::new(), shares)])
    }
}

fn table_asked(table: u8, rows: &[&Statement]) -> PollQuestion {
    let help = errata(rows);
    let text = said(
        &format!("Tabela {table}: sa dakord jeni?"),
        &format!("Table {table}: how far do you agree?"),
    );
    let mut asked = question(format!("t{table}"), text, help, "matrix");
    asked.scale = Some("agreement".to_owned());
    asked.rows = rows
        .iter()
        .map(|row| PollOption {
            id: row.id.to_lowercase(),
            text: said(&row.sq, &row.en),
        })
        .collect();
    asked
}

/// Where the source prints another sum of the two highest values than its counts give.
fn errata(rows: &[&Statement]) -> Option<Said> {
    let wrong: Vec<(String, f64, f64)> = rows
        .iter()
        .filter_map(|row| {
            let top = |value: &str| row.counts.get(value).copied().unwrap_or(0);
            let right = exact(top("4") + top("5"), row.n);
            let differs = (right - row.top2_text).abs() > f64::EPSILON;
            differs.then(|| (row.id.clone(), row.top2_text, right))
        })
        .collect();
    let list = |between: &str| {
        let each = wrong
            .iter()
            .map(|(id, printed, right)| format!("{id}: {printed} % {between} {right} %"));
        each.collect::<Vec<_>>().join("; ")
    };
    (!wrong.is_empty()).then(|| {
        said(
            &format!(
                "Dakord dhe plotësisht dakord bashkë, si i shtyp studimi dhe si dalin nga numrat: {}.",
                list("në vend të").replace('.', ",")
            ),
            &format!(
                "Agree and fully agree together, as the study prints them and as the counts give them: {}.",
                list("instead of")
            ),
        )
    })
}

fn table_result(table: u8, rows: &[&Statement]) -> QuestionResults {
    let parts = rows.iter().map(|row| {
        let counts = row.counts.iter();
        let shares = counts.map(|(value, count)| (value.clone(), exact(*count, row.n)));
        part(row.id.to_lowercase(), shares)
    });
    let n = rows.iter().map(|row| row.n).max().unwrap_or(0);
    result(format!("t{table}"), n, parts.collect())
}
