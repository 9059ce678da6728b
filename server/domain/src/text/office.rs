//! Names that pose as an institution. An answer of the police carries the mark of its seat; a resident
//! who calls himself "Policia e Shtetit" would carry nearly the same (DESIGN, people).

use unicode_normalization::UnicodeNormalization;

use super::tidy::fold;

/// Beginnings of words that name an institution or office of the council in Albanian, folded; the
/// rest is how the word is declined. From the council's part of the project's glossary ("Policia e
/// Shtetit", "Policia Bashkiake", "komisariati i policisë", "Bashkia", "kryetari i bashkisë",
/// "Këshilli Bashkiak", "Prokuroria", "prefekti", "gjykata", "sekretariati", "Këshilli Vendor"), with
/// the ministries and the offices of whoever runs a site. No Albanian name begins so.
const BEGINNINGS: [&str; 20] = [
    "administrator",
    "bashkia",
    "bashkine",
    "bashkise",
    "gjykata",
    "gjykate",
    "keshilli",
    "keshillta",
    "komisaria",
    "kryebashkia",
    "kryetar",
    "ministri",
    "moderator",
    "policia",
    "policine",
    "policise",
    "prefekt",
    "prokuror",
    "sekretar",
    "zyrtar",
];

/// Whole words that name one: too short to stand for all that begins so ("Bashkim" and "Polisena"
/// are names, "bashki" and "polic" are none), and the English ones.
const WORDS: [&str; 22] = [
    "admin",
    "administrata",
    "bashki",
    "council",
    "councillor",
    "keshill",
    "kvsp",
    "mayor",
    "ministry",
    "municipality",
    "official",
    "police",
    "policeman",
    "polic",
    "polici",
    "prefecture",
    "prosecution",
    "prosecutor",
    "prosecutors",
    "secretariat",
    "secretary",
    "trekendesh",
];

/// Whether one of the words of a name, alone or put together from pieces ("P o l i c i a", "Poli cia"),
/// names an institution or office. Marks, case, widths and letters of other scripts that look like
/// Latin ones do not matter.
pub(super) fn poses_as_an_office(name: &str) -> bool {
    let pieces = pieces(name);
    let bare = |words: &[&str]| words.iter().map(|word| skeleton(word)).collect::<Vec<_>>();
    let (beginnings, words) = (bare(&BEGINNINGS), bare(&WORDS));
    (0..pieces.len()).any(|first| {
        let mut word = String::new();
        pieces.iter().skip(first).any(|piece| {
            word.push_str(piece);
            words.contains(&word) || beginnings.iter().any(|start| word.starts_with(start))
        })
    })
}

/// The words of a name, each as its skeleton. "PoliciaElbasan" is two.
fn pieces(name: &str) -> Vec<String> {
    let mut spaced = String::new();
    let mut after_small = false;
    for letter in name.nfkc().map(as_latin) {
        if after_small && letter.is_uppercase() {
            spaced.push(' ');
        }
        after_small = letter.is_lowercase();
        spaced.push(letter);
    }
    let folded = fold(&spaced);
    folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(skeleton)
        .collect()
}

/// A folded word with those letters made one that many typefaces draw alike: a capital i is an l.
fn skeleton(word: &str) -> String {
    word.replace('l', "i")
}

/// The Latin letter that a letter looks like, if it is Cyrillic, Greek or a rare Latin one (after
/// Unicode's table of confusables, UTS 39, as far as the words above have such letters).
fn as_latin(letter: char) -> char {
    match letter {
        'А' | 'а' | 'Α' | 'α' | 'ɑ' => 'a',
        'В' | 'Β' | 'β' | 'Ь' | 'ь' => 'b',
        'С' | 'с' | 'Ϲ' | 'ϲ' | 'ς' => 'c',
        'ԁ' | 'đ' | 'Đ' => 'd',
        'Е' | 'е' | 'Ё' | 'ё' | 'Ε' | 'ε' | 'Є' | 'є' => 'e',
        'Ғ' | 'ғ' | 'Ϝ' => 'f',
        'Ԍ' | 'ԍ' | 'ɡ' => 'g',
        'Н' | 'н' | 'Η' | 'һ' | 'Һ' | 'ħ' | 'Ħ' => 'h',
        'І' | 'і' | 'Ї' | 'ї' | 'Ι' | 'ι' | 'ı' | 'Ӏ' | 'ӏ' | '|' | 'ł' | 'Ł' => 'i',
        'Ј' | 'ј' | 'Ϳ' | 'ϳ' => 'j',
        'К' | 'к' | 'Κ' | 'κ' => 'k',
        'М' | 'м' | 'Μ' => 'm',
        'Ν' | 'η' | 'п' => 'n',
        'О' | 'о' | 'Ο' | 'ο' | 'σ' | 'ø' | 'Ø' => 'o',
        'Р' | 'р' | 'Ρ' | 'ρ' => 'p',
        'г' => 'r',
        'Ѕ' | 'ѕ' => 's',
        'Т' | 'т' | 'Τ' | 'τ' => 't',
        'μ' | 'υ' => 'u',
        'Ѵ' | 'ѵ' | 'ν' => 'v',
        'У' | 'у' | 'Υ' | 'γ' => 'y',
        'Ζ' => 'z',
        other => other,
    }
}
