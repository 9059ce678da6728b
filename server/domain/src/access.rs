//! What the holder of a seat may do at the desk of the seat's own municipality.
//!
//! Invariants: a seat gives no right in another municipality (the caller has chosen the seat
//! by the municipality of the matter); an administrator sets up the council and does not judge
//! concerns; nobody may publish a restricted topic (see [`crate::concern::decide`], M1).

use crate::code::coded;
use crate::seat::{Institution, Role, Seat};

coded! {
    /// Who may read an internal note (B6).
    pub enum Visibility {
        /// All members of the council.
        Members = "members",
        /// Members who speak for the same institution as the writer, and nobody else: not the
        /// secretary either, unless of that institution.
        Institution = "institution",
        /// The secretary alone.
        Secretariat = "secretariat",
    }
}

/// Something done at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Open the desk: the queue and the details of every concern, also unpublished ones.
    ReadDesk,
    /// Ask for a move. Which moves exactly is the word of [`crate::concern::decide`].
    Move,
    /// Move many concerns at once.
    MoveMany,
    /// Say which institution takes care of a concern.
    Assign,
    /// Answer publicly in the name of an institution.
    Answer(Institution),
    /// Read notes of a visibility; of [`Visibility::Institution`] those of the own institution.
    ReadNotes(Visibility),
    /// Write a note of a visibility.
    WriteNote(Visibility),
    /// Write to an author in the council's name.
    WriteToAuthor,
    /// Use the templates for answers.
    ReadTemplates,
    /// Add and remove templates for answers.
    ManageTemplates,
    /// Announce consultations, extend them, and make their lists.
    ManageConsultations,
    /// Announce meetings, change and cancel them.
    ManageMeetings,
    /// Write the plan: objectives, measures, and their approval.
    ManagePlan,
    /// Keep the council's papers: its regulation, what seats are there for, who was trained.
    ManagePapers,
    /// Publish what the own institution counted.
    PublishFigures,
    /// Make polls, open and close them.
    ManagePolls,
    /// Make and revoke activation codes.
    ManageCodes,
    /// Verify at the desk somebody who showed who they are.
    VerifyResident,
    /// Give and take seats.
    ManageSeats,
    /// Change the municipality's settings: answer days, batch, holidays, topics.
    ManageSettings,
}

/// Whether the seat allows the action in its own municipality.
#[must_use]
pub fn may(action: Action, seat: Seat) -> bool {
    match (seat.role, action) {
        (Role::Administrator, action) => {
            matches!(
                action,
                Action::ManageSeats | Action::ManageSettings | Action::ManageCodes
            )
        }
        (_, Action::ManageSeats | Action::ManageSettings | Action::ManageCodes) => false,
        (_, Action::Answer(institution)) => institution == seat.institution,
        (Role::Secretary, _) => true,
        (Role::Member, Action::ManagePolls) => seat.institution == Institution::YouthCouncil,
        (Role::Member, action) => matches!(
            action,
            Action::ReadDesk
                | Action::Move
                | Action::ReadNotes(Visibility::Members | Visibility::Institution)
                | Action::WriteNote(_)
                | Action::ReadTemplates
                | Action::PublishFigures
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, Visibility, may};
    use crate::code::Code;
    use crate::seat::{Institution, Role, Seat};

    const EVERY_DEED: [Action; 24] = [
        Action::ReadDesk,
        Action::Move,
        Action::MoveMany,
        Action::Assign,
        Action::Answer(Institution::Police),
        Action::ReadNotes(Visibility::Members),
        Action::ReadNotes(Visibility::Institution),
        Action::ReadNotes(Visibility::Secretariat),
        Action::WriteNote(Visibility::Members),
        Action::WriteNote(Visibility::Institution),
        Action::WriteNote(Visibility::Secretariat),
        Action::WriteToAuthor,
        Action::ReadTemplates,
        Action::ManageTemplates,
        Action::ManageConsultations,
        Action::ManageMeetings,
        Action::ManagePlan,
        Action::ManagePapers,
        Action::PublishFigures,
        Action::ManagePolls,
        Action::VerifyResident,
        Action::ManageCodes,
        Action::ManageSeats,
        Action::ManageSettings,
    ];

    const KEYS: [Action; 3] = [
        Action::ManageSeats,
        Action::ManageSettings,
        Action::ManageCodes,
    ];

    const fn seat(institution: Institution, role: Role) -> Seat {
        Seat { institution, role }
    }

    #[test]
    fn the_secretary_has_the_desk_but_not_the_keys() {
        let secretary = seat(Institution::Municipality, Role::Secretary);
        for deed in EVERY_DEED {
            let keys = KEYS.contains(&deed);
            let foreign = deed == Action::Answer(Institution::Police);
            assert_eq!(may(deed, secretary), !keys && !foreign, "{deed:?}");
        }
    }

    #[test]
    fn the_administrator_has_the_keys_but_not_the_desk() {
        let administrator = seat(Institution::Police, Role::Administrator);
        for deed in EVERY_DEED {
            let keys = KEYS.contains(&deed);
            assert_eq!(may(deed, administrator), keys, "{deed:?}");
        }
    }

    #[test]
    fn everybody_answers_for_the_own_institution_only() {
        for own in Institution::ALL {
            for named in Institution::ALL {
                for role in [Role::Member, Role::Secretary] {
                    let may = may(Action::Answer(*named), seat(*own, role));
                    assert_eq!(may, own == named);
                }
            }
        }
    }

    #[test]
    fn the_youth_council_makes_polls_and_no_other_member_does() {
        for institution in Institution::ALL {
            let member = seat(*institution, Role::Member);
            let young = *institution == Institution::YouthCouncil;
            assert_eq!(may(Action::ManagePolls, member), young, "{institution}");
        }
    }

    #[test]
    fn a_member_writes_to_the_secretary_but_does_not_read_over_the_shoulder() {
        let member = seat(Institution::School, Role::Member);
        assert!(may(Action::WriteNote(Visibility::Secretariat), member));
        assert!(!may(Action::ReadNotes(Visibility::Secretariat), member));
        assert!(!may(Action::WriteToAuthor, member));
        assert!(!may(Action::MoveMany, member));
        assert!(!may(Action::ManageConsultations, member));
        assert!(!may(Action::ManageMeetings, member));
        assert!(!may(Action::ManagePlan, member));
        assert!(!may(Action::ManagePapers, member));
    }
}
