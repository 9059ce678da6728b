use serde_json::{Value, json};

use crate::harness::{Answer, Person, Town};

fn refresh(town: &Town, token: &Value) -> Answer {
    town.visitor()
        .post("/sessions/refresh")
        .json(json!({"refresh_token": token}))
        .send()
}

/// Whether an answer's access token opens the account.
fn opens(town: &Town, session: &Value) -> bool {
    let token = session["access_token"].as_str().unwrap();
    Person::visitor(town).with_token(token).get("/me").status == 200
}

#[test]
fn a_refresh_token_that_comes_again_later_ends_the_session() {
    let town = Town::start();
    let session = Person::session(&town, "arta", "bearer").expect(200);
    let next = refresh(&town, &session["refresh_token"]).expect(200);
    town.move_clock(61);
    assert!(opens(&town, &next), "control");
    refresh(&town, &session["refresh_token"]).refused(401, "session_expired");
    refresh(&town, &next["refresh_token"]).refused(401, "session_expired");
    for copied in [&session, &next] {
        assert!(!opens(&town, copied));
    }
}

#[test]
fn a_token_older_than_the_one_before_ends_the_session_at_once() {
    let town = Town::start();
    let first = Person::session(&town, "arta", "bearer").expect(200);
    let second = refresh(&town, &first["refresh_token"]).expect(200);
    let third = refresh(&town, &second["refresh_token"]).expect(200);
    refresh(&town, &first["refresh_token"]).refused(401, "session_expired");
    refresh(&town, &third["refresh_token"]).refused(401, "session_expired");
}

#[test]
fn tabs_that_refresh_at_the_same_moment_all_stay_signed_in() {
    let town = Town::start();
    let session = Person::session(&town, "arta", "bearer").expect(200);
    let answers: Vec<Value> = std::thread::scope(|scope| {
        let tabs: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| refresh(&town, &session["refresh_token"]).expect(200)))
            .collect();
        tabs.into_iter().map(|tab| tab.join().unwrap()).collect()
    });
    for answer in &answers {
        assert!(opens(&town, answer));
        assert_eq!(
            answer["refresh_token"], answers[0]["refresh_token"],
            "one family"
        );
    }
    town.move_clock(61);
    refresh(&town, &answers[0]["refresh_token"]).expect(200);
}

#[test]
fn a_refresh_whose_answer_was_lost_can_be_asked_again_within_a_minute() {
    let town = Town::start();
    let session = Person::session(&town, "arta", "bearer").expect(200);
    let lost = refresh(&town, &session["refresh_token"]).expect(200);
    town.move_clock(50);
    let found = refresh(&town, &session["refresh_token"]).expect(200);
    assert_eq!(found["refresh_token"], lost["refresh_token"]);
    assert!(opens(&town, &found));
    town.move_clock(120);
    refresh(&town, &found["refresh_token"]).expect(200);
}

/// The value of a cookie that an answer sets.
fn cookie(answer: &Answer, name: &str) -> String {
    let all = answer.headers.get_all("set-cookie");
    let mut lines = all.iter().map(|line| line.to_str().unwrap());
    let line = lines.find(|line| line.starts_with(name)).unwrap();
    line.split(';').next().unwrap().to_owned()
}

#[test]
fn a_browser_refreshes_by_its_cookie_and_is_given_the_next_two() {
    let town = Town::start();
    let signed_in = Person::session(&town, "arta", "cookie");
    let with = |method: &str, path: &str, cookie: &str| {
        town.visitor()
            .request(method, path)
            .header("cookie", cookie)
            .header("origin", &town.address)
            .send()
    };
    town.move_clock(901);
    let before = cookie(&signed_in, "__Host-access");
    with("GET", "/me", &before).refused(401, "session_expired");
    let old = cookie(&signed_in, "__Host-refresh");
    let refreshed = with("POST", "/sessions/refresh", &old);
    assert_eq!(refreshed.status, 200, "{}", refreshed.text());
    assert!(!refreshed.text().contains("_token"), "{}", refreshed.text());
    let access = cookie(&refreshed, "__Host-access");
    let account = with("GET", "/me", &access).expect(200);
    assert_eq!(account["email"], "arta@example.al");
    let next = cookie(&refreshed, "__Host-refresh");
    assert_ne!(next, old);
    assert_eq!(with("POST", "/sessions/refresh", &next).status, 200);
}

#[test]
fn signing_out_everywhere_ends_every_session_at_once() {
    let town = Town::start();
    let phone = town.resident("arta");
    town.move_clock(120);
    let laptop = town.resident("arta");
    assert_eq!(phone.delete("/sessions").status, 204);
    phone.get("/me").refused(401, "session_expired");
    laptop.get("/me").refused(401, "session_expired");
}

#[test]
fn an_access_token_is_good_for_a_quarter_of_an_hour() {
    let town = Town::start();
    let arta = town.resident("arta");
    town.move_clock(899);
    arta.get("/me").expect(200);
    town.move_clock(902);
    arta.get("/me").refused(401, "session_expired");
}

#[test]
fn a_browser_whose_short_cookie_is_gone_is_asked_to_refresh_not_taken_for_a_visitor() {
    let town = Town::start();
    let with_cookie = |path: &str| {
        town.visitor()
            .request("GET", path)
            .header("cookie", "__Host-refresh=0000000000000000.old")
            .send()
    };
    with_cookie("/me").refused(401, "session_expired");
    assert_eq!(with_cookie("/municipalities/elbasan/concerns").status, 200);
    let refreshed = town
        .visitor()
        .post("/sessions/refresh")
        .header("cookie", "__Host-refresh=0000000000000000.old")
        .header("origin", &town.address)
        .send();
    assert!(refreshed.header("set-cookie").contains("Max-Age=0"));
    refreshed.refused(401, "session_expired");
}
