//! Moving a concern through its states.

use chrono::NaiveDate;
use domain::Code as _;
use domain::answer::Verdict;
use domain::concern::{
    Actor, Decision, Given, MergeTarget, MoveRefusal, MoveRequest, Need, Publication, State,
    allowed_for, decide,
};
use domain::seat::Institution;
use domain::text::Reason;
use domain::topic::Class;
use serde::Deserialize;
use utoipa::ToSchema;

use super::store::{self, Concern, Event};
use super::{ConcernId, contests, publishing, submit, support, topics};
use crate::audit;
use crate::codes::Code;
use crate::councils::Staff;
use crate::notices;
use crate::notices::telling::{self, News};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::texts;
use crate::platform::write::Input;

/// Moves a concern.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveConcern {
    /// Where it should go.
    pub to: String,
    /// Why, for the public: 3 to 1,000 characters.
    #[serde(default)]
    pub reason: String,
    /// The law or decision a refusal rests on.
    pub legal_ground: Option<String>,
    /// Whose matter it is.
    pub whose: Option<String>,
    /// The concern it becomes part of.
    pub into: Option<String>,
    /// The institution that leads.
    pub lead: Option<String>,
    /// The day by which it will be done.
    pub due_on: Option<NaiveDate>,
}

impl Input for MoveConcern {}

impl MoveConcern {
    /// A move that brings nothing along.
    pub fn to(state: State) -> Self {
        Self {
            to: state.code().to_owned(),
            reason: String::new(),
            legal_ground: None,
            whose: None,
            into: None,
            lead: None,
            due_on: None,
        }
    }
}

/// Moves a concern as the holder of a seat.
///
/// # Errors
/// `move_refused`, `not_allowed`, or `fields_invalid` for what the move needs.
pub fn move_as_staff(
    unit: &mut Unit<'_>,
    staff: &Staff,
    row: Concern,
    input: &MoveConcern,
) -> Result<Concern, Problem> {
    let action = format!("moved_to_{}", input.to);
    let moved = make(unit, Actor::Seat(staff.as_seat()), Some(staff), row, input)?;
    audit::append(unit, Some(staff), &action, moved.id.as_str())?;
    Ok(moved)
}

/// Moves a concern because a measure that answers it moved, in the words of whoever leads that.
///
/// # Errors
/// `move_refused`.
pub fn move_by_plan(
    unit: &mut Unit<'_>,
    staff: &Staff,
    row: Concern,
    to: State,
    reason: &str,
) -> Result<Concern, Problem> {
    let step = MoveConcern {
        reason: reason.chars().take(Reason::MAX).collect(),
        ..MoveConcern::to(to)
    };
    let moved = make(unit, Actor::Plan, Some(staff), row, &step)?;
    let action = format!("moved_to_{}", to.code());
    audit::append(unit, Some(staff), &action, moved.id.as_str())?;
    Ok(moved)
}

/// Sends a concern back to the council, mended by its author.
///
/// # Errors
/// `move_refused` unless it was returned.
pub fn hand_in(unit: &mut Unit<'_>, row: Concern) -> Result<Concern, Problem> {
    make(
        unit,
        Actor::Author,
        None,
        row,
        &MoveConcern::to(State::InReview),
    )
}

/// Whether the author may say now that it is not done.
///
/// # Errors
/// `internal`.
pub fn may_contest(row: &Concern) -> Result<bool, Problem> {
    let moves = allowed_for(state_of(row)?, class_of(row)?, Actor::Author, None);
    Ok(moves.contains(&State::Reopened))
}

/// Reopens what its author or its supporters contest, with what the public may read of why: an
/// author's own words stay in the thread.
///
/// # Errors
/// `move_refused` unless it was done, `fields_invalid`.
pub fn reopen(
    unit: &mut Unit<'_>,
    actor: Actor,
    row: Concern,
    reason: &str,
) -> Result<Concern, Problem> {
    let step = MoveConcern {
        reason: reason.to_owned(),
        ..MoveConcern::to(State::Reopened)
    };

    make(unit, actor, None, row, &step)
}

/// How openly a concern may be treated.
///
/// # Errors
/// `internal` when its topic is unknown.
pub fn class_of(row: &Concern) -> Result<Class, Problem> {
    topics::find(&row.topic)?
        .ok_or_else(|| Problem::caused(Code::Internal, format!("topic {}", row.topic)))?
        .class()
}

/// Where a concern stands.
///
/// # Errors
/// `internal` when the stored state is unknown.
pub fn state_of(row: &Concern) -> Result<State, Problem> {
    State::from_code(&row.state)
        .ok_or_else(|| Problem::caused(Code::Internal, format!("state {}", row.state)))
}

fn make(
    unit: &mut Unit<'_>,
    actor: Actor,
    staff: Option<&Staff>,
    mut row: Concern,
    input: &MoveConcern,
) -> Result<Concern, Problem> {
    let to =
        State::from_code(&input.to).ok_or_else(|| Problem::field("/to", "status_unknown", None))?;
    let into = find_target(unit, &row, input)?;
    let texts = Texts::parse(input)?;
    let request = MoveRequest {
        from: state_of(&row)?,
        to,
        class: class_of(&row)?,
        released: row.public_on.is_some(),
        lead: row.lead.as_deref().and_then(Institution::from_code),
        actor,
        on: unit.today(),
        given: Given {
            // An author's reason is in the thread, or in the mended text itself.
            reason: texts.reason.is_some() || staff.is_none(),
            legal_ground: texts.legal_ground.is_some(),
            whose: texts.whose.is_some(),
            lead: parse_institution(input.lead.as_deref(), "/lead")?,
            due_on: input.due_on,
            proof: has_proof(unit, &row.id)?,
            into: into
                .as_ref()
                .map(|target| target_of(&row, target))
                .transpose()?,
        },
    };
    let decision = decide(request).map_err(refused)?;
    let was_public = row.public_on.is_some();
    apply(unit, &mut row, &decision, into.as_ref())?;
    store::set_concern(unit, &row)?;
    store::insert_event(unit, &row, event(unit, &row, staff, texts, input))?;
    if let (true, Some(target)) = (decision.supporters_move_on, &into) {
        support::merge(unit, &row.id, &target.id)?;
        telling::enqueue(unit, target, News::Moved)?;
    }
    if to.is_done() {
        contests::ask_later(unit, &row)?;
    }
    if to == State::Reopened {
        // What was contested is dealt with anew.
        contests::store::clear(unit, &row.id)?;
    }
    publishing::release(unit, &row.municipality_code, false)?;
    let named = row.author_kind != "anonymous";
    let row = store::get_concern(unit, &row.id)?;
    match (was_public, row.public_on.is_some()) {
        (false, true) if named => telling::enqueue(unit, &row, News::Published)?,
        // The batch it came out with told of it.
        (false, true) => {}
        // Whoever mended their own concern knows; the desk hears in the morning.
        _ if staff.is_none() && to == State::InReview => {
            notices::desk::enqueue(unit, &row.municipality_code)?;
        }
        _ if to == State::Referred => telling::enqueue(unit, &row, News::Referred)?,
        _ => telling::enqueue(unit, &row, News::Moved)?,
    }
    Ok(row)
}

/// Writes a granted move into the concern.
fn apply(
    unit: &mut Unit<'_>,
    row: &mut Concern,
    decision: &Decision,
    into: Option<&Concern>,
) -> Result<(), Problem> {
    row.state = decision.to.code().to_owned();
    row.lead = decision.lead.map(|lead| lead.code().to_owned());
    // Whoever leads takes care of it, unless the secretary said who does.
    row.assigned = row.assigned.take().or_else(|| row.lead.clone());
    row.updated_on = unit.today();
    if decision.owed_anew {
        row.verdict = None;
        row.due_on = submit::answer_due(unit, &row.municipality_code, row.updated_on)?;
    }
    match decision.publication {
        Publication::Unchanged => {}
        Publication::Approved => publishing::approve(unit, row)?,
        Publication::Withdrawn => publishing::withdraw(unit, row)?,
    }
    if decision.to.is_final() {
        // What is over before it came out never comes out.
        row.awaits_batch = false;
    }
    if decision.supporters_move_on {
        row.merged_into = into.map(|target| target.id.clone());
    }
    Ok(())
}

struct Texts {
    reason: Option<String>,
    legal_ground: Option<String>,
    whose: Option<String>,
}

impl Texts {
    fn parse(input: &MoveConcern) -> Result<Self, Problem> {
        let parse = |pointer: &str, text: Option<&str>| match text.map(str::trim) {
            None | Some("") => Ok(None),
            Some(text) => texts::parse(pointer, Reason::parse(text))
                .map(|reason| Some(reason.as_str().to_owned())),
        };
        Ok(Self {
            reason: parse("/reason", Some(&input.reason))?,
            legal_ground: parse("/legal_ground", input.legal_ground.as_deref())?,
            whose: parse("/whose", input.whose.as_deref())?,
        })
    }
}

/// The institution with this code.
///
/// # Errors
/// `fields_invalid` at `pointer`.
pub fn parse_institution(
    code: Option<&str>,
    pointer: &str,
) -> Result<Option<Institution>, Problem> {
    match code {
        None | Some("") => Ok(None),
        Some(code) => Institution::from_code(code)
            .map(Some)
            .ok_or_else(|| Problem::field(pointer, "institution_unknown", None)),
    }
}

/// The concern to merge into; what is in another municipality is as unknown as what is nowhere.
fn find_target(
    unit: &mut Unit<'_>,
    row: &Concern,
    input: &MoveConcern,
) -> Result<Option<Concern>, Problem> {
    let Some(text) = input.into.as_deref().filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let unknown = || Problem::field("/into", "concern_unknown", None);
    let id: ConcernId = text.parse().map_err(|()| unknown())?;
    match store::get_concern(unit, &id) {
        Ok(target) if target.municipality_code == row.municipality_code => Ok(Some(target)),
        Ok(_) => Err(unknown()),
        Err(problem) if problem.code() == Code::ConcernUnknown => Err(unknown()),
        Err(problem) => Err(problem),
    }
}

fn target_of(row: &Concern, target: &Concern) -> Result<MergeTarget, Problem> {
    Ok(MergeTarget {
        is_itself: target.id == row.id,
        same_municipality: target.municipality_code == row.municipality_code,
        state: state_of(target)?,
        class: class_of(target)?,
        released: target.public_on.is_some(),
    })
}

/// Whether an institution answered since the work began that it is done, or partly.
fn has_proof(unit: &mut Unit<'_>, id: &ConcernId) -> Result<bool, Problem> {
    let events = store::list_events(unit, id)?;
    let begins = |event: &Event| {
        let to = event.to_state.as_deref();
        to == Some(State::InProgress.code()) || to == Some(State::Reopened.code())
    };
    let began = events.iter().rev().find(|event| begins(event));
    let since = began.map_or(0, |event| event.position);
    let done = [Verdict::Done.code(), Verdict::PartlyDone.code()];
    Ok(events.iter().any(|event| {
        let says_done = event
            .verdict
            .as_deref()
            .is_some_and(|said| done.contains(&said));
        event.position > since && says_done
    }))
}

fn event(
    unit: &Unit<'_>,
    row: &Concern,
    staff: Option<&Staff>,
    texts: Texts,
    input: &MoveConcern,
) -> Event {
    Event {
        concern_id: row.id.clone(),
        position: 0,
        kind: "move".to_owned(),
        seat_id: staff.map(|staff| staff.seat.to_string()),
        institution: staff.map(|staff| staff.institution.code().to_owned()),
        to_state: Some(row.state.clone()),
        verdict: None,
        text: texts.reason.unwrap_or_default(),
        ground: texts.legal_ground,
        whose: texts.whose,
        lead: row.lead.clone(),
        due_on: input.due_on,
        on_day: unit.today(),
    }
}

fn refused(refusal: MoveRefusal) -> Problem {
    let missing = |need: Need| Problem::field(&format!("/{}", need.code()), "required", None);
    match refusal {
        MoveRefusal::ReasonMissing => missing(Need::Reason),
        MoveRefusal::LegalGroundMissing => missing(Need::LegalGround),
        MoveRefusal::WhoseMissing => missing(Need::Whose),
        MoveRefusal::LeadMissing => missing(Need::Lead),
        MoveRefusal::DueMissing => missing(Need::DueOn),
        MoveRefusal::MergeTargetMissing => missing(Need::Into),
        MoveRefusal::DueInThePast => Problem::field("/due_on", "in_the_past", None),
        MoveRefusal::MergeTargetIsItself => Problem::field("/into", "is_itself", None),
        MoveRefusal::MergeTargetElsewhere => Problem::field("/into", "concern_unknown", None),
        MoveRefusal::MergeTargetIsMerged => Problem::field("/into", "is_merged", None),
        MoveRefusal::MergeTargetIsClosed => Problem::field("/into", "is_closed", None),
        MoveRefusal::MergeTargetOfAnotherClass => Problem::field("/into", "other_class", None),
        MoveRefusal::MergeTargetNotPublished => Problem::field("/into", "not_published", None),
        MoveRefusal::SecretaryOnly
        | MoveRefusal::AuthorOrSecretaryOnly
        | MoveRefusal::LeadOrSecretaryOnly
        | MoveRefusal::ContestersOnly => Problem::new(Code::NotAllowed).detail(refusal),
        MoveRefusal::MoveNotAllowed { .. } => {
            Problem::new(Code::MoveRefused).detail("no_such_move")
        }
        MoveRefusal::RestrictedTopicStaysPrivate => {
            Problem::new(Code::MoveRefused).detail("topic_stays_private")
        }
        MoveRefusal::ReferredTopicLeaves => Problem::new(Code::MoveRefused).detail("topic_leaves"),
        MoveRefusal::ProofMissing => Problem::new(Code::MoveRefused).detail("answer_missing"),
    }
}
