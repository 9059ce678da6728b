//! How those of the sample came to their seats, and what they read and learned.

use chrono::{Datelike as _, Days, NaiveDate};
use domain::Code as _;
use domain::seat::Paper;
use domain::text::{Body, Choice, Rules};

use super::Names;
use super::sample::{Member, SampleFigure, SampleRegulation, SampleTraining};
use super::steps::{missing, staff};
use crate::councils::papers::{acknowledge, write_role};
use crate::councils::regulations::{Adopted, TEMPLATE, keep};
use crate::councils::store::{self, Appointment, Seat};
use crate::councils::trainings::{self, Held};
use crate::figures::{self, Published};
use crate::identity;
use crate::platform::app::Unit;
use crate::platform::clock::hour_on;
use crate::platform::problem::Problem;

/// How many days ago those of the sample came to their seats.
pub(super) const SEATED: u64 = 395;

/// Puts the clock so many days before the sample's today.
pub(super) fn go_back(unit: &mut Unit<'_>, today: NaiveDate, days: u64) {
    unit.now = hour_on(today - Days::new(days), 10).unwrap_or(unit.now);
}

/// Seats a member by letter, with whoever stands in.
pub(super) fn appoint(
    unit: &mut Unit<'_>,
    seat: &Seat,
    member: &Member,
    today: NaiveDate,
) -> Result<(), Problem> {
    let account = identity::store::find_or_insert_account(unit, &member.email, "sq")?;
    unit.touch(&seat.municipality_code);
    store::insert_seat(unit, seat)?;
    let Some(papers) = &member.papers else {
        store::insert_holder(unit, &seat.id, &account.id, Appointment::default())?;
        return Ok(());
    };
    let appointment = |substitute| Appointment {
        substitute,
        letter_no: Some(papers.letter_no.clone()),
        letter_on: Some(letters_on(today)),
        term_until: Some(today + chrono::TimeDelta::days(papers.term_until)),
    };
    let holder = store::insert_holder(unit, &seat.id, &account.id, appointment(false))?;
    crate::notices::papers::enqueue_term(unit, &holder)?;
    if let Some(email) = &papers.substitute {
        let account = identity::store::find_or_insert_account(unit, email, "sq")?;
        store::insert_holder(unit, &seat.id, &account.id, appointment(true))?;
    }
    Ok(())
}

/// The day of the letters.
fn letters_on(today: NaiveDate) -> NaiveDate {
    today - Days::new(SEATED + 3)
}

/// The regulation, and what each member is there for and has read.
pub(super) fn hand_out(
    unit: &mut Unit<'_>,
    names: &Names,
    members: &[Member],
    regulation: SampleRegulation,
) -> Result<(), Problem> {
    let secretary = staff(names, "secretary")?;
    let unfit = |_unfit| missing("regulation");
    let adopted = Adopted {
        decision_no: Choice::parse(&regulation.decision_no).map_err(unfit)?,
        decided_on: regulation.decided_on,
        text: Rules::parse(TEMPLATE).map_err(unfit)?,
    };
    keep(unit, secretary, adopted)?;
    for member in members {
        let (Some(papers), own) = (&member.papers, staff(names, &member.key)?) else {
            continue;
        };
        let text = Body::parse(&papers.role_text).map_err(|_unfit| missing(&member.key))?;
        write_role(unit, secretary, &own.seat, text)?;
        let account = identity::store::find_or_insert_account(unit, &member.email, "sq")?;
        for paper in &papers.read {
            let seat = store::get_seat(unit, &own.seat)?;
            let holder = store::find_holder(unit, &own.seat, &account.id)?;
            let holder = holder.ok_or_else(|| missing(&member.key))?;
            let paper = Paper::from_code(paper).ok_or_else(|| missing(paper))?;
            let version = i32::from(paper != Paper::Handover);
            acknowledge(unit, seat, holder, paper, version)?;
        }
    }
    Ok(())
}

/// What institutions counted.
pub(super) fn publish(
    unit: &mut Unit<'_>,
    names: &Names,
    samples: &[SampleFigure],
) -> Result<(), Problem> {
    let today = unit.today();
    for sample in samples {
        let unfit = |_unfit| missing(&sample.name);
        let figure = Published {
            topic: sample.topic.clone(),
            name: Choice::parse(&sample.name).map_err(unfit)?,
            year: today.year() - sample.years_ago,
            value: sample.value,
            source: Choice::parse(&sample.source).map_err(unfit)?,
            published_on: today + chrono::TimeDelta::days(sample.day),
        };
        figures::set(unit, staff(names, &sample.staff)?, vec![figure])?;
    }
    Ok(())
}

/// What members learned.
pub(super) fn train(
    unit: &mut Unit<'_>,
    names: &Names,
    samples: Vec<SampleTraining>,
) -> Result<(), Problem> {
    let (secretary, today) = (staff(names, "secretary")?, unit.today());
    for sample in samples {
        let unfit = |_unfit| missing(&sample.topic);
        let seats = sample.staff.iter();
        let held = Held {
            topic: Choice::parse(&sample.topic).map_err(unfit)?,
            provider: Choice::parse(&sample.provider).map_err(unfit)?,
            held_on: today + chrono::TimeDelta::days(sample.day),
            seats: seats
                .map(|key| staff(names, key).map(|staff| staff.seat.clone()))
                .collect::<Result<_, _>>()?,
        };
        trainings::add(unit, secretary, held)?;
    }
    Ok(())
}
