//! Bodies in another shape than a door takes.

use serde_json::{Value, json};

/// What is no such body: no object at all, each field of another type or too long, and a field nobody asked for.
pub fn other_shapes(good: &Value) -> Vec<Value> {
    let mut shapes = vec![json!(null), json!([]), json!("po"), json!(7), json!({})];
    let fields: Vec<String> = good.as_object().unwrap().keys().cloned().collect();
    for field in fields {
        for wrong in [
            json!({"a": [1]}),
            json!([[]]),
            json!("ë".repeat(13_000)),
            json!(-1),
        ] {
            let mut body = good.clone();
            body[&field] = wrong;
            shapes.push(body);
        }
    }
    let mut more = good.clone();
    more["municipality_code"] = json!("AL213");
    shapes.push(more);
    shapes
}
