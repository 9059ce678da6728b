//! Clocks: one that jumps by an hour, and the two nights of the year on which Albania's does.

use std::thread;
use std::time::Duration;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc, Weekday};
use chrono_tz::Europe::Tirane;
use serde_json::json;
use trekendesh::notices::preferences::Quiet;
use trekendesh::platform::clock::next_hour_of_day;

use crate::harness::council::{move_to, with_a_public_concern};
use crate::harness::database::{number, open};
use crate::harness::town::wait_until;
use crate::harness::{Answer, Council, Person, Town, unharmed};
use crate::soak::Crowd;

const HOUR: i64 = 3600;
/// The day after the first, on which the concern of the tests became public, in seconds.
const NEXT_DAY: i64 = 26 * HOUR;

/// A session of another hour is over, or not begun.
fn patient_with_sessions(answer: &Answer) -> bool {
    answer.status == 401 && answer["code"] == "session_expired"
}

fn small_town() -> (Town, Council, String) {
    with_a_public_concern(Town::start_with(&[("TREKENDESH_PROOF_AFTER", "1000000")]))
}

/// Whatever hour it is said to be while people write, each of their writes is there once.
#[test]
fn a_clock_that_jumps_by_an_hour_while_people_write_loses_and_doubles_nothing() {
    let (mut town, council, public) = small_town();
    let mut crowd = Crowd::new(&council, &public, 4);
    crowd.round(&mut town, patient_with_sessions, |town, progress| {
        for jump in [HOUR, 0, -HOUR, 0, HOUR, 0] {
            town.move_clock(NEXT_DAY + jump);
            thread::sleep(Duration::from_millis(300));
        }
        let before = progress.acknowledged();
        wait_until("all of them write again", || {
            progress.acknowledged() > before + 40
        });
    });
    crowd.finish(&town);
}

/// Who follows is told of each step once, and whoever wants to come in does, at each hour that a clock
/// jumps to.
#[test]
fn a_clock_that_jumps_by_an_hour_shuts_nobody_out_and_tells_everybody_once() {
    let (town, _, public) = small_town();
    let arta = town.resident("arta");
    arta.put(&format!("/concerns/{public}/follow")).expect(200);
    let mail = "SELECT count(*) AS number FROM outbox WHERE kind IN ('mail', 'tell')";
    let steps = [(HOUR, "prioritised"), (0, "in_progress"), (-HOUR, "done")];
    for (told, (jump, to)) in (1..).zip(steps) {
        town.move_clock(NEXT_DAY + jump);
        let before = town.smtp.count("arta@example.al");
        let secretary = Person::sign_in(&town, "municipality.secretary");
        let step = match to {
            "done" => {
                let verdict = json!({"verdict": "done", "text": "Dritat punojnë përsëri."});
                let answers = secretary.post(&format!("/concerns/{public}/answers"));
                answers.json(verdict).send()
            }
            _ => move_to(&secretary, &public, json!({"to": to, "lead": "police"})),
        };
        step.expect(200);
        town.smtp.wait_for("arta@example.al", before);
        wait_until("nothing waits", || number(&mut open(&town), mail) == 0);
        let arta = Person::sign_in(&town, "arta");
        assert_eq!(arta.get("/me/inbox")["unread"], told);
        unharmed(&town);
    }
}

/// What failed at an hour that then did not exist is tried again when that hour comes.
#[test]
fn a_letter_that_waited_when_the_clock_was_set_back_goes_out_once() {
    let town = Town::start();
    town.smtp.set_busy(true);
    town.move_clock(HOUR);
    let request = town.visitor().post("/sign-in/codes");
    request
        .json(json!({"email": "arta@example.al"}))
        .send()
        .expect(202);
    let tried = "SELECT count(*) AS number FROM outbox WHERE kind = 'mail' AND attempts > 0";
    wait_until("it is tried", || number(&mut open(&town), tried) == 1);
    thread::sleep(Duration::from_millis(200));
    town.move_clock(0);
    town.smtp.set_busy(false);
    // Meanwhile another code comes at once.
    Person::sign_in(&town, "arta");
    town.move_clock(HOUR + 60);
    wait_until("it is settled", || number(&mut open(&town), tried) == 0);
    assert_eq!(town.smtp.count("arta@example.al"), 2);
}

/// The next night, from a day on, before whose morning the clocks are changed: the last Sunday of a month.
fn change(from: DateTime<Utc>, month: u32) -> NaiveDate {
    let year = from.year() + i32::from(from.month() >= month);
    let end = NaiveDate::from_ymd_opt(year, month, 31).unwrap();
    let back = end.weekday().days_since(Weekday::Sun);
    end - Days::new(u64::from(back))
}

/// A moment by Albania's clocks.
fn at(day: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let local = day.and_hms_opt(hour, minute, 0).unwrap();
    local.and_local_timezone(Tirane).unwrap().to_utc()
}

/// In both nights every hour that somebody waits for comes within a day and an hour, and is that hour,
/// or the one after where it is left out.
#[test]
fn every_hour_of_the_day_comes_also_in_the_nights_that_have_more_or_fewer() {
    let now = at(NaiveDate::from_ymd_opt(2026, 11, 25).unwrap(), 12, 0);
    for month in [3, 10] {
        let sunday = change(now, month);
        let noon = at(sunday.pred_opt().unwrap(), 12, 0);
        for minute in 0..48 * 60 {
            let moment = noon + TimeDelta::minutes(minute);
            for hour in 0..24 {
                let next = next_hour_of_day(moment, hour);
                let wait = next - moment;
                assert!(
                    wait > TimeDelta::zero() && wait <= TimeDelta::hours(25),
                    "{hour} o'clock after {moment}: {next}"
                );
                let shown = next.with_timezone(&Tirane);
                let left_out = month == 3 && hour == 2 && shown.date_naive() == sunday;
                let wanted = if left_out { 3 } else { hour };
                assert_eq!((shown.hour(), shown.minute()), (wanted, 0), "{moment}");
            }
            let quiet = Quiet { from: 22, until: 2 };
            assert!(
                quiet.wakes_at(moment) - moment <= TimeDelta::hours(5),
                "{moment}"
            );
        }
    }
}

/// What waits for the morning comes out at seven by the clocks on the wall, also on the day that they
/// were changed in the night.
#[test]
fn the_morning_after_a_changed_clock_begins_at_seven() {
    for month in [3, 10] {
        let town = Town::start();
        let (start, sunday) = (town.clock().now(), change(town.clock().now(), month));
        let seconds = |moment: DateTime<Utc>| (moment - start).num_seconds();
        town.move_clock(seconds(at(sunday.pred_opt().unwrap(), 12, 30)));
        let council = Council::seat(&town);
        let (id, receipt) = town.visitor().submit_anonymously("Rruga pa drita");
        move_to(&council.secretary, &id, json!({"to": "published"})).expect(200);
        let is_public = || town.visitor().get(&format!("/concerns/{id}")).status == 200;
        for hour in [1, 3, 6] {
            town.move_clock(seconds(at(sunday, hour, 40)));
            town.wake();
            thread::sleep(Duration::from_millis(400));
            assert!(!is_public(), "{sunday} {hour}:40");
        }
        town.move_clock(seconds(at(sunday, 7, 1)));
        town.wake();
        wait_until("it is public", is_public);
        let open = json!({ "receipt": receipt });
        let thread = town.visitor().post("/receipts/open").json(open).send();
        assert_eq!(thread.expect(200)["concern"]["status"], "published");
        unharmed(&town);
    }
}
