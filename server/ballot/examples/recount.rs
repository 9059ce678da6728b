//! `cargo run -p ballot --release --example recount -- 200000`: how long a recount takes beside
//! the bare signature checks in it, on the same cores.
//!
//! The issuers' signatures are made with the private keys directly, not blindly: a box is a box.

#![expect(
    clippy::print_stdout,
    reason = "a measurement is printed where it was asked for"
)]

use ballot::{
    BallotBox, Bytes, ConcernId, Consultation, ConsultationId, Contribution, Evidence, FORMAT,
    Issuer, IssuerIdentity, IssuerKey, Item, ListedConcern, Method, Outcome, Root, Seed, Statement,
    StatementScope, Vote, Weights, assigned, beacon, commitment, from_base64url, token_message,
    verify_on,
};
use chacha20::{ChaCha20Rng, rand_core::SeedableRng as _};
use ed25519_dalek::{Signature, VerifyingKey};
use rsa::signature::{RandomizedSigner as _, SignatureEncoding as _, Verifier as _};
use rsa::{PrivateKey, pkcs8::DecodePrivateKey as _, pss};
use sha2::Sha384;
use std::error::Error;
use std::time::Instant;

type Found<T> = Result<T, Box<dyn Error + Send + Sync>>;

const HERE: ConsultationId = ConsultationId([0x42; 16]);
const ISSUERS: u8 = 2;
const CONCERNS: u16 = 40;

fn main() -> Found<()> {
    let count: u32 = match std::env::args().nth(1) {
        Some(text) => text.parse()?,
        None => 20_000,
    };
    let threads = std::thread::available_parallelism()?.get();
    let keys = keys()?;
    let started = Instant::now();
    let made = fill(&keys, count, threads)?;
    println!(
        "{count} items made in {:.1} s",
        started.elapsed().as_secs_f64()
    );

    let json = serde_json::to_vec(&made)?;
    let started = Instant::now();
    let read = BallotBox::from_json(&json).ok_or("the box cannot be read")?;
    let reading = started.elapsed().as_secs_f64();
    println!(
        "{} MB of JSON read in {reading:.2} s",
        json.len() / 1_000_000
    );

    let mut ratios = Vec::new();
    for _ in 0..3 {
        let started = Instant::now();
        bare(&keys, &read.items, threads)?;
        let bare = started.elapsed().as_secs_f64();
        let started = Instant::now();
        verify_on(&read, &Evidence::default(), threads)?;
        let whole = started.elapsed().as_secs_f64();
        println!(
            "bare checks {bare:.2} s, verify {whole:.2} s, ratio {:.3}",
            bare / whole
        );
        ratios.push(bare / whole);
    }
    ratios.sort_by(f64::total_cmp);
    println!(
        "median ratio {:.3} on {threads} threads",
        ratios.get(1).ok_or("no run")?
    );
    Ok(())
}

fn keys() -> Found<Vec<PrivateKey>> {
    let kept: serde_json::Value = serde_json::from_str(include_str!("../vectors/test_keys.json"))?;
    let ders = kept.get("pkcs8").and_then(|list| list.as_array());
    ders.ok_or("no keys")?
        .iter()
        .take(usize::from(ISSUERS))
        .map(|text| {
            let der = text.as_str().and_then(from_base64url).ok_or("no key")?;
            Ok(PrivateKey::from_pkcs8_der(&der)?)
        })
        .collect()
}

fn fill(keys: &[PrivateKey], count: u32, threads: usize) -> Found<BallotBox> {
    let mut made = empty(keys)?;
    let given: Vec<Contribution> = made.issuers.iter().map(Issuer::contribution).collect();
    made.beacon = beacon(HERE, made.list_hash().ok_or("no list")?, &given);
    let drawn = made.beacon;
    let numbers: Vec<u32> = (0..count).collect();
    made.items = spread(&numbers, threads, |part| {
        part.iter()
            .map(|number| item(keys, drawn, *number))
            .collect::<Found<Vec<Item>>>()
    })?
    .concat();
    made.items.sort_by_key(|item| item.token);
    made.root = made.recomputed_root();
    made.result = made.recount();
    let announcement = made.announcement().ok_or("no announcement")?;
    for (issuer, number) in made.issuers.iter_mut().zip(0_u8..) {
        let scope = StatementScope {
            consultation: HERE,
            key: ballot::IssuerPublicKey::from_jwk(&issuer.key)?.fingerprint(),
            commitment: issuer.commitment,
            announcement,
        };
        issuer.statement = IssuerIdentity::from_secret(&[number; 32]).state(&scope, count, count);
    }
    Ok(made)
}

fn item(keys: &[PrivateKey], drawn: Bytes<32>, number: u32) -> Found<Item> {
    let mut entropy = [0_u8; 32];
    for (into, byte) in entropy.iter_mut().zip(number.to_be_bytes()) {
        *into = byte;
    }
    let token = Seed::from_entropy(entropy).token(HERE, 0);
    let message = token_message(HERE, token.public());
    let mut rng = ChaCha20Rng::from_seed(entropy);
    let mut signatures = Vec::new();
    for key in keys {
        let signer = pss::SigningKey::<Sha384>::new(key.clone());
        let signature = signer.sign_with_rng(&mut rng, &message).to_vec();
        let bytes = signature
            .try_into()
            .map_err(|_unfit| "a signature of another length")?;
        signatures.push(Some(Bytes(bytes)));
    }
    let vote = Vote {
        index: assigned(drawn, token.public(), CONCERNS),
        value: u8::try_from(number % 6)?,
        sequence: 1,
    };
    Ok(token.cast(vote, signatures))
}

fn empty(keys: &[PrivateKey]) -> Found<BallotBox> {
    let issuers = keys.iter().zip(0_u8..).map(|(key, number)| {
        let der = rsa::pkcs8::EncodePrivateKey::to_pkcs8_der(key)?;
        Ok(Issuer {
            name: format!("Institucioni {number}"),
            key: IssuerKey::from_pkcs8(der.as_bytes())?.public().to_jwk(),
            identity: IssuerIdentity::from_secret(&[number; 32]).public(),
            commitment: commitment(HERE, &[number; 32]),
            reveal: Some(Bytes([number; 32])),
            statement: Statement {
                accounts: 0,
                tokens: 0,
                signature: Bytes([0; 64]),
            },
        })
    });
    let concerns = (1..=CONCERNS).map(|number| ListedConcern {
        id: ConcernId(u128::from(number).to_be_bytes()),
        title: format!("Shqetësimi {number}"),
        severity: 50,
        frequency: 50,
        harm: 50,
    });
    Ok(BallotBox {
        format: FORMAT.to_owned(),
        consultation: Consultation {
            id: HERE,
            title: "Një kuti e madhe".to_owned(),
            municipality: "elbasan".to_owned(),
            method: Method::Prioritising,
            threshold: ISSUERS,
            opens_on: "2026-05-01".to_owned(),
            closes_on: "2026-05-14".to_owned(),
        },
        concerns: concerns.collect(),
        choices: Vec::new(),
        weights: Some(Weights {
            votes: 1,
            severity: 1,
            frequency: 1,
            harm: 1,
        }),
        issuers: issuers.collect::<Found<Vec<Issuer>>>()?,
        beacon: Bytes([0; 32]),
        items: Vec::new(),
        root: Root {
            size: 0,
            hash: Bytes([0; 32]),
        },
        result: Outcome::Question {
            votes: 0,
            withdrawn: 0,
            choices: Vec::new(),
        },
    })
}

/// Nothing but the signatures: the library's own calls, on messages made beforehand.
fn bare(keys: &[PrivateKey], items: &[Item], threads: usize) -> Found<()> {
    let verifying: Vec<pss::VerifyingKey<Sha384>> = keys
        .iter()
        .map(|key| pss::VerifyingKey::new(key.to_public_key()))
        .collect();
    spread(items, threads, |part| {
        for item in part {
            let message = token_message(HERE, item.token);
            for (key, slot) in verifying.iter().zip(&item.signatures) {
                let signature = slot.ok_or("an empty slot")?;
                key.verify(&message, &pss::Signature::try_from(signature.0.as_slice())?)?;
            }
            let words = item.message(HERE);
            VerifyingKey::from_bytes(&item.token.0)?
                .verify_strict(&words, &Signature::from_bytes(&item.signature.0))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The parts of a list on as many threads, in order.
fn spread<T: Sync, U: Send>(
    list: &[T],
    threads: usize,
    work: impl Fn(&[T]) -> Found<U> + Sync,
) -> Found<Vec<U>> {
    let part = list.len().div_ceil(threads.max(1)).max(1);
    std::thread::scope(|scope| {
        let running: Vec<_> = list
            .chunks(part)
            .map(|part| scope.spawn(|| work(part)))
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().map_err(|_unfit| "a thread failed")?)
            .collect()
    })
}
