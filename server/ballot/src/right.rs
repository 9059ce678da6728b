//! The right to answer in a survey that asks verified residents: a token of a vote on one question, shown again.

use crate::bytes::{Bytes, ConsultationId};
use crate::item::{Context, ItemRefusal, Paper, issued, verified};
use crate::key::MODULUS;

/// A token, and its signature over where it answers. It names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    /// The Ed25519 public key the issuers signed blindly.
    pub token: Bytes<32>,
    /// One slot per issuer, in their published order.
    pub signatures: Vec<Option<Bytes<MODULUS>>>,
    /// Ed25519 by the token over consultation, token and where it answers.
    pub signature: Bytes<64>,
}

/// The bytes a token signs to answer somewhere: nothing that could be cast.
pub(crate) fn message(consultation: ConsultationId, token: Bytes<32>, place: &str) -> Vec<u8> {
    crate::hash::message(
        "trekendesh answer 1",
        &[&consultation.0, &token.0, place.as_bytes()],
    )
}

/// Whether this token was issued for a vote on one question, and answers in this place. A vote that
/// prioritises gives twelve tokens, of which nobody sees that they are one person's.
///
/// # Errors
/// [`ItemRefusal`], the cheapest to find first.
pub fn check_right(context: &Context, place: &str, right: &Right) -> Result<(), ItemRefusal> {
    if matches!(context.paper, Paper::Prioritising { .. }) {
        return Err(ItemRefusal::ForeignToken);
    }
    let said = message(context.consultation, right.token, place);
    if !verified(right.token, &said, right.signature) {
        return Err(ItemRefusal::TamperedItem);
    }
    issued(context, right.token, &right.signatures).map_err(|_fault| ItemRefusal::ForeignToken)
}
