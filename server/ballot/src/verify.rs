//! The recount: everything in a box computed again, by anybody.

use crate::beacon::{Contribution, beacon};
use crate::bytes::Bytes;
use crate::item::{Context, Fault, Item, Paper, examine};
use crate::key::IssuerPublicKey;
use crate::merkle::{Inclusion, Root, leaf};
use crate::public_box::{BallotBox, Method};
use crate::refusal::Refusal;
use crate::result::Outcome;
use crate::statement::StatementScope;
use serde::{Deserialize, Serialize};

/// What somebody knows from elsewhere and holds against a box. All of it is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Evidence {
    /// The issuers as announced before the vote, in order; empty when not known.
    pub issuers: Vec<PinnedIssuer>,
    /// Roots published while casting was open.
    pub roots: Vec<Root>,
    /// The root published at closing.
    pub closing: Option<Root>,
    /// Receipts of single items.
    pub receipts: Vec<Receipt>,
}

/// An issuer as announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinnedIssuer {
    /// Its Ed25519 identity.
    pub identity: Bytes<32>,
    /// [`IssuerPublicKey::fingerprint`] of its key for this consultation.
    pub key: Bytes<32>,
}

/// That an item was in the box under a published root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The item as it was.
    pub item: Item,
    /// Its way to a root among [`Evidence::roots`] or to the root of the box.
    pub inclusion: Inclusion,
}

/// What a recount found in a box that adds up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Items in the box.
    pub items: u32,
    /// One institution alone was enough for a token: the vote is to be labelled so.
    pub single_issuer: bool,
    /// The institutions.
    pub issuers: Vec<IssuerReport>,
    /// The announced keys were supplied, and are the ones used.
    pub keys_pinned: bool,
    /// Receipts that were supplied and found in the box (or replaced by their owner).
    pub receipts: u32,
    /// The recomputed root.
    pub root: Root,
    /// The recomputed count.
    pub result: Outcome,
}

/// What a recount found of one institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssuerReport {
    /// Its name.
    pub name: String,
    /// Verified residents it says to have given tokens to.
    pub accounts: u32,
    /// Tokens it says to have signed.
    pub tokens: u32,
    /// Items that carry its signature.
    pub items: u32,
    /// It gave its part to the beacon.
    pub revealed: bool,
}

/// Recounts a box on all cores.
///
/// # Errors
/// The first [`Refusal`] in the order of that list; among items, the first item.
pub fn verify(published: &BallotBox, evidence: &Evidence) -> Result<Report, Refusal> {
    let threads = std::thread::available_parallelism().map_or(1, core::num::NonZero::get);
    verify_on(published, evidence, threads)
}

/// Recounts a box on so many threads.
///
/// # Errors
/// As [`verify`].
pub fn verify_on(
    published: &BallotBox,
    evidence: &Evidence,
    threads: usize,
) -> Result<Report, Refusal> {
    if !published.is_well_formed() {
        return Err(Refusal::Unreadable);
    }
    let keys = keys(published, evidence)?;
    statements(published, &keys)?;
    check_beacon(published)?;
    order(published)?;
    let context = context(published, keys)?;
    check_items(&context, &published.items, threads)?;
    let signed = signed_per_issuer(published)?;
    let root = published.recomputed_root();
    if root != published.root {
        return Err(Refusal::WrongRoot);
    }
    check_evidence(published, evidence)?;
    let result = published.recount();
    if result != published.result {
        let row = first_difference(&result, &published.result);
        return Err(Refusal::WrongResult { row });
    }
    Ok(report(published, evidence, &signed, root, result))
}

fn keys(published: &BallotBox, evidence: &Evidence) -> Result<Vec<IssuerPublicKey>, Refusal> {
    let mut keys = Vec::with_capacity(published.issuers.len());
    for (issuer, described) in published.issuers.iter().enumerate() {
        let weak = |_unfit| Refusal::WeakKey { issuer };
        keys.push(IssuerPublicKey::from_jwk(&described.key).map_err(weak)?);
    }
    for (issuer, (described, key)) in published.issuers.iter().zip(&keys).enumerate() {
        let mut before = published.issuers.iter().zip(&keys).take(issuer);
        if before.any(|(other, other_key)| {
            other_key == key
                || other.identity == described.identity
                || other.commitment == described.commitment
        }) {
            return Err(Refusal::RepeatedIssuer { issuer });
        }
    }
    if evidence.issuers.is_empty() {
        return Ok(keys);
    }
    for (issuer, (described, key)) in published.issuers.iter().zip(&keys).enumerate() {
        let found = PinnedIssuer {
            identity: described.identity,
            key: key.fingerprint(),
        };
        if evidence.issuers.get(issuer) != Some(&found) {
            return Err(Refusal::SwappedKey { issuer });
        }
    }
    // An announced institution that is missing altogether.
    if evidence.issuers.len() > keys.len() {
        return Err(Refusal::SwappedKey { issuer: keys.len() });
    }
    Ok(keys)
}

fn statements(published: &BallotBox, keys: &[IssuerPublicKey]) -> Result<(), Refusal> {
    let announcement = published.announcement().ok_or(Refusal::Unreadable)?;
    for (issuer, (described, key)) in published.issuers.iter().zip(keys).enumerate() {
        let scope = StatementScope {
            consultation: published.consultation.id,
            key: key.fingerprint(),
            commitment: described.commitment,
            announcement,
        };
        if !scope.is_stated(described.identity, &described.statement) {
            return Err(Refusal::WrongStatement { issuer });
        }
    }
    let due = u64::from(published.consultation.method.tokens());
    for (issuer, described) in published.issuers.iter().enumerate() {
        let stated = described.statement;
        if u64::from(stated.tokens) > u64::from(stated.accounts) * due {
            return Err(Refusal::MoreTokensThanAccounts { issuer });
        }
    }
    Ok(())
}

fn check_beacon(published: &BallotBox) -> Result<(), Refusal> {
    let consultation = published.consultation.id;
    let mut given: Vec<Contribution> = Vec::with_capacity(published.issuers.len());
    for (issuer, described) in published.issuers.iter().enumerate() {
        let contribution = described.contribution();
        if !contribution.holds(consultation) {
            return Err(Refusal::WrongReveal { issuer });
        }
        given.push(contribution);
    }
    let list = published.list_hash().ok_or(Refusal::Unreadable)?;
    if beacon(consultation, list, &given) == published.beacon {
        Ok(())
    } else {
        Err(Refusal::WrongBeacon)
    }
}

fn order(published: &BallotBox) -> Result<(), Refusal> {
    match u32::try_from(published.items.len()).map(|found| found.cmp(&published.root.size)) {
        Ok(core::cmp::Ordering::Less) => return Err(Refusal::DroppedItems),
        Ok(core::cmp::Ordering::Equal) => {}
        _ => return Err(Refusal::AddedItems),
    }
    let tokens = published.items.iter().map(|item| item.token);
    let neighbours = tokens.clone().zip(tokens.skip(1));
    let mut duplicate = None;
    let mut reordered = None;
    for (before, (one, next)) in neighbours.enumerate() {
        if one == next {
            duplicate.get_or_insert(before + 1);
        } else if one > next {
            reordered.get_or_insert(before + 1);
        }
    }
    match (duplicate, reordered) {
        (Some(item), _) => Err(Refusal::DuplicateToken { item }),
        (None, Some(item)) => Err(Refusal::Reordered { item }),
        (None, None) => Ok(()),
    }
}

fn context(published: &BallotBox, issuers: Vec<IssuerPublicKey>) -> Result<Context, Refusal> {
    let paper = match published.consultation.method {
        Method::Prioritising => Paper::Prioritising {
            concerns: u16::try_from(published.concerns.len())
                .map_err(|_unfit| Refusal::Unreadable)?,
            beacon: published.beacon,
        },
        Method::Question => Paper::Question {
            choices: u8::try_from(published.choices.len()).map_err(|_unfit| Refusal::Unreadable)?,
        },
    };
    Ok(Context {
        consultation: published.consultation.id,
        issuers,
        threshold: published.consultation.threshold,
        paper,
    })
}

/// The first item at fault. Each thread takes one stretch and stops at its first fault, so the
/// first stretch with a fault holds the first fault.
fn check_items(context: &Context, items: &[Item], threads: usize) -> Result<(), Refusal> {
    let stretch = items.len().div_ceil(threads.max(1)).max(1);
    let first = std::thread::scope(|scope| {
        let running: Vec<_> = items
            .chunks(stretch)
            .enumerate()
            .map(|(number, part)| scope.spawn(move || first_fault(context, part, number * stretch)))
            .collect();
        running
            .into_iter()
            .filter_map(|thread| match thread.join() {
                Ok(found) => found,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .next()
    });
    let Some((item, fault)) = first else {
        return Ok(());
    };
    Err(match fault {
        Fault::WrongConcern => Refusal::WrongAssignment { item },
        Fault::ValueOutOfRange => Refusal::ValueOutOfRange { item },
        Fault::TooFewSignatures => Refusal::TooFewSignatures { item },
        Fault::TokenSignature => Refusal::BadTokenSignature { item },
        Fault::IssuerSignature { issuer } => Refusal::BadIssuerSignature { item, issuer },
    })
}

fn first_fault(context: &Context, items: &[Item], offset: usize) -> Option<(usize, Fault)> {
    items.iter().enumerate().find_map(|(place, item)| {
        let fault = examine(context, item).err()?;
        Some((offset + place, fault))
    })
}

fn signed_per_issuer(published: &BallotBox) -> Result<Vec<u32>, Refusal> {
    let mut signed = vec![0_u32; published.issuers.len()];
    for item in &published.items {
        for (count, slot) in signed.iter_mut().zip(&item.signatures) {
            *count += u32::from(slot.is_some());
        }
    }
    let stated = published
        .issuers
        .iter()
        .map(|issuer| issuer.statement.tokens);
    match signed
        .iter()
        .zip(stated)
        .position(|(found, stated)| *found > stated)
    {
        Some(issuer) => Err(Refusal::MoreItemsThanTokens { issuer }),
        None => Ok(signed),
    }
}

fn check_evidence(published: &BallotBox, evidence: &Evidence) -> Result<(), Refusal> {
    if evidence
        .closing
        .is_some_and(|closing| closing != published.root)
    {
        return Err(Refusal::OtherClosing);
    }
    for (root, earlier) in evidence.roots.iter().enumerate() {
        // Items are replaced, never taken out: the box only grows.
        if earlier.size > published.root.size {
            return Err(Refusal::LostRoot { root });
        }
    }
    for (receipt, shown) in evidence.receipts.iter().enumerate() {
        let led = shown.inclusion.root(leaf(&shown.item.canonical()));
        let known = |root: Root| root == published.root || evidence.roots.contains(&root);
        if !led.is_some_and(known) {
            return Err(Refusal::BadReceipt { receipt });
        }
        let token = shown.item.token;
        let place = published
            .items
            .binary_search_by_key(&token, |item| item.token);
        let found = place.ok().and_then(|place| published.items.get(place));
        match found {
            None => return Err(Refusal::DroppedReceipt { receipt }),
            // The owner replaced it: only the token can sign a higher sequence.
            Some(found) if found.sequence > shown.item.sequence => {}
            Some(found) if *found == shown.item => {}
            Some(_) => return Err(Refusal::ChangedItem { receipt }),
        }
    }
    Ok(())
}

/// The first row in which two counts differ; 0 when it is not a row.
fn first_difference(one: &Outcome, other: &Outcome) -> usize {
    let row = match (one, other) {
        (Outcome::Prioritising { ranking: a, .. }, Outcome::Prioritising { ranking: b, .. }) => {
            a.iter().zip(b).position(|(a, b)| a != b)
        }
        (Outcome::Question { choices: a, .. }, Outcome::Question { choices: b, .. }) => {
            a.iter().zip(b).position(|(a, b)| a != b)
        }
        _ => None,
    };
    row.unwrap_or(0)
}

fn report(
    published: &BallotBox,
    evidence: &Evidence,
    signed: &[u32],
    root: Root,
    result: Outcome,
) -> Report {
    let issuers = published.issuers.iter().zip(signed);
    Report {
        items: root.size,
        single_issuer: published.consultation.threshold == 1,
        issuers: issuers
            .map(|(issuer, items)| IssuerReport {
                name: issuer.name.clone(),
                accounts: issuer.statement.accounts,
                tokens: issuer.statement.tokens,
                items: *items,
                revealed: issuer.reveal.is_some(),
            })
            .collect(),
        keys_pinned: !evidence.issuers.is_empty(),
        receipts: u32::try_from(evidence.receipts.len()).unwrap_or(u32::MAX),
        root,
        result,
    }
}
