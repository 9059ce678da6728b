//! Who may vote, by the roll that a municipality hands in: made where the register lies, used once, and
//! never holding what was typed.

use std::fmt::Write as _;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::database::{number, open};
use crate::harness::letters::make_codes;
use crate::harness::roll::{ARTA, BESA, HEADING, card, import, marks, town_with_a_roll, verify};
use crate::harness::roll::{with_key, year};
use crate::harness::{Council, Person, Town, unharmed};

#[test]
fn a_resident_on_the_roll_verifies_once_by_what_stands_on_their_card() {
    let town = town_with_a_roll(&format!("{HEADING}{ARTA}{BESA}"));
    let years = town
        .visitor()
        .get("/municipalities/elbasan/roll")
        .expect(200);
    assert_eq!(years, json!({"years": [year(&town)]}));
    let (arta, thief) = (town.resident("arta"), town.resident("thief"));
    // As a thumb types it, and as the browser sends a day.
    let own = card(&town, "j50514087p", "1995-05-14", "032 145 678");
    let shown = verify(&arta, own.clone()).expect(200);
    let wanted = json!({"municipality": "elbasan", "unit": "gjinar", "year": year(&town)});
    assert_eq!(shown, wanted);
    assert_eq!(
        arta.get("/me").expect(200)["verifications"],
        json!([wanted])
    );

    let used = verify(&thief, own);
    let never = verify(&thief, card(&town, "J50514088P", "1995-05-14", "032145678"));
    assert_eq!((used.status, used.text()), (never.status, never.text()));
    used.refused(404, "roll_unmatched");
    // Who is verified learns nothing of others.
    let besa = card(&town, "I85312044K", "12.03.1988", "045671239");
    verify(&arta, besa).refused(409, "verified_already");
    let count = |sql: &str| number(&mut open(&town), sql);
    assert_eq!(
        count("SELECT count(*) AS number FROM roll_marks"),
        1,
        "the used one is gone"
    );
    assert_eq!(count("SELECT used AS number FROM rolls"), 1);
    unharmed(&town);
}

#[test]
fn a_card_in_many_hands_at_once_verifies_one() {
    let town = town_with_a_roll(&format!("{HEADING}{ARTA}"));
    let people: Vec<Person> = (0..6)
        .map(|place| town.resident(&format!("resident{place}")))
        .collect();
    let body = card(&town, "J50514087P", "14.05.1995", "032145678");
    let done = thread::scope(|scope| {
        let tries: Vec<_> = people
            .into_iter()
            .map(|one| {
                let body = body.clone();
                scope.spawn(move || verify(&one, body).status)
            })
            .collect();
        let statuses = tries.into_iter().map(|one| one.join().unwrap());
        statuses.filter(|status| *status == 200).count()
    });
    assert_eq!(done, 1);
}

#[test]
fn who_guesses_is_stopped_by_account_and_by_whose_card_it_is() {
    let town = town_with_a_roll(&format!("{HEADING}{ARTA}"));
    let guess = |card_number: u32| {
        let card_number = format!("{card_number:09}");
        card(&town, "J50514087P", "14.05.1995", &card_number)
    };
    let thief = town.resident("thief");
    let slip = verify(&thief, card(&town, "5051408", "14.05.1995", "032145678")).expect(422);
    assert_eq!(
        slip["fields"][0],
        json!({"pointer": "/number", "code": "personal_number_invalid"})
    );
    for number in 0..5 {
        verify(&thief, guess(number)).refused(404, "roll_unmatched");
    }
    verify(&thief, guess(6)).refused(429, "too_many_requests");
    let second = town.resident("second");
    for number in 0..5 {
        verify(&second, guess(number)).refused(404, "roll_unmatched");
    }
    // A third account has tries of its own, but not at this card.
    let third = town.resident("third");
    verify(&third, guess(32_145_678)).refused(429, "too_many_requests");
    let other = card(&town, "I85312044K", "12.03.1988", "045671239");
    verify(&third, other).refused(404, "roll_unmatched");
}

#[test]
fn a_register_with_wrong_rows_makes_nothing_and_each_is_named_by_its_line() {
    let town = Town::start();
    with_key(&town);
    let register = format!(
        "{HEADING}{ARTA}X1;Dritan;01.01.1990;011111111;Gjinar\n{BESA}\
         K10203040L;Eda;31.02.1991;022222222;Gjinar\n{ARTA}\
         K10203041L;Fatos;01.02.1991;1;Gjinar\nK10203042L;Gent;01.02.1991;022222223;\n"
    );
    let (done, made, said) = marks(&town, &register, year(&town));
    assert!(!done && made.is_empty());
    let lines: Vec<&str> = said.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "line 3: the personal number is a letter, eight digits and a letter",
            "line 5: the day of birth cannot be read",
            "line 6: the same person as in line 2",
            "line 7: the number of the card has 6 to 12 letters and digits",
            "line 8: the unit is missing",
        ]
    );
    for secret in ["Arta", "J50514087P", "X1", "022222222"] {
        assert!(!said.contains(secret), "{said}");
    }
    let (done, _, said) = marks(&town, "nid;datelindja\nA;B\n", year(&town));
    assert!(
        !done && said.contains("the heading has no column karta"),
        "{said}"
    );
}

#[test]
fn an_import_is_all_or_nothing_and_names_wrong_rows_by_their_line() {
    let town = Town::start();
    let (this, mark) = (year(&town), "ab".repeat(32));
    let file = format!(
        "mark,unit\n{mark},gjinar\n{},atlantis\n{mark},gjinar\nxyz,gjinar\n{},gjinar,more\n",
        "cd".repeat(32),
        "ef".repeat(32)
    );
    let (done, said) = import(&town, &file, this, &[]);
    assert!(!done && said.contains("roll-elbasan"), "no key yet: {said}");
    with_key(&town);
    let (done, said) = import(&town, &file, this, &[]);
    assert!(!done);
    let lines: Vec<&str> = said.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "line 3: there is no such unit",
            "line 4: the same person as in line 2",
            "line 5: no mark: one is 64 hexadecimal symbols",
            "line 6: 3 cells instead of 2",
        ]
    );
    let none = "SELECT count(*) AS number FROM rolls";
    assert_eq!(number(&mut open(&town), none), 0);
    let (done, said) = import(&town, "mark,unit\n", this, &[]);
    assert!(!done && said.contains("the file has no rows"), "{said}");
    let (done, said) = import(&town, &file, this - 1, &[]);
    assert!(
        !done && said.contains(&format!("--year: {this} or {}", this + 1)),
        "{said}"
    );
    let arta = town.resident("arta");
    let body = card(&town, "J50514087P", "14.05.1995", "032145678");
    verify(&arta, body).refused(409, "roll_missing");
}

#[test]
fn marks_of_another_year_or_key_are_noticed_before_anybody_is_refused() {
    let town = Town::start();
    with_key(&town);
    let register = format!("{HEADING}{ARTA}");
    let next = marks(&town, &register, year(&town) + 1).1;
    let (done, said) = import(&town, &next, year(&town), &[]);
    assert!(!done && said.contains("another year"), "{said}");
    let now = marks(&town, &register, year(&town)).1;
    assert_ne!(
        now.lines().last(),
        next.lines().last(),
        "a year's marks are its own"
    );
    let other = town.path("data/keys/roll-elbasan");
    fs::write(&other, format!("{}\n", "0".repeat(64))).unwrap();
    let (done, said) = import(&town, &now, year(&town), &[]);
    assert!(!done && said.contains("another key"), "{said}");
}

#[test]
fn a_roll_comes_once_so_that_nobody_verifies_twice() {
    let town = town_with_a_roll(&format!("{HEADING}{ARTA}"));
    let both = marks(&town, &format!("{HEADING}{ARTA}{BESA}"), year(&town)).1;
    let (done, said) = import(&town, &both, year(&town), &[]);
    assert!(!done && said.contains("--replace"), "{said}");
    let (done, said) = import(&town, &both, year(&town), &["--replace"]);
    assert!(
        done && said.contains("2 residents are on the roll"),
        "{said}"
    );
    let arta = town.resident("arta");
    verify(&arta, card(&town, "J50514087P", "14.05.1995", "032145678")).expect(200);
    let (done, said) = import(&town, &both, year(&town), &["--replace"]);
    assert!(!done && said.contains("1 residents have used"), "{said}");

    let administrator = Council::seat(&town).administrator;
    let letters = json!({"unit": "gjinar", "year": year(&town), "amount": 1});
    let path = "/municipalities/elbasan/activation-batches";
    let refused = administrator.post(path).json(letters).send().expect(422);
    assert_eq!(refused["fields"][0]["code"], "roll_handed_in");
}

#[test]
fn where_letters_were_made_no_roll_comes_until_they_are_revoked() {
    let town = Town::start();
    let administrator = Council::seat(&town).administrator;
    let (id, _) = make_codes(&town, &administrator, 1);
    with_key(&town);
    let made = marks(&town, &format!("{HEADING}{ARTA}"), year(&town)).1;
    let (done, said) = import(&town, &made, year(&town), &[]);
    assert!(!done && said.contains("letters with codes"), "{said}");
    assert_eq!(
        administrator
            .delete(&format!("/activation-batches/{id}"))
            .status,
        204
    );
    let (done, said) = import(&town, &made, year(&town), &[]);
    assert!(done, "{said}");
}

/// What stands on a card is nowhere: not in the file that is handed in, not in the store, the log, or an
/// answer.
#[test]
fn neither_the_file_nor_the_store_nor_the_log_knows_who_is_on_the_roll() {
    let town = town_with_a_roll(&format!("{HEADING}{ARTA}{BESA}"));
    let arta = town.resident("arta");
    let typed = card(&town, "J50514087P", "1995-05-14", "032145678");
    let mut answers = verify(&arta, typed.clone()).expect(200).to_string();
    let besa = town.resident("besa");
    for (field, wrong) in [
        ("card", json!("045671238")),
        ("number", json!(50_514_087)),
        ("born", json!("14.05.")),
    ] {
        let mut body = typed.clone();
        body[field] = wrong;
        answers += &verify(&besa, body).text();
    }
    let (stored, log) = (town.stored_bytes(), town.log());
    let handed = fs::read(town.path("marks.csv")).unwrap();
    let secrets = [
        "J50514087P",
        "j50514087p",
        "50514087",
        "032145678",
        "045671238",
        "045671239",
        "I85312044K",
        "1995-05-14",
        "14.05.1995",
        "Arta Hoxha",
    ];
    for secret in secrets {
        let there = |bytes: &[u8]| {
            bytes
                .windows(secret.len())
                .any(|part| part == secret.as_bytes())
        };
        assert!(!there(&stored), "{secret} is stored");
        assert!(!there(log.as_bytes()), "{secret} is logged");
        assert!(!there(&handed), "{secret} is handed in");
        assert!(!answers.contains(secret), "{secret} is answered");
    }
    let key = fs::read_to_string(town.path("data/keys/roll-elbasan")).unwrap();
    let there = |bytes: &[u8]| bytes.windows(64).any(|part| part == key.trim().as_bytes());
    assert!(
        !there(&stored),
        "the key is beside the database, never in it"
    );
    let who = "SELECT count(*) AS number FROM audit_log a JOIN accounts b ON a.subject LIKE '%' || b.id || '%'";
    assert_eq!(number(&mut open(&town), who), 0);
}

#[test]
fn a_town_of_fifty_thousand_is_handed_in_within_a_minute() {
    let town = Town::start();
    with_key(&town);
    let mut register = HEADING.to_owned();
    for number in 0..50_000 {
        writeln!(
            register,
            "K{number:08}L;Banor {number};01.02.1991;{number:09};Gjinar"
        )
        .unwrap();
    }
    let began = Instant::now();
    let (done, made, said) = marks(&town, &register, year(&town));
    assert!(done, "{said}");
    let (done, said) = import(&town, &made, year(&town), &[]);
    assert!(done && said.contains("50000 residents"), "{said}");
    let took = began.elapsed();
    assert!(took < Duration::from_secs(60), "{took:?}");
    let arta = town.resident("arta");
    verify(&arta, card(&town, "K00049999L", "01.02.1991", "000049999")).expect(200);
}
