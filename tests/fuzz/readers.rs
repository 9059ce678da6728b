//! What is read from text alone: whatever it is, it is refused or reads back as what it prints.

use chrono::{DateTime, TimeDelta, Utc};
use domain::receipt::{Receipt, SYMBOLS};
use domain::sign_in::SignInCode;
use domain::text::{
    Body, DisplayName, Message, Reason, ResidentName, Title, defused, fold, search_terms,
    search_words, tidy,
};
use proptest::prelude::any;
use trekendesh::concerns::lists::Key;
use trekendesh::notices::push::sender::{LONGEST_WAIT, wait_of};
use trekendesh::notices::refusals::is_about_the_letter;

use super::changes::texts;
use super::feed;
use crate::harness::people::receipt_of;

#[test]
fn a_receipt_reads_back_as_it_prints() {
    let good = receipt_of("fuzz", 1);
    let typed = good.replace('-', " ").to_lowercase();
    let long = good.repeat(13);
    let input = texts(&[&good, &typed, &long, "0OIL1-0OIL1", "４Ｂ７Ｋ"]);
    feed("receipts", &input, |typed| {
        let Ok(receipt) = Receipt::parse(&typed) else {
            return;
        };
        assert_eq!(Receipt::parse(&receipt.to_string()), Ok(receipt.clone()));
        assert_eq!(Receipt::parse(&receipt.canonical()), Ok(receipt.clone()));
        assert_eq!(receipt.canonical().len(), SYMBOLS);
        // Nobody can type one receipt in two ways that open different threads.
        assert_eq!(Receipt::parse(&typed.to_ascii_uppercase()), Ok(receipt));
    });
}

#[test]
fn a_sign_in_code_reads_back_as_it_prints() {
    feed("codes", &texts(&["4B7K-9QXZ", " ooog40r4\n"]), |typed| {
        if let Ok(code) = SignInCode::parse(&typed) {
            assert_eq!(SignInCode::parse(&code.to_string()), Ok(code));
        }
    });
}

const WRITTEN: [&str; 8] = [
    "Rruga e shkollës pa drita",
    "Prej dy javësh rruga e shkollës është pa drita.\n\nFëmijët kthehen në errësirë.",
    "Mira nga Shënkolli",
    "Shikoni https://evil.example/a, www.x.al më 12.05.2027",
    "Ligji 139/2015",
    "Bashkia e Elbasanit",
    "<img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0",
];

#[test]
fn what_was_taken_is_taken_again_as_it_is() {
    macro_rules! reads_back {
        ($written:ident, $($kind:ident),*) => {$(
            if let Ok(clean) = $kind::parse(&$written) {
                assert_eq!($kind::parse(clean.as_str()), Ok(clean.clone()), stringify!($kind));
                let length = clean.as_str().chars().count();
                assert!(($kind::MIN..=$kind::MAX).contains(&length), "{length}");
                let hidden = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
                assert!(!clean.as_str().contains(hidden), "{clean:?}");
            }
        )*};
    }
    feed("texts", &texts(&WRITTEN), |written| {
        reads_back!(
            written,
            Title,
            Body,
            Message,
            Reason,
            DisplayName,
            ResidentName
        );
        let once = tidy(&written);
        assert_eq!(tidy(&once), once);
        let safe = defused(&written);
        assert!(
            !safe.contains("https://") && !safe.contains("www.x"),
            "{safe}"
        );
    });
}

#[test]
fn words_to_search_for_are_words() {
    feed("words", &texts(&WRITTEN), |written| {
        let words = search_words(&written);
        assert_eq!(search_words(&words.join(" ")), words);
        let is_word = |word: &String| word.chars().all(char::is_alphanumeric);
        assert!(words.iter().all(is_word), "{words:?}");
        assert_eq!(search_terms(&written), words[..words.len().min(8)]);
        let once = fold(&written);
        assert_eq!(fold(&once), once);
    });
}

#[test]
fn a_place_in_a_list_reads_back_as_it_prints() {
    let id = "0123456789abcdef";
    let keys = [id, "2026-11-25", "17", "-5", "99-3"].map(|value| format!("{value}_{id}"));
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    feed("places in lists", &texts(&keys), |text| {
        if let Ok(key) = text.parse::<Key>() {
            assert_eq!(key.to_string(), text);
        }
    });
}

#[test]
fn a_push_service_cannot_ask_for_a_wait_without_end() {
    let now: DateTime<Utc> = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
    let date = (now + TimeDelta::seconds(90)).to_rfc2822();
    assert_eq!(wait_of(&date, now), Some(90), "control");
    let input = texts(&[
        "120",
        "-1",
        &date,
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "9223372036854775808",
    ]);
    feed("waits", &input, |text| {
        if let Some(seconds) = wait_of(&text, now) {
            assert!(
                (1..=LONGEST_WAIT).contains(&i64::from(seconds)),
                "{seconds}"
            );
        }
    });
    feed("waits in seconds", &any::<u32>(), |seconds| {
        let most = u32::try_from(LONGEST_WAIT).unwrap();
        assert_eq!(
            wait_of(&seconds.to_string(), now),
            Some(seconds.clamp(1, most))
        );
    });
}

#[test]
fn no_mail_server_is_misread_for_how_it_writes() {
    let said = [
        "5.1.1 <a@example.al>: no such user",
        "5.7.1 Client host blocked using a list",
        "5.3.2 not accepting messages",
        "relay not permitted",
    ];
    feed(
        "mail answers",
        &(500..600_u16, texts(&said)),
        |(code, words)| {
            let about = is_about_the_letter(code, &words);
            assert_eq!(
                is_about_the_letter(code, &words.to_ascii_uppercase()),
                about,
                "{words}"
            );
            assert!(
                !is_about_the_letter(code, &format!("{words} relay")),
                "{words}"
            );
        },
    );
}
