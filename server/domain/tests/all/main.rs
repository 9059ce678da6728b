//! The data the product is shipped with, held against its rules.

mod sample_year;
mod topics;

use serde_json::Value;
use std::error::Error;

type Outcome = Result<(), Box<dyn Error>>;
type Found<T> = Result<T, Box<dyn Error>>;

/// The rows of a list.
fn rows<'a>(value: &'a Value, name: &str) -> Found<&'a [Value]> {
    let list = value.get(name).and_then(Value::as_array);
    Ok(list.ok_or_else(|| format!("no list {name} in {value}"))?)
}

/// A text that must be there.
fn text<'a>(value: &'a Value, name: &str) -> Found<&'a str> {
    maybe(value, name).ok_or_else(|| format!("no text {name} in {value}").into())
}

/// A text that may be missing.
fn maybe<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

/// A text code that must be there and known.
fn coded<T: domain::Code>(value: &Value, name: &str) -> Found<T> {
    let code = text(value, name)?;
    T::from_code(code).ok_or_else(|| format!("{code} is no {name}").into())
}
