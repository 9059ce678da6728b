use super::{SALT, blind, blinding_factor, encode, unblind};
use crypto_bigint::BoxedUint;
use rsa::signature::Verifier as _;
use rsa::{PrivateKey, PublicKey, hazmat::rsa_decrypt, pss, traits::PublicKeyParts as _};
use sha2::Sha384;

/// RFC 9474, appendix A.3.
struct Rfc(serde_json::Value);

impl Rfc {
    fn read() -> Self {
        let text = include_str!("../../vectors/rfc9474.json");
        Self(serde_json::from_str(text).unwrap())
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        let text = self.0[name].as_str().unwrap();
        text.as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }

    fn number(&self, name: &str, bits: u32) -> BoxedUint {
        BoxedUint::from_be_slice(&self.bytes(name), bits).unwrap()
    }

    fn key(&self) -> PrivateKey {
        PrivateKey::from_p_q(
            self.number("p", 2048),
            self.number("q", 2048),
            BoxedUint::from(65537_u32),
        )
        .unwrap()
    }
}

#[test]
fn the_rfcs_vector_comes_out() {
    let rfc = Rfc::read();
    let private = rfc.key();
    let key: &PublicKey = private.as_public_key();
    assert_eq!(key.n_bytes().to_vec(), rfc.bytes("n"));
    let message = rfc.bytes("msg");
    let salt: [u8; SALT] = rfc.bytes("salt").try_into().unwrap();
    let inverse = rfc.number("inv", 4096);
    let r: Option<BoxedUint> = inverse.invert_mod(key.n()).into();
    let r = r.unwrap();

    assert_eq!(
        encode(&message, &salt, 4096).unwrap(),
        rfc.bytes("encoded_msg")
    );
    let blinded = blind(key, &message, &salt, &r).unwrap();
    assert_eq!(blinded, rfc.bytes("blinded_msg"));
    let blinded = BoxedUint::from_be_slice(&blinded, 4096).unwrap();
    let signed = rsa_decrypt(None::<&mut chacha20::ChaCha20Rng>, &private, &blinded).unwrap();
    assert_eq!(signed.to_be_bytes().to_vec(), rfc.bytes("blind_sig"));
    let signature = unblind(key, &rfc.bytes("blind_sig"), &r).unwrap();
    assert_eq!(signature, rfc.bytes("sig"));
    let signature = pss::Signature::try_from(signature.as_slice()).unwrap();
    pss::VerifyingKey::<Sha384>::new(key.clone())
        .verify(&message, &signature)
        .unwrap();
}

#[test]
fn a_factor_that_cannot_blind_is_drawn_again() {
    let rfc = Rfc::read();
    let private = rfc.key();
    let key = private.as_public_key();
    let wide = |number: &[u8]| {
        let mut bytes = vec![0_u8; 528 - number.len()];
        bytes.extend_from_slice(number);
        bytes
    };
    for useless in [&[0][..], &[1], &rfc.bytes("p"), &rfc.bytes("n")] {
        assert!(blinding_factor(key, &wide(useless)).is_none());
    }
    assert!(blinding_factor(key, &wide(&[2])).is_some());
    // Reduced, not cut: n + 2 blinds as 2 does.
    let mut n_and_two = rfc.bytes("n");
    *n_and_two.last_mut().unwrap() += 2;
    assert_eq!(
        **blinding_factor(key, &wide(&n_and_two)).as_ref().unwrap(),
        BoxedUint::from(2_u8)
    );
}

#[test]
fn what_is_not_below_the_modulus_is_no_signature() {
    let rfc = Rfc::read();
    let private = rfc.key();
    let r = BoxedUint::from_be_slice(&[2], 4096).unwrap();
    assert!(unblind(private.as_public_key(), &rfc.bytes("n"), &r).is_err());
}
