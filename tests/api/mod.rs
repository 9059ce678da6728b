//! What people do, one file for each folder of the domain.

mod archive;
mod command_line;
mod concerns;
mod demo;
mod desk;
mod holidays;
mod identity;
mod import;
mod lists;
mod notices;
mod operations;
mod places;
mod push;
mod support;
