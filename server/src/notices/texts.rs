//! What the server writes to people, in their language (Fluent).

use std::collections::BTreeMap;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

use crate::codes::Code;
use crate::platform::problem::Problem;

const SQ: &str = include_str!("../../texts/sq.ftl");
const EN: &str = include_str!("../../texts/en.ftl");

/// The message `key` in a language (`sq` or `en`), with its blanks filled.
///
/// # Errors
/// `internal` when the message is missing or a blank is not filled.
pub fn text(
    language: &str,
    key: &str,
    blanks: &BTreeMap<String, String>,
) -> Result<String, Problem> {
    let mut args = FluentArgs::new();
    for (name, value) in blanks {
        args.set(name.as_str(), value.as_str());
    }
    filled(language, key, &args)
}

/// The message `key` in a language, in the form that goes with a `count`.
///
/// # Errors
/// As [`text`].
pub fn counted(language: &str, key: &str, count: i64) -> Result<String, Problem> {
    let mut args = FluentArgs::new();
    args.set("count", count);
    filled(language, key, &args)
}

fn filled(language: &str, key: &str, args: &FluentArgs<'_>) -> Result<String, Problem> {
    let failed = |what: String| Problem::caused(Code::Internal, format!("text {key}: {what}"));
    let source = if language == "en" { EN } else { SQ };
    let resource = FluentResource::try_new(source.to_owned())
        .map_err(|(_, errors)| failed(format!("{errors:?}")))?;
    let locale = if language == "en" { "en" } else { "sq" };
    let locale = locale
        .parse()
        .map_err(|error| failed(format!("{error:?}")))?;
    let mut bundle = FluentBundle::new(vec![locale]);
    bundle.set_use_isolating(false);
    bundle
        .add_resource(resource)
        .map_err(|errors| failed(format!("{errors:?}")))?;
    let pattern = bundle
        .get_message(key)
        .and_then(|message| message.value())
        .ok_or_else(|| failed("missing".to_owned()))?;
    let mut errors = Vec::new();
    let text = bundle
        .format_pattern(pattern, Some(args), &mut errors)
        .into_owned();
    if errors.is_empty() {
        Ok(text)
    } else {
        Err(failed(format!("{errors:?}")))
    }
}
