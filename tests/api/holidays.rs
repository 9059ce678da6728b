//! The days on which deadlines do not run, as a municipality has them.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use diesel::connection::SimpleConnection;
use domain::calendar::due_on;
use serde_json::{Value, json};

use crate::harness::council::move_to;
use crate::harness::database::{lines, open};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::town::wait_until;
use crate::harness::{Council, Person, Town};

const SETTINGS: &str = "/municipalities/elbasan/settings";

fn day(value: &Value) -> NaiveDate {
    value.as_str().unwrap().parse().unwrap()
}

fn holidays(administrator: &Person) -> Vec<Value> {
    let settings = administrator.get(SETTINGS).expect(200);
    settings["holidays"].as_array().unwrap().clone()
}

/// The days that the settings say are kept.
fn observed(administrator: &Person) -> BTreeSet<NaiveDate> {
    holidays(administrator)
        .iter()
        .filter(|holiday| holiday["observed"] == true)
        .map(|holiday| day(&holiday["on"]))
        .collect()
}

/// Elbasan's council on the day before a holiday of the country in the middle of a week.
fn on_the_eve_of_a_holiday() -> (Town, Council, NaiveDate) {
    let town = Town::start();
    let administrator = town.administrator();
    let today = town.clock().today();
    let weekend = [Weekday::Sat, Weekday::Sun];
    let holiday = observed(&administrator)
        .into_iter()
        .find(|on| *on > today + TimeDelta::days(1) && !weekend.contains(&on.weekday()))
        .unwrap();
    let later = holiday - TimeDelta::days(1) - today;
    town.move_clock(later.num_seconds());
    let council = Council::seat(&town);
    (town, council, holiday)
}

fn submit(town: &Town, municipality: &str, number: u32) -> String {
    let mut body = anonymous_concern("Rruga pa drita", &receipt_of("holiday", number));
    body["unit"] = json!(null);
    let answer = town
        .visitor()
        .post(&format!("/municipalities/{municipality}/concerns"))
        .json(body)
        .send()
        .expect(201);
    answer["id"].as_str().unwrap().to_owned()
}

fn due(secretary: &Person, id: &str) -> NaiveDate {
    let page = secretary.get(&format!("/desk/concerns/{id}")).expect(200);
    day(&page["due_on"])
}

fn set_works(administrator: &Person, holiday: NaiveDate, works: bool) -> u16 {
    let path = format!("/municipalities/elbasan/working-days/{holiday}");
    let method = if works { "PUT" } else { "DELETE" };
    administrator.request(method, &path).send().status
}

#[test]
fn a_municipality_works_on_a_holiday_of_the_country_and_takes_that_back() {
    let (town, council, holiday) = on_the_eve_of_a_holiday();
    let administrator = &council.administrator;
    let today = town.clock().today();
    let counted = || due_on(today, 10, &observed(administrator));
    let before = counted();
    let id = submit(&town, "elbasan", 1);
    assert_eq!(due(&council.secretary, &id), before);
    for _again in 0..2 {
        assert_eq!(set_works(administrator, holiday, true), 204);
    }
    assert!(!observed(administrator).contains(&holiday));
    let marked = holidays(administrator);
    let marked: Vec<&Value> = marked
        .iter()
        .filter(|one| day(&one["on"]) == holiday)
        .collect();
    assert!(
        marked.iter().all(|one| one["own"] == false),
        "still the country's: {marked:?}"
    );
    let sooner = counted();
    assert!(sooner < before, "control");
    assert_eq!(due(&council.secretary, &id), sooner, "counted anew");
    let new = submit(&town, "elbasan", 2);
    assert_eq!(due(&council.secretary, &new), sooner);
    assert_eq!(set_works(administrator, holiday, false), 204);
    assert!(observed(administrator).contains(&holiday));
    assert_eq!(due(&council.secretary, &id), before);
    assert_eq!(due(&council.secretary, &new), before);
}

#[test]
fn a_holiday_of_its_own_counts_open_deadlines_anew_and_nothing_else() {
    let (town, council, holiday) = on_the_eve_of_a_holiday();
    let Council {
        administrator,
        secretary,
        police,
    } = &council;
    let (waiting, answered) = (submit(&town, "elbasan", 1), submit(&town, "elbasan", 2));
    let before = due(secretary, &waiting);
    let (done, said) = town.run(&["admin", "create", "berat", "besa@example.al"]);
    assert!(done, "{said}");
    let berat = submit(&town, "berat", 3);
    let of_berat = || {
        let query = format!("SELECT due_on AS line FROM concerns WHERE id = '{berat}'");
        lines(&mut open(&town), &query)
    };
    let of_berat_before = of_berat();
    move_to(secretary, &answered, json!({"to": "in_review"})).expect(200);
    police
        .post(&format!("/concerns/{answered}/answers"))
        .json(json!({"verdict": "not_possible", "text": "Këtë vit nuk ka fonde për ndriçimin."}))
        .send()
        .expect(200);
    // Days for the answer count for what comes later only.
    let change = json!({"answer_days": 3});
    administrator
        .patch(SETTINGS)
        .json(change)
        .send()
        .expect(200);
    let weekend = [Weekday::Sat, Weekday::Sun];
    let kept = observed(administrator);
    let own = holiday
        .iter_days()
        .find(|on| !kept.contains(on) && !weekend.contains(&on.weekday()))
        .unwrap();
    let added = administrator
        .post("/municipalities/elbasan/holidays")
        .json(json!({"on": own, "name_sq": "Dita e qytetit", "name_en": "The town's day"}))
        .send()
        .expect(201);
    assert!(added["own"] == true && added["observed"] == true, "{added}");
    let later = due_on(town.clock().today(), 10, &observed(administrator));
    assert!(later > before, "control");
    assert_eq!(due(secretary, &waiting), later);
    assert_eq!(due(secretary, &answered), before, "it was answered");
    assert_eq!(of_berat(), of_berat_before, "it is another municipality's");
    let gone = format!(
        "/municipalities/elbasan/holidays/{}",
        added["id"].as_str().unwrap()
    );
    assert_eq!(administrator.delete(&gone).status, 204);
    assert_eq!(due(secretary, &waiting), before);
}

#[test]
fn only_a_holiday_of_the_country_can_be_worked_on() {
    let (_town, council, holiday) = on_the_eve_of_a_holiday();
    let kept = observed(&council.administrator);
    let other = holiday.iter_days().find(|on| !kept.contains(on)).unwrap();
    assert_eq!(set_works(&council.administrator, other, true), 404);
    let no_day = "/municipalities/elbasan/working-days/tomorrow";
    council.administrator.put(no_day).refused(404, "not_found");
    assert_eq!(set_works(&council.secretary, holiday, true), 403);
}

#[test]
fn the_end_of_the_holidays_is_said_and_warned_of_in_time() {
    let mut town = Town::start();
    let until = day(&town.administrator().get(SETTINGS)["holidays_until"]);
    let today = town.clock().today();
    let warned = |town: &Town| town.log().contains("the table of holidays ends");
    for (before, warns) in [(61, false), (59, true)] {
        let shift = until - TimeDelta::days(before) - today;
        town.move_clock(shift.num_seconds());
        town.kill_and_restart();
        town.resident(&format!("arta{before}"));
        if warns {
            wait_until("the end is warned of", || warned(&town));
        }
        assert_eq!(warned(&town), warns, "{before} days before");
    }
}

#[test]
fn a_store_made_before_a_year_was_known_learns_its_holidays() {
    let mut town = Town::start();
    let all = "SELECT on_day || ' ' || name_sq AS line FROM holidays ORDER BY on_day, id";
    let count = lines(&mut open(&town), all).len();
    open(&town)
        .batch_execute("DELETE FROM holidays WHERE on_day >= '2028-01-01'")
        .unwrap();
    let before = lines(&mut open(&town), all).len();
    assert!(before < count, "control");
    town.kill_and_restart();
    assert_eq!(lines(&mut open(&town), all).len(), count);
}
