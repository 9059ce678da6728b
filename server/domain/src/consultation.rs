//! Consultations: in which phase one is, which dates it may be announced with, and how far they may
//! be moved afterwards.
//!
//! Invariants: the phase follows from the dates and the day alone; a phase that is over stays over;
//! whoever wants to be heard has the time of law 146/2014 (art. 15) for it.

mod became;

pub use became::Became;

use chrono::NaiveDate;
use std::collections::BTreeSet;

use crate::calendar::due_on;
use crate::code::coded;

/// Working days in which anybody can take part, at least (law 146/2014 art. 15).
pub const COLLECT_WORKING_DAYS: u32 = 20;
/// The most to which they can be extended (law 146/2014 art. 15).
pub const COLLECT_WORKING_DAYS_EXTENDED: u32 = 40;

coded! {
    /// Where a consultation stands.
    pub enum Phase {
        /// It is announced and begins later.
        Announced = "announced",
        /// Residents bring concerns, the secretary makes the list of candidates.
        Collect = "collect",
        /// Candidates are asked about and answered for.
        Discuss = "discuss",
        /// The list is frozen; verified residents vote.
        Vote = "vote",
        /// The result is counted and public.
        Result = "result",
        /// The council plans what comes of it.
        Plan = "plan",
        /// The council answers for what was done.
        Report = "report",
        /// The council took it back, and said why.
        Withdrawn = "withdrawn",
    }
}

impl Phase {
    /// Whether the list of candidates may still change.
    #[must_use]
    pub fn list_is_open(self) -> bool {
        matches!(self, Self::Announced | Self::Collect | Self::Discuss)
    }

    /// Whether it may be taken back: not once a vote has begun.
    #[must_use]
    pub fn may_be_withdrawn(self) -> bool {
        self.list_is_open()
    }
}

coded! {
    /// What is voted on.
    pub enum Method {
        /// Which of the concerns on the list come first.
        Prioritising = "prioritising",
        /// One question, with choices.
        Question = "question",
    }
}

coded! {
    /// One of the dates of a consultation, in their order.
    pub enum Mark {
        /// The first day on which concerns are collected.
        CollectFrom = "collect_from",
        /// The last.
        CollectUntil = "collect_until",
        /// The last day of the discussion, where there is one.
        DiscussUntil = "discuss_until",
        /// The last day of the vote.
        VoteUntil = "vote_until",
        /// The last day on which the result alone is shown.
        ResultUntil = "result_until",
        /// The last day for the plan.
        PlanUntil = "plan_until",
        /// The day on which the council reports.
        ReportOn = "report_on",
    }
}

/// What is wrong with a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It lies before the day of the announcement, or a phase that is over is to be moved.
    IsOver,
    /// It does not come after the date before it.
    OutOfOrder,
    /// Fewer working days than the law gives.
    TooShort,
    /// More working days than the law lets it be extended to.
    TooLong,
    /// An extension that makes something shorter.
    Shortened,
    /// An extension that moves nothing.
    Unmoved,
    /// The last day of a vote that has begun: it was announced to those who vote.
    Fixed,
}

/// A date that is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRefusal {
    /// Which.
    pub mark: Mark,
    /// Why.
    pub fault: Fault,
}

/// The dates of a consultation. Each phase lasts until the end of its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// The first day on which concerns are collected.
    pub collect_from: NaiveDate,
    /// The last.
    pub collect_until: NaiveDate,
    /// The last day of the discussion; nothing: there is none.
    pub discuss_until: Option<NaiveDate>,
    /// The last day of the vote.
    pub vote_until: NaiveDate,
    /// The last day on which the result alone is shown.
    pub result_until: NaiveDate,
    /// The last day for the plan.
    pub plan_until: NaiveDate,
    /// The day on which the council reports.
    pub report_on: NaiveDate,
}

impl Schedule {
    /// The phase on a day.
    #[must_use]
    pub fn phase(&self, today: NaiveDate) -> Phase {
        let ends = [
            (self.collect_until, Phase::Collect),
            (
                self.discuss_until.unwrap_or(self.collect_until),
                Phase::Discuss,
            ),
            (self.vote_until, Phase::Vote),
            (self.result_until, Phase::Result),
            (self.plan_until, Phase::Plan),
        ];
        if today < self.collect_from {
            return Phase::Announced;
        }
        ends.into_iter()
            .find(|(until, _)| today <= *until)
            .map_or(Phase::Report, |(_, phase)| phase)
    }

    /// The day until which one can do something in a phase: its last, or the first of what was
    /// announced. Nothing once the vote is over.
    #[must_use]
    pub fn until(&self, phase: Phase) -> Option<NaiveDate> {
        match phase {
            Phase::Announced => Some(self.collect_from),
            Phase::Collect => Some(self.collect_until),
            Phase::Discuss => self.discuss_until,
            Phase::Vote => Some(self.vote_until),
            Phase::Result | Phase::Plan | Phase::Report | Phase::Withdrawn => None,
        }
    }

    /// The last day before the vote, on which the list is still open and tokens are still given.
    #[must_use]
    pub fn frozen_after(&self) -> NaiveDate {
        self.discuss_until.unwrap_or(self.collect_until)
    }

    /// Whether a consultation announced on a day may have these dates.
    ///
    /// # Errors
    /// The first date that is refused.
    pub fn check(
        &self,
        announced_on: NaiveDate,
        holidays: &BTreeSet<NaiveDate>,
    ) -> Result<(), DateRefusal> {
        if self.collect_from < announced_on {
            return Err(Mark::CollectFrom.is(Fault::IsOver));
        }
        let mut before = self.collect_from;
        for (mark, day) in self.ends() {
            if day <= before {
                return Err(mark.is(Fault::OutOfOrder));
            }
            before = day;
        }
        if self.collect_until < due_on(self.collect_from, COLLECT_WORKING_DAYS, holidays) {
            return Err(Mark::CollectUntil.is(Fault::TooShort));
        }
        if self.collect_until > due_on(self.collect_from, COLLECT_WORKING_DAYS_EXTENDED, holidays) {
            return Err(Mark::CollectUntil.is(Fault::TooLong));
        }
        Ok(())
    }

    /// Whether these dates may become `later` today. What is over stays, and nothing gets shorter.
    ///
    /// # Errors
    /// The first date that is refused.
    pub fn check_extension(
        &self,
        later: &Self,
        today: NaiveDate,
        holidays: &BTreeSet<NaiveDate>,
    ) -> Result<(), DateRefusal> {
        if later.discuss_until.is_some() != self.discuss_until.is_some() {
            return Err(Mark::DiscussUntil.is(Fault::OutOfOrder));
        }
        for ((mark, old), (_, new)) in self.all().zip(later.all()) {
            if new < old {
                return Err(mark.is(Fault::Shortened));
            }
            if new > old && old < today {
                return Err(mark.is(Fault::IsOver));
            }
            if new > old && mark == Mark::VoteUntil && today > self.frozen_after() {
                return Err(mark.is(Fault::Fixed));
            }
        }
        if later == self {
            return Err(Mark::CollectUntil.is(Fault::Unmoved));
        }
        later.check(later.collect_from, holidays)
    }

    fn ends(&self) -> impl Iterator<Item = (Mark, NaiveDate)> {
        [
            (Mark::CollectUntil, Some(self.collect_until)),
            (Mark::DiscussUntil, self.discuss_until),
            (Mark::VoteUntil, Some(self.vote_until)),
            (Mark::ResultUntil, Some(self.result_until)),
            (Mark::PlanUntil, Some(self.plan_until)),
            (Mark::ReportOn, Some(self.report_on)),
        ]
        .into_iter()
        .filter_map(|(mark, day)| day.map(|day| (mark, day)))
    }

    fn all(&self) -> impl Iterator<Item = (Mark, NaiveDate)> {
        std::iter::once((Mark::CollectFrom, self.collect_from)).chain(self.ends())
    }
}

impl Mark {
    fn is(self, fault: Fault) -> DateRefusal {
        DateRefusal { mark: self, fault }
    }
}

#[cfg(test)]
mod tests;
