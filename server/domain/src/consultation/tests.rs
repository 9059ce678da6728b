use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use std::collections::BTreeSet;

use super::{DateRefusal, Fault, Mark, Phase, Schedule};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The holidays of November and December 2026 on which offices are closed.
fn holidays() -> BTreeSet<NaiveDate> {
    [
        "2026-11-23",
        "2026-11-30",
        "2026-12-01",
        "2026-12-08",
        "2026-12-25",
    ]
    .map(day)
    .into()
}

fn schedule() -> Schedule {
    Schedule {
        collect_from: day("2026-11-02"),
        collect_until: day("2026-12-03"),
        discuss_until: Some(day("2026-12-13")),
        vote_until: day("2026-12-27"),
        result_until: day("2027-01-10"),
        plan_until: day("2027-02-28"),
        report_on: day("2027-11-30"),
    }
}

fn refused(mark: Mark, fault: Fault) -> Result<(), DateRefusal> {
    Err(DateRefusal { mark, fault })
}

#[test]
fn the_clock_moves_it_from_phase_to_phase_at_the_end_of_each_last_day() {
    let dates = schedule();
    for (on, phase) in [
        ("2026-11-01", Phase::Announced),
        ("2026-11-02", Phase::Collect),
        ("2026-12-03", Phase::Collect),
        ("2026-12-04", Phase::Discuss),
        ("2026-12-13", Phase::Discuss),
        ("2026-12-14", Phase::Vote),
        ("2026-12-27", Phase::Vote),
        ("2026-12-28", Phase::Result),
        ("2027-01-11", Phase::Plan),
        ("2027-03-01", Phase::Report),
        ("2099-01-01", Phase::Report),
    ] {
        assert_eq!(dates.phase(day(on)), phase, "{on}");
    }
}

#[test]
fn something_can_be_done_until_the_end_of_the_vote() {
    let dates = schedule();
    let until = |on: &str| dates.until(dates.phase(day(on)));
    assert_eq!(until("2026-11-01"), Some(day("2026-11-02")));
    assert_eq!(until("2026-11-05"), Some(day("2026-12-03")));
    assert_eq!(until("2026-12-04"), Some(day("2026-12-13")));
    assert_eq!(until("2026-12-14"), Some(day("2026-12-27")));
    assert_eq!(until("2026-12-28"), None);
    assert_eq!(dates.until(Phase::Withdrawn), None);
}

#[test]
fn without_a_discussion_the_vote_follows_at_once() {
    let dates = Schedule {
        discuss_until: None,
        ..schedule()
    };
    assert_eq!(dates.phase(day("2026-12-04")), Phase::Vote);
    assert_eq!(dates.frozen_after(), day("2026-12-03"));
    assert_eq!(schedule().frozen_after(), day("2026-12-13"));
}

/// Law 146/2014 art. 15: from 2 November 2026 twenty working days end on 3 December, for Monday to
/// Friday alone would end on 30 November.
#[test]
fn the_law_gives_everybody_twenty_working_days() {
    let announced = day("2026-11-02");
    assert_eq!(schedule().check(announced, &holidays()), Ok(()));
    let short = Schedule {
        collect_until: day("2026-12-02"),
        ..schedule()
    };
    let refusal = refused(Mark::CollectUntil, Fault::TooShort);
    assert_eq!(short.check(announced, &holidays()), refusal);
    assert_eq!(short.check(announced, &BTreeSet::new()), Ok(()));
}

#[test]
fn nobody_is_kept_waiting_beyond_forty_working_days() {
    let long = |until: &str| Schedule {
        collect_until: day(until),
        discuss_until: None,
        vote_until: day("2027-02-01"),
        result_until: day("2027-02-10"),
        ..schedule()
    };
    let check = |until: &str| long(until).check(day("2026-11-02"), &BTreeSet::new());
    assert_eq!(check("2026-12-28"), Ok(()));
    assert_eq!(
        check("2026-12-29"),
        refused(Mark::CollectUntil, Fault::TooLong)
    );
}

#[test]
fn dates_come_in_their_order_and_not_before_the_announcement() {
    let late = day("2026-11-03");
    let refusal = refused(Mark::CollectFrom, Fault::IsOver);
    assert_eq!(schedule().check(late, &holidays()), refusal);
    let turned = Schedule {
        vote_until: day("2026-12-13"),
        ..schedule()
    };
    let refusal = refused(Mark::VoteUntil, Fault::OutOfOrder);
    assert_eq!(turned.check(day("2026-11-02"), &holidays()), refusal);
}

#[test]
fn what_is_over_stays_over_and_nothing_gets_shorter() {
    let dates = schedule();
    let extend =
        |later: Schedule, today: &str| dates.check_extension(&later, day(today), &holidays());
    let longer = Schedule {
        collect_until: day("2026-12-10"),
        ..dates
    };
    assert_eq!(extend(longer, "2026-12-03"), Ok(()));
    assert_eq!(
        extend(longer, "2026-12-04"),
        refused(Mark::CollectUntil, Fault::IsOver)
    );
    let shorter = Schedule {
        vote_until: day("2026-12-26"),
        ..dates
    };
    assert_eq!(
        extend(shorter, "2026-11-10"),
        refused(Mark::VoteUntil, Fault::Shortened)
    );
    assert_eq!(
        extend(dates, "2026-11-10"),
        refused(Mark::CollectUntil, Fault::Unmoved)
    );
    let longer_vote = Schedule {
        vote_until: day("2026-12-28"),
        ..dates
    };
    let first_day_of_vote = dates.frozen_after().succ_opt().unwrap().to_string();
    assert_eq!(extend(longer_vote, "2026-11-10"), Ok(()));
    assert_eq!(
        extend(longer_vote, &first_day_of_vote),
        refused(Mark::VoteUntil, Fault::Fixed)
    );
    let without = Schedule {
        discuss_until: None,
        ..dates
    };
    assert_eq!(
        extend(without, "2026-11-10"),
        refused(Mark::DiscussUntil, Fault::OutOfOrder)
    );
    let beyond = Schedule {
        collect_until: day("2027-01-11"),
        discuss_until: Some(day("2027-01-20")),
        vote_until: day("2027-01-30"),
        result_until: day("2027-02-10"),
        ..dates
    };
    assert_eq!(
        extend(beyond, "2026-11-10"),
        refused(Mark::CollectUntil, Fault::TooLong)
    );
}

proptest! {
    #[test]
    fn no_day_goes_back_to_an_earlier_phase(start in 0_u64..600, later in 0_u64..600) {
        let at = |days: u64| schedule().phase(day("2026-10-01") + Days::new(days));
        prop_assert!(at(start) <= at(start + later));
    }
}
