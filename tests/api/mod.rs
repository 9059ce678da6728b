//! What people do, one file for each folder of the domain.

mod concerns;
mod desk;
mod identity;
mod places;
mod push;
