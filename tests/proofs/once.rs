//! Follow-up work is done once, also when two workers take up the same piece because the first took
//! too long; and a crowd of followers is read in pages, with as many queries as a few.

use std::sync::{Arc, Mutex};

use diesel::Connection;
use diesel::connection::InstrumentationEvent;
use serde_json::json;
use trekendesh::concerns::store::{Concern, get_concern, set_concern};
use trekendesh::concerns::submit::{Identity, SubmitConcern, submit};
use trekendesh::concerns::support;
use trekendesh::councils::store::Seat;
use trekendesh::councils::{self, SeatId};
use trekendesh::identity::store::{Session, find_or_insert_account, insert_session};
use trekendesh::identity::viewer::{SignedIn, Viewer};
use trekendesh::identity::{AccountId, SessionId};
use trekendesh::meetings::residents::{self, news};
use trekendesh::meetings::store::Meeting;
use trekendesh::meetings::{self, MeetingId};
use trekendesh::notices::push::{self, delivery, fanout, subscriptions};
use trekendesh::notices::telling::{self, News};
use trekendesh::notices::{desk, inbox, mail, preferences, store};
use trekendesh::platform::app::Unit;
use trekendesh::platform::config::Config;
use trekendesh::platform::outbox::{self, Piece};
use trekendesh::platform::problem::Problem;
use trekendesh::serve;

use crate::harness::Browser;
use crate::harness::people::receipt_of;
use crate::harness::store::Database;

/// Does something in one transaction of a house where no worker runs.
pub fn in_a_house<T: Send + 'static>(
    work: impl FnOnce(&mut Unit<'_>) -> Result<T, Problem> + Clone + Send + 'static,
) -> T {
    let folder = tempfile::tempdir().unwrap();
    let postgres = Database::of_this_run();
    let config = Config {
        data_dir: folder.path().join("data"),
        database_url: postgres.as_ref().map(Database::url),
        ..Config::default()
    };
    actix_web::rt::System::new().block_on(async {
        let app = serve::open(config).await.unwrap();
        app.write(work).await.unwrap()
    })
}

/// Does a piece of work.
type Expand = fn(&mut Unit<'_>, &Piece) -> Result<(), Problem>;

fn pieces(unit: &mut Unit<'_>, kind: &str) -> Vec<Piece> {
    let mut all = outbox::list_all(unit).unwrap();
    all.retain(|piece| piece.kind == kind);
    all
}

fn public_concern(unit: &mut Unit<'_>) -> Result<Concern, Problem> {
    let words = (
        "Rruga e shkollës pa drita",
        "Prej dy javësh rruga është pa drita.",
    );
    let (place, receipt) = (Some("gjinar".to_owned()), Some(receipt_of("once", 1)));
    let kind = Identity::Anonymous;
    let input = SubmitConcern::new("lighting", place, None, words, kind, None, receipt);
    let received = submit(unit, &Viewer::Visitor, "elbasan", input, Vec::new())?;
    let mut row = get_concern(unit, &received.id.parse().unwrap())?;
    row.public_on = Some(unit.today());
    set_concern(unit, &row)?;
    Ok(row)
}

/// Somebody who follows a concern.
fn follower(unit: &mut Unit<'_>, row: &Concern, name: &str) -> Result<AccountId, Problem> {
    let account = find_or_insert_account(unit, &format!("{name}@example.al"), "sq")?.id;
    support::set_follows(unit, &row.id, &account, true)?;
    Ok(account)
}

/// A browser that follows a concern, signed in or not.
fn browser(
    unit: &mut Unit<'_>,
    row: &Concern,
    name: &str,
    account: Option<&AccountId>,
) -> Result<(), Problem> {
    let viewer = match account {
        None => Viewer::Visitor,
        Some(account) => Viewer::Account(SignedIn {
            account: account.clone(),
            session: sign_in(unit, account)?,
        }),
    };
    let browser = Browser::new(name, format!("https://push.example.org/{name}"));
    let body = browser.subscription(json!([{"kind": "concern", "concern": row.id.as_str()}]));
    let body = serde_json::from_value(body).unwrap();
    subscriptions::subscribe(unit, &viewer, false, &body).map(drop)
}

fn sign_in(unit: &mut Unit<'_>, account: &AccountId) -> Result<SessionId, Problem> {
    let session = Session {
        id: SessionId::new(unit.chance)?,
        account_id: account.clone(),
        refresh_mark: String::new(),
        before_mark: None,
        created_at: unit.now.naive_utc(),
        refreshed_at: unit.now.naive_utc(),
        expires_at: (unit.now + chrono::TimeDelta::days(1)).naive_utc(),
    };
    insert_session(unit, &session)?;
    Ok(session.id)
}

/// The queries that some work makes.
fn queries(
    unit: &mut Unit<'_>,
    work: impl FnOnce(&mut Unit<'_>) -> Result<(), Problem>,
) -> Result<Vec<String>, Problem> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = seen.clone();
    unit.conn
        .set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                kept.lock().unwrap().push(query.to_string());
            }
        });
    work(unit)?;
    unit.conn
        .set_instrumentation(|_: InstrumentationEvent<'_>| {});
    Ok(std::mem::take(&mut *seen.lock().unwrap()))
}

#[test]
fn news_taken_up_twice_is_told_once() {
    in_a_house(|unit| {
        let row = public_concern(unit)?;
        let arta = follower(unit, &row, "arta")?;
        browser(unit, &row, "visitor", None)?;
        telling::enqueue(unit, &row, News::Answered)?;
        let told = pieces(unit, telling::KIND).remove(0);
        telling::expand(unit, &told)?;
        telling::expand(unit, &told)?;
        assert_eq!(store::list_notices(unit, &arta)?.len(), 1);
        assert_eq!(pieces(unit, mail::KIND).len(), 1);
        let followers = pieces(unit, fanout::KIND);
        assert_eq!(followers.len(), 1);
        fanout::expand(unit, &followers[0])?;
        fanout::expand(unit, &followers[0])?;
        assert_eq!(pieces(unit, delivery::KIND).len(), 1);
        Ok(())
    });
}

#[test]
fn a_daily_letter_taken_up_twice_takes_no_line_of_the_next_one() {
    in_a_house(|unit| {
        let row = public_concern(unit)?;
        let arta = follower(unit, &row, "arta")?;
        let mut wishes = preferences::get(unit, &arta)?;
        "daily".clone_into(&mut wishes.email);
        preferences::set(unit, &wishes)?;
        let tell = |unit: &mut Unit<'_>| {
            telling::enqueue(unit, &row, News::Answered)?;
            let told = pieces(unit, telling::KIND).remove(0);
            telling::expand(unit, &told)
        };
        tell(unit)?;
        let letter = pieces(unit, inbox::DIGEST).remove(0);
        inbox::write_digest(unit, &letter)?;
        tell(unit)?;
        inbox::write_digest(unit, &letter)?;
        assert_eq!(pieces(unit, mail::KIND).len(), 1);
        let lines = store::list_notices(unit, &arta)?;
        assert_eq!(lines.iter().filter(|line| !line.mailed).count(), 1);
        Ok(())
    });
}

#[test]
fn the_news_of_the_desk_taken_up_twice_is_told_once() {
    in_a_house(|unit| {
        let row = public_concern(unit)?;
        let seat = Seat {
            id: SeatId::new(unit.chance)?,
            municipality_code: row.municipality_code.clone(),
            institution: "municipality".to_owned(),
            role: "secretary".to_owned(),
            title: "Sekretarja".to_owned(),
            chairs: false,
        };
        councils::routes::place(unit, &seat, "sekretaria@example.al")?;
        let news = pieces(unit, desk::KIND);
        assert_eq!(news.len(), 1);
        desk::expand(unit, &news[0])?;
        desk::expand(unit, &news[0])?;
        assert_eq!(pieces(unit, mail::KIND).len(), 1);
        Ok(())
    });
}

/// A hearing in ten days in Elbasan with one place.
fn hearing(unit: &mut Unit<'_>, municipality: &str) -> Result<Meeting, Problem> {
    let starts = unit.now + chrono::TimeDelta::days(10);
    let row = Meeting {
        id: MeetingId::new(unit.chance)?,
        municipality_code: municipality.to_owned(),
        kind: "hearing".to_owned(),
        title: "Ndriçimi dhe rruga e shkollës".to_owned(),
        objective: "Banorët dëgjojnë çfarë bëhet.".to_owned(),
        starts_at: starts.naive_utc(),
        ends_at: (starts + chrono::TimeDelta::hours(2)).naive_utc(),
        place: Some("Salla e njësisë, Gjinar".to_owned()),
        link: None,
        unit: None,
        topic: None,
        accessibility: None,
        announced_on: unit.today(),
        cancelled_on: None,
        version: 0,
        capacity: Some(1),
        taken: 0,
        waiting: 0,
        answers_for: None,
    };
    meetings::store::insert(unit, &row)?;
    Ok(row)
}

/// Those who come to a meeting are told in pages and each once, however often a piece is taken up; what waits
/// to be told names none of them.
#[test]
fn a_crowd_at_a_meeting_is_told_once_and_never_by_name() {
    in_a_house(|unit| {
        let municipality = public_concern(unit)?.municipality_code;
        let seat = Seat {
            id: SeatId::new(unit.chance)?,
            municipality_code: municipality.clone(),
            institution: "police".to_owned(),
            role: "member".to_owned(),
            title: "Komandanti".to_owned(),
            chairs: false,
        };
        councils::routes::place(unit, &seat, "policia@example.al")?;
        let police = find_or_insert_account(unit, "policia@example.al", "sq")?.id;
        let id = hearing(unit, &municipality)?.id;
        residents::take(unit, &Viewer::Visitor, Some("a phone"), &id)?;
        let mut crowd = Vec::new();
        for number in 0..450 {
            let email = format!("banor-{number}@example.al");
            let account = find_or_insert_account(unit, &email, "sq")?.id;
            let session = sign_in(unit, &account)?;
            let viewer = Viewer::Account(SignedIn {
                account: account.clone(),
                session,
            });
            residents::take(unit, &viewer, None, &id)?;
            crowd.push(account);
        }
        let mut row = meetings::store::get(unit, &id)?;
        assert_eq!((row.taken, row.waiting), (1, 450));
        row.capacity = None;
        residents::move_up(unit, &mut row)?;
        meetings::store::set(unit, &row)?;
        let told = |unit: &mut Unit<'_>, kind, expand: Expand| {
            let mut pages = 0;
            while let Some(piece) = pieces(unit, kind).pop() {
                let named = crowd.iter().any(|who| piece.payload.contains(who.as_str()));
                assert!(!named, "{}", piece.payload);
                expand(unit, &piece)?;
                expand(unit, &piece)?;
                pages += 1;
            }
            Ok::<_, Problem>(pages)
        };
        assert_eq!(told(unit, news::KIND, news::expand)?, 3);
        for account in &crowd {
            assert_eq!(store::list_notices(unit, account)?.len(), 1);
        }
        push::meetings::enqueue(unit, &row, push::meetings::Turn::Cancelled)?;
        assert_eq!(told(unit, push::meetings::KIND, push::meetings::expand)?, 1);
        assert_eq!(told(unit, news::GUESTS, news::expand_guests)?, 3);
        for account in &crowd {
            assert_eq!(store::list_notices(unit, account)?.len(), 2);
        }
        assert_eq!(store::list_notices(unit, &police)?.len(), 1);
        Ok(())
    });
}

#[test]
fn a_crowd_is_told_in_pages_and_each_of_it_once() {
    in_a_house(|unit| {
        let mut row = public_concern(unit)?;
        let mut crowd = Vec::new();
        for number in 0..450 {
            crowd.push(follower(unit, &row, &format!("banor-{number}"))?);
        }
        // The author follows too, and stands somewhere in the middle.
        crowd.sort();
        "display".clone_into(&mut row.author_kind);
        row.author_name = Some("Arta".to_owned());
        row.account_id = Some(crowd[225].clone());
        set_concern(unit, &row)?;
        telling::enqueue(unit, &row, News::Answered)?;
        let mut pages = 0;
        while let Some(told) = pieces(unit, telling::KIND).pop() {
            pages += 1;
            let made = queries(unit, |unit| telling::expand(unit, &told))?;
            let mut reads = made.iter().filter(|query| query.contains("FROM `follows`"));
            assert!(reads.all(|query| query.contains("LIMIT")), "{made:?}");
        }
        assert_eq!(pages, 3);
        for account in &crowd {
            assert_eq!(store::list_notices(unit, account)?.len(), 1);
        }
        Ok(())
    });
}

/// How many queries it takes to find the devices of so many followers, each with an account.
fn queries_for(crowd: u32) -> usize {
    in_a_house(move |unit| {
        let row = public_concern(unit)?;
        for number in 0..crowd {
            let name = format!("banor-{number}");
            let account = find_or_insert_account(unit, &format!("{name}@example.al"), "sq")?.id;
            browser(unit, &row, &name, Some(&account))?;
        }
        fanout::enqueue(unit, &row, News::Answered)?;
        let followers = pieces(unit, fanout::KIND).remove(0);
        let made = queries(unit, |unit| fanout::expand(unit, &followers))?;
        let pushes = pieces(unit, delivery::KIND);
        assert_eq!(pushes.len(), 1, "control: they hear of it");
        Ok(made.len())
    })
}

#[test]
fn a_crowd_of_devices_takes_as_many_queries_as_a_few() {
    assert_eq!(queries_for(4), queries_for(60));
}
