use serde_json::{Value, json};

use crate::harness::council::{council, publish, step};
use crate::harness::town::wait_until;
use crate::harness::{Person, Town};

#[test]
fn a_concern_goes_from_the_author_to_an_answer_and_back() {
    let town = Town::start();
    let (_, secretary, police) = council(&town);
    let author = town.visitor();
    let (id, receipt) = author.submit_anonymously("Rruga e shkollës pa drita");
    publish(&town, &secretary, &id);
    let arta = town.resident("arta");
    let supported = arta.put(&format!("/concerns/{id}/support")).expect(200);
    assert_eq!(supported["support"]["residents"], 1);
    let police = town.resident_again(police, "police.member");
    police
        .post(&format!("/concerns/{id}/answers"))
        .json(json!({
            "verdict": "planned", "lead": "police", "due_on": "2030-01-15",
            "text": "Do të patrullojmë çdo mbrëmje deri sa të ndizen dritat.",
        }))
        .send()
        .expect(200);
    let list = town
        .visitor()
        .get("/municipalities/elbasan/concerns")
        .expect(200);
    assert_eq!(list["items"][0]["answered_by"], json!(["police"]));
    let thread = author
        .post("/receipts/open")
        .json(json!({"receipt": receipt}))
        .send()
        .expect(200);
    let last = thread["concern"]["timeline"]
        .as_array()
        .unwrap()
        .last()
        .unwrap();
    assert_eq!(last["kind"], "answer");
    assert_eq!(last["institution"], "police");
    assert_eq!(last["lead"], "police");
    let letter = town.smtp.wait_for("arta@example.al", 1);
    assert!(
        letter.body.contains(&format!("/shqetesime/{id}")),
        "{}",
        letter.body
    );
    assert!(
        letter
            .head
            .contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    );
    let inbox = arta.get("/me/inbox").expect(200);
    assert_eq!(inbox["items"][0]["kind"], "answered");
    assert_eq!(inbox["unread"], 1);
}

#[test]
fn an_anonymous_concern_waits_for_company_or_for_the_morning() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let author = town.visitor();
    let ids: Vec<String> = (1..=3)
        .map(|number| {
            author
                .submit_anonymously(&format!("Shqetësimi numër {number}"))
                .0
        })
        .collect();
    let shown = || town.visitor().get("/municipalities/elbasan/concerns")["total"].clone();
    for id in &ids[..2] {
        step(
            &secretary,
            id,
            json!({"to": "published", "reason": "E qartë."}),
        )
        .expect(200);
    }
    assert_eq!(shown(), 0);
    step(
        &secretary,
        &ids[2],
        json!({"to": "published", "reason": "E qartë."}),
    )
    .expect(200);
    assert_eq!(shown(), 3);
}

#[test]
fn only_the_secretary_triages_and_members_answer_for_their_own() {
    let town = Town::start();
    let (administrator, secretary, police) = council(&town);
    let (id, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    let body = json!({"to": "published", "reason": "E qartë."});
    step(&police, &id, body.clone()).refused(403, "not_allowed");
    step(&administrator, &id, body.clone()).refused(403, "not_allowed");
    step(&town.resident("arta"), &id, body.clone()).refused(404, "concern_unknown");
    step(&town.visitor(), &id, body).refused(401, "sign_in_needed");
    step(&secretary, &id, json!({"to": "done", "reason": "Gati."})).refused(409, "move_refused");
    let missing = step(
        &secretary,
        &id,
        json!({"to": "declined", "reason": "Nuk mundemi."}),
    );
    assert_eq!(missing["fields"][0]["pointer"], "/legal_ground");
}

#[test]
fn the_council_and_an_anonymous_author_write_to_each_other() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let author = town.visitor();
    let (id, receipt) = author.submit_anonymously("Rruga e shkollës pa drita");
    secretary
        .post(&format!("/concerns/{id}/messages"))
        .json(json!({"text": "Cila pjesë e rrugës është pa drita?"}))
        .send()
        .expect(200);
    author
        .post("/receipts/messages")
        .json(json!({"receipt": receipt, "text": "Nga ura deri te shkolla."}))
        .send()
        .expect(201);
    let queue = secretary
        .get("/municipalities/elbasan/desk/concerns")
        .expect(200);
    assert_eq!(queue["items"][0]["new_messages"], true);
    let page = secretary.get(&format!("/desk/concerns/{id}")).expect(200);
    let said: Vec<&str> = page["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| message["from"].as_str().unwrap())
        .collect();
    assert_eq!(said, ["council", "author"]);
}

#[test]
fn a_note_is_read_by_whom_its_visibility_names() {
    let town = Town::start();
    let (_, secretary, police) = council(&town);
    let (id, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    let write = |person: &Person, visibility: &str| {
        person
            .post(&format!("/concerns/{id}/notes"))
            .json(json!({"text": format!("Shënim për {visibility}"), "visibility": visibility}))
            .send()
            .expect(200);
    };
    write(&secretary, "members");
    write(&secretary, "secretariat");
    write(&police, "institution");
    let notes = |person: &Person| -> Vec<String> {
        let page = person.get(&format!("/desk/concerns/{id}")).expect(200);
        let notes = page["notes"].as_array().unwrap().iter();
        notes
            .map(|note| note["visibility"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(notes(&secretary), ["members", "secretariat"]);
    assert_eq!(notes(&police), ["members", "institution"]);
}

#[test]
fn whoever_has_two_seats_acts_from_the_one_that_allows_it() {
    let town = Town::start();
    let (administrator, secretary, _) = council(&town);
    let (id, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    administrator
        .post("/municipalities/elbasan/seats")
        .json(json!({
            "email": "municipality.secretary@example.al", "institution": "municipality",
            "role": "administrator", "title": "Administratore",
        }))
        .send()
        .expect(201);
    secretary.get("/municipalities/elbasan/seats").expect(200);
    secretary.get(&format!("/desk/concerns/{id}")).expect(200);
}

#[test]
fn moving_many_names_what_could_not_move() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let author = town.visitor();
    let (first, _) = author.submit_anonymously("Rruga e shkollës pa drita");
    let answer = secretary
        .post("/municipalities/elbasan/desk/moves")
        .json(json!({
            "ids": [first, "0000000000000000"],
            "move": {"to": "in_review", "reason": "Po e shqyrtojmë."},
        }))
        .send()
        .expect(200);
    assert_eq!(answer["moved"], json!([first]));
    assert_eq!(answer["refused"][0]["code"], "concern_unknown");
}

#[test]
fn what_is_not_answered_in_time_is_overdue() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let (id, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    let overdue = |person: &Person| {
        let list = person
            .get("/municipalities/elbasan/desk/concerns?overdue=true")
            .expect(200);
        list["items"].as_array().unwrap().len()
    };
    assert_eq!(overdue(&secretary), 0);
    town.move_clock(25 * 86_400);
    let secretary = town.resident_again(secretary, "municipality.secretary");
    assert_eq!(overdue(&secretary), 1);
    let page = secretary.get(&format!("/desk/concerns/{id}")).expect(200);
    assert_eq!(page["overdue"], true);
    assert_eq!(page["age_days"], 25);
}

#[test]
fn a_council_keeps_templates_for_its_answers() {
    let town = Town::start();
    let (_, secretary, police) = council(&town);
    let path = "/municipalities/elbasan/answer-templates";
    let template = json!({"title": "Faleminderit", "text": "Faleminderit që na shkruat."});
    let added = secretary
        .post(path)
        .json(template.clone())
        .send()
        .expect(201);
    police
        .post(path)
        .json(template)
        .send()
        .refused(403, "not_allowed");
    assert_eq!(police.get(path)["items"][0]["title"], "Faleminderit");
    let one = format!("{path}/{}", added["id"].as_str().unwrap());
    assert_eq!(secretary.delete(&one).status, 204);
    secretary.delete(&one).refused(404, "template_unknown");
}

#[test]
fn words_are_found_without_their_marks() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let (id, _) = town
        .visitor()
        .submit_anonymously("Shqetësim për ndriçimin e rrugës");
    publish(&town, &secretary, &id);
    let found = |words: &str| {
        let path = format!("/municipalities/elbasan/concerns?q={words}");
        town.visitor().get(&path).expect(200)["total"].clone()
    };
    for words in [
        "shqetesim%20ndricim",
        "SHQETËSIM",
        "ndri%C3%A7imin",
        "rruges",
    ] {
        assert_eq!(found(words), 1, "{words}");
    }
    for words in ["ujësjellës", "%22*(NEAR", "'%20OR%201=1--"] {
        let total = found(words);
        assert!(total == 0 || words != "ujësjellës", "{words}: {total}");
    }
}

#[test]
fn an_author_mends_what_was_returned_and_contests_what_is_not_done() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let author = town.visitor();
    let (id, receipt) = author.submit_anonymously("Rruga e shkollës pa drita");
    let act = |path: &str, mut body: Value| {
        body["receipt"] = json!(receipt);
        author.post(path).json(body).send()
    };
    let mended = json!({"title": "Rruga Sul Papri pa drita", "text": "Nga ura deri te shkolla."});
    act("/receipts/corrections", mended.clone()).refused(409, "move_refused");
    step(
        &secretary,
        &id,
        json!({"to": "returned", "reason": "Cila rrugë?"}),
    )
    .expect(200);
    let thread = act("/receipts/corrections", mended).expect(200);
    assert_eq!(thread["concern"]["status"], "in_review");
    assert_eq!(thread["concern"]["title"], "Rruga Sul Papri pa drita");
    step(
        &secretary,
        &id,
        json!({"to": "published", "reason": "Tani e qartë."}),
    )
    .expect(200);
    let work = json!({"to": "in_progress", "reason": "Nisi puna.", "lead": "municipality"});
    step(&secretary, &id, work).expect(200);
    let done = json!({"to": "done", "reason": "U ndezën."});
    step(&secretary, &id, done.clone()).refused(409, "move_refused");
    secretary
        .post(&format!("/concerns/{id}/answers"))
        .json(json!({"verdict": "done", "text": "U ndërruan të gjitha llambat."}))
        .send()
        .expect(200);
    step(&secretary, &id, done).expect(200);
    let reason = json!({"reason": "Dy llamba nuk ndizen ende."});
    let thread = act("/receipts/contests", reason.clone()).expect(200);
    // Nobody learns when the author wrote: it is reopened with the morning's batch, and the words
    // stay between the author and the council.
    assert_eq!(thread["concern"]["status"], "done");
    assert_eq!(thread["may_contest"], false);
    act("/receipts/contests", reason).refused(409, "move_refused");
    town.next_morning(&[&id]);
    wait_until("it is reopened", || {
        town.visitor().get(&format!("/concerns/{id}"))["status"] == "reopened"
    });
    let page = town.visitor().get(&format!("/concerns/{id}")).expect(200);
    assert!(!page.to_string().contains("Dy llamba"));
    let secretary = town.resident_again(secretary, "municipality.secretary");
    let page = secretary.get(&format!("/desk/concerns/{id}")).expect(200);
    assert_eq!(page["messages"][0]["text"], "Dy llamba nuk ndizen ende.");
}

#[test]
fn a_council_sets_its_deadline_and_its_holidays() {
    let town = Town::start();
    let (administrator, secretary, _) = council(&town);
    let path = "/municipalities/elbasan/settings";
    secretary.get(path).refused(403, "not_allowed");
    let change = |days: i32| {
        administrator
            .patch(path)
            .json(json!({"answer_days": days}))
            .send()
    };
    assert_eq!(change(0)["fields"][0]["pointer"], "/answer_days");
    assert_eq!(change(1).expect(200)["answer_days"], 1);
    let due = || {
        let (id, _) = town
            .visitor()
            .submit_anonymously("Rruga e shkollës pa drita");
        let page = secretary.get(&format!("/desk/concerns/{id}")).expect(200);
        page["due_on"].as_str().unwrap().to_owned()
    };
    let first = due();
    let holiday = administrator
        .post("/municipalities/elbasan/holidays")
        .json(json!({"on": first, "name_sq": "Dita e qytetit", "name_en": "The town's day"}))
        .send()
        .expect(201);
    let id = holiday["id"].as_str().unwrap();
    let receipts_differ = town.visitor();
    receipts_differ.submit_anonymously("Një tjetër rrugë pa drita");
    let list = secretary
        .get("/municipalities/elbasan/desk/concerns?sort=newest")
        .expect(200);
    let later = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .any(|item| item["due_on"] != first.as_str());
    assert!(later, "the holiday puts the deadline off");
    let one = format!("/municipalities/elbasan/holidays/{id}");
    assert_eq!(administrator.delete(&one).status, 204);
    administrator.delete(&one).refused(404, "not_found");
}
