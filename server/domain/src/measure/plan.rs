//! How a plan is looked through before it is approved, and how far an indicator came.

use std::collections::BTreeSet;

use crate::text::search_words;

/// Letters of a word that count: endings differ where the word is the same ("rruga", "rrugëve").
const STEM: usize = 5;
/// Words of so few letters join others and say nothing themselves.
const SMALL: usize = 3;

/// Whether two titles are so alike that they may mean the same measure (J5): at least half of the words of
/// the shorter are in the other, and at least two of them.
#[must_use]
pub fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (stems(one), stems(other));
    let common = one.intersection(&other).count();
    let shorter = one.len().min(other.len());
    common >= 2 && common * 2 >= shorter
}

fn stems(title: &str) -> BTreeSet<String> {
    search_words(title)
        .into_iter()
        .filter(|word| word.chars().count() > SMALL)
        .map(|word| word.chars().take(STEM).collect())
        .collect()
}

/// How much of the way from where it began to where it should be an indicator has gone, from 0 to 1; it may
/// have to fall as well as to rise.
#[must_use]
pub fn reached(baseline: f64, target: f64, value: f64) -> f64 {
    let way = target - baseline;
    if way == 0.0 {
        return 1.0;
    }
    ((value - baseline) / way).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::{alike, reached};

    #[test]
    fn twins_are_seen_through_endings_and_marks() {
        for (one, other) in [
            (
                "Ndriçimi i rrugës së shkollës në Gjinar",
                "Ndricim rrugor për shkollat",
            ),
            (
                "Patrulla para shkollave",
                "Patrullë para shkollës 9-vjeçare",
            ),
        ] {
            assert!(alike(one, other), "{one} / {other}");
        }
        for (one, other) in [
            ("Ndriçimi i rrugëve", "Kamera në rrugë"),
            ("Siguria në shkolla", "Ndriçimi i lagjes"),
            ("", ""),
        ] {
            assert!(!alike(one, other), "{one} / {other}");
        }
    }

    #[test]
    fn an_indicator_goes_its_way_up_or_down() {
        let told = |baseline, target, value| format!("{:.2}", reached(baseline, target, value));
        assert_eq!(told(0.0, 40.0, 10.0), "0.25");
        assert_eq!(told(12.0, 4.0, 6.0), "0.75");
        assert_eq!(told(12.0, 4.0, 20.0), "0.00");
        assert_eq!(told(0.0, 40.0, 55.0), "1.00");
        assert_eq!(told(5.0, 5.0, 3.0), "1.00");
    }
}
