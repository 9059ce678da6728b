//! The moves of a concern: which there are, whose they are, and what they do.

use super::State::{
    self, Declined, Done, InProgress, InReview, Merged, NotOurs, PartlyDone, Planned, Prioritised,
    Published, Received, Referred, Reopened, Returned,
};
use super::needs::{Need, needs};
use super::request::{Actor, Decision, MoveRefusal, MoveRequest, Publication};
use crate::seat::{Institution, Role, Seat};
use crate::topic::Class;

/// Whose move it is.
#[derive(Clone, Copy)]
enum By {
    Secretary,
    AuthorOrSecretary,
    LeadOrSecretary,
    Contesters,
}

/// Every move a public concern has, in the order in which the desk offers them.
const fn moves_from(from: State) -> &'static [State] {
    match from {
        Received => &[
            InReview, Published, Returned, Merged, NotOurs, Declined, Referred,
        ],
        InReview => &[Published, Returned, Merged, NotOurs, Declined, Referred],
        Returned => &[InReview, Declined, Referred],
        Published => &[
            Prioritised,
            Planned,
            InProgress,
            Merged,
            NotOurs,
            Declined,
            Referred,
        ],
        Prioritised => &[Planned, InProgress, Merged, NotOurs, Declined, Referred],
        // What was promised is answered, not merged away (C2).
        Planned => &[InProgress, NotOurs, Declined, Referred],
        InProgress => &[Done, PartlyDone, NotOurs, Declined, Referred],
        Done | PartlyDone => &[Reopened],
        Reopened => &[Planned, InProgress, Done, PartlyDone, Declined, Referred],
        Merged | Declined | NotOurs | Referred => &[],
    }
}

/// The moves out of `from` for a topic of `class`, in the order in which the desk offers them.
///
/// A restricted topic takes the same road inside the council, without the two public stations:
/// from review it goes straight to a plan or to work. A concern whose topic turns out to be a
/// referred one (it was filed wrongly) can only be referred.
#[must_use]
pub fn allowed_moves(from: State, class: Class) -> Vec<State> {
    let all = moves_from(from).iter().copied();
    match class {
        Class::Public => all.collect(),
        Class::Restricted => {
            let inside: &[State] = if from == InReview {
                &[Planned, InProgress]
            } else {
                &[]
            };
            let rest = all.filter(|to| !is_public_station(*to));
            inside.iter().copied().chain(rest).collect()
        }
        Class::Referred => all.filter(|to| *to == Referred).collect(),
    }
}

/// The moves out of `from` that this actor may make, `lead` being the leading institution so
/// far: what the desk offers, and what [`decide`] grants when everything needed is given.
#[must_use]
pub fn allowed_for(
    from: State,
    class: Class,
    actor: Actor,
    lead: Option<Institution>,
) -> Vec<State> {
    let mut moves = allowed_moves(from, class);
    moves.retain(|to| may_make(from, *to, actor, lead).is_ok());
    moves
}

/// Grants or refuses a move: first whether there is such a move, then whose it is, then
/// whether it brings what it needs. Only the secretary names or changes the lead: nobody
/// becomes the leading institution by saying so.
///
/// # Errors
/// [`MoveRefusal`], the first that applies.
pub fn decide(request: MoveRequest) -> Result<Decision, MoveRefusal> {
    let MoveRequest {
        from,
        to,
        class,
        actor,
        lead,
        on,
        given,
        ..
    } = request;
    if !allowed_moves(from, class).contains(&to) {
        return Err(why_not_allowed(from, to, class));
    }
    may_make(from, to, actor, lead)?;
    let names_lead = given.lead.is_some() && given.lead != lead;
    if names_lead && !is_secretary(actor) {
        return Err(MoveRefusal::SecretaryOnly);
    }
    for need in needs(from, to) {
        meets(*need, &request)?;
    }
    if given.due_on.is_some_and(|due| due < on) {
        return Err(MoveRefusal::DueInThePast);
    }
    Ok(Decision {
        from,
        to,
        lead: given.lead.or(lead),
        publication: match to {
            Published => Publication::Approved,
            Referred => Publication::Withdrawn,
            _ => Publication::Unchanged,
        },
        supporters_move_on: to == Merged,
        owed_anew: to == Reopened || (from, to) == (Returned, InReview),
    })
}

fn why_not_allowed(from: State, to: State, class: Class) -> MoveRefusal {
    let exists = moves_from(from).contains(&to);
    match class {
        Class::Restricted if exists && is_public_station(to) => {
            MoveRefusal::RestrictedTopicStaysPrivate
        }
        Class::Referred if exists => MoveRefusal::ReferredTopicLeaves,
        _ => MoveRefusal::MoveNotAllowed { from, to },
    }
}

const fn is_public_station(state: State) -> bool {
    matches!(state, Published | Prioritised)
}

const fn is_secretary(actor: Actor) -> bool {
    matches!(
        actor,
        Actor::Seat(Seat {
            role: Role::Secretary,
            ..
        })
    )
}

const fn whose_move(from: State, to: State) -> By {
    match (from, to) {
        (Returned, InReview) => By::AuthorOrSecretary,
        (Done | PartlyDone, Reopened) => By::Contesters,
        (Planned | Reopened, InProgress) | (InProgress | Reopened, Done | PartlyDone) => {
            By::LeadOrSecretary
        }
        _ => By::Secretary,
    }
}

fn may_make(
    from: State,
    to: State,
    actor: Actor,
    lead: Option<Institution>,
) -> Result<(), MoveRefusal> {
    let by = whose_move(from, to);
    let may = match (by, actor) {
        _ if is_secretary(actor) => true,
        (By::AuthorOrSecretary | By::Contesters, Actor::Author)
        | (By::Contesters, Actor::Supporters)
        | (By::LeadOrSecretary, Actor::Plan) => true,
        (
            By::LeadOrSecretary,
            Actor::Seat(Seat {
                role: Role::Member,
                institution,
            }),
        ) => lead == Some(institution),
        _ => false,
    };
    match by {
        _ if may => Ok(()),
        By::Secretary => Err(MoveRefusal::SecretaryOnly),
        By::AuthorOrSecretary => Err(MoveRefusal::AuthorOrSecretaryOnly),
        By::LeadOrSecretary => Err(MoveRefusal::LeadOrSecretaryOnly),
        By::Contesters => Err(MoveRefusal::ContestersOnly),
    }
}

fn meets(need: Need, request: &MoveRequest) -> Result<(), MoveRefusal> {
    let given = &request.given;
    let (met, refusal) = match need {
        Need::Reason => (given.reason, MoveRefusal::ReasonMissing),
        Need::LegalGround => (given.legal_ground, MoveRefusal::LegalGroundMissing),
        Need::Whose => (given.whose, MoveRefusal::WhoseMissing),
        Need::Lead => (
            given.lead.or(request.lead).is_some(),
            MoveRefusal::LeadMissing,
        ),
        Need::DueOn => (given.due_on.is_some(), MoveRefusal::DueMissing),
        Need::Proof => (given.proof, MoveRefusal::ProofMissing),
        Need::Into => return may_merge(request),
    };
    if met { Ok(()) } else { Err(refusal) }
}

fn may_merge(request: &MoveRequest) -> Result<(), MoveRefusal> {
    let target = request.given.into.ok_or(MoveRefusal::MergeTargetMissing)?;
    if target.is_itself {
        return Err(MoveRefusal::MergeTargetIsItself);
    }
    if !target.same_municipality {
        return Err(MoveRefusal::MergeTargetElsewhere);
    }
    if target.state == Merged {
        return Err(MoveRefusal::MergeTargetIsMerged);
    }
    if !target.state.is_open() {
        return Err(MoveRefusal::MergeTargetIsClosed);
    }
    if target.class != request.class {
        return Err(MoveRefusal::MergeTargetOfAnotherClass);
    }
    if request.released && !target.released {
        return Err(MoveRefusal::MergeTargetNotPublished);
    }
    Ok(())
}
