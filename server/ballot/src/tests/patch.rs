//! What differs between two JSON values, as a list of places and values. A place is a JSON pointer
//! without the slash in front.

use serde_json::{Value, json};

/// The places to set in `from` to make it `to`.
pub fn diff(from: &Value, to: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    collect(from, to, String::new(), &mut found);
    found
}

fn collect(from: &Value, to: &Value, path: String, found: &mut Vec<Value>) {
    match (from, to) {
        (Value::Object(one), Value::Object(other)) if one.keys().eq(other.keys()) => {
            for (name, value) in one {
                collect(value, &other[name], format!("{path}/{name}"), found);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (place, (value, new)) in one.iter().zip(other).enumerate() {
                collect(value, new, format!("{path}/{place}"), found);
            }
        }
        _ if from == to => {}
        _ => found.push(json!({ "path": path.trim_start_matches('/'), "value": to })),
    }
}

/// Sets the places of a patch.
pub fn apply(to: &mut Value, patch: &Value) {
    for change in patch.as_array().unwrap() {
        let path = format!("/{}", change["path"].as_str().unwrap());
        *to.pointer_mut(&path).unwrap() = change["value"].clone();
    }
}
