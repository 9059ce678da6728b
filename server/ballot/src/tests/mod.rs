//! The whole protocol, played by a small town, and every way in which its box can lie.

mod cases;
mod casting;
mod issuing;
mod lies;
mod patch;
mod protocol;
mod refusals;
mod town;
