//! What an issuer does for a server that lies.

use std::fs;

use ballot::{Bytes, IssuerPublicKey, Seed, StatementScope, commitment};
use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;

use super::Issuer;
use super::messages::{AskAbout, AskKey, AskSignatures, Blinded, IssuerSide};
use super::parse_id;
use crate::codes::Code;
use crate::platform::clock::Clock;

const HERE: &str = "abcdefghjkmnpqrs";

struct Desk {
    folder: TempDir,
    issuer: Issuer,
    clock: Clock,
}

impl Desk {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::new(Some(folder.path().join("clock")));
        let issuer = Issuer::open(&folder.path().join("data"), clock.clone()).unwrap();
        Self {
            folder,
            issuer,
            clock,
        }
    }

    fn until(&self) -> DateTime<Utc> {
        self.clock.now() + TimeDelta::days(1)
    }

    fn key_until(&self, until: DateTime<Utc>) -> Result<IssuerSide, Code> {
        let asked = AskKey {
            consultation: HERE.to_owned(),
            tokens: 2,
            issuing_until: until,
        };
        self.issuer.key(&asked).map_err(|refused| refused.code())
    }

    fn sign(&self, voter: &str, blinded: &[Blinded]) -> Result<Vec<Blinded>, Code> {
        let asked = AskSignatures {
            consultation: HERE.to_owned(),
            voter: voter.to_owned(),
            blinded: blinded.to_vec(),
        };
        self.issuer.sign(&asked).map_err(|refused| refused.code())
    }

    fn later(&self, days: i64) {
        let shift = (days * 86_400).to_string();
        fs::write(self.folder.path().join("clock"), shift).unwrap();
    }
}

fn about(byte: u8) -> AskAbout {
    AskAbout {
        consultation: HERE.to_owned(),
        announcement: Bytes([byte; 32]),
    }
}

fn blinded(side: &IssuerSide, seed: u8) -> Vec<Blinded> {
    let key = IssuerPublicKey::from_jwk(&side.key).unwrap();
    let seed = Seed::from_entropy([seed; 32]);
    let token = |index| seed.token(parse_id(HERE).unwrap(), index);
    (0..2)
        .map(|index| Bytes(token(index).blind(&key).unwrap()))
        .collect()
}

#[test]
fn the_same_is_signed_again_and_nothing_else_for_the_same_voter() {
    let desk = Desk::open();
    let side = desk.key_until(desk.until()).unwrap();
    let (mine, other) = (blinded(&side, 1), blinded(&side, 2));
    let signed = desk.sign("arta", &mine).unwrap();
    assert_eq!(desk.sign("arta", &mine).unwrap(), signed);
    let key = IssuerPublicKey::from_jwk(&side.key).unwrap();
    let token = Seed::from_entropy([1; 32]).token(parse_id(HERE).unwrap(), 1);
    token.finalize(&key, &signed[1].0).unwrap();
    assert_eq!(desk.sign("arta", &other), Err(Code::TokensOther));
    let more: Vec<_> = mine.iter().chain(&other).copied().collect();
    assert_eq!(desk.sign("besa", &more), Err(Code::FieldsInvalid));
    assert_eq!(desk.sign("besa", &mine[..1]), Err(Code::FieldsInvalid));
    // What is no blinded message uses the voter's right up for nothing but itself.
    let zero = vec![Bytes([0; 256]); 2];
    assert_eq!(desk.sign("cela", &zero), Err(Code::FieldsInvalid));
    assert_eq!(desk.sign("cela", &mine), Err(Code::TokensOther));
}

#[test]
fn nobody_is_signed_for_after_the_end_and_the_statement_counts_all() {
    let desk = Desk::open();
    let side = desk.key_until(desk.until()).unwrap();
    let mine = blinded(&side, 1);
    desk.sign("arta", &mine).unwrap();
    desk.sign("besa", &blinded(&side, 2)).unwrap();
    let state = |byte| desk.issuer.state(&about(byte)).map_err(|it| it.code());
    let reveal = |byte| desk.issuer.reveal(&about(byte)).map_err(|it| it.code());
    assert_eq!(state(7).unwrap_err(), Code::IssuingOpen);
    assert_eq!(reveal(7).unwrap_err(), Code::IssuingOpen);
    desk.later(2);
    assert_eq!(
        desk.sign("cela", &blinded(&side, 3)),
        Err(Code::IssuingOver)
    );
    let said = state(7).unwrap();
    assert_eq!((said.accounts, said.tokens), (2, 4));
    let scope = StatementScope {
        consultation: parse_id(HERE).unwrap(),
        key: IssuerPublicKey::from_jwk(&side.key).unwrap().fingerprint(),
        commitment: side.commitment,
        announcement: Bytes([7; 32]),
    };
    assert!(scope.is_stated(side.identity, &said));
    // A reveal is about what was stated last, and after it nothing else is.
    assert_eq!(reveal(8).unwrap_err(), Code::IssuingOpen);
    state(8).unwrap();
    let revealed = reveal(8).unwrap();
    assert_eq!(
        commitment(parse_id(HERE).unwrap(), &revealed.0),
        side.commitment
    );
    assert_eq!(reveal(8).unwrap(), revealed, "a lost answer is given again");
    assert_eq!(state(9).unwrap_err(), Code::IssuingOver);
    // The key is gone: not even what was signed before is signed again.
    assert_eq!(desk.sign("arta", &mine), Err(Code::IssuingOver));
}

#[test]
fn issuing_is_given_more_time_until_it_is_stated_and_never_less() {
    let desk = Desk::open();
    let until = desk.until();
    let side = desk.key_until(until).unwrap();
    assert_eq!(desk.key_until(until).unwrap().key, side.key);
    desk.key_until(until - TimeDelta::days(1)).unwrap();
    desk.key_until(until + TimeDelta::days(3)).unwrap();
    desk.later(2);
    desk.sign("arta", &blinded(&side, 1)).unwrap();
    desk.later(5);
    desk.issuer.state(&about(1)).unwrap();
    let more = desk.key_until(until + TimeDelta::days(30));
    assert_eq!(more.unwrap_err(), Code::IssuingOver);
}

#[test]
fn what_is_in_the_folder_outlives_the_process_but_not_the_private_key() {
    let desk = Desk::open();
    let side = desk.key_until(desk.until()).unwrap();
    let (mine, other) = (blinded(&side, 1), blinded(&side, 2));
    let signed = desk.sign("arta", &mine).unwrap();
    let Desk {
        folder,
        issuer,
        clock,
    } = desk;
    drop(issuer);
    let data = folder.path().join("data");
    let issuer = Issuer::open(&data, clock.clone()).unwrap();
    let desk = Desk {
        folder,
        issuer,
        clock,
    };
    assert_eq!(desk.sign("arta", &mine).unwrap(), signed);
    assert_eq!(desk.sign("arta", &other), Err(Code::TokensOther));
    let password = fs::read_to_string(data.join("password")).unwrap();
    assert!(desk.issuer.is_known(&password));
    assert!(!desk.issuer.is_known(""));
    // A PKCS#8 key of RSA says so at its beginning.
    let says_rsa = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    let holds = || {
        let file = fs::read(data.join("issuer.sqlite3")).unwrap();
        file.windows(says_rsa.len()).any(|part| part == says_rsa)
    };
    assert!(holds(), "control: the private key is there");
    desk.later(2);
    desk.issuer.state(&about(1)).unwrap();
    desk.issuer.reveal(&about(1)).unwrap();
    assert!(!holds(), "it is overwritten");
}
