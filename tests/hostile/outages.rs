//! What is out of order for days loses nothing: neither letters nor news nor what waits for its morning.

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use serde_json::json;
use trekendesh::platform::conn::Conn;

use crate::harness::council::{move_to, town_with_a_public_concern};
use crate::harness::database::{number, open};
use crate::harness::town::wait_until;
use crate::harness::{Council, Person, Town, unharmed};

/// Four hours, in seconds.
const STEP: i64 = 4 * 3600;

fn attempts(town: &Town, kind: &str) -> i64 {
    let query =
        format!("SELECT coalesce(max(attempts), -1) AS number FROM outbox WHERE kind = '{kind}'");
    number(&mut open(town), &query)
}

fn waiting(town: &Town, kind: &str) -> i64 {
    let query = format!("SELECT count(*) AS number FROM outbox WHERE kind = '{kind}'");
    number(&mut open(town), &query)
}

/// Lets three days pass, from `since` the start, in which everything of these kinds is tried in vain
/// time and again; when that is, from the start.
fn three_days(town: &Town, since: i64, kinds: &[&str]) -> i64 {
    let mut now = since;
    while now < since + 3 * 86_400 {
        now += STEP;
        let tries = || kinds.iter().map(|kind| attempts(town, kind));
        let before: Vec<i64> = tries().collect();
        wait_until("everything is tried again", || {
            // What was put off a moment ago by the new clock needs a little more time.
            now += 60;
            town.move_clock(now);
            town.wake();
            tries().zip(&before).all(|(tries, before)| tries > *before)
        });
    }
    now
}

/// Letters that are put off for more than so many minutes, so that nobody has them in hand.
fn put_off(town: &Town, minutes: i64) -> i64 {
    let after = town.clock().now() + TimeDelta::minutes(minutes);
    let after = after.format("%Y-%m-%d %H:%M:%S");
    let query =
        format!("SELECT count(*) AS number FROM outbox WHERE kind = 'mail' AND due_at > '{after}'");
    number(&mut open(town), &query)
}

/// A public concern that Arta follows, and the council on the day after the first.
fn followed() -> (Town, Council, String, Person) {
    let (town, council, id) = town_with_a_public_concern();
    let arta = town.resident("arta");
    arta.put(&format!("/concerns/{id}/follow")).expect(200);
    (town, council, id, arta)
}

/// T-SMTP-01: a mail server that is out of order over a weekend.
#[test]
fn a_mail_server_that_is_away_for_three_days_loses_no_letter() {
    let (town, council, id, _) = followed();
    let before = town.smtp.count("arta@example.al");
    town.smtp.set_busy(true);
    move_to(&council.secretary, &id, json!({"to": "prioritised"})).expect(200);
    wait_until("it is tried", || attempts(&town, "mail") > 0);
    let now = three_days(&town, 26 * 3600, &["mail"]);
    assert_eq!(town.smtp.count("arta@example.al"), before, "control");
    // A clock that jumps over the lease of a letter in hand would send it twice.
    wait_until("nobody has it in hand", || put_off(&town, 4) == 1);
    town.smtp.set_busy(false);
    town.move_clock(now + 3700);
    let letter = town.smtp.wait_for("arta@example.al", before);
    assert!(letter.body.contains("hap të ri"), "{}", letter.body);
    wait_until("it is settled", || waiting(&town, "mail") == 0);
    assert_eq!(town.smtp.count("arta@example.al"), before + 1);
    unharmed(&town);
}

/// An operator who names no mail server for some days loses no letter, and no attempt is counted; a
/// letter of last week is news no more.
#[test]
fn a_letter_waits_for_a_mail_server_to_be_named_but_not_for_ever() {
    let (mut town, council, id, _) = followed();
    let before = town.smtp.count("arta@example.al");
    town.smtp.set_busy(true);
    move_to(&council.secretary, &id, json!({"to": "prioritised"})).expect(200);
    wait_until("it is tried", || attempts(&town, "mail") > 0);
    town.set("TREKENDESH_SMTP_URL", "");
    town.kill_and_restart();
    let (day, mut now) = (86_400, 26 * 3600);
    for _ in 0..18 {
        now += STEP;
        town.move_clock(now);
        town.wake();
        wait_until("it was looked at and put off", || put_off(&town, 4) == 1);
    }
    assert_eq!(attempts(&town, "mail"), 1, "no attempt was made");
    town.smtp.set_busy(false);
    let url = format!("smtp://{}", town.smtp.address);
    town.set("TREKENDESH_SMTP_URL", &url);
    town.move_clock(now + 400);
    town.kill_and_restart();
    town.smtp.wait_for("arta@example.al", before);
    wait_until("it is settled", || waiting(&town, "mail") == 0);

    town.smtp.set_busy(true);
    let request = town.visitor().post("/sign-in/codes");
    request
        .json(json!({"email": "besa@example.al"}))
        .send()
        .expect(202);
    let secretary = {
        town.smtp.set_busy(false);
        Person::sign_in(&town, "municipality.secretary")
    };
    let before = town.smtp.count("arta@example.al");
    town.smtp.set_busy(true);
    move_to(
        &secretary,
        &id,
        json!({"to": "declined", "legal_ground": "Ligji 139/2015"}),
    )
    .expect(200);
    wait_until("it is tried", || attempts(&town, "mail") > 0);
    town.move_clock(now + 8 * day);
    wait_until("it is given up", || waiting(&town, "mail") == 0);
    assert_eq!(town.smtp.count("arta@example.al"), before);
    unharmed(&town);
}

/// Lets the store refuse lines of inboxes, and concerns that come out later than the day they came.
fn refuse_some_rows(town: &Town) {
    let mut file = open(town);
    let triggers = match file {
        Conn::Sqlite(_) => {
            "CREATE TRIGGER no_line BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'no'); END;
             CREATE TRIGGER no_mark BEFORE UPDATE ON inbox BEGIN SELECT RAISE(ABORT, 'no'); END;
             CREATE TRIGGER no_day BEFORE UPDATE ON concerns WHEN NEW.public_on > OLD.received_on
               AND OLD.public_on IS NULL BEGIN SELECT RAISE(ABORT, 'no'); END;"
        }
        Conn::Postgres(_) => {
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
               AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
             CREATE TRIGGER no_line BEFORE INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION refuse();
             CREATE TRIGGER no_mark BEFORE UPDATE ON inbox FOR EACH ROW EXECUTE FUNCTION refuse();
             CREATE TRIGGER no_day BEFORE UPDATE ON concerns FOR EACH ROW
               WHEN (NEW.public_on > OLD.received_on AND OLD.public_on IS NULL)
               EXECUTE FUNCTION refuse();"
        }
    };
    file.batch_execute(triggers).unwrap();
}

fn refuse_no_more(town: &Town) {
    let mut file = open(town);
    let triggers = match file {
        Conn::Sqlite(_) => "DROP TRIGGER no_line; DROP TRIGGER no_mark; DROP TRIGGER no_day;",
        Conn::Postgres(_) => "DROP FUNCTION refuse CASCADE",
    };
    file.batch_execute(triggers).unwrap();
}

/// A store that refuses one kind of row for days, as it might after a bad upgrade, delays the news,
/// the daily letter and what waits for the morning, and loses none of them.
#[test]
fn news_the_daily_letter_and_the_morning_wait_for_as_long_as_it_takes() {
    let (town, council, id, arta) = followed();
    let daily = arta
        .patch("/me/preferences")
        .json(json!({"email": "daily"}));
    daily.send().expect(200);
    let letters = town.smtp.count("arta@example.al");
    move_to(&council.secretary, &id, json!({"to": "prioritised"})).expect(200);
    wait_until("the daily letter is planned", || {
        waiting(&town, "digest") == 1
    });
    let (other, _) = town.visitor().submit_anonymously("Kanali pa kapak");
    refuse_some_rows(&town);
    let approved = json!({"to": "published"});
    move_to(&council.secretary, &other, approved).expect(200);
    let work = json!({"to": "in_progress", "lead": "municipality"});
    move_to(&council.secretary, &id, work).expect(200);
    wait_until("the news is tried", || attempts(&town, "tell") > 0);
    // The morning and the evening that the others wait for come first.
    town.move_clock(50 * 3600);
    for kind in ["digest", "daily batch"] {
        wait_until(kind, || attempts(&town, kind) > 0);
    }
    let now = three_days(&town, 50 * 3600, &["tell", "digest", "daily batch"]);
    refuse_no_more(&town);
    town.move_clock(now + 3700);
    wait_until("the morning publishes", || {
        town.visitor().get(&format!("/concerns/{other}")).status == 200
    });
    town.smtp.wait_for("arta@example.al", letters);
    let arta = Person::sign_in(&town, "arta");
    wait_until("the inbox has both", || {
        arta.get("/me/inbox")["unread"] == 2
    });
    unharmed(&town);
}
