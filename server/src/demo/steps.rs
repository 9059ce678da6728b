//! One step of the sample year after the other.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::Code as _;
use domain::access::Visibility;
use domain::calendar::working_day_from;
use domain::concern::Actor;

use super::asking;
use super::bulletin;
use super::meeting;
use super::planning;
use super::sample::{
    Sample, SampleAnswer, SampleConcern, SampleMessage, SampleMove, SampleNote, SampleReport,
    SampleSupport,
};
use super::{Names, broken};
use crate::codes::Code;
use crate::concerns::answers::{self, AnswerConcern};
use crate::concerns::moves::{self, MoveConcern};
use crate::concerns::store::{Concern, get_concern};
use crate::concerns::submit::{self, SubmitConcern};
use crate::concerns::{contests, desk, publishing, support, threads};
use crate::councils::Staff;
use crate::identity::viewer::{SignedIn, Viewer};
use crate::identity::{AccountId, SessionId};
use crate::notices::push::{documents, fanout, meetings as meeting_news};
use crate::notices::{desk as desk_news, inbox, mail, measures, papers, telling};
use crate::platform::app::Unit;
use crate::platform::outbox;
use crate::platform::problem::Problem;

/// Something that happens to one concern, to a consultation or a meeting, on one day.
pub(super) struct Step {
    concern: String,
    /// The sample's own day, then what comes first on one day: weekends move days together.
    order: (i64, u8),
    day: NaiveDate,
    what: What,
}

pub(super) enum What {
    Receive(Box<SubmitConcern>, Option<String>),
    Note(SampleNote),
    Message(SampleMessage),
    Answer(AnswerConcern, String),
    Move(Box<MoveConcern>, String),
    Release,
    Support(SampleSupport),
    Ask(Box<asking::Asking>),
    Choose(asking::Choice),
    Meet(Box<meeting::Meeting>),
    Minute(Box<meeting::Minutes>),
    Aim(Box<planning::Aims>),
    Plan(Box<planning::Measure>),
    Report(Box<SampleReport>),
    Tell(Box<bulletin::Told>),
}

impl Step {
    /// Where to find it in the sample.
    pub(super) fn name(&self) -> String {
        format!("{} on {}", self.concern, self.day)
    }
}

/// Turns the sample's days into days of the calendar.
pub(super) struct Timeline {
    today: NaiveDate,
    holidays: BTreeSet<NaiveDate>,
}

impl Timeline {
    pub(super) fn new(today: NaiveDate, holidays: BTreeSet<NaiveDate>) -> Self {
        Self { today, holidays }
    }

    /// The moment at which a step is taken: at noon, in its order.
    pub(super) fn moment(&self, step: &Step) -> DateTime<Utc> {
        step.day
            .and_hms_opt(10, 0, 0)
            .map_or(DateTime::UNIX_EPOCH, |noon| noon.and_utc())
    }

    /// All steps of the sample in the order in which they happened.
    pub(super) fn steps(&self, sample: &Sample) -> Result<Vec<Step>, Problem> {
        let mut steps: Vec<Step> = sample
            .concerns
            .iter()
            .flat_map(|concern| self.steps_of(concern, sample))
            .collect();
        steps.extend(asking::steps(self, sample)?);
        steps.extend(meeting::steps(self, sample)?);
        steps.extend(planning::steps(self, sample));
        steps.extend(bulletin::steps(self, sample));
        steps.sort_by_key(|step| step.order);
        Ok(steps)
    }

    fn steps_of(&self, concern: &SampleConcern, sample: &Sample) -> Vec<Step> {
        let office = |offset, rank, what| self.step(&concern.key, offset, rank, what);
        let received = What::Receive(
            Box::new(submission(concern, sample)),
            concern.author.clone(),
        );
        let mut steps = vec![Step {
            concern: concern.key.clone(),
            order: (concern.received, 0),
            day: self.day(concern.received),
            what: received,
        }];
        for note in &concern.notes {
            steps.push(office(note.day, 1, What::Note(note.clone())));
        }
        for message in &concern.messages {
            steps.push(office(message.day, 1, What::Message(message.clone())));
        }
        for answer in &concern.answers {
            let what = What::Answer(self.answer(answer), answer.by.clone());
            steps.push(office(answer.day, 2, what));
        }
        for made in &concern.moves {
            let what = What::Move(Box::new(self.movement(made)), made.by.clone());
            steps.push(office(made.day, 3, what));
            if made.to == "published" && self.office(made.day) < self.today {
                steps.push(office(made.day, 4, What::Release));
                steps.push(office(made.day, 5, What::Support(concern.support)));
            }
        }
        steps
    }

    fn day(&self, offset: i64) -> NaiveDate {
        self.today + TimeDelta::days(offset)
    }

    /// What happens on a day on which the office is open, in its order on that day.
    pub(super) fn step(&self, name: &str, offset: i64, rank: u8, what: What) -> Step {
        Step {
            concern: name.to_owned(),
            order: (offset, rank),
            day: self.office(offset),
            what,
        }
    }

    /// The days on which deadlines do not run.
    pub(super) fn holidays(&self) -> &BTreeSet<NaiveDate> {
        &self.holidays
    }

    /// The first day from this one on which the office is open; not later than today.
    pub(super) fn office(&self, offset: i64) -> NaiveDate {
        working_day_from(self.day(offset), &self.holidays).min(self.today)
    }

    fn answer(&self, answer: &SampleAnswer) -> AnswerConcern {
        AnswerConcern {
            verdict: answer.verdict.clone(),
            text: answer.text.clone(),
            lead: answer.lead.clone(),
            due_on: answer.due.map(|due| self.office_due(due)),
            whose: answer.whose.clone(),
        }
    }

    fn movement(&self, made: &SampleMove) -> MoveConcern {
        MoveConcern {
            to: made.to.clone(),
            reason: made.reason.clone(),
            legal_ground: made.legal_ground.clone(),
            whose: made.whose.clone(),
            into: made.into.clone(),
            lead: made.lead.clone(),
            due_on: made.due.map(|due| self.office_due(due)),
        }
    }

    pub(super) fn office_due(&self, offset: i64) -> NaiveDate {
        working_day_from(self.day(offset), &self.holidays)
    }
}

fn submission(concern: &SampleConcern, sample: &Sample) -> SubmitConcern {
    let author = concern.author.as_ref();
    let known = author.and_then(|key| sample.people.iter().find(|person| person.key == *key));
    SubmitConcern::new(
        &concern.topic,
        concern.unit.clone(),
        concern.lat.zip(concern.lon),
        (&concern.title, &concern.text),
        concern.identity,
        concern
            .display_name
            .clone()
            .or(known.map(|person| person.display_name.clone())),
        concern.receipt.clone(),
    )
}

/// Takes one step.
pub(super) fn take(unit: &mut Unit<'_>, names: &mut Names, step: &Step) -> Result<(), Problem> {
    take_step(unit, names, step).map_err(|problem| broken(step, &problem))
}

fn take_step(unit: &mut Unit<'_>, names: &mut Names, step: &Step) -> Result<(), Problem> {
    if let What::Receive(input, author) = &step.what {
        let account = author.as_ref().and_then(|key| names.accounts.get(key));
        let viewer = viewer(unit, account)?;
        let mut input = input.clone();
        input.need_receipt(unit.chance)?;
        let received = submit::submit(unit, &viewer, "elbasan", *input, Vec::new())?;
        let id = received.id.parse().map_err(|()| missing(&step.concern))?;
        names.concerns.insert(step.concern.clone(), id);
        return Ok(());
    }
    if let What::Ask(asking) = &step.what {
        return asking::ask(unit, names, &step.concern, asking);
    }
    if let What::Meet(meeting) = &step.what {
        return meeting::announce(unit, names, &step.concern, meeting);
    }
    if let What::Minute(minutes) = &step.what {
        return meeting::minute(unit, names, &step.concern, minutes);
    }
    if let What::Aim(aims) = &step.what {
        return planning::aim(unit, names, aims);
    }
    if let What::Plan(measure) = &step.what {
        return planning::plan(unit, names, &step.concern, measure);
    }
    if let What::Report(told) = &step.what {
        return planning::tell(unit, names, &step.concern, told);
    }
    if let What::Tell(told) = &step.what {
        return bulletin::tell(unit, names, told);
    }
    let row = concern(unit, names, &step.concern)?;
    match &step.what {
        What::Receive(..)
        | What::Ask(_)
        | What::Meet(_)
        | What::Minute(_)
        | What::Aim(_)
        | What::Plan(_)
        | What::Report(_)
        | What::Tell(_) => Ok(()),
        What::Choose(choice) => asking::choose(unit, names, &row.id, choice),
        What::Note(note) => {
            let visibility =
                Visibility::from_code(&note.visibility).ok_or_else(|| missing(&note.visibility))?;
            desk::note(unit, staff(names, &note.by)?, &row, visibility, &note.text)
        }
        What::Message(message) => match &message.by {
            Some(by) => desk::write_to_author(unit, staff(names, by)?, &row, &message.text),
            None => threads::write_as_author(unit, &row, &message.text).map(drop),
        },
        What::Answer(input, by) => answers::publish(unit, staff(names, by)?, row, input).map(drop),
        What::Move(input, by) => make_move(unit, names, row, input, by),
        What::Release => publishing::release_morning(unit, &names.municipality),
        What::Support(support) => support_by_crowd(unit, names, &row, *support),
    }
}

fn make_move(
    unit: &mut Unit<'_>,
    names: &Names,
    row: Concern,
    input: &MoveConcern,
    by: &str,
) -> Result<(), Problem> {
    let mut input = input.clone();
    if let Some(key) = &input.into {
        let target = names.concerns.get(key).ok_or_else(|| missing(key))?;
        input.into = Some(target.to_string());
    }
    match by {
        "author" if input.to == "reopened" => threads::contest(unit, row, &input.reason).map(drop),
        "author" => moves::hand_in(unit, row).map(drop),
        "supporters" => moves::reopen(unit, Actor::Supporters, row, &input.reason).map(drop),
        member => moves::move_as_staff(unit, staff(names, member)?, row, &input).map(drop),
    }
}

fn support_by_crowd(
    unit: &mut Unit<'_>,
    names: &Names,
    row: &Concern,
    wanted: SampleSupport,
) -> Result<(), Problem> {
    if row.public_on.is_none() {
        return Ok(());
    }
    for account in names.crowd.iter().take(wanted.residents) {
        let viewer = viewer(unit, Some(account))?;
        let id = support::find(unit, &row.id)?.id;
        support::change(unit, &viewer, None, id, true)?;
        // The crowd only counts: nobody reads its inboxes.
        support::set_follows(unit, &row.id, account, false)?;
    }
    for number in 0..wanted.visitors {
        let device = format!("sample device {number}");
        let id = support::find(unit, &row.id)?.id;
        support::change(unit, &Viewer::Visitor, Some(&device), id, true)?;
    }
    Ok(())
}

/// Fills the inboxes with what happened and takes the letters away: the past sends no mail
/// and no push.
pub(super) fn forget_letters(unit: &mut Unit<'_>) -> Result<(), Problem> {
    for piece in outbox::list_all(unit)? {
        if piece.kind == contests::ASK && piece.due_at <= unit.now.naive_utc() {
            contests::ask(unit, &piece)?;
        }
        if piece.kind == measures::KIND && piece.due_at <= unit.now.naive_utc() {
            measures::expand(unit, &piece)?;
        }
        if piece.kind == papers::KIND && piece.due_at <= unit.now.naive_utc() {
            papers::expand(unit, &piece)?;
        }
    }
    for piece in outbox::list_all(unit)? {
        if piece.kind == telling::KIND {
            telling::expand(unit, &piece)?;
        }
        if piece.kind == documents::KIND {
            documents::expand(unit, &piece)?;
        }
        if piece.kind == meeting_news::KIND && piece.due_at <= unit.now.naive_utc() {
            meeting_news::expand(unit, &piece)?;
        }
    }
    for piece in outbox::list_all(unit)? {
        let told = [mail::KIND, inbox::DIGEST, fanout::KIND, desk_news::KIND];
        if told.contains(&piece.kind.as_str()) {
            outbox::remove(unit, &piece.id)?;
        }
    }
    Ok(())
}

fn viewer(unit: &Unit<'_>, account: Option<&AccountId>) -> Result<Viewer, Problem> {
    Ok(match account {
        None => Viewer::Visitor,
        Some(account) => Viewer::Account(SignedIn {
            account: account.clone(),
            session: SessionId::new(unit.chance)?,
        }),
    })
}

fn concern(unit: &mut Unit<'_>, names: &Names, key: &str) -> Result<Concern, Problem> {
    let id = names.concerns.get(key).ok_or_else(|| missing(key))?;
    get_concern(unit, id)
}

pub(super) fn staff<'a>(names: &'a Names, key: &str) -> Result<&'a Staff, Problem> {
    names.staff.get(key).ok_or_else(|| missing(key))
}

pub(super) fn missing(key: &str) -> Problem {
    Problem::caused(Code::Internal, format!("the sample names no {key}"))
}
