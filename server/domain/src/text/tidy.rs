//! Cleaning, folding and cutting of text.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Blank lines that may follow each other.
const BLANK_LINES: usize = 2;
/// Marks that may sit on one letter after NFC; more are noise drawn over the neighbours.
const MARKS: usize = 3;
/// Words of a query that are searched for.
const TERMS: usize = 8;
/// Characters of a word of a query that are searched for.
const TERM_LENGTH: usize = 40;

/// Folds a text for search, so that "CESHTJE" finds "çështje" (domain notes, language): lower
/// case, all combining marks dropped, hence ç as c and ë as e. Words and order are kept.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfc()
        .flat_map(char::to_lowercase)
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .nfc()
        .collect()
}

/// The words of a query, ready for a prefix search: folded, letters and digits only, at most
/// eight, none twice. Whatever a search engine might take for an operator falls away, except
/// that words such as `near` stay words: the caller quotes them.
#[must_use]
pub fn search_terms(query: &str) -> Vec<String> {
    let mut terms = search_words(query);
    terms.truncate(TERMS);
    terms
}

/// All words of a text as [`search_terms`] looks for them, none twice: folded, letters and digits
/// only, long ones cut.
#[must_use]
pub fn search_words(text: &str) -> Vec<String> {
    let (mut words, mut known) = (Vec::new(), HashSet::new());
    for word in fold(text).split(|c: char| !c.is_alphanumeric()) {
        let word: String = word.chars().take(TERM_LENGTH).collect();
        if !word.is_empty() && known.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

/// Cleans a text of several lines: NFC; every kind of line end becomes `\n`; tabs become
/// spaces; control characters, direction changes and invisible characters are dropped; no
/// space before a line's end, none around the whole; at most two blank lines in a row.
#[must_use]
pub fn tidy(text: &str) -> String {
    let clean = characters(text);
    let mut lines: Vec<&str> = Vec::new();
    let mut blank = 0;
    for line in clean.split('\n').map(str::trim_end) {
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank <= BLANK_LINES {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

/// Cleans a text of one line: as [`tidy`], with every run of white space as one space.
pub(super) fn tidy_line(text: &str) -> String {
    let clean = tidy(text);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with every web address in it made one that no program takes for a link: for letters,
/// where others read what somebody wrote (T-MAIL-01).
#[must_use]
pub fn defused(text: &str) -> String {
    let defuse = |word: &str| {
        // A date has dots too, but no letters.
        if word.contains(char::is_alphabetic) && looks_like_a_link(word) {
            word.replace("://", "[:]//")
                .replace(['.', '\u{FF0E}', '\u{3002}', '\u{FF61}'], "[.]")
        } else {
            word.to_owned()
        }
    };
    text.split(' ').map(defuse).collect::<Vec<_>>().join(" ")
}

/// Whether a mail program or a browser might make a link of it: a scheme, `www.`, or a dot
/// between two words ("shembull.al"). Initials such as "A.B." are no links.
pub(super) fn looks_like_a_link(text: &str) -> bool {
    let plain: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| if c == '\u{3002}' { '.' } else { c })
        .collect();
    if plain.contains("://") || plain.contains("www.") {
        return true;
    }
    let parts: Vec<&str> = plain.split('.').collect();
    parts.windows(2).any(|pair| match pair {
        [before, after] => {
            before.ends_with(char::is_alphanumeric)
                && after.chars().take_while(|c| c.is_alphanumeric()).count() >= 2
        }
        _ => false,
    })
}

fn characters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_return = false;
    let mut marks = 0;
    for c in text.chars().filter(|c| !is_dropped(*c)).nfc() {
        let follows_return = core::mem::replace(&mut after_return, c == '\r');
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        match c {
            '\n' if follows_return => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push(' '),
            c if marks <= MARKS => out.push(c),
            _ => {}
        }
    }
    out
}

/// What is dropped before letters and marks are put together, so that it cannot part them.
fn is_dropped(c: char) -> bool {
    let ends_or_indents = matches!(c, '\n' | '\r' | '\t' | '\u{85}');
    is_invisible(c) || (c.is_control() && !ends_or_indents)
}

/// Zero-width characters, direction marks, overrides and isolates, interlinear marks, tag
/// characters, letters drawn as nothing, and what Unicode says is no character (XML refuses it):
/// invisible, and of use only to deceive or to break.
fn is_invisible(c: char) -> bool {
    let no_character = matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF);
    no_character
        || matches!(c,
        '\u{115F}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}' | '\u{FDD0}'..='\u{FDEF}' |
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{061C}' | '\u{180E}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}')
}
