use super::town::{HERE, Town, rng, seed};
use crate::{
    IssuerKey, IssuerPublicKey, Jwk, KeyRefusal, MODULUS, Method, TokenRefusal, token_message,
};

#[test]
fn the_same_seed_asks_for_the_same_signatures_on_another_phone() {
    let town = Town::new(Method::Prioritising);
    let key = town.keys[0].public();
    let ask = |voter, index| seed(voter).token(HERE, index).blind(key).unwrap();
    assert_eq!(ask(0, 3), ask(0, 3));
    assert_ne!(ask(0, 3), ask(0, 4));
    assert_ne!(ask(0, 3), ask(1, 3));
    let other = town.keys[1].public();
    assert_ne!(ask(0, 3), seed(0).token(HERE, 3).blind(other).unwrap());
}

#[test]
fn a_wrong_signature_is_noticed_when_it_arrives() {
    let town = Town::new(Method::Prioritising);
    let token = seed(0).token(HERE, 0);
    let key = town.keys[0].public();
    let blinded = token.blind(key).unwrap();
    let mut signed = town.keys[0].blind_sign(&mut rng(), &blinded).unwrap();
    let signature = token.finalize(key, &signed).unwrap();
    assert!(key.verifies(&token_message(HERE, token.public()), &signature.0));
    let other = seed(0).token(HERE, 1);
    assert_eq!(
        other.finalize(key, &signed),
        Err(TokenRefusal::WrongSignature)
    );
    signed[200] ^= 1;
    assert_eq!(
        token.finalize(key, &signed),
        Err(TokenRefusal::WrongSignature)
    );
    assert_eq!(
        token.finalize(key, &[0xFF; MODULUS]),
        Err(TokenRefusal::WrongSignature)
    );
}

#[test]
fn an_issuer_signs_only_what_belongs_to_its_key() {
    let town = Town::new(Method::Prioritising);
    for number in [
        [0; MODULUS],
        *town.keys[0].public().modulus(),
        [0xFF; MODULUS],
    ] {
        assert_eq!(
            town.keys[0].blind_sign(&mut rng(), &number),
            Err(KeyRefusal::BlindedMessage)
        );
    }
}

#[test]
fn a_fresh_key_is_kept_and_read_again() {
    let key = IssuerKey::generate(&mut rng()).unwrap();
    let read = IssuerKey::from_pkcs8(&key.to_pkcs8().unwrap()).unwrap();
    assert_eq!(read.public(), key.public());
    let jwk = key.public().to_jwk();
    assert_eq!(&IssuerPublicKey::from_jwk(&jwk).unwrap(), key.public());
    assert!(!format!("{key:?}").contains("PrivateKey"));
    assert!(IssuerKey::from_pkcs8(b"nothing").is_err());
}

#[test]
fn only_rsa_2048_with_the_one_exponent_is_a_key() {
    let town = Town::new(Method::Prioritising);
    let good = town.keys[0].public().to_jwk();
    let read = |change: fn(&mut Jwk)| {
        let mut jwk = good.clone();
        change(&mut jwk);
        IssuerPublicKey::from_jwk(&jwk).unwrap_err()
    };
    assert_eq!(read(|jwk| jwk.e = "Aw".to_owned()), KeyRefusal::Exponent);
    assert_eq!(
        read(|jwk| jwk.e = "AAEAAQ".to_owned()),
        KeyRefusal::Exponent
    );
    assert_eq!(
        read(|jwk| jwk.kty = "EC".to_owned()),
        KeyRefusal::Unreadable
    );
    assert_eq!(read(|jwk| jwk.n = "AQAB".to_owned()), KeyRefusal::Modulus);
    let mut small = *town.keys[0].public().modulus();
    small[0] &= 0x7F;
    assert_eq!(
        IssuerPublicKey::from_modulus(&small),
        Err(KeyRefusal::Modulus)
    );
}
