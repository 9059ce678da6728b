//! Hashes with a label in front, so that no hash of one kind is ever one of another.

use sha2::{Digest, Sha256};

/// SHA-256 over `label || 0x00 || parts`. The parts are of fixed length or carry their lengths.
pub(crate) fn labelled(label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(label.as_bytes());
    hash.update([0]);
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

/// `label || 0x00 || parts`, to be signed.
pub(crate) fn message(label: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(160);
    bytes.extend_from_slice(label.as_bytes());
    bytes.push(0);
    for part in parts {
        bytes.extend_from_slice(part);
    }
    bytes
}

/// A length in two bytes, as lists carry it; `None` above 65535.
pub(crate) fn length_u16(length: usize) -> Option<[u8; 2]> {
    u16::try_from(length).ok().map(u16::to_be_bytes)
}
