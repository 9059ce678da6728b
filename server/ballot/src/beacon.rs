//! The frozen list, the beacon nobody could foresee, and which concern it gives to a token.

use crate::bytes::{Bytes, ConcernId, ConsultationId};
use crate::hash::{labelled, length_u16};
use sha2::{Digest as _, Sha256};

/// The hash over the ordered list of concerns; `None` for more than 65535.
#[must_use]
pub fn concerns_hash(concerns: &[ConcernId]) -> Option<Bytes<32>> {
    let count = length_u16(concerns.len())?;
    let ids: Vec<u8> = concerns.iter().flat_map(|concern| concern.0).collect();
    Some(Bytes(labelled("trekendesh list 1", &[&count, &ids])))
}

/// The hash over the ordered texts of a question's choices, each with its length in front;
/// `None` for more than 65535.
#[must_use]
pub fn choices_hash(choices: &[String]) -> Option<Bytes<32>> {
    let count = length_u16(choices.len())?;
    let mut texts = Vec::new();
    for choice in choices {
        push_text(&mut texts, choice)?;
    }
    Some(Bytes(labelled("trekendesh choices 1", &[&count, &texts])))
}

/// A text with its length in front (four bytes); `None` above 4 GiB.
pub(crate) fn push_text(into: &mut Vec<u8>, text: &str) -> Option<()> {
    into.extend_from_slice(&u32::try_from(text.len()).ok()?.to_be_bytes());
    into.extend_from_slice(text.as_bytes());
    Some(())
}

/// What an issuer publishes at opening: it fixes 32 random bytes without showing them.
#[must_use]
pub fn commitment(consultation: ConsultationId, reveal: &[u8; 32]) -> Bytes<32> {
    Bytes(labelled(
        "trekendesh commitment 1",
        &[&consultation.0, reveal],
    ))
}

/// What one issuer gives to the beacon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contribution {
    /// Published at opening.
    pub commitment: Bytes<32>,
    /// Published after issuing closed; `None` when it was missing at the published deadline.
    pub reveal: Option<Bytes<32>>,
}

impl Contribution {
    /// Whether the reveal, if there is one, is what was committed to.
    #[must_use]
    pub fn holds(&self, consultation: ConsultationId) -> bool {
        self.reveal
            .is_none_or(|reveal| commitment(consultation, &reveal.0) == self.commitment)
    }
}

/// The beacon: reveals in the issuers' published order, each with a byte 1 in front; a byte 0
/// and the commitment where the reveal is missing.
#[must_use]
pub fn beacon(
    consultation: ConsultationId,
    list: Bytes<32>,
    contributions: &[Contribution],
) -> Bytes<32> {
    let parts: Vec<u8> = contributions
        .iter()
        .flat_map(|given| {
            let (kind, bytes) = match given.reveal {
                Some(reveal) => (1, reveal),
                None => (0, given.commitment),
            };
            core::iter::once(kind).chain(bytes.0)
        })
        .collect();
    Bytes(labelled(
        "trekendesh beacon 1",
        &[&consultation.0, &list.0, &parts],
    ))
}

/// The place on a list of `concerns` entries that a token rates: the first 64 bits of its hash
/// with the beacon, scaled down to the list. 0 for an empty list.
#[must_use]
pub fn assigned(beacon: Bytes<32>, token: Bytes<32>, concerns: u16) -> u16 {
    let mut hash = Sha256::new();
    hash.update(b"trekendesh assignment 1\0");
    hash.update(beacon.0);
    hash.update(token.0);
    let hash: [u8; 32] = hash.finalize().into();
    let high = hash
        .iter()
        .take(8)
        .fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
    // Below `concerns`, so it fits.
    u16::try_from((high * u128::from(concerns)) >> 64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Contribution, assigned, beacon, choices_hash, commitment, concerns_hash};
    use crate::bytes::{Bytes, ConcernId, ConsultationId};

    const HERE: ConsultationId = ConsultationId([1; 16]);

    #[test]
    fn every_concern_is_assigned_about_as_often() {
        let mut counts = [0_u32; 40];
        for number in 0..40_000_u32 {
            let mut token = [0; 32];
            token[..4].copy_from_slice(&number.to_be_bytes());
            counts[usize::from(assigned(Bytes([7; 32]), Bytes(token), 40))] += 1;
        }
        // 1000 each; six standard deviations are 187.
        assert!(counts.iter().all(|count| (813..1187).contains(count)));
    }

    #[test]
    fn the_order_and_the_boundaries_of_a_list_count() {
        let ids = [ConcernId([1; 16]), ConcernId([2; 16])];
        let swapped = [ids[1], ids[0]];
        assert_ne!(concerns_hash(&ids), concerns_hash(&swapped));
        let texts = |texts: &[&str]| {
            choices_hash(
                &texts
                    .iter()
                    .map(|text| (*text).to_owned())
                    .collect::<Vec<_>>(),
            )
        };
        assert_ne!(texts(&["ab", "c"]), texts(&["a", "bc"]));
        assert_eq!(concerns_hash(&vec![ids[0]; 65_536]), None);
    }

    #[test]
    fn a_missing_reveal_is_another_beacon_than_any_reveal() {
        let committed = commitment(HERE, &[3; 32]);
        let with = |reveal| {
            let given = Contribution {
                commitment: committed,
                reveal,
            };
            assert_eq!(given.holds(HERE), reveal != Some(committed));
            beacon(HERE, Bytes([0; 32]), &[given])
        };
        assert_ne!(with(Some(Bytes([3; 32]))), with(None));
        // Revealing the commitment itself is refused, and would not collide either.
        assert_ne!(with(Some(committed)), with(None));
    }
}
