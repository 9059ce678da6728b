//! The Merkle tree of RFC 6962, section 2.1, and its inclusion proofs.

use crate::bytes::Bytes;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The hash of a leaf: a zero byte keeps it apart from every node.
#[must_use]
pub fn leaf(data: &[u8]) -> Bytes<32> {
    let mut hash = Sha256::new();
    hash.update([0]);
    hash.update(data);
    Bytes(hash.finalize().into())
}

fn node(left: Bytes<32>, right: Bytes<32>) -> Bytes<32> {
    let mut hash = Sha256::new();
    hash.update([1]);
    hash.update(left.0);
    hash.update(right.0);
    Bytes(hash.finalize().into())
}

/// A tree as published: how many leaves, and the hash over them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Root {
    /// How many leaves.
    pub size: u32,
    /// The hash of the tree.
    pub hash: Bytes<32>,
}

/// The hash of the tree over these leaf hashes.
#[must_use]
pub fn root_hash(leaves: &[Bytes<32>]) -> Bytes<32> {
    Tree::new(leaves.to_vec()).root().hash
}

/// A tree with all its nodes, to prove many leaves of: the leaves below, each level half as wide as the one
/// beneath it. Where a level is odd its last node stands alone and is the same one level up, which is the
/// tree of RFC 6962, section 2.1.
#[derive(Debug, Clone)]
pub struct Tree {
    levels: Vec<Vec<Bytes<32>>>,
}

impl Tree {
    /// The tree over these leaf hashes.
    #[must_use]
    pub fn new(leaves: Vec<Bytes<32>>) -> Self {
        let mut levels = Vec::new();
        let mut level = leaves;
        while level.len() > 1 {
            let above = level
                .chunks(2)
                .map(|pair| match pair {
                    [left, right] => node(*left, *right),
                    alone => alone.first().copied().unwrap_or(Bytes([0; 32])),
                })
                .collect();
            levels.push(core::mem::replace(&mut level, above));
        }
        levels.push(level);
        Self { levels }
    }

    /// How many leaves, and the hash over them.
    #[must_use]
    pub fn root(&self) -> Root {
        let size = self.levels.first().map_or(0, Vec::len);
        let top = self.levels.last().and_then(|level| level.first());
        Root {
            size: u32::try_from(size).unwrap_or(u32::MAX),
            hash: top.copied().unwrap_or(Bytes(Sha256::digest([]).into())),
        }
    }

    /// The proof for leaf `index`; `None` when there is no such leaf or they are too many.
    #[must_use]
    pub fn prove(&self, index: u32) -> Option<Inclusion> {
        let size = u32::try_from(self.levels.first()?.len()).ok()?;
        if index >= size {
            return None;
        }
        let mut place = usize::try_from(index).ok()?;
        let mut path = Vec::new();
        for level in &self.levels {
            path.extend(level.get(place ^ 1));
            place /= 2;
        }
        Some(Inclusion { index, size, path })
    }
}

/// That a leaf is in a tree: where, of how many, and the hashes beside its way up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inclusion {
    /// Place of the leaf, from 0.
    pub index: u32,
    /// Leaves of the tree.
    pub size: u32,
    /// The hashes beside the way, from the leaf up.
    pub path: Vec<Bytes<32>>,
}

impl Inclusion {
    /// The root this proof leads to from a leaf, by RFC 9162, 2.1.3.2; `None` when the path
    /// has another length than the place demands.
    #[must_use]
    pub fn root(&self, leaf: Bytes<32>) -> Option<Root> {
        let mut place = self.index;
        let mut last = self.size.checked_sub(1).filter(|last| place <= *last)?;
        let mut hash = leaf;
        for beside in &self.path {
            if last == 0 {
                return None;
            }
            if place % 2 == 1 || place == last {
                hash = node(*beside, hash);
                while place.is_multiple_of(2) && place != 0 {
                    place /= 2;
                    last /= 2;
                }
            } else {
                hash = node(hash, *beside);
            }
            place /= 2;
            last /= 2;
        }
        (last == 0).then_some(Root {
            size: self.size,
            hash,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Bytes, Root, Tree, leaf, root_hash};
    use proptest::prelude::*;
    use serde_json::Value;

    fn bytes(text: &Value) -> Vec<u8> {
        let text = text.as_str().unwrap();
        text.as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }

    fn hashes(list: &Value) -> Vec<Bytes<32>> {
        let list = list.as_array().unwrap();
        list.iter()
            .map(|text| Bytes(bytes(text).try_into().unwrap()))
            .collect()
    }

    #[test]
    fn the_trees_of_certificate_transparency_come_out() {
        let vectors: Value = serde_json::from_str(include_str!("../vectors/rfc6962.json")).unwrap();
        let data = vectors["leaves"].as_array().unwrap();
        let leaves: Vec<_> = data.iter().map(|text| leaf(&bytes(text))).collect();
        let roots = hashes(&vectors["roots"]);
        for (size, root) in roots.iter().enumerate() {
            assert_eq!(root_hash(&leaves[..size]), *root, "{size} leaves");
        }
        for proof in vectors["proofs"].as_array().unwrap() {
            let index = u32::try_from(proof["index"].as_u64().unwrap()).unwrap();
            let size = usize::try_from(proof["size"].as_u64().unwrap()).unwrap();
            let made = Tree::new(leaves[..size].to_vec()).prove(index).unwrap();
            assert_eq!(made.path, hashes(&proof["path"]));
            let led = made.root(leaves[usize::try_from(index).unwrap()]).unwrap();
            assert_eq!(led.hash, roots[size]);
        }
    }

    proptest! {
        #[test]
        fn each_leaf_is_proven_and_no_other(size in 1_u32..70, at: prop::sample::Index, bit in 0_u8..8) {
            let leaves: Vec<_> = (0..size).map(|number| leaf(&number.to_be_bytes())).collect();
            let index = at.index(leaves.len());
            let mut proof = Tree::new(leaves.clone()).prove(u32::try_from(index).unwrap()).unwrap();
            let root = Root { size, hash: root_hash(&leaves) };
            prop_assert_eq!(proof.root(leaves[index]), Some(root));
            prop_assert_ne!(proof.root(leaf(b"another")), Some(root));
            let mut bent = proof.clone();
            if let Some(hash) = bent.path.first_mut() {
                hash.0[0] ^= 1_u8 << bit;
                prop_assert_ne!(bent.root(leaves[index]), Some(root));
            }
            proof.path.push(root.hash);
            prop_assert_eq!(proof.root(leaves[index]), None);
        }
    }
}
