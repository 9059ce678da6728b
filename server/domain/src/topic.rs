//! Topics: how openly a matter may be treated. The topics themselves are data
//! (`data/topics.json`), since each municipality adapts them (B7, J1).

use crate::code::coded;

coded! {
    /// How openly concerns of a topic may be treated (B6, F4, K1, M1).
    pub enum Class {
        /// May be shown to everybody after moderation.
        Public = "public",
        /// Seen by members only; the public sees counts. Never published, by no role (M1).
        Restricted = "restricted",
        /// Never accepted as a concern: the app shows who helps before any text is typed (F4).
        Referred = "referred",
    }
}

impl Class {
    /// Whether a concern of this class may be submitted at all.
    #[must_use]
    pub const fn accepts_concerns(self) -> bool {
        !matches!(self, Self::Referred)
    }
}
