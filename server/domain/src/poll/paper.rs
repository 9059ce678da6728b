//! What a poll asks: questions of seven kinds, some of them only after an earlier answer.

use std::collections::BTreeSet;

use crate::code::coded;

/// How often a fault of a paper may be told at once.
const FAULTS_IN: usize = 20;

coded! {
    /// What is chosen on the lines of a table.
    pub enum Scale {
        /// From 1 (not at all) to 5 (fully) in agreement.
        Agreement = "agreement",
        /// 1 little, 2 important, 3 very important.
        Importance = "importance",
        /// From 1 (not at all) to 5 (fully) suited.
        Suitability = "suitability",
    }
}

impl Scale {
    /// The highest value.
    #[must_use]
    pub const fn top(self) -> u8 {
        match self {
            Self::Importance => 3,
            Self::Agreement | Self::Suitability => 5,
        }
    }
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One of the options.
    Single {
        /// Their ids.
        options: Vec<String>,
    },
    /// Some of the options.
    Multiple {
        /// Their ids.
        options: Vec<String>,
        /// How many at most.
        most: usize,
    },
    /// A value of a scale on each line.
    Matrix {
        /// The ids of the lines.
        rows: Vec<String>,
        /// What is chosen on them.
        scale: Scale,
    },
    /// Options in an order.
    Ranking {
        /// Their ids.
        options: Vec<String>,
        /// How many of them are put in order.
        places: usize,
    },
    /// A whole number.
    Number {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A few words.
    Text,
    /// Bad, so-so or good, and a few words if one likes.
    Sentiment,
}

impl Kind {
    /// Which of its answers another question may depend on.
    fn branches(&self) -> Vec<String> {
        match self {
            Self::Single { options } | Self::Multiple { options, .. } => options.clone(),
            Self::Sentiment => (1..=3).map(|value| value.to_string()).collect(),
            _ => Vec::new(),
        }
    }
}

/// After which answers a question is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The id of an earlier question.
    pub question: String,
    /// One of these was its answer, or among them.
    pub options: Vec<String>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id within the paper.
    pub id: String,
    /// Whether nobody can go on without an answer.
    pub required: bool,
    /// After which answers it is asked; nothing: always.
    pub only_if: Option<Condition>,
    /// How it is answered.
    pub kind: Kind,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The questions, in their order.
    pub questions: Vec<Question>,
    /// The question by whose answers the others are told apart, where one is.
    pub group_by: Option<String>,
}

/// What is wrong with a paper: the place of the question, the field and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperFault {
    /// The place of the question; nothing: of the paper.
    pub question: Option<usize>,
    /// Which field.
    pub field: &'static str,
    /// What, as a stable word.
    pub code: &'static str,
}

/// Whether a paper can be answered: everything it names is there, and named once.
///
/// # Errors
/// All that is wrong, the first faults first.
pub fn check(paper: &Paper) -> Result<(), Vec<PaperFault>> {
    let mut faults = Vec::new();
    let mut seen: Vec<&Question> = Vec::new();
    for (place, question) in paper.questions.iter().enumerate() {
        let mut fault = |field, code| {
            faults.push(PaperFault {
                question: Some(place),
                field,
                code,
            });
        };
        if seen.iter().any(|earlier| earlier.id == question.id) {
            fault("id", "repeated");
        }
        check_kind(&question.kind, &mut fault);
        if let Some(condition) = &question.only_if {
            check_condition(condition, &seen, &mut fault);
        }
        seen.push(question);
    }
    let single = |id: &String| {
        let found = paper.questions.iter().find(|question| question.id == *id);
        found.is_some_and(|question| {
            matches!(question.kind, Kind::Single { .. }) && question.only_if.is_none()
        })
    };
    if !paper.group_by.as_ref().is_none_or(single) {
        faults.push(PaperFault {
            question: None,
            field: "group_by",
            code: "reference_unknown",
        });
    }
    faults.truncate(FAULTS_IN);
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

fn check_condition(
    condition: &Condition,
    earlier: &[&Question],
    fault: &mut impl FnMut(&'static str, &'static str),
) {
    let asked = earlier.iter().find(|one| one.id == condition.question);
    let branches = asked.map(|one| one.kind.branches()).unwrap_or_default();
    let known = condition.options.iter().all(|one| branches.contains(one));
    if condition.options.is_empty() || !known {
        fault("only_if", "reference_unknown");
    }
}

fn check_kind(kind: &Kind, fault: &mut impl FnMut(&'static str, &'static str)) {
    let distinct = |ids: &[String]| ids.iter().collect::<BTreeSet<_>>().len() == ids.len();
    let mut listed = |field, ids: &[String], least, greatest| {
        if ids.len() < least {
            fault(field, "too_few");
        } else if ids.len() > greatest {
            fault(field, "too_many");
        } else if !distinct(ids) {
            fault(field, "repeated");
        }
    };
    match kind {
        Kind::Single { options } => listed("options", options, 2, 20),
        Kind::Multiple { options, most } => {
            listed("options", options, 2, 20);
            if !(1..=options.len()).contains(most) {
                fault("most", "out_of_range");
            }
        }
        Kind::Matrix { rows, .. } => listed("rows", rows, 1, 15),
        Kind::Ranking { options, places } => {
            listed("options", options, 2, 8);
            if !(1..=options.len()).contains(places) {
                fault("most", "out_of_range");
            }
        }
        Kind::Number { min, max } => {
            if !(0 <= *min && min < max && *max <= 1000) {
                fault("max", "out_of_range");
            }
        }
        Kind::Text | Kind::Sentiment => {}
    }
}
