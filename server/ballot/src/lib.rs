//! Formal votes: one resident, one vote, and nobody can see whose. Pure: no storage, no network,
//! no clock; randomness is an argument. The TypeScript twin is `pwa/src/ballot`; both read
//! `vectors/`. What this protects from, and what not: `THREATS.md`.
//!
//! # The protocol
//! `||` joins bytes, numbers are big-endian, a label is followed by a byte 0. Texts carry their
//! length (u32) in front.
//!
//! 1. **Announcement.** The municipality freezes the list of concerns (or the choices) with the
//!    terms and weights of the formula. Each issuer, up to three, makes an RSA-2048 key with
//!    e = 65537 for this consultation alone (a blind signer does not see what it signs, so the
//!    key is the scope) and commits to 32 random bytes:
//!    `SHA-256("trekendesh commitment 1" || consultation || reveal)`.
//!    Lists: `SHA-256("trekendesh list 1" || count u16 || ids)`, and
//!    `SHA-256("trekendesh choices 1" || count u16 || texts)`.
//! 2. **Issuing.** A device derives everything from a 32-byte [`Seed`] with HKDF-SHA256 (salt =
//!    consultation, info = `label || index u16 || key fingerprint || counter u8`, as far as it
//!    applies): the Ed25519 secret ("trekendesh token secret 1"), and per issuer the PSS salt
//!    ("trekendesh pss salt 1") and the blinding factor ("trekendesh blinding 1", 2048 + 128
//!    bits reduced modulo n, the next counter while it is no unit or below 2). It has
//!    `"trekendesh token 1" || consultation || token` signed blindly: RFC 9474,
//!    RSABSSA-SHA384-PSS-Deterministic. A verified resident gets 12 tokens, or 1 for a question;
//!    "issued to this account" is all that is remembered.
//! 3. **Statements.** Once issuing is closed, and before any reveal, each issuer signs with its
//!    Ed25519 identity `"trekendesh statement 1" || consultation || accounts u32 || tokens u32 ||
//!    key fingerprint || commitment || announcement`. The announcement is the hash over
//!    everything fixed so far, see [`BallotBox::announcement`].
//! 4. **Beacon.** Then all reveal: `SHA-256("trekendesh beacon 1" || consultation || list ||
//!    per issuer (1 || reveal, or 0 || commitment where the deadline passed))`. A token rates
//!    the concern `floor(u64(SHA-256("trekendesh assignment 1" || beacon || token)) * n / 2^64)`.
//! 5. **Casting.** Without any session, items one by one: token, issuers' signatures, index,
//!    value, sequence, and Ed25519 over `"trekendesh item 1" || consultation || token ||
//!    index u16 || value u8 || sequence u32`, verified strictly. A higher sequence replaces.
//!    A token of a vote on one question also shows that its holder may answer a survey, once: with the issuers'
//!    signatures and Ed25519 over `"trekendesh answer 1" || consultation || token || room's code`.
//! 6. **Box.** The items sorted by token, in a Merkle tree (RFC 6962); a receipt is an inclusion
//!    proof. [`verify`] recomputes everything.
//!
//! Hashes that name a key: `SHA-256("trekendesh issuer key 1" || modulus)`.

mod beacon;
mod bytes;
mod hash;
mod item;
mod key;
mod merkle;
mod pss;
mod public_box;
mod refusal;
mod result;
mod right;
mod seed;
mod seed_text;
mod statement;
#[cfg(test)]
mod tests;
mod verify;

pub use beacon::{Contribution, assigned, beacon, choices_hash, commitment, concerns_hash};
pub use bytes::{Bytes, ConcernId, ConsultationId, from_base64url, to_base64url};
pub use item::{
    Context, HIGHEST_RATING, Item, ItemRefusal, Paper, ReplacementRefusal, Vote, check_item,
    replaces,
};
pub use key::{IssuerKey, IssuerPublicKey, Jwk, KeyRefusal, MODULUS};
pub use merkle::{Inclusion, Root, Tree, leaf, root_hash};
pub use public_box::{
    BallotBox, Consultation, FORMAT, Issuer, ListedConcern, Method, TOKENS_PRIORITISING,
    TOKENS_QUESTION,
};
pub use refusal::{Place, Refusal};
pub use result::{Outcome, Ranked, SHRINKAGE, Terms, Weights, count_choices, count_ratings};
pub use right::{Right, check_right};
pub use seed::{Seed, Token, TokenRefusal, token_message};
pub use seed_text::{SEED_SYMBOLS, SeedRefusal, seed_from_text, seed_to_text};
pub use statement::{IssuerIdentity, Statement, StatementScope};
pub use verify::{Evidence, IssuerReport, PinnedIssuer, Receipt, Report, verify, verify_on};
