//! Lies about items and about what they add up to.

use super::cases::{Liar, Lie};
use super::town::receipt;
use crate::{Item, Outcome, Refusal, Root};

pub const ABOUT_ITEMS: &[Lie] = &[
    ("an item taken out", Refusal::DroppedItems, |liar| {
        liar.lie.items.remove(3);
    }),
    ("an item put in", Refusal::AddedItems, |liar| {
        let kept = liar.lie.root;
        liar.lie.root = Root {
            size: kept.size - 1,
            hash: kept.hash,
        };
    }),
    (
        "a token twice",
        Refusal::DuplicateToken { item: 2 },
        |liar| {
            liar.lie.items.insert(1, liar.lie.items[1].clone());
            liar.recast(1, |vote| vote.sequence = 7);
            liar.restate(3, 7);
            liar.seal();
        },
    ),
    (
        "two items exchanged",
        Refusal::Reordered { item: 4 },
        |liar| {
            liar.lie.items.swap(3, 4);
            liar.lie.root = liar.lie.recomputed_root();
        },
    ),
    (
        "another concern than assigned",
        Refusal::WrongAssignment { item: 1 },
        |liar| {
            liar.recast(1, |vote| vote.index = (vote.index + 1) % 4);
            liar.seal();
        },
    ),
    (
        "a six where five is the most",
        Refusal::ValueOutOfRange { item: 5 },
        |liar| {
            liar.recast(5, |vote| vote.value = 6);
            liar.seal();
        },
    ),
    (
        "a token of one institution alone",
        Refusal::TooFewSignatures { item: 0 },
        |liar| {
            for slot in liar.lie.items[0].signatures.iter_mut().skip(1) {
                *slot = None;
            }
            liar.seal();
        },
    ),
    (
        "a slot for nobody",
        Refusal::TooFewSignatures { item: 0 },
        |liar| {
            let first = liar.lie.items[0].signatures[0];
            liar.lie.items[0].signatures.push(first);
            liar.seal();
        },
    ),
    (
        "a rating changed after casting",
        Refusal::BadTokenSignature { item: 2 },
        |liar| {
            liar.lie.items[2].value = 5 - liar.lie.items[2].value;
            liar.seal();
        },
    ),
    (
        "a forged signature of an institution",
        Refusal::BadIssuerSignature { item: 4, issuer: 0 },
        |liar| {
            liar.lie.items[4].signatures[0].as_mut().unwrap().0[100] ^= 1;
            liar.seal();
        },
    ),
    (
        "a signature for another token",
        Refusal::BadIssuerSignature { item: 4, issuer: 0 },
        |liar| {
            liar.lie.items[4].signatures[0] = liar.lie.items[3].signatures[0];
            liar.seal();
        },
    ),
];

pub const ABOUT_THE_COUNT: &[Lie] = &[
    ("another root", Refusal::WrongRoot, |liar| {
        liar.lie.root.hash.0[31] ^= 1;
    }),
    (
        "another root than at closing",
        Refusal::OtherClosing,
        |liar| {
            liar.evidence.closing = Some(liar.lie.root);
            liar.recast(2, |vote| (vote.value, vote.sequence) = (5, 9));
            liar.seal();
        },
    ),
    (
        "fewer items than an earlier root",
        Refusal::LostRoot { root: 1 },
        |liar| {
            liar.evidence.roots = vec![
                liar.lie.root,
                Root {
                    size: 7,
                    ..liar.lie.root
                },
            ];
        },
    ),
    (
        "a receipt of nothing",
        Refusal::BadReceipt { receipt: 0 },
        |liar| {
            let mut shown = receipt(&liar.lie, 2);
            shown.inclusion.path[0].0[0] ^= 1;
            liar.evidence.receipts = vec![shown];
        },
    ),
    (
        "a receipt whose item is gone",
        Refusal::DroppedReceipt { receipt: 1 },
        |liar| {
            liar.evidence.receipts = vec![receipt(&liar.lie, 0), receipt(&liar.lie, 3)];
            let earlier = liar.lie.root;
            liar.evidence.receipts.remove(0);
            liar.lie.items.remove(3);
            liar.seal();
            liar.evidence.receipts.insert(0, receipt(&liar.lie, 0));
            liar.evidence.roots = vec![earlier];
            // The roots would tell too; here only the receipt is to.
            liar.lie.items.push(new_voter(liar));
            liar.restate(4, 12);
            liar.seal();
            liar.evidence.receipts[0] = receipt(&liar.lie, 0);
        },
    ),
    (
        "a receipt with another content",
        Refusal::ChangedItem { receipt: 0 },
        |liar| {
            liar.evidence.receipts = vec![receipt(&liar.lie, 1)];
            liar.evidence.roots = vec![liar.lie.root];
            liar.recast(1, |vote| vote.value = 4);
            liar.seal();
        },
    ),
    (
        "an older item in place of the receipt's",
        Refusal::ChangedItem { receipt: 0 },
        |liar| {
            liar.evidence.receipts = vec![receipt(&liar.lie, 1)];
            liar.evidence.roots = vec![liar.lie.root];
            liar.recast(1, |vote| (vote.value, vote.sequence) = (4, 0));
            liar.seal();
        },
    ),
    ("another score", Refusal::WrongResult { row: 2 }, |liar| {
        if let Outcome::Prioritising { ranking, .. } = &mut liar.lie.result {
            ranking[2].score += 1;
        }
    }),
    (
        "two concerns exchanged in the ranking",
        Refusal::WrongResult { row: 0 },
        |liar| {
            if let Outcome::Prioritising { ranking, .. } = &mut liar.lie.result {
                ranking.swap(0, 1);
            }
        },
    ),
];

/// An item of somebody who did not vote before.
fn new_voter(liar: &Liar<'_>) -> Item {
    liar.town.item(&liar.lie, 3, 0)
}
