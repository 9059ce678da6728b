use super::{Receipt, ReceiptRefusal, SYMBOLS};
use crate::crockford::ALPHABET;
use crate::crockford::times_a;
use proptest::prelude::{ProptestConfig, any, proptest};
use serde_json::Value;
use std::collections::BTreeSet;
use std::error::Error;

/// Shared with the TypeScript twin.
const VECTORS: &str = include_str!("../../vectors/receipt.json");

type Outcome = Result<(), Box<dyn Error>>;

fn list(vectors: &Value, name: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    let rows = vectors.get(name).and_then(Value::as_array);
    Ok(rows.ok_or_else(|| format!("no list {name}"))?.clone())
}

fn text(row: &Value, name: &str) -> Result<String, Box<dyn Error>> {
    let found = row.get(name).and_then(Value::as_str);
    Ok(found.ok_or_else(|| format!("no text {name}"))?.to_owned())
}

fn bytes(hex: &str) -> Result<[u8; 13], Box<dyn Error>> {
    let digits: Vec<char> = hex.chars().collect();
    let read: Result<Vec<u8>, _> = digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16))
        .collect();
    read?
        .try_into()
        .map_err(|_bytes: Vec<u8>| "13 bytes".into())
}

#[test]
fn entropy_gives_the_receipt_of_the_vectors() -> Outcome {
    for row in list(&serde_json::from_str(VECTORS)?, "made")? {
        let receipt = Receipt::from_entropy(bytes(&text(&row, "entropy")?)?);
        assert_eq!(receipt.to_string(), text(&row, "shown")?);
        assert_eq!(receipt.canonical(), text(&row, "canonical")?);
    }
    Ok(())
}

#[test]
fn tolerated_spellings_open_the_same_receipt() -> Outcome {
    for row in list(&serde_json::from_str(VECTORS)?, "tolerated")? {
        let typed = text(&row, "typed")?;
        let read = Receipt::parse(&typed).map_err(|e| format!("{typed:?}: {e}"))?;
        assert_eq!(read.canonical(), text(&row, "canonical")?, "{typed:?}");
    }
    Ok(())
}

#[test]
fn refused_spellings_are_refused_for_the_reason_given() -> Outcome {
    for row in list(&serde_json::from_str(VECTORS)?, "refused")? {
        let typed = text(&row, "typed")?;
        let why = match Receipt::parse(&typed) {
            Ok(_) => "accepted",
            Err(ReceiptRefusal::WrongLength) => "wrong_length",
            Err(ReceiptRefusal::UnknownSymbol) => "unknown_symbol",
            Err(ReceiptRefusal::WrongCheck) => "wrong_check",
        };
        assert_eq!(why, text(&row, "why")?, "{typed:?}");
    }
    Ok(())
}

#[test]
fn a_generates_all_31_values_but_zero() {
    let mut seen = BTreeSet::new();
    let mut value = 1;
    for _ in 0..31 {
        seen.insert(value);
        value = times_a(value);
    }
    assert_eq!(value, 1);
    assert_eq!(seen.len(), 31);
}

#[test]
fn debug_output_does_not_give_a_receipt_away() {
    let receipt = Receipt::from_entropy([7; 13]);
    assert_eq!(format!("{receipt:?}"), "Receipt(..)");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_receipt_reads_back(entropy in any::<[u8; 13]>()) {
        let receipt = Receipt::from_entropy(entropy);
        assert_eq!(Receipt::parse(&receipt.to_string()), Ok(receipt.clone()));
        assert_eq!(Receipt::parse(&receipt.canonical().to_lowercase()), Ok(receipt));
    }

    #[test]
    fn every_single_wrong_symbol_is_refused(entropy in any::<[u8; 13]>()) {
        let right: Vec<char> = Receipt::from_entropy(entropy).canonical().chars().collect();
        for place in 0..SYMBOLS {
            for wrong in ALPHABET.iter().filter(|s| Some(*s) != right.get(place)) {
                let typed: String = right.iter().enumerate()
                    .map(|(at, symbol)| if at == place { wrong } else { symbol })
                    .collect();
                assert_eq!(Receipt::parse(&typed), Err(ReceiptRefusal::WrongCheck));
            }
        }
    }

    #[test]
    fn every_swap_of_two_neighbours_is_refused(entropy in any::<[u8; 13]>()) {
        let right: Vec<char> = Receipt::from_entropy(entropy).canonical().chars().collect();
        for place in 1..SYMBOLS {
            let mut typed = right.clone();
            typed.swap(place - 1, place);
            if typed != right {
                let typed: String = typed.into_iter().collect();
                assert_eq!(Receipt::parse(&typed), Err(ReceiptRefusal::WrongCheck));
            }
        }
    }
}
