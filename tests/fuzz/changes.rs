//! What is done to good input to make it bad.

use proptest::collection::vec;
use proptest::prelude::{Just, any, prop_oneof};
use proptest::sample::{Index, select};
use proptest::strategy::{BoxedStrategy, Strategy};
use serde_json::{Map, Value, json};

/// Signs that mean something to somebody: to a database, a search, a header, a sheet, the eye.
const SIGNS: [&str; 48] = [
    "\0",
    "\n",
    "\r\n",
    "\t",
    " ",
    "\u{a0}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\u{fffd}",
    "\u{301}",
    "\u{308}",
    "\u{10ffff}",
    "\u{e0001}",
    "ë",
    "e\u{308}",
    "Ç",
    "İ",
    "ı",
    "ß",
    "ﬁ",
    "²",
    "Ⅷ",
    "ⓐ",
    "ﷺ",
    "가",
    "ａ",
    "𝒓",
    "💡",
    "%",
    "_",
    "\\",
    "\"",
    "'",
    "`",
    ";",
    ",",
    "{",
    "}",
    "[",
    "*",
    "--",
    "NEAR(",
    "${",
    "-",
    "0",
    "99999999999999999999",
    "1e999",
];

/// One change of a text; places are shares of its length.
#[derive(Clone, Debug)]
enum Change {
    Insert(Index, String),
    Remove(Index, usize),
    Repeat(Index, usize, usize),
    Swap(Index, Index),
}

impl Change {
    fn on(&self, text: &mut Vec<char>) {
        let place = |index: &Index| index.index(text.len() + 1);
        match self {
            Self::Insert(at, sign) => {
                let at = place(at);
                text.splice(at..at, sign.chars());
            }
            Self::Remove(at, length) => {
                let at = place(at);
                text.drain(at..(at + length).min(text.len()));
            }
            Self::Repeat(at, length, times) => {
                let at = place(at);
                let part = text[at..(at + length).min(text.len())].to_vec();
                text.splice(at..at, part.repeat(*times));
            }
            Self::Swap(one, other) => {
                let length = text.len().max(1);
                let (one, other) = (one.index(length), other.index(length));
                if !text.is_empty() {
                    text.swap(one, other);
                }
            }
        }
    }
}

fn change() -> impl Strategy<Value = Change> {
    let sign = prop_oneof![
        4 => select(&SIGNS[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop_oneof![
        4 => (any::<Index>(), sign).prop_map(|(at, sign)| Change::Insert(at, sign)),
        2 => (any::<Index>(), 1..20_usize).prop_map(|(at, length)| Change::Remove(at, length)),
        1 => (any::<Index>(), 1..8_usize, 2..300_usize)
            .prop_map(|(at, length, times)| Change::Repeat(at, length, times)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Change::Swap(one, other)),
    ]
}

/// Texts near these, and now and then one that is near nothing.
pub fn texts(seeds: &[&str]) -> BoxedStrategy<String> {
    let seeds: Vec<String> = seeds.iter().map(|seed| (*seed).to_owned()).collect();
    let near = (select(seeds), vec(change(), 0..8)).prop_map(|(seed, changes)| {
        let mut text = seed.chars().collect();
        changes.iter().for_each(|change| change.on(&mut text));
        text.into_iter().collect()
    });
    prop_oneof![6 => near, 1 => any::<String>()].boxed()
}

/// Bytes near these texts, some of them no text at all.
pub fn bytes(seeds: &[&str]) -> BoxedStrategy<Vec<u8>> {
    let spoil = |(text, spots): (String, Vec<(Index, u8)>)| {
        let mut bytes = text.into_bytes();
        for (at, byte) in spots {
            bytes.insert(at.index(bytes.len() + 1), byte);
        }
        bytes
    };
    let spots = prop_oneof![
        3 => Just(Vec::new()),
        1 => vec((any::<Index>(), any::<u8>()), 1..4),
    ];
    (texts(seeds), spots).prop_map(spoil).boxed()
}

/// Something that may stand where something else is expected.
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => texts(&["Rruga e shkollës pa drita", "lighting", "2026-11-25"]).prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => select(vec![
            json!(null), json!(true), json!([]), json!({}), json!(""), json!(-1), json!([null]),
            json!({"a": {"b": [1, {"c": "d"}]}}), json!(u64::MAX), json!(["x", 1, {}]),
        ]),
    ]
}

/// What is done to a body: one of its values replaced, taken away, or joined by another.
#[derive(Clone, Debug)]
pub enum Bend {
    Replace(Index, Value),
    Remove(Index),
    Add(Index, String, Value),
}

/// Some of those.
pub fn bends() -> impl Strategy<Value = Vec<Bend>> {
    let bend = prop_oneof![
        4 => (any::<Index>(), value()).prop_map(|(at, value)| Bend::Replace(at, value)),
        1 => any::<Index>().prop_map(Bend::Remove),
        1 => (any::<Index>(), texts(&["status", "role", "id"]), value())
            .prop_map(|(at, name, value)| Bend::Add(at, name, value)),
    ];
    vec(bend, 0..4)
}

impl Bend {
    /// Bends a body.
    pub fn on(&self, body: &mut Value) {
        let mut all = Vec::new();
        places(body, String::new(), &mut all);
        let (Self::Replace(at, _) | Self::Remove(at) | Self::Add(at, ..)) = self;
        let place = &all[at.index(all.len())];
        match self {
            Self::Replace(_, value) => *body.pointer_mut(place).unwrap() = value.clone(),
            Self::Remove(_) => remove(body, place),
            Self::Add(_, name, value) => match body.pointer_mut(place).unwrap() {
                Value::Object(fields) => drop(fields.insert(name.clone(), value.clone())),
                Value::Array(items) => items.push(value.clone()),
                other => *other = Value::Object(Map::from_iter([(name.clone(), value.clone())])),
            },
        }
    }
}

/// The places in a body, as JSON pointers.
fn places(value: &Value, here: String, all: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                places(value, format!("{here}/{name}"), all);
            }
        }
        Value::Array(items) => {
            for (place, value) in items.iter().enumerate() {
                places(value, format!("{here}/{place}"), all);
            }
        }
        _ => {}
    }
    all.push(here);
}

fn remove(body: &mut Value, place: &str) {
    let Some((parent, name)) = place.rsplit_once('/') else {
        *body = Value::Null;
        return;
    };
    let name = name.replace("~1", "/").replace("~0", "~");
    match body.pointer_mut(parent).unwrap() {
        Value::Object(fields) => drop(fields.remove(&name)),
        Value::Array(items) => drop(items.remove(name.parse::<usize>().unwrap())),
        _ => {}
    }
}
