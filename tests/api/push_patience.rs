//! A push service in trouble is asked again ever more rarely, for as long as the news is worth it.

use serde_json::json;
use trekendesh::platform::outbox::growing_pause;

use super::push::{followed_thread, subscribe, town, write_to_author};
use trekendesh::platform::conn::Conn;

use crate::harness::database::{lines, number, open};
use crate::harness::people::receipt_of;
use crate::harness::town::{wait_until, wait_up_to};
use crate::harness::{Browser, PushService, Reply, Town, unharmed};

/// In how many seconds the one page that waits is due.
fn due_in(town: &Town) -> i64 {
    let mut file = open(town);
    let seconds = match file {
        Conn::Sqlite(_) => "strftime('%s', due_at)",
        Conn::Postgres(_) => "floor(extract(epoch FROM due_at))",
    };
    let query = format!("SELECT {seconds} AS number FROM outbox WHERE kind = 'push'");
    number(&mut file, &query) - town.clock().now().timestamp()
}

/// The pages that wait, not those on their way.
fn waiting(town: &Town) -> Vec<String> {
    let query = "SELECT payload AS line FROM outbox WHERE kind = 'push' AND attempts = 0";
    lines(&mut open(town), query)
}

#[test]
fn a_service_that_says_in_a_second_each_time_loses_no_push() {
    let town = town();
    let service = PushService::start(&town);
    let browser = service.browser("hasty");
    service.answer(&browser, &vec![Reply::Wait(1); 12]);
    let (id, secretary) = followed_thread(&town, &browser);
    write_to_author(&secretary, &id);
    let mut passed = 0;
    for tries in 0..12 {
        wait_until("it is asked and put off", || {
            service.asked(&browser).len() > usize::try_from(tries).unwrap()
                && waiting(&town).len() == 1
        });
        let pause = growing_pause(tries);
        let due = due_in(&town);
        assert!((pause - 2..=pause + 1).contains(&due), "{tries}: {due}");
        passed += pause + 2;
        town.move_clock(passed);
        town.wake();
    }
    service.wait_for(&browser, 1);
    assert_eq!(service.asked(&browser).len(), 13);
    unharmed(&town);
}

#[test]
fn a_service_that_is_left_alone_counts_no_try() {
    let town = town();
    let service = PushService::start(&town);
    let silent = ["one", "two", "three"].map(|name| service.browser(name));
    let (id, secretary) = followed_thread(&town, &silent[0]);
    let receipt = receipt_of("Rruga e shkollës pa drita", 1);
    for browser in &silent {
        service.answer(browser, &[Reply::Silence]);
        let thread = json!([{"kind": "thread", "receipt": receipt}]);
        subscribe(&town.visitor(), browser, thread);
    }
    write_to_author(&secretary, &id);
    wait_up_to(20, "its silence is taken for an answer", || {
        waiting(&town)
            .iter()
            .any(|page| page.contains("\"tries\":1"))
    });
    town.move_clock(10);
    town.wake();
    wait_until("it is left alone", || {
        waiting(&town).len() == 1 && due_in(&town) > 30
    });
    let pages = waiting(&town);
    assert!(
        pages.iter().all(|page| page.contains("\"tries\":1")),
        "{pages:?}"
    );
    for browser in &silent {
        assert_eq!(service.asked(browser).len(), 1);
    }
    town.move_clock(75);
    town.wake();
    for browser in &silent {
        service.wait_for(browser, 1);
    }
    unharmed(&town);
}

#[test]
fn a_service_that_refuses_connections_is_tried_until_it_is_there() {
    let town = town();
    let address = PushService::nowhere();
    let browser = Browser::new("refused", format!("http://{address}/refused"));
    let (id, secretary) = followed_thread(&town, &browser);
    write_to_author(&secretary, &id);
    let mut passed = 0;
    // After a third silence in a row it would be left alone for a while.
    for tries in 1..=2 {
        town.move_clock(passed);
        town.wake();
        wait_until("it is tried and put off", || {
            let tried = format!("\"tries\":{tries}");
            waiting(&town).iter().any(|page| page.contains(&tried))
        });
        passed += due_in(&town) + 1;
    }
    let service = PushService::start_at(&town, address);
    town.move_clock(passed);
    town.wake();
    service.wait_for(&browser, 1);
    wait_until("nothing waits", || waiting(&town).is_empty());
    assert_eq!(service.asked(&browser).len(), 1);
    unharmed(&town);
}
