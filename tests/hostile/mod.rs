//! What a hostile world does, and what must come of it: each test names its row of the list.

pub mod pictures;
