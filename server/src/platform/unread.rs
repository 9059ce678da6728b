//! Why what a client sent could not be read, in stable words: serde's own repeat what was sent.

/// The few phrases a client is told.
const PHRASES: [&str; 7] = [
    "unknown field",
    "duplicate field",
    "unknown variant",
    "invalid type",
    "invalid value",
    "invalid length",
    "missing field",
];
/// How an error names a field that is missing; the name is ours, not the client's.
const MISSING: &str = "missing field `";

/// Why a body could not be read.
pub fn in_body(cause: &serde_json::Error) -> String {
    if cause.is_data() {
        in_words(&cause.to_string())
    } else {
        "not JSON".to_owned()
    }
}

/// Why the query of an address could not be read.
pub fn in_query(cause: &actix_web::error::QueryPayloadError) -> String {
    match cause {
        actix_web::error::QueryPayloadError::Deserialize(cause) => in_words(&cause.to_string()),
        _ => UNREADABLE.to_owned(),
    }
}

const UNREADABLE: &str = "unreadable";

fn in_words(words: &str) -> String {
    let missing = words.strip_prefix(MISSING);
    if let Some((name, _)) = missing.and_then(|rest| rest.split_once('`')) {
        return format!("{MISSING}{name}`");
    }
    let known = PHRASES.iter().find(|phrase| words.starts_with(**phrase));
    (*known.unwrap_or(&UNREADABLE)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::in_body;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Note {
        #[serde(rename = "text")]
        _text: String,
    }

    #[test]
    fn what_is_said_repeats_nothing_of_what_was_sent() {
        for (sent, said) in [
            (r#"{"text": "a", "Canary`, \"x": 1}"#, "unknown field"),
            (r#"{"text": "a", "text": "b"}"#, "duplicate field"),
            (r#"{"text": 7}"#, "invalid type"),
            ("[]", "invalid length"),
            ("{}", "missing field `text`"),
            (r#"{"text": Canary}"#, "not JSON"),
            (r#"{"text""#, "not JSON"),
        ] {
            let cause = serde_json::from_str::<Note>(sent).unwrap_err();
            assert_eq!(in_body(&cause), said, "{sent}: {cause}");
        }
    }
}
