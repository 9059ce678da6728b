//! The rules of a Local Public Safety Council, pure.
//!
//! Nothing here reads a clock, draws a random number, opens a file or a socket, or knows how
//! a thing is stored or serialised: days, entropy and facts come in as arguments, decisions go
//! out as values. Row ids such as `C9` or `F2` point to the requirements drawn from the study
//! "Këshillat Vendorë të Sigurisë Publike" (IDM, Tirana 2024).

pub mod access;
pub mod activation;
pub mod answer;
pub mod calendar;
pub mod code;
pub mod concern;
pub mod consultation;
pub mod crockford;
pub mod disclosure;
pub mod measure;
pub mod meeting;
pub mod minutes;
pub mod place;
pub mod poll;
pub mod program;
pub mod publication;
pub mod quarter;
pub mod question;
pub mod receipt;
pub mod report;
pub mod roll;
pub mod room;
pub mod seat;
pub mod sign_in;
pub mod text;
pub mod topic;
pub mod vote;

pub use code::Code;
