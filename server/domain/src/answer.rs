//! Answers: what an institution tells the public about a concern (DESIGN, the loop closes).
//!
//! An answer is one institution's word and moves nothing by itself: the concern's state is
//! moved by [`crate::concern::decide`], for which an answer may be the proof.

use crate::code::coded;
use crate::concern::State;
use crate::seat::Institution;
use crate::text::{Body, Reason, TextRefusal};
use chrono::NaiveDate;
use thiserror::Error;

coded! {
    /// What an answer comes down to.
    pub enum Verdict {
        /// It is solved.
        Done = "done",
        /// It is solved in part; the text says what is left.
        PartlyDone = "partly_done",
        /// It will be done, by a lead and a day.
        Planned = "planned",
        /// It cannot be done; the text says why.
        NotPossible = "not_possible",
        /// It is another institution's matter, which is named.
        NotOurs = "not_ours",
    }
}

/// An answer as somebody wrote it, and where the concern stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draft<'a> {
    /// Where the concern stands.
    pub state: State,
    /// What the answer comes down to.
    pub verdict: Verdict,
    /// The text.
    pub text: &'a str,
    /// The leading institution, when it is planned.
    pub lead: Option<Institution>,
    /// The day by which it will be done, when it is planned.
    pub due_on: Option<NaiveDate>,
    /// Whose matter it is, when it is not ours.
    pub whose: Option<&'a str>,
    /// The day of the answer.
    pub on: NaiveDate,
}

/// An answer that may be published. Only [`answer`] makes one.
///
/// Invariant: a lead and a day exactly when planned, `whose` exactly when not ours.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// What it comes down to.
    pub verdict: Verdict,
    /// The text.
    pub text: Body,
    /// The leading institution and the day by which it will be done (B3, C2).
    pub promise: Option<(Institution, NaiveDate)>,
    /// Whose matter it is.
    pub whose: Option<Reason>,
}

/// Why an answer cannot be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AnswerRefusal {
    /// Nobody would read it: the concern is with its author, merged, referred or unseen.
    #[error("a concern that is {state} takes no answer")]
    StateTakesNoAnswer {
        /// Where the concern stands.
        state: State,
    },
    /// The text breaks a bound.
    #[error("the text is {0}")]
    Text(TextRefusal),
    /// A plan without a leading institution.
    #[error("the leading institution is missing")]
    LeadMissing,
    /// A plan without a day.
    #[error("the day by which it will be done is missing")]
    DueMissing,
    /// A plan for a day that is past.
    #[error("the day by which it will be done is already past")]
    DueInThePast,
    /// It is not said whose matter it is.
    #[error("it is not said whose matter it is")]
    WhoseMissing,
    /// What was said about whose matter it is breaks a bound.
    #[error("whose matter it is, is {0}")]
    Whose(TextRefusal),
}

/// Checks an answer. A lead, a day or an owner that the verdict has no use for is dropped.
///
/// # Errors
/// [`AnswerRefusal`], the first that applies.
pub fn answer(draft: Draft<'_>) -> Result<Answer, AnswerRefusal> {
    if !draft.state.takes_answers() {
        return Err(AnswerRefusal::StateTakesNoAnswer { state: draft.state });
    }
    let text = Body::parse(draft.text).map_err(AnswerRefusal::Text)?;
    let promise = match draft.verdict {
        Verdict::Planned => Some(promise(&draft)?),
        _ => None,
    };
    let whose = match draft.verdict {
        Verdict::NotOurs => Some(whose(&draft)?),
        _ => None,
    };
    Ok(Answer {
        verdict: draft.verdict,
        text,
        promise,
        whose,
    })
}

fn promise(draft: &Draft<'_>) -> Result<(Institution, NaiveDate), AnswerRefusal> {
    let lead = draft.lead.ok_or(AnswerRefusal::LeadMissing)?;
    let due = draft.due_on.ok_or(AnswerRefusal::DueMissing)?;
    if due < draft.on {
        return Err(AnswerRefusal::DueInThePast);
    }
    Ok((lead, due))
}

fn whose(draft: &Draft<'_>) -> Result<Reason, AnswerRefusal> {
    let written = draft.whose.ok_or(AnswerRefusal::WhoseMissing)?;
    Reason::parse(written).map_err(AnswerRefusal::Whose)
}

#[cfg(test)]
mod tests {
    use super::{AnswerRefusal, Draft, Verdict, answer};
    use crate::code::Code;
    use crate::concern::State;
    use crate::seat::Institution;
    use crate::text::TextRefusal;
    use chrono::{Days, NaiveDate};

    const TODAY: NaiveDate = NaiveDate::MIN;

    const FULL: Draft<'static> = Draft {
        state: State::Published,
        verdict: Verdict::Done,
        text: "Llambat u ndërruan të gjitha.",
        lead: Some(Institution::Municipality),
        due_on: Some(TODAY),
        whose: Some("OSHEE"),
        on: TODAY,
    };

    #[test]
    fn a_plan_says_who_and_when() {
        let plan = Draft {
            verdict: Verdict::Planned,
            ..FULL
        };
        let kept = answer(plan).map(|a| a.promise);
        assert_eq!(kept, Ok(Some((Institution::Municipality, TODAY))));
        let no_lead = Draft { lead: None, ..plan };
        assert_eq!(answer(no_lead), Err(AnswerRefusal::LeadMissing));
        let no_day = Draft {
            due_on: None,
            ..plan
        };
        assert_eq!(answer(no_day), Err(AnswerRefusal::DueMissing));
        let late = Draft {
            on: TODAY + Days::new(1),
            ..plan
        };
        assert_eq!(answer(late), Err(AnswerRefusal::DueInThePast));
    }

    #[test]
    fn not_ours_says_whose() {
        let not_ours = Draft {
            verdict: Verdict::NotOurs,
            ..FULL
        };
        assert!(answer(not_ours).is_ok_and(|a| a.whose.is_some() && a.promise.is_none()));
        let silent = Draft {
            whose: None,
            ..not_ours
        };
        assert_eq!(answer(silent), Err(AnswerRefusal::WhoseMissing));
        let blank = Draft {
            whose: Some("  "),
            ..not_ours
        };
        let refusal = AnswerRefusal::Whose(TextRefusal::TooShort { min: 3 });
        assert_eq!(answer(blank), Err(refusal));
    }

    #[test]
    fn what_a_verdict_has_no_use_for_is_dropped() {
        for verdict in Verdict::ALL {
            let given = answer(Draft {
                verdict: *verdict,
                ..FULL
            });
            let planned = *verdict == Verdict::Planned;
            let not_ours = *verdict == Verdict::NotOurs;
            assert!(given.is_ok_and(|a| {
                a.promise.is_some() == planned && a.whose.is_some() == not_ours
            }));
        }
    }

    #[test]
    fn an_answer_reaches_somebody_or_is_refused() {
        for state in State::ALL {
            let given = answer(Draft {
                state: *state,
                ..FULL
            });
            assert_eq!(given.is_ok(), state.takes_answers(), "{state}");
        }
        let short = Draft {
            text: "Po.",
            ..FULL
        };
        let refusal = AnswerRefusal::Text(TextRefusal::TooShort { min: 10 });
        assert_eq!(answer(short), Err(refusal));
    }
}
