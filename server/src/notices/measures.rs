//! What people hear of measures. Whoever leads one hears two weeks and three days before its day, on it, and
//! whenever a report is owed; the chair hears some days after it, and everybody who follows a concern it answers
//! many days after (C7, D3). Each is a row written when the day became known, and said only while it is true.

use chrono::{Days, NaiveDate};
use domain::Code as _;
use domain::measure::Stage;
use serde::{Deserialize, Serialize};

use super::push::delivery::Story;
use super::push::fanout;
use super::telling::{self, Item, News};
use super::texts::text;
use crate::concerns::store::get_concern;
use crate::councils;
use crate::identity::{self, AccountId};
use crate::places;
use crate::places::store::Municipality;
use crate::plans::store::steps;
use crate::plans::store::{self, Measure, parts};
use crate::plans::{MeasureId, state_of, thresholds};
use crate::platform::app::Unit;
use crate::platform::clock::hour_on;
use crate::platform::outbox::{self, Piece};
use crate::platform::problem::Problem;

/// The name of this kind of work.
pub const KIND: &str = "measure news";
/// What inboxes, preferences and pushes call it.
pub const NAME: &str = "measures";
/// The hour of the day at which it is said, in Albania.
const HOUR: u32 = 8;

/// What is to be said.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// Its day comes or has passed.
    Stage(String),
    /// A report is owed, since this day.
    Report(NaiveDate),
}

/// What saying it needs to know.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Task {
    measure: MeasureId,
    version: i32,
    turn: Turn,
    day: NaiveDate,
}

/// Lets it be said when its day comes, and after, as often as there is time for.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue_stages(unit: &mut Unit<'_>, row: &Measure) -> Result<(), Problem> {
    let place = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
    for stage in Stage::ALL {
        let day = stage.day(row.due_on, thresholds(&place));
        if day > unit.today() {
            enqueue(unit, row, Turn::Stage(stage.code().to_owned()), day)?;
        }
    }
    Ok(())
}

/// Says it on other days where the council changed after how many it is said, of what was not said yet.
///
/// # Errors
/// `storage_unavailable`.
pub fn move_stages(unit: &mut Unit<'_>, before: &Municipality) -> Result<(), Problem> {
    let after = places::store::get_municipality_by_code(unit, &before.code)?;
    for row in store::list_open(unit, &before.code)? {
        for stage in [Stage::Chair, Stage::Public] {
            let [then, day] =
                [before, &after].map(|place| stage.day(row.due_on, thresholds(place)));
            let unsaid = hour_on(then, HOUR).is_some_and(|hour| hour > unit.now);
            if then != day && unsaid {
                enqueue(unit, &row, Turn::Stage(stage.code().to_owned()), day)?;
            }
        }
    }
    Ok(())
}

/// Lets a report be asked for a period after this day.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue_report(unit: &mut Unit<'_>, row: &Measure, since: NaiveDate) -> Result<(), Problem> {
    let since = since.max(row.starts_on);
    let period = u64::try_from(row.report_days).unwrap_or_default();
    enqueue(unit, row, Turn::Report(since), since + Days::new(period))
}

/// Tells everybody who follows a concern that the measure answers.
///
/// # Errors
/// `storage_unavailable`.
pub fn tell_of_concerns(unit: &mut Unit<'_>, row: &Measure, news: News) -> Result<(), Problem> {
    for (_, concern) in parts::list_concerns(unit, std::slice::from_ref(&row.id))? {
        let concern = get_concern(unit, &concern)?;
        telling::enqueue(unit, &concern, news)?;
    }
    Ok(())
}

/// Says it to whom it concerns, and takes the piece away: all or nothing.
///
/// # Errors
/// `storage_unavailable`.
pub fn expand(unit: &mut Unit<'_>, piece: &Piece) -> Result<(), Problem> {
    let task: Task = outbox::payload(piece)?;
    if !outbox::remove(unit, &piece.id)? {
        return Ok(());
    }
    let row = store::get(unit, &task.measure)?;
    if !holds(unit, &row, &task)? {
        return Ok(());
    }
    if task.turn == Turn::Stage(Stage::Public.code().to_owned()) {
        tell_of_concerns(unit, &row, News::MeasureLate)?;
    }
    if matches!(task.turn, Turn::Report(_)) {
        // Who does not answer is asked again when the next period is over.
        let today = unit.today();
        enqueue_report(unit, &row, today)?;
    }
    let mut loud = Vec::new();
    for account in listeners(unit, &row, &task.turn)? {
        let person = identity::store::get_account(unit, &account)?;
        let item = Item {
            kind: NAME,
            wish: NAME,
            concern: None,
            meeting: None,
            title: said(&row, &task.turn, &person.language)?,
            path: format!("/masat/{}", row.id),
        };
        if telling::tell(unit, &account, &item)? {
            loud.push(account);
        }
    }
    let story = Story::Measure {
        measure: row.id,
        turn: task.turn,
    };
    fanout::tell_accounts(unit, &story, &loud)
}

/// Whether it is still so: what is closed is owed nothing, a day that was changed is said of its own, and of
/// several that are late the last says what the others did.
fn holds(unit: &mut Unit<'_>, row: &Measure, task: &Task) -> Result<bool, Problem> {
    if !state_of(row)?.is_open() {
        return Ok(false);
    }
    match &task.turn {
        Turn::Stage(code) => {
            let place = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
            let Some(stage) = Stage::from_code(code) else {
                return Ok(false);
            };
            let (due, thresholds) = (row.due_on, thresholds(&place));
            let same = row.version == task.version && stage.day(due, thresholds) == task.day;
            let until = stage.until(due, thresholds);
            Ok(same && until.is_none_or(|until| unit.today() < until))
        }
        Turn::Report(since) => {
            let steps = steps::list(unit, std::slice::from_ref(&row.id))?;
            let mut reports = steps.iter().filter(|step| step.kind == "reported");
            Ok(!reports.any(|step| step.on_day > *since))
        }
    }
}

/// Who is to hear of a turn.
///
/// # Errors
/// `storage_unavailable`.
pub fn listeners(
    unit: &mut Unit<'_>,
    row: &Measure,
    turn: &Turn,
) -> Result<Vec<AccountId>, Problem> {
    let chair = [Stage::Chair, Stage::Public].map(|stage| Turn::Stage(stage.code().to_owned()));
    let code = &row.municipality_code;
    let mut listeners = councils::store::list_of_institution(unit, code, &row.lead)?;
    if chair.contains(turn) {
        listeners.extend(councils::store::list_chairs(unit, code)?);
        listeners.sort();
        listeners.dedup();
    }
    Ok(listeners)
}

/// What is said, in somebody's language.
fn said(row: &Measure, turn: &Turn, language: &str) -> Result<String, Problem> {
    let key = match turn {
        Turn::Stage(code) => format!("measure-{code}"),
        Turn::Report(_) => "measure-report".to_owned(),
    };
    text(
        language,
        &key,
        &[("title".to_owned(), row.title.clone())].into(),
    )
}

fn enqueue(unit: &mut Unit<'_>, row: &Measure, turn: Turn, day: NaiveDate) -> Result<(), Problem> {
    let due = hour_on(day, HOUR).unwrap_or(unit.now);
    let dedup = match &turn {
        Turn::Stage(code) => format!("{} {} {code} {day}", row.id, row.version),
        Turn::Report(since) => format!("{} report {since}", row.id),
    };
    let task = Task {
        measure: row.id.clone(),
        version: row.version,
        turn,
        day,
    };
    outbox::enqueue(unit, KIND, &task, &dedup, due)
}
