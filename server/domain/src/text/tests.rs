use super::{
    Body, DisplayName, Message, Reason, ResidentName, TextRefusal, Title, fold, search_terms, tidy,
};
use proptest::prelude::{any, proptest};

#[test]
fn search_does_not_mind_marks_or_case() {
    assert_eq!(fold("ÇËSHTJE e Ndriçimit"), "ceshtje e ndricimit");
    assert_eq!(fold("shqete\u{308}sim"), "shqetesim");
    assert_eq!(fold("İstanbul Škoda"), "istanbul skoda");
}

#[test]
fn a_query_becomes_words_without_operators() {
    assert_eq!(search_terms("shqetësim ndriçim"), ["shqetesim", "ndricim"]);
    assert_eq!(search_terms("\"*(NEAR' OR 1=1--"), ["near", "or", "1"]);
    assert_eq!(search_terms("rrugë rruge RRUGË"), ["rruge"]);
    assert!(search_terms(" %_\\\0 ").is_empty());
    let long = "fjala1 2 3 4 5 6 7 8 9 10".repeat(1000);
    assert_eq!(search_terms(&long).len(), 8);
    assert!(
        search_terms(&"ë".repeat(9000))
            .iter()
            .all(|t| t.len() == 40)
    );
}

#[test]
fn text_is_cleaned_of_what_cannot_be_seen() {
    assert_eq!(tidy("  Po\r\nJo\rAh\u{2028}E\0  "), "Po\nJo\nAh\nE");
    assert_eq!(tidy("a\u{202E}b\u{2066}c\u{200B}d\u{FEFF}e\u{7}"), "abcde");
    assert_eq!(tidy("e\u{308}\tc\u{327}"), "ë ç");
    assert_eq!(tidy("a\n\n\n\n\n\nb   \nc"), "a\n\n\nb\nc");
    assert_eq!(
        tidy(&format!("a{}", "\u{30D}".repeat(50))).chars().count(),
        4
    );
}

#[test]
fn an_invisible_character_does_not_keep_a_letter_and_its_mark_apart() {
    assert_eq!(tidy("e\u{200B}\u{308}"), "ë");
}

#[test]
fn the_bounds_are_counted_in_characters_after_cleaning() {
    assert_eq!(
        Title::parse(" ëëëë "),
        Err(TextRefusal::TooShort { min: 5 })
    );
    assert_eq!(
        Title::parse("ëëëëë").map(|t| t.to_string()),
        Ok("ëëëëë".into())
    );
    assert!(Title::parse(&"ë".repeat(120)).is_ok());
    assert_eq!(
        Title::parse(&"ë".repeat(121)),
        Err(TextRefusal::TooLong { max: 120 })
    );
    assert!(Body::parse(&"a".repeat(4000)).is_ok());
    assert_eq!(
        Body::parse(&"a".repeat(4001)),
        Err(TextRefusal::TooLong { max: 4000 })
    );
    assert_eq!(
        Body::parse("shkurt"),
        Err(TextRefusal::TooShort { min: 10 })
    );
    assert!(Message::parse("Po").is_ok());
    assert_eq!(Reason::parse(".........."), Err(TextRefusal::NoLetters));
}

#[test]
fn a_title_stays_on_one_line() {
    let title = Title::parse("Rruga \n\n pa  drita");
    assert_eq!(title.map(Title::into_string), Ok("Rruga pa drita".into()));
}

#[test]
fn a_display_name_is_a_name() {
    for name in [
        "Mira nga Shënkolli",
        "A.B.",
        "J. K. Dervishi",
        "Nënë e dy fëmijëve",
    ] {
        assert!(DisplayName::parse(name).is_ok(), "{name}");
    }
    for link in [
        "fito.com",
        "http://x",
        "WWW.x",
        "Fito tani\u{3002}com",
        "ｆｉｔｏ．ｃｏｍ",
    ] {
        assert_eq!(DisplayName::parse(link), Err(TextRefusal::HasUrl), "{link}");
    }
    assert_eq!(DisplayName::parse("mira@elb"), Err(TextRefusal::HasAt));
    assert_eq!(
        DisplayName::parse("Mira\r\nBcc: x"),
        Err(TextRefusal::HasLineBreak)
    );
    assert_eq!(
        DisplayName::parse("M"),
        Err(TextRefusal::TooShort { min: 2 })
    );
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing_more(text in any::<String>()) {
        let once = tidy(&text);
        assert_eq!(tidy(&once), once);
        assert!(once.chars().all(|c| c == '\n' || !c.is_control()));
    }

    #[test]
    fn folding_twice_changes_nothing_more(text in any::<String>()) {
        let once = fold(&text);
        assert_eq!(fold(&once), once);
    }

    #[test]
    fn no_term_holds_a_metacharacter(text in any::<String>()) {
        let terms = search_terms(&text);
        assert!(terms.len() <= 8);
        assert!(terms.iter().all(|t| t.chars().all(char::is_alphanumeric)));
    }
}

#[test]
fn a_link_is_defused_and_nothing_else_is_touched() {
    let title = "Dritat. Shikoni https://evil.example/a, www.x.al më 12.05.2027";
    let safe = "Dritat. Shikoni https[:]//evil[.]example/a, www[.]x[.]al më 12.05.2027";
    assert_eq!(super::defused(title), safe);
    assert_eq!(super::defused("Rruga e shkollës"), "Rruga e shkollës");
}

#[test]
fn letters_drawn_as_nothing_are_no_words_and_no_character_breaks_a_feed() {
    for nothing in ['\u{3164}', '\u{115F}', '\u{1160}', '\u{FFA0}', '\u{2800}'] {
        assert!(Title::parse(&nothing.to_string().repeat(8)).is_err());
        assert!(DisplayName::parse(&nothing.to_string().repeat(8)).is_err());
    }
    for no_character in ['\u{FFFE}', '\u{FFFF}', '\u{FDD0}', '\u{10FFFF}'] {
        let title = Title::parse(&format!("Rruga{no_character} pa drita")).unwrap();
        assert_eq!(title.as_str(), "Rruga pa drita");
    }
}

#[test]
fn a_resident_is_named_like_a_person_and_not_like_an_institution() {
    for name in [
        "Bashkim Hoxha",
        "Bashkurti",
        "Polisena Kola",
        "Arta nga Poliçani",
        "Apolinar",
        "Prokop Gjoka",
        "Sekret",
        "Roja e lagjes",
        "Kati i tretë",
        "Prind i shkollës",
        "Njësia Shirgjan",
        "Иван",
        "Νίκος",
    ] {
        assert!(ResidentName::parse(name).is_ok(), "{name}");
    }
    for name in [
        "Policia e Shtetit",
        "policise",
        "Arta Policia",
        "Bashkia",
        "bashkisë",
        "Kryetari i Bashkisë",
        "Prokuroria",
        "Prokurorit",
        "Këshilli Vendor",
        "Administratorja",
        "admin",
        "Sekretariati",
        "State Police",
        "KVSP",
        "Llogari zyrtare",
        "B.a.s.h.k.i.a",
        "bAsHkIa",
        "policiaeshtetit",
        "Po|icia",
        "\u{41F}рокурори\u{430} b\u{430}shki\u{3B1}",
        "ΒΑΣΗ bashkıa",
        "𝐏𝐨𝐥𝐢𝐜𝐢𝐚",
    ] {
        let refused = Err(TextRefusal::NamesAnInstitution);
        assert_eq!(ResidentName::parse(name), refused, "{name}");
        assert!(DisplayName::parse(name).is_ok(), "{name}");
    }
    assert_eq!(ResidentName::parse("fito.com"), Err(TextRefusal::HasUrl));
}
