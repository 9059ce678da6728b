//! Municipalities and the languages they are shown in.

use crate::code::coded;

coded! {
    /// How alive a municipality's council is (A1: set up in 58 of 61 municipalities).
    pub enum Council {
        /// There is no council; residents are told so and may still read.
        None = "none",
        /// It exists on paper.
        Formal = "formal",
        /// It meets and answers.
        Active = "active",
    }
}

coded! {
    /// The languages of the product.
    pub enum Language {
        /// Albanian, the default.
        Albanian = "sq",
        /// English, complete beside it.
        English = "en",
    }
}
