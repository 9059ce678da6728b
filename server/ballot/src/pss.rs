//! The RSA side of RFC 9474: EMSA-PSS (SHA-384, 48 bytes of salt), blinding and unblinding.
//!
//! Sizes are those of the key, so that the RFC's vectors (4096 bits) run through the same code
//! as ours (2048 bits, held to by [`crate::IssuerPublicKey`]). What depends on `r` or on the
//! padded message is computed in constant time by `crypto-bigint`.

use crypto_bigint::{BoxedUint, Resize};
use rsa::{PublicKey, hazmat::rsa_encrypt, traits::PublicKeyParts};
use sha2::{Digest, Sha384};
use zeroize::Zeroizing;

/// Bytes of salt, and of a SHA-384 hash.
pub(crate) const SALT: usize = 48;

/// Why a message cannot be padded, blinded or unblinded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PssFault {
    /// The key is too small for the padding.
    KeyTooSmall,
    /// The number has no inverse modulo `n`, or is not below it.
    NotAUnit,
    /// The operation of the RSA library failed.
    Rsa,
}

/// EMSA-PSS-ENCODE of RFC 8017, 9.1.1, for a modulus of `bits` bits, with the salt given.
pub(crate) fn encode(message: &[u8], salt: &[u8; SALT], bits: u32) -> Result<Vec<u8>, PssFault> {
    let em_bits = bits.checked_sub(1).ok_or(PssFault::KeyTooSmall)?;
    let em_len = usize::try_from(em_bits.div_ceil(8)).map_err(|_unfit| PssFault::KeyTooSmall)?;
    let db_len = em_len
        .checked_sub(SALT + 1)
        .filter(|length| *length > SALT)
        .ok_or(PssFault::KeyTooSmall)?;
    let mut hash = Sha384::new();
    hash.update([0_u8; 8]);
    hash.update(Sha384::digest(message));
    hash.update(salt);
    let hash = hash.finalize();

    let mut encoded = vec![0_u8; db_len - SALT - 1];
    encoded.push(1);
    encoded.extend_from_slice(salt);
    for (byte, mask) in encoded.iter_mut().zip(mgf1(&hash)) {
        *byte ^= mask;
    }
    // em_bits is 8 * em_len - 1 for a modulus of whole bytes: the topmost bit stays clear.
    let surplus = em_len * 8 - usize::try_from(em_bits).map_err(|_unfit| PssFault::KeyTooSmall)?;
    if let Some(first) = encoded.first_mut() {
        *first &= 0xFF_u8 >> surplus;
    }
    encoded.extend_from_slice(&hash);
    encoded.push(0xBC);
    Ok(encoded)
}

/// MGF1 with SHA-384, as an endless mask.
fn mgf1(seed: &[u8]) -> impl Iterator<Item = u8> {
    (0_u32..).flat_map(move |counter| {
        let mut hash = Sha384::new();
        hash.update(seed);
        hash.update(counter.to_be_bytes());
        hash.finalize()
    })
}

/// The message as sent to the signer: `EM * r^e mod n`, as long as the modulus.
pub(crate) fn blind(
    key: &PublicKey,
    message: &[u8],
    salt: &[u8; SALT],
    r: &BoxedUint,
) -> Result<Vec<u8>, PssFault> {
    let n = key.n();
    let encoded = encode(message, salt, n.bit_width_vartime())?;
    let encoded =
        BoxedUint::from_be_slice(&encoded, n.bits_precision()).map_err(|_unfit| PssFault::Rsa)?;
    // RFC 9474, 4.2: a padded message that shares a factor with n would break the key.
    if encoded.invert_mod(n).is_none().into() {
        return Err(PssFault::NotAUnit);
    }
    let factor = Zeroizing::new(rsa_encrypt(key, r).map_err(|_unfit| PssFault::Rsa)?);
    to_bytes(key, &encoded.mul_mod(&factor, n))
}

/// The signature: `s * r^-1 mod n`. Not yet verified.
pub(crate) fn unblind(
    key: &PublicKey,
    blind_signature: &[u8],
    r: &BoxedUint,
) -> Result<Vec<u8>, PssFault> {
    let n = key.n();
    let signature = BoxedUint::from_be_slice(blind_signature, n.bits_precision())
        .map_err(|_unfit| PssFault::Rsa)?;
    if signature >= n.as_ref() {
        return Err(PssFault::NotAUnit);
    }
    let inverse: Option<BoxedUint> = r.invert_mod(n).into();
    let inverse = Zeroizing::new(inverse.ok_or(PssFault::NotAUnit)?);
    to_bytes(key, &signature.mul_mod(&inverse, n))
}

/// A number of 128 bits more than the modulus, reduced: uniform up to 2^-128. `None` where it
/// cannot blind: below 2, or not a unit.
pub(crate) fn blinding_factor(key: &PublicKey, wide: &[u8]) -> Option<Zeroizing<BoxedUint>> {
    let n = key.n();
    let bits = u32::try_from(wide.len()).ok()?.checked_mul(8)?;
    let wide = Zeroizing::new(BoxedUint::from_be_slice(wide, bits.next_multiple_of(64)).ok()?);
    let r = Zeroizing::new(wide.rem(n).resize_unchecked(n.bits_precision()));
    let unit: bool = r.invert_mod(n).is_some().into();
    (unit && *r > BoxedUint::one_with_precision(n.bits_precision())).then_some(r)
}

fn to_bytes(key: &PublicKey, number: &BoxedUint) -> Result<Vec<u8>, PssFault> {
    let bytes = number.to_be_bytes();
    let surplus = bytes
        .len()
        .checked_sub(key.size())
        .ok_or(PssFault::KeyTooSmall)?;
    Ok(bytes.into_vec().split_off(surplus))
}

#[cfg(test)]
mod tests;
