//! What a hostile world does, and what must come of it: each test names its row of the list.

mod anonymity;
mod clocks;
pub mod crowds;
mod faults;
mod files;
mod forgotten;
mod headers;
mod heads;
mod http;
mod input;
mod mail;
pub mod many;
mod names;
mod outages;
mod photos;
pub mod pictures;
mod proxies;
mod receipts;
mod refused_letters;
mod repeats;
mod roles;
mod sign_in;
mod sites;
mod states;
mod stolen;
mod tokens;
mod weight;
