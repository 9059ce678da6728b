use super::{due_on, is_overdue, is_working_day, working_day_from, working_days};
use chrono::{Datelike, NaiveDate, Weekday};
use proptest::prelude::proptest;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

/// The holidays that the server is shipped with.
const HOLIDAYS: &str = include_str!("../../../../data/holidays.csv");

type Outcome = Result<(), Box<dyn Error>>;

fn day(text: &str) -> Result<NaiveDate, Box<dyn Error>> {
    text.parse::<NaiveDate>().map_err(|e| e.to_string().into())
}

fn holidays() -> Result<BTreeSet<NaiveDate>, Box<dyn Error>> {
    HOLIDAYS
        .lines()
        .skip(1)
        .map(|line| day(line.split(',').next().unwrap_or_default()))
        .collect()
}

#[test]
fn twenty_working_days_over_the_november_holidays() -> Outcome {
    let due = due_on(day("2026-11-02")?, 20, &holidays()?);
    assert_eq!(due, day("2026-12-03")?);
    Ok(())
}

#[test]
fn twenty_working_days_over_the_march_holidays() -> Outcome {
    let due = due_on(day("2026-03-02")?, 20, &holidays()?);
    assert_eq!(due, day("2026-04-02")?);
    Ok(())
}

#[test]
fn twenty_working_days_over_youth_day_and_christmas() -> Outcome {
    let due = due_on(day("2026-12-01")?, 20, &holidays()?);
    assert_eq!(due, day("2026-12-31")?);
    Ok(())
}

#[test]
fn a_term_of_no_days_ends_where_it_starts() -> Outcome {
    let saturday = day("2026-01-10")?;
    assert_eq!(due_on(saturday, 0, &BTreeSet::new()), saturday);
    assert_eq!(due_on(saturday, 1, &BTreeSet::new()), day("2026-01-12")?);
    Ok(())
}

#[test]
fn an_office_acts_on_the_first_working_day() -> Outcome {
    let all = holidays()?;
    let friday = day("2026-11-27")?;
    assert_eq!(working_day_from(friday, &all), friday);
    let flag_day = day("2026-11-28")?;
    assert_eq!(working_day_from(flag_day, &all), day("2026-12-02")?);
    Ok(())
}

#[test]
fn the_last_day_of_all_ends_every_term() {
    assert_eq!(due_on(NaiveDate::MAX, 9, &BTreeSet::new()), NaiveDate::MAX);
}

#[test]
fn the_due_day_itself_is_in_time() -> Outcome {
    let due = day("2026-01-12")?;
    assert!(!is_overdue(due, due));
    assert!(is_overdue(due, day("2026-01-13")?));
    Ok(())
}

#[test]
fn the_table_has_every_year_and_a_weekday_off_for_each_holiday() -> Outcome {
    let all = holidays()?;
    let mut weekdays_off = BTreeMap::<i32, usize>::new();
    for date in &all {
        if !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
            *weekdays_off.entry(date.year()).or_default() += 1;
        }
    }
    assert_eq!(
        weekdays_off.keys().copied().collect::<Vec<_>>(),
        [2025, 2026, 2027, 2028]
    );
    // 16 named days a year; one may fall together with another.
    assert!(
        weekdays_off.values().all(|off| (14..=16).contains(off)),
        "{weekdays_off:?}"
    );
    Ok(())
}

proptest! {
    #[test]
    fn a_term_holds_exactly_its_working_days(from in 0..3_000_i32, term in 1..60_u32) {
        let all = holidays().unwrap_or_default();
        let start = NaiveDate::from_num_days_from_ce_opt(739_000 + from).unwrap_or_default();
        let due = due_on(start, term, &all);
        assert!(is_working_day(due, &all));
        let counted = start.iter_days().skip(1).take_while(|d| *d <= due)
            .filter(|d| is_working_day(*d, &all)).count();
        assert_eq!(u32::try_from(counted), Ok(term));
        assert_eq!(working_days(start, due, &all), term);
    }
}
