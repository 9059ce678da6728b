//! What people do, one file for each folder of the domain.

mod archive;
<<<<<<< HEAD
mod assignments;
mod changes;
=======
pub mod changes;
>>>>>>> gaps-three
mod check;
mod command_line;
mod concerns;
mod consultations;
mod contests;
mod demo;
mod desk;
mod desk_news;
mod eligibility;
mod holidays;
mod identity;
mod import;
mod kept;
mod lists;
mod merges;
mod notices;
mod operations;
mod places;
mod push;
mod push_accounts;
mod push_patience;
mod push_wishes;
mod search;
mod sessions;
mod support;
