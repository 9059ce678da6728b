//! Pushes: news on people's devices, also of those who have no account.
//!
//! Invariants: a subscription that follows a thread is tied to no account, so that nothing kept
//! says which account holds which receipt; a thread's push says nothing but that there is news; a
//! piece of news reaches a subscription once; nothing is sent to an address that is not public.

pub mod check;
pub mod cipher;
pub mod consultations;
pub mod delivery;
pub mod documents;
pub mod endpoint;
pub mod fanout;
pub mod meetings;
pub mod routes;
pub mod sender;
pub mod store;
pub mod subscriptions;
pub mod vapid;
pub mod views;

crate::id! {
    /// A browser that asked to be told.
    SubscriptionId
}
