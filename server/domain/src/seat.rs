//! Seats: an institution's chair at the council, apart from the person who sits in it (A7).

use crate::code::coded;

coded! {
    /// The institutions that may hold a seat (H3: role types named by the study's members).
    ///
    /// Which of them form the "triangle" and who chairs is configuration of each municipality
    /// (H2), so nothing here treats an institution as more equal than another.
    pub enum Institution {
        /// Bashkia.
        Municipality = "municipality",
        /// Policia e Shtetit, the local commissariat.
        Police = "police",
        /// Prokuroria.
        Prosecution = "prosecution",
        /// A school or the education office.
        School = "school",
        /// A civil-society organisation.
        CivilSociety = "civil_society",
        /// A religious community.
        Religious = "religious",
        /// Business.
        Business = "business",
        /// A local medium.
        Media = "media",
        /// The head of a village (kryetar fshati), also for community liaisons.
        VillageHead = "village_head",
        /// The Local Youth Council (law 75/2019; L1).
        YouthCouncil = "youth_council",
        /// The health service.
        Health = "health",
    }
}

coded! {
    /// What a seat lets its holder do (DESIGN, people).
    pub enum Role {
        /// Answers and commits for the own institution.
        Member = "member",
        /// A member with the desk: triage, moderation, publication.
        Secretary = "secretary",
        /// Seats, settings, topics. Not a judge of concerns.
        Administrator = "administrator",
    }
}

coded! {
    /// What whoever comes to a seat has to read, and says that they read.
    pub enum Paper {
        /// What is going on and what was decided (A8).
        Handover = "handover",
        /// What the seat is there for (A10).
        Role = "role",
        /// How the council works (B2).
        Regulation = "regulation",
    }
}

/// A seat of one municipality's council. The holder is known elsewhere: rules ask only what
/// the seat is (A7, the seat outlives its holder).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seat {
    /// For whom the holder speaks.
    pub institution: Institution,
    /// What the holder may do.
    pub role: Role,
}
