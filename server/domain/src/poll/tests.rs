mod telling;
mod worlds;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta};

use super::{
    Cell, Condition, Fault, Given, Kind, Paper, PaperFault, Question, RoomState, Scale, Times,
    check, count, state,
};

fn ids(names: &str) -> Vec<String> {
    names.split(' ').map(str::to_owned).collect()
}

fn question(id: &str, required: bool, kind: Kind) -> Question {
    Question {
        id: id.to_owned(),
        required,
        only_if: None,
        kind,
    }
}

fn paper() -> Paper {
    let single = |names| Kind::Single {
        options: ids(names),
    };
    let mut hurt = question("where", false, single("yard road"));
    hurt.only_if = Some(Condition {
        question: "hurt".to_owned(),
        options: ids("yes"),
    });
    Paper {
        questions: vec![
            question("sex", false, single("f m")),
            question("hurt", true, single("yes no")),
            hurt,
            question(
                "much",
                false,
                Kind::Matrix {
                    rows: ids("a b"),
                    scale: Scale::Agreement,
                },
            ),
            question(
                "most",
                false,
                Kind::Multiple {
                    options: ids("x y z"),
                    most: 2,
                },
            ),
            question(
                "order",
                false,
                Kind::Ranking {
                    options: ids("x y z"),
                    places: 2,
                },
            ),
            question("age", false, Kind::Number { min: 10, max: 19 }),
            question("feel", false, Kind::Sentiment),
            question("say", false, Kind::Text),
        ],
        group_by: Some("sex".to_owned()),
    }
}

fn answers(given: &[(&str, Given)]) -> BTreeMap<String, Given> {
    let owned = |(id, given): &(&str, Given)| ((*id).to_owned(), given.clone());
    given.iter().map(owned).collect()
}

fn one(option: &str) -> Given {
    Given::One(option.to_owned())
}

fn rows(values: &[(&str, i64)]) -> Given {
    Given::Rows(
        values
            .iter()
            .map(|(row, value)| ((*row).to_owned(), *value))
            .collect(),
    )
}

fn refusal(given: &[(&str, Given)]) -> (String, Option<String>, &'static str) {
    let Fault {
        question,
        row,
        code,
    } = count(&paper(), &answers(given)).unwrap_err();
    (question, row, code)
}

#[test]
fn an_answer_is_taken_apart_into_what_it_adds() {
    let counted = count(
        &paper(),
        &answers(&[
            ("sex", one("f")),
            ("hurt", one("yes")),
            ("where", one("road")),
            ("much", rows(&[("a", 4)])),
            ("order", Given::Many(ids("z x"))),
            ("feel", Given::Feeling(1, Some("keq".to_owned()))),
        ]),
    )
    .unwrap();
    let cells: Vec<String> = counted.cells.iter().map(ToString::to_string).collect();
    assert_eq!(
        cells,
        [
            "age//-",
            "feel//+",
            "feel//1",
            "hurt//+",
            "hurt//yes",
            "most//-",
            "much//+",
            "much/a/4",
            "much/b/0",
            "order//+",
            "order/x/2",
            "order/z/1",
            "say//-",
            "sex//+",
            "sex//f",
            "where//+",
            "where//road",
        ]
    );
    assert_eq!(counted.group.as_deref(), Some("f"));
    assert_eq!(counted.texts, [("feel".to_owned(), "keq".to_owned())]);
    for cell in counted.cells {
        assert_eq!(Cell::parse(&cell.to_string()), Some(cell));
    }
}

#[test]
fn whoever_was_not_asked_is_not_counted_among_those_who_kept_silent() {
    let counted = count(&paper(), &answers(&[("hurt", one("no"))])).unwrap();
    assert!(!counted.cells.iter().any(|cell| cell.question == "where"));
    assert_eq!(counted.group.as_deref(), Some(""));
}

#[test]
fn what_cannot_be_an_answer_is_refused_where_it_stands() {
    let hurt = ("hurt", one("no"));
    let with = |id: &'static str, given| refusal(&[hurt.clone(), (id, given)]);
    let of = |id: &str, code| (id.to_owned(), None, code);
    assert_eq!(refusal(&[]), of("hurt", "required"));
    assert_eq!(
        refusal(&[("hurt", one("perhaps"))]),
        of("hurt", "option_unknown")
    );
    assert_eq!(with("other", one("x")), of("other", "question_unknown"));
    assert_eq!(with("where", one("road")), of("where", "not_asked"));
    assert_eq!(with("sex", Given::Number(1)), of("sex", "wrong_kind"));
    assert_eq!(
        with("most", Given::Many(ids("x y z"))),
        of("most", "too_many")
    );
    assert_eq!(
        with("most", Given::Many(ids("x x"))),
        of("most", "repeated")
    );
    assert_eq!(with("most", Given::Many(Vec::new())), of("most", "too_few"));
    assert_eq!(with("order", Given::Many(ids("x"))), of("order", "too_few"));
    assert_eq!(with("age", Given::Number(20)), of("age", "out_of_range"));
    for value in [0, 4] {
        assert_eq!(
            with("feel", Given::Feeling(value, None)),
            of("feel", "out_of_range")
        );
    }
    for value in [0, 6] {
        let row = Some("a".to_owned());
        assert_eq!(
            with("much", rows(&[("a", value)])),
            ("much".to_owned(), row, "out_of_range")
        );
    }
    let row = Some("c".to_owned());
    assert_eq!(
        with("much", rows(&[("c", 3)])),
        ("much".to_owned(), row, "option_unknown")
    );
}

#[test]
fn a_paper_names_only_what_is_there() {
    assert_eq!(check(&paper()), Ok(()));
    let fault = |question, field, code| PaperFault {
        question,
        field,
        code,
    };
    let mut wrong = paper();
    wrong.questions.swap(1, 2);
    assert_eq!(
        check(&wrong),
        Err(vec![fault(Some(1), "only_if", "reference_unknown")])
    );
    let mut wrong = paper();
    wrong.group_by = Some("where".to_owned());
    assert_eq!(
        check(&wrong),
        Err(vec![fault(None, "group_by", "reference_unknown")])
    );
    let mut wrong = paper();
    wrong.questions[3].id = "hurt".to_owned();
    wrong.questions[5].kind = Kind::Single { options: ids("x") };
    wrong.questions[6].kind = Kind::Number { min: 9, max: 9 };
    assert_eq!(
        check(&wrong),
        Err(vec![
            fault(Some(3), "id", "repeated"),
            fault(Some(5), "options", "too_few"),
            fault(Some(6), "max", "out_of_range"),
        ])
    );
}

#[test]
fn a_room_opens_waits_and_stays_closed() {
    let at = |minutes: i64| DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes);
    let times = |closes| Times {
        closes_at: closes,
        grace_minutes: 5,
    };
    assert_eq!(state(&times(None), false, at(0)), RoomState::Ready);
    let times = times(Some(at(20)));
    let over = [
        (0, RoomState::Open),
        (20, RoomState::Grace),
        (24, RoomState::Grace),
        (25, RoomState::Closed),
    ];
    for (minute, stands) in over {
        assert_eq!(state(&times, false, at(minute)), stands, "{minute}");
    }
    assert_eq!(state(&times, true, at(20)), RoomState::Closed);
    assert_eq!(state(&times, true, at(19)), RoomState::Open);
}
