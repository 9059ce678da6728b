//! Crowds: a school room takes part, a flood is asked to work, and whoever is elsewhere notices nothing.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::{Value, json};

use crate::harness::council::town_with_a_public_concern;
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::town::wait_until;
use crate::harness::unharmed::refusal;
use crate::harness::{Answer, Council, Person, Town, unharmed};

/// A town where a crowd begins early: two anonymous concerns in a minute, 50 supports.
fn small_town() -> Town {
    Town::start_with(&[
        ("TREKENDESH_PROOF_AFTER", "2"),
        ("TREKENDESH_TRUSTED_PROXIES", "[\"127.0.0.1\"]"),
    ])
}

/// Sends an anonymous concern from a network of its own, with a proof or without.
fn send(town: &Town, slug: &str, unit: Option<&str>, number: u32, proof: &str) -> Answer {
    let mut body = anonymous_concern("Rruga pa drita", &receipt_of(slug, number));
    body["unit"] = json!(unit);
    let address = format!("198.51.{}.7", number % 250);
    town.visitor()
        .post(&format!("/municipalities/{slug}/concerns"))
        .header("x-forwarded-for", &address)
        .header("x-proof", proof)
        .json(body)
        .send()
}

/// The challenge in a refusal.
fn challenge(answer: &Answer) -> String {
    refusal(answer);
    assert_eq!(answer.json["code"], "proof_needed", "{}", answer.text());
    assert_eq!(answer.status, 429);
    answer["work"]["challenge"].as_str().unwrap().to_owned()
}

/// Does the work that a refusal asks for.
pub fn solve(answer: &Answer) -> String {
    let challenge = challenge(answer);
    let bits = usize::try_from(answer["work"]["difficulty"].as_u64().unwrap()).unwrap();
    assert!((16..=20).contains(&bits), "{bits}");
    let is_solution = |proof: &String| {
        let hash = digest(&SHA256, proof.as_bytes());
        let zeros = hash.as_ref().iter().take_while(|byte| **byte == 0).count();
        let next = hash
            .as_ref()
            .get(zeros)
            .map_or(0, |byte| byte.leading_zeros());
        zeros * 8 + usize::try_from(next).unwrap() >= bits
    };
    let mut proofs = (0..).map(|number: u64| format!("{challenge}:{number}"));
    proofs.find(is_solution).unwrap()
}

/// T-RATE-01: a flood over one municipality from many addresses is asked to work; another one is
/// asked nothing and is served as quickly as ever; who works gets through where the flood is.
#[test]
fn a_flood_over_one_municipality_is_asked_to_work_and_leaves_another_alone() {
    let town = Town::start_with(&[("TREKENDESH_TRUSTED_PROXIES", "[\"127.0.0.1\"]")]);
    let (stop, asked, taken) = (AtomicBool::new(false), AtomicU32::new(0), AtomicU32::new(0));
    let flood = |thread: u32| {
        for turn in (0..3_000).take_while(|_| !stop.load(Ordering::Relaxed)) {
            let answer = send(&town, "elbasan", Some("gjinar"), thread * 3_000 + turn, "");
            match answer.status {
                201 => taken.fetch_add(1, Ordering::Relaxed),
                _ => {
                    challenge(&answer);
                    asked.fetch_add(1, Ordering::Relaxed)
                }
            };
        }
    };
    let mut times = std::thread::scope(|scope| {
        for thread in 0..6 {
            scope.spawn(move || flood(thread));
        }
        wait_until("the flood is asked to work", || {
            asked.load(Ordering::Relaxed) > 100
        });
        let berat = town.visitor();
        let times: Vec<Duration> = (0..25)
            .map(|number| {
                let began = Instant::now();
                send(&town, "berat", None, number, "").expect(201);
                berat.get("/municipalities/berat/concerns").expect(200);
                began.elapsed()
            })
            .collect();
        // Somebody in the flooded unit, whose phone does the work.
        let first = send(&town, "elbasan", Some("gjinar"), 90_001, "");
        let again = send(&town, "elbasan", Some("gjinar"), 90_001, &solve(&first));
        // Elsewhere in Elbasan as long as it takes little from all.
        let labinot = send(&town, "elbasan", Some("labinot-fushe"), 90_002, "");
        stop.store(true, Ordering::Relaxed);
        again.expect(201);
        labinot.expect(201);
        times
    });
    // Half of 600 in an hour in one unit, and those who came through side by side.
    let taken = taken.into_inner();
    assert!((300..=306).contains(&taken), "{taken}");
    times.sort();
    assert!(times[23] < Duration::from_secs(1), "{:?}", times[23]);
    unharmed(&town);
}

/// T-POW-01: a proof is good once, for ten minutes, for its municipality and its kind of act.
#[test]
fn a_proof_of_work_opens_nothing_twice_later_or_elsewhere() {
    let town = small_town();
    let crowd = |slug: &str, number| send(&town, slug, None, number, "");
    for slug in ["elbasan", "berat"] {
        crowd(slug, 1).expect(201);
        crowd(slug, 2).expect(201);
    }
    let asked = crowd("elbasan", 3);
    let proof = solve(&asked);
    // Forged: an easier challenge, a longer life, no work at all.
    let bits = format!(".{}.", asked["work"]["difficulty"]);
    let life = proof.split('.').next().unwrap();
    for forged in [
        proof.replacen(&bits, ".0.", 1),
        proof.replacen(life, "ffffffff", 1),
        format!("{}:x", challenge(&asked)),
        challenge(&asked),
        "x".repeat(5_000),
    ] {
        challenge(&send(&town, "elbasan", None, 4, &forged));
    }
    // Another municipality, and one made for another.
    challenge(&send(&town, "berat", None, 3, &proof));
    let foreign = solve(&crowd("berat", 3));
    challenge(&send(&town, "elbasan", None, 3, &foreign));
    send(&town, "elbasan", None, 3, &proof).expect(201);
    // Again: the same, and another solution of the same challenge.
    challenge(&send(&town, "elbasan", None, 4, &proof));
    // Kept for later: over. By then the minute is over too, so the crowd comes once more.
    let kept = solve(&crowd("elbasan", 5));
    town.move_clock(601);
    crowd("elbasan", 6).expect(201);
    crowd("elbasan", 7).expect(201);
    challenge(&send(&town, "elbasan", None, 5, &kept));
    unharmed(&town);
}

/// T-POW-01: the same key under which the work was asked for is good afterwards, for one concern.
#[test]
fn what_was_sent_with_a_proof_is_there_once() {
    let town = small_town();
    let body = anonymous_concern("Rruga pa drita", &receipt_of("worked", 1));
    let send = |proof: &str| {
        let request = town.visitor().post("/municipalities/elbasan/concerns");
        let request = request.header("idempotency-key", "worked-for-0123456789");
        request.header("x-proof", proof).json(body.clone()).send()
    };
    for number in 0..2 {
        self::send(&town, "elbasan", None, number, "").expect(201);
    }
    let first = send(&solve(&send(""))).expect(201);
    let again = send(&solve(&send(""))).expect(201);
    assert_eq!(again, first);
}

/// T-POW-01: noise that brings no proof makes it no harder for those who do.
#[test]
fn noise_makes_nothing_harder() {
    let town = small_town();
    for number in 0..2 {
        send(&town, "elbasan", None, number, "").expect(201);
    }
    let before = send(&town, "elbasan", None, 2, "")["work"]["difficulty"].clone();
    for number in 0..60 {
        challenge(&send(&town, "elbasan", None, number, "x.y.z:1"));
    }
    let after = send(&town, "elbasan", None, 2, "")["work"]["difficulty"].clone();
    assert_eq!(before, after);
}

/// T-RATE-01: a cell from which much comes is asked to work, and no other place of the same council.
#[test]
fn a_cell_from_which_much_comes_is_asked_to_work() {
    let town = Town::start_with(&[("TREKENDESH_PROOF_AFTER", "20")]);
    let send = |lat: f64, number: u32| {
        let mut body = anonymous_concern("Rruga pa drita", &receipt_of("cell", number));
        body["point"] = json!({"lat": lat, "lon": 20.082_468});
        let request = town.visitor().post("/municipalities/elbasan/concerns");
        request.json(body).send()
    };
    for number in 0..10 {
        send(41.113_579, number).expect(201);
    }
    challenge(&send(41.113_579, 10));
    send(41.05, 11).expect(201);
    // What is nowhere is refused for that, and counts for nothing.
    assert_eq!(send(95.0, 12)["fields"][0]["pointer"], "/point");
}

/// Supports a concern from a device of its own.
fn support(town: &Town, id: &str, number: u32, proof: &str) -> Answer {
    let device = format!("{number:026}");
    town.visitor()
        .request("PUT", &format!("/concerns/{id}/support"))
        .header("x-device", &device)
        .header("x-proof", proof)
        .send()
}

/// T-RATE-01: devices that anybody can make up are asked to work when very many come; people with an
/// account are not, and are counted by themselves.
#[test]
fn a_crowd_of_devices_is_asked_to_work_and_residents_are_not() {
    let town = small_town();
    let council = Council::seat(&town);
    let author = town.visitor();
    let (id, _) = author.submit_anonymously("Rruga pa drita");
    let council = council.publish(&town, &[&id]);
    for number in 0..50 {
        support(&town, &id, number, "").expect(200);
    }
    let asked = support(&town, &id, 50, "");
    let proof = solve(&asked);
    // Not good for what it was not asked for.
    for number in 0..2 {
        send(&town, "elbasan", None, number, "").expect(201);
    }
    challenge(&send(&town, "elbasan", None, 3, &proof));
    support(&town, &id, 50, &proof).expect(200);
    challenge(&support(&town, &id, 51, &proof));
    // Whoever brings no device is told so and counts for nothing.
    let request = town.visitor().put(&format!("/concerns/{id}/support"));
    request.refused(400, "device_needed");
    council
        .police
        .put(&format!("/concerns/{id}/support"))
        .expect(200);
    let page = town.visitor().get(&format!("/concerns/{id}")).expect(200);
    assert_eq!(page["support"], json!({"residents": 1, "visitors": 51}));
    unharmed(&town);
}

/// T-RATE-01: one account that presses all the time is told to wait.
#[test]
fn one_account_that_presses_all_the_time_is_told_to_wait() {
    let (town, _, id) = town_with_a_public_concern();
    let arta = town.resident("arta");
    let path = format!("/concerns/{id}/support");
    let press = |number: u32| match number % 2 {
        0 => arta.put(&path),
        _ => arta.delete(&path),
    };
    let statuses: Vec<u16> = (0..601).map(|number| press(number).status).collect();
    assert!(statuses[..600].iter().all(|status| *status == 200));
    press(0).refused(429, "too_many_requests");
    town.resident("besa").put(&path).expect(200);
    unharmed(&town);
}

/// T-RATE-01: a school room: thirty phones behind one address sign in, submit, look, and support what
/// they care for with and without an account, without being asked for anything.
#[test]
fn thirty_phones_behind_one_address_can_all_take_part() {
    let (town, _, id) = town_with_a_public_concern();
    let path = format!("/concerns/{id}/support");
    let began = Instant::now();
    std::thread::scope(|scope| {
        for number in 0..30 {
            let (town, id, path) = (&town, &id, &path);
            scope.spawn(move || {
                let person = Person::sign_in(town, &format!("nx{number}"));
                person.put(path).expect(200);
                for _ in 0..20 {
                    support(town, id, number, "").expect(200);
                }
                let (_, receipt) = town
                    .visitor()
                    .submit_anonymously(&format!("Klasa {number}"));
                for text in ["Faleminderit.", "Edhe një fjalë."] {
                    let body = json!({"receipt": receipt, "text": text});
                    town.visitor()
                        .post("/receipts/messages")
                        .json(body)
                        .send()
                        .expect(201);
                }
            });
        }
    });
    let took = began.elapsed();
    assert!(took < Duration::from_secs(120), "{took:?}");
    let page = town.visitor().get(&format!("/concerns/{id}")).expect(200);
    assert_eq!(page["support"], json!({"residents": 30, "visitors": 30}));
    unharmed(&town);
}

/// T-RATE-01: a receipt writes twenty messages a day, tomorrow again, and a hundred in all.
#[test]
fn a_receipt_writes_so_much_in_a_day() {
    let town = Town::start();
    let (_, receipt) = town.visitor().submit_anonymously("Rruga pa drita");
    let write = || {
        let body = json!({"receipt": receipt, "text": "Edhe një fjalë."});
        town.visitor().post("/receipts/messages").json(body).send()
    };
    for day in 0..5 {
        town.move_clock(day * 86_400);
        for _ in 0..20 {
            write().expect(201);
        }
        let refused = write();
        let last_day = day == 4;
        assert_eq!(refused.status, if last_day { 409 } else { 429 });
        if !last_day {
            let wait: u32 = refused.header("retry-after").parse().unwrap();
            assert!(wait <= 90_000, "{wait}");
        }
    }
    town.move_clock(5 * 86_400);
    write().refused(409, "thread_closed");
    // Mistyped ones are told at once, from however many phones.
    let slip = json!({"receipt": "0000-0000-0000-0000-0000-1"});
    let open = |body: &Value| {
        town.visitor()
            .post("/receipts/open")
            .json(body.clone())
            .send()
    };
    open(&slip).refused(404, "receipt_unknown");
}

/// T-LOAD-02: receipts looked up from one network, 99 of 100 wrong, more of them than a minute of 50 a
/// second: none is refused for its number, and nobody waits.
#[test]
fn very_many_receipts_are_looked_up_from_one_network() {
    let town = Town::start();
    let (_, receipt) = town.visitor().submit_anonymously("Rruga pa drita");
    let look_up = |thread: u32| -> Vec<Duration> {
        let turns = 0..900;
        turns
            .map(|turn| {
                let right = turn % 100 == 0;
                let wrong = receipt_of(&format!("wrong {thread}"), turn);
                let body = json!({"receipt": if right { &receipt } else { &wrong }});
                let began = Instant::now();
                let answer = town.visitor().post("/receipts/open").json(body).send();
                assert_eq!(
                    answer.status,
                    if right { 200 } else { 404 },
                    "{}",
                    answer.text()
                );
                began.elapsed()
            })
            .collect()
    };
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|thread| scope.spawn(move || look_up(thread)))
            .collect();
        threads
            .into_iter()
            .flat_map(|one| one.join().unwrap())
            .collect()
    });
    times.sort();
    let p99 = times[times.len() * 99 / 100];
    // Whoever is made to wait is made to wait for seconds.
    assert!(p99 < Duration::from_secs(1), "{p99:?}");
    unharmed(&town);
}
