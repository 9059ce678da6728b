use serde_json::json;

use crate::harness::council::{Council, council, move_to, step, town_with_a_public_concern};
use crate::harness::database::dump;
use crate::harness::town::wait_until;
use crate::harness::{Person, PushService, Town};

#[test]
fn what_people_read_is_never_merged_into_what_nobody_can_read() {
    let (town, council, public) = town_with_a_public_concern();
    let (waiting, _) = town
        .visitor()
        .submit_anonymously("Rruga e fshatit pa drita");
    // Approved, and still waiting for company or for the morning.
    move_to(&council.secretary, &waiting, json!({"to": "published"})).expect(200);
    let refused = move_to(
        &council.secretary,
        &public,
        json!({"to": "merged", "into": waiting}),
    );
    assert_eq!(refused["fields"][0]["code"], "not_published");
    town.visitor()
        .get(&format!("/concerns/{public}"))
        .expect(200);
}

#[test]
fn what_leaves_the_public_side_takes_along_what_was_merged_into_it() {
    let town = Town::start();
    let author = town.visitor();
    let ids: Vec<String> = (0..3)
        .map(|_| author.submit_anonymously("Rruga pa drita").0)
        .collect();
    let council = Council::seat(&town).publish(&town, &[&ids[0], &ids[1], &ids[2]]);
    for (from, into) in [(0, 1), (1, 2)] {
        let body = json!({"to": "merged", "into": ids[into]});
        move_to(&council.secretary, &ids[from], body).expect(200);
    }
    let read = |id: &str| town.visitor().get(&format!("/concerns/{id}")).status;
    assert_eq!(ids.iter().map(|id| read(id)).collect::<Vec<_>>(), [200; 3]);
    move_to(
        &council.secretary,
        &ids[2],
        json!({"to": "referred", "whose": "Policia e Shtetit"}),
    )
    .expect(200);
    assert_eq!(ids.iter().map(|id| read(id)).collect::<Vec<_>>(), [404; 3]);
}

#[test]
fn an_answer_is_owed_anew_when_what_was_done_is_contested() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let author = town.visitor();
    let (id, receipt) = author.submit_anonymously("Rruga e shkollës pa drita");
    step(
        &secretary,
        &id,
        json!({"to": "published", "reason": "E qartë."}),
    )
    .expect(200);
    let work = json!({"to": "in_progress", "reason": "Nisi puna.", "lead": "municipality"});
    step(&secretary, &id, work).expect(200);
    secretary
        .post(&format!("/concerns/{id}/answers"))
        .json(json!({"verdict": "done", "text": "U ndërruan të gjitha llambat."}))
        .send()
        .expect(200);
    step(
        &secretary,
        &id,
        json!({"to": "done", "reason": "U ndezën."}),
    )
    .expect(200);
    let first = secretary.get(&format!("/desk/concerns/{id}")).expect(200);
    town.move_clock(40 * 86_400);
    wait_until("it is public", || {
        town.visitor().get(&format!("/concerns/{id}")).status == 200
    });
    author
        .post("/receipts/contests")
        .json(json!({"receipt": receipt, "reason": "Dy llamba nuk ndizen ende."}))
        .send()
        .expect(200);
    town.move_clock(41 * 86_400);
    wait_until("it is reopened", || {
        town.visitor().get(&format!("/concerns/{id}"))["status"] == "reopened"
    });
    let secretary = town.resident_again(secretary, "municipality.secretary");
    let page = secretary.get(&format!("/desk/concerns/{id}")).expect(200);
    assert_eq!(page["verdict"], json!(null));
    assert!(page["due_on"].as_str() > first["due_on"].as_str());
    assert_eq!(page["overdue"], false);
    let queue = secretary
        .get("/municipalities/elbasan/desk/concerns")
        .expect(200);
    assert_eq!(queue["items"][0]["id"], json!(id));
}

#[test]
fn of_what_was_referred_only_a_count_remains() {
    let (town, council, id) = town_with_a_public_concern();
    let note = json!({"text": "KANARINE-SHENIM", "visibility": "members"});
    let about = |what: &str| council.secretary.post(&format!("/concerns/{id}/{what}"));
    about("notes").json(note).send().expect(200);
    about("messages")
        .json(json!({"text": "KANARINE-MESAZH"}))
        .send()
        .expect(200);
    let body = json!({"to": "referred", "whose": "Qendra e koordinimit"});
    move_to(&council.secretary, &id, body).expect(200);
    for person in [&council.secretary, &council.police] {
        person
            .get(&format!("/desk/concerns/{id}"))
            .refused(404, "concern_unknown");
        let queue = person
            .get("/municipalities/elbasan/desk/concerns?status=referred")
            .expect(200);
        assert_eq!(queue["items"], json!([]));
        assert_eq!(queue["counts"]["referred"], 1);
    }
    for (table, rows) in dump(&town) {
        for words in ["KANARINE", "Rruga e shkollës", "në errësirë"] {
            assert!(
                !rows.iter().any(|row| row.contains(words)),
                "{words} in {table}"
            );
        }
    }
}

#[test]
fn only_an_answer_that_says_so_proves_that_something_is_done() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let (id, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    step(
        &secretary,
        &id,
        json!({"to": "published", "reason": "E qartë."}),
    )
    .expect(200);
    let work = json!({"to": "in_progress", "reason": "Nisi puna.", "lead": "municipality"});
    step(&secretary, &id, work).expect(200);
    let answer = |body: serde_json::Value| {
        let path = format!("/concerns/{id}/answers");
        secretary.post(&path).json(body).send().expect(200)
    };
    answer(json!({"verdict": "not_possible", "text": "Këtë vit nuk ka fonde."}));
    let done = json!({"to": "done", "reason": "U ndezën."});
    step(&secretary, &id, done.clone()).refused(409, "move_refused");
    answer(json!({"verdict": "done", "text": "U ndërruan të gjitha llambat."}));
    step(&secretary, &id, done).expect(200);
}

fn submit_by_name(person: &Person, title: &str) -> String {
    let body = json!({
        "topic": "lighting", "title": title, "text": "Prej dy javësh pa drita.",
        "identity": "display", "display_name": "Banori",
    });
    let path = "/municipalities/elbasan/concerns";
    let answer = person.post(path).json(body).send().expect(201);
    answer["id"].as_str().unwrap().to_owned()
}

fn kinds(person: &Person) -> Vec<String> {
    let inbox = person.get("/me/inbox").expect(200);
    let items = inbox["items"].as_array().unwrap().iter();
    items
        .map(|item| item["kind"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn whoever_wrote_what_was_merged_hears_what_becomes_of_it() {
    let town = Town::start_with(&[("TREKENDESH_ALLOW_LOOPBACK_PUSH", "true")]);
    let (_, secretary, police) = council(&town);
    let (arta, besa) = (town.resident("arta"), town.resident("besa"));
    let kept = submit_by_name(&arta, "Rruga e shkollës pa drita");
    let part = submit_by_name(&besa, "Errësirë te shkolla");
    let (unsigned, receipt) = town.visitor().submit_anonymously("Llambat te shkolla");
    let service = PushService::start(&town);
    let browser = service.browser("a");
    let follow = json!([{"kind": "thread", "receipt": receipt}]);
    let subscription = browser.subscription(follow);
    town.visitor()
        .post("/push/subscriptions")
        .json(subscription)
        .send()
        .expect(200);
    move_to(&secretary, &kept, json!({"to": "published"})).expect(200);
    for id in [&part, &unsigned] {
        move_to(&secretary, id, json!({"to": "merged", "into": kept})).expect(200);
    }
    wait_until("the merge is told", || !kinds(&besa).is_empty());
    let before = service.read_by(&browser).len();
    let answer = json!({"verdict": "not_possible", "text": "Ndriçimi është punë e bashkisë."});
    police
        .post(&format!("/concerns/{kept}/answers"))
        .json(answer)
        .send()
        .expect(200);
    wait_until("the author of the part hears of the answer", || {
        kinds(&besa).contains(&"answered".to_owned())
    });
    service.wait_for(&browser, before + 1);
}

#[test]
fn whoever_follows_hears_that_it_left_and_nothing_more() {
    let (town, council, id) = town_with_a_public_concern();
    let arta = town.resident("arta");
    arta.put(&format!("/concerns/{id}/follow")).expect(200);
    let body = json!({"to": "referred", "whose": "Qendra e koordinimit"});
    move_to(&council.secretary, &id, body).expect(200);
    wait_until("it is told", || kinds(&arta) == ["referred"]);
    let inbox = arta.get("/me/inbox").expect(200);
    assert_eq!(inbox["items"][0]["title"], "");
    assert_eq!(inbox["items"][0]["concern"], json!(null));
}
