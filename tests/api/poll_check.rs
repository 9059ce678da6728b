//! `trekendesh check` over polls.

use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::harness::Town;
use crate::harness::database::open;
use crate::harness::polls::{act, cast, open_class, paper, published, young};

#[test]
fn answers_that_are_not_where_they_were_put_are_named() {
    let town = Town::start();
    let (_, young) = young(&town);
    let poll = published(&young, "school", paper());
    let (code, slips) = open_class(&town, &young, &poll, ("Gjimnazi", "10-B"), 3);
    for slip in &slips[..2] {
        cast(&town.visitor(), &code, slip, json!({"safe": "yes"})).expect(201);
    }
    let check = || town.run(&["check"]);
    assert!(check().0);
    let fault = |sql: &str, said: &str| {
        open(&town).batch_execute(sql).unwrap();
        let (whole, told) = check();
        assert!(!whole && told.contains(said), "{told}");
    };
    fault(
        "UPDATE poll_sums SET amount = 5 WHERE cell = 'safe//+'",
        "5 of 2 answers are in \"safe\"",
    );
    open(&town)
        .batch_execute("UPDATE poll_sums SET amount = 2 WHERE cell = 'safe//+'")
        .unwrap();
    fault(
        "UPDATE poll_marks SET used = TRUE",
        "2 answers are said, 3 were given",
    );
    town.move_clock(600);
    act(&young, &poll, "closing").expect(200);
    assert!(check().0);
    let cell =
        format!("INSERT INTO poll_sums (room, cell, amount) VALUES ('{code}', 'safe//+', 1)");
    fault(&cell, "its sums or slips are still there");
    let other = "UPDATE polls SET results = replace(results, '\"answered\":2', '\"answered\":3')";
    fault(other, "its results are not what was told");
}
