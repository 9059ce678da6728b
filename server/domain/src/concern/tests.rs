use super::{
    Actor, Given, MergeTarget, MoveRefusal, MoveRequest, Publication, State, allowed_for,
    allowed_moves, contests_needed, decide, needs,
};
use crate::code::Code;
use crate::seat::{Institution, Role, Seat};
use crate::topic::Class;
use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Every legal move, whose it is and what it needs: read by people, compared by the test.
const TABLE: &str = include_str!("../../vectors/moves.txt");

const TODAY: NaiveDate = NaiveDate::MIN;
const LEAD: Institution = Institution::Police;

const fn seat(institution: Institution, role: Role) -> Actor {
    Actor::Seat(Seat { institution, role })
}

const SECRETARY: Actor = seat(Institution::Municipality, Role::Secretary);

/// Everyone who may ever ask, by the name the table uses.
const ACTORS: [(&str, Actor); 7] = [
    ("secretary", SECRETARY),
    ("lead", seat(LEAD, Role::Member)),
    ("member", seat(Institution::School, Role::Member)),
    ("administrator", seat(LEAD, Role::Administrator)),
    ("author", Actor::Author),
    ("supporters", Actor::Supporters),
    ("plan", Actor::Plan),
];

/// A request that brings everything any move may need.
const fn full(from: State, to: State, class: Class, actor: Actor) -> MoveRequest {
    MoveRequest {
        from,
        to,
        class,
        released: true,
        lead: Some(LEAD),
        actor,
        on: TODAY,
        given: Given {
            reason: true,
            legal_ground: true,
            whose: true,
            lead: None,
            due_on: Some(TODAY),
            proof: true,
            into: Some(MergeTarget {
                is_itself: false,
                same_municipality: true,
                state: State::Published,
                class,
                released: true,
            }),
        },
    }
}

/// All pairs of states with each class.
fn combinations() -> impl Iterator<Item = (State, State, Class)> {
    State::ALL.iter().flat_map(|from| {
        State::ALL
            .iter()
            .flat_map(move |to| Class::ALL.iter().map(move |class| (*from, *to, *class)))
    })
}

#[test]
fn what_is_decided_is_what_the_committed_table_says() {
    let mut table = String::new();
    for class in Class::ALL {
        let _ = writeln!(table, "[{class}]");
        for (from, to, _) in combinations().filter(|row| row.2 == *class) {
            let granted: Vec<&str> = ACTORS
                .iter()
                .filter(|(_, actor)| decide(full(from, to, *class, *actor)).is_ok())
                .map(|(name, _)| *name)
                .collect();
            if !granted.is_empty() {
                let needed: Vec<&str> = needs(from, to).iter().map(|n| n.code()).collect();
                let needed = if needed.is_empty() {
                    "nothing".into()
                } else {
                    needed.join(", ")
                };
                let by = granted.join(", ");
                let _ = writeln!(table, "{from} -> {to}: {by} | {needed}");
            }
        }
    }
    assert!(table == TABLE, "the moves changed:\n{table}");
}

#[test]
fn what_the_desk_offers_is_what_is_granted() {
    for (from, to, class) in combinations() {
        for (name, actor) in ACTORS {
            let offered = allowed_for(from, class, actor, Some(LEAD)).contains(&to);
            let granted = decide(full(from, to, class, actor)).is_ok();
            assert_eq!(offered, granted, "{name}: {from} -> {to}, {class}");
            assert!(!offered || allowed_moves(from, class).contains(&to));
        }
    }
}

#[test]
fn each_missing_thing_is_named() {
    for (from, to, class) in combinations() {
        let request = full(from, to, class, SECRETARY);
        if decide(request).is_err() {
            continue;
        }
        let bare = MoveRequest {
            given: Given::default(),
            lead: None,
            ..request
        };
        assert_eq!(decide(bare).is_err(), !needs(from, to).is_empty());
        let without = |change: fn(&mut MoveRequest)| {
            let mut less = request;
            change(&mut less);
            decide(less).err()
        };
        for need in needs(from, to) {
            let refusal = match need.code() {
                "reason" => without(|r| r.given.reason = false),
                "legal_ground" => without(|r| r.given.legal_ground = false),
                "whose" => without(|r| r.given.whose = false),
                "into" => without(|r| r.given.into = None),
                "lead" => without(|r| r.lead = None),
                "due_on" => without(|r| r.given.due_on = None),
                _ => without(|r| r.given.proof = false),
            };
            let expected = match need.code() {
                "reason" => MoveRefusal::ReasonMissing,
                "legal_ground" => MoveRefusal::LegalGroundMissing,
                "whose" => MoveRefusal::WhoseMissing,
                "into" => MoveRefusal::MergeTargetMissing,
                "lead" => MoveRefusal::LeadMissing,
                "due_on" => MoveRefusal::DueMissing,
                _ => MoveRefusal::ProofMissing,
            };
            assert_eq!(refusal, Some(expected), "{from} -> {to}");
        }
    }
}

#[test]
fn nothing_is_declined_without_a_reason_and_a_legal_ground() {
    for (from, _, class) in combinations() {
        for (_, actor) in ACTORS {
            let declined = full(from, State::Declined, class, actor);
            for (reason, legal_ground) in [(false, false), (false, true), (true, false)] {
                let given = Given {
                    reason,
                    legal_ground,
                    ..declined.given
                };
                assert!(decide(MoveRequest { given, ..declined }).is_err());
            }
        }
    }
}

#[test]
fn no_role_shows_a_restricted_or_referred_topic() {
    for (from, to, class) in combinations().filter(|row| row.2 != Class::Public) {
        for (_, actor) in ACTORS {
            let decision = decide(full(from, to, class, actor));
            assert!(decision.is_err() || !matches!(to, State::Published | State::Prioritised));
            assert!(!decision.is_ok_and(|d| d.publication == Publication::Approved));
        }
        assert!(!to.is_public(class, true));
    }
    let publish = full(
        State::InReview,
        State::Published,
        Class::Restricted,
        SECRETARY,
    );
    assert_eq!(
        decide(publish),
        Err(MoveRefusal::RestrictedTopicStaysPrivate)
    );
}

#[test]
fn every_state_is_reached_and_only_final_ones_are_dead_ends() {
    for class in [Class::Public, Class::Restricted] {
        let mut reached = BTreeSet::from([State::Received]);
        let mut next = vec![State::Received];
        while let Some(from) = next.pop() {
            let moves = allowed_moves(from, class);
            assert_eq!(moves.is_empty(), from.is_final(), "{from}, {class}");
            next.extend(moves.into_iter().filter(|to| reached.insert(*to)));
        }
        for state in State::ALL {
            let public_station = matches!(state, State::Published | State::Prioritised);
            let expected = class == Class::Public || !public_station;
            assert_eq!(reached.contains(state), expected, "{state}, {class}");
        }
    }
}

#[test]
fn every_open_concern_can_leave_for_a_protected_mechanism() {
    for (from, _, class) in combinations().filter(|row| row.0.is_open()) {
        assert!(
            allowed_moves(from, class).contains(&State::Referred),
            "{from}, {class}"
        );
    }
}

const GOOD_TARGET: MergeTarget = MergeTarget {
    is_itself: false,
    same_municipality: true,
    state: State::Published,
    class: Class::Public,
    released: true,
};

/// What comes of merging a published concern into a target that differs from a good one.
fn merged_into(change: fn(&mut MergeTarget)) -> Option<MoveRefusal> {
    let mut request = full(State::Published, State::Merged, Class::Public, SECRETARY);
    let mut target = GOOD_TARGET;
    change(&mut target);
    request.given.into = Some(target);
    decide(request).err()
}

#[test]
fn a_merge_never_makes_a_chain_a_loop_or_a_leak() {
    use MoveRefusal as No;
    assert_eq!(merged_into(|_| ()), None);
    let itself = merged_into(|t| t.is_itself = true);
    assert_eq!(itself, Some(No::MergeTargetIsItself));
    let elsewhere = merged_into(|t| t.same_municipality = false);
    assert_eq!(elsewhere, Some(No::MergeTargetElsewhere));
    let merged = merged_into(|t| t.state = State::Merged);
    assert_eq!(merged, Some(No::MergeTargetIsMerged));
    let closed = merged_into(|t| t.state = State::Done);
    assert_eq!(closed, Some(No::MergeTargetIsClosed));
    let restricted = merged_into(|t| t.class = Class::Restricted);
    assert_eq!(restricted, Some(No::MergeTargetOfAnotherClass));
    // Approved is not enough: an anonymous one still waits for its batch.
    let unread = merged_into(|t| t.released = false);
    assert_eq!(unread, Some(No::MergeTargetNotPublished));
}

#[test]
fn an_answer_is_owed_anew_for_what_was_mended_or_contested() {
    for (from, to, class) in combinations() {
        if let Ok(decision) = decide(full(from, to, class, SECRETARY)) {
            let mended = (from, to) == (State::Returned, State::InReview);
            assert_eq!(decision.owed_anew, mended || to == State::Reopened);
        }
    }
}

#[test]
fn nobody_becomes_the_lead_by_saying_so() {
    let school = seat(Institution::School, Role::Member);
    let mut request = full(State::Planned, State::InProgress, Class::Public, school);
    request.given.lead = Some(Institution::School);
    assert_eq!(decide(request), Err(MoveRefusal::LeadOrSecretaryOnly));
    request.actor = seat(LEAD, Role::Member);
    assert_eq!(decide(request), Err(MoveRefusal::SecretaryOnly));
    request.actor = SECRETARY;
    assert!(decide(request).is_ok_and(|d| d.lead == Some(Institution::School)));
}

#[test]
fn nothing_is_promised_for_a_day_that_is_past() {
    let mut plan = full(State::Published, State::Planned, Class::Public, SECRETARY);
    plan.on = TODAY + Days::new(1);
    assert_eq!(decide(plan), Err(MoveRefusal::DueInThePast));
}

#[test]
fn what_was_never_released_is_never_shown() {
    for (state, _, class) in combinations() {
        assert!(!state.is_public(class, false));
        assert!(!state.takes_support(class, false));
    }
    assert!(State::Declined.is_public(Class::Public, true));
    assert!(!State::Referred.is_public(Class::Public, true));
    assert!(!State::Merged.takes_support(Class::Public, true));
    assert!(State::Done.takes_support(Class::Public, true));
}

#[test]
fn a_concern_is_reopened_by_a_tenth_of_its_supporters_but_never_by_one_of_many() {
    for (supporters, needed) in [(1, 1), (2, 2), (3, 3), (4, 3), (30, 3), (31, 4), (400, 40)] {
        assert_eq!(contests_needed(supporters), needed, "{supporters}");
    }
    assert_eq!(contests_needed(0), 1, "nobody is never enough");
}
