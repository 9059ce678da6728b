//! A youth council asks pupils in their classes, and hears what they answered but never who.

use serde_json::{Value, json};

use crate::harness::polls::{
    POLLS, act, addresses_in, cast, draft, of_scope, open_class, open_for, options, paper,
    paper_of, published, question, room, sheet, slips_in, young,
};
use crate::harness::{Answer, Person, Town, unharmed};

const MINUTE: i64 = 60;

fn results_of_room(person: &Person, code: &str) -> Answer {
    person.get(&format!("/poll-rooms/{code}/results"))
}

#[test]
fn a_slip_gives_one_answer_and_nine_are_hidden_where_ten_are_shown() {
    let town = Town::start();
    let (_, young) = young(&town);
    let poll = published(&young, "school", paper());
    let (code, slips) = open_class(&town, &young, &poll, ("Gjimnazi", "10-B"), 12);
    let (other, theirs) = open_class(&town, &young, &poll, ("Gjimnazi", "11-A"), 10);
    let pupil = town.visitor();
    let room = pupil
        .get(&format!("/poll-rooms/{}", code.to_lowercase()))
        .expect(200);
    assert_eq!(
        (&room["state"], &room["answered"], &room["k"]),
        (&json!("open"), &json!(0), &json!(10))
    );
    for (place, slip) in slips.iter().take(10).enumerate() {
        let answer = if place < 4 { "no" } else { "yes" };
        cast(&pupil, &code, &slip.to_lowercase(), json!({"safe": answer})).expect(201);
    }
    for slip in theirs.iter().take(9) {
        cast(&pupil, &other, slip, json!({"safe": "yes"})).expect(201);
    }
    cast(&pupil, &code, &slips[0], json!({"safe": "yes"})).refused(409, "slip_used");
    cast(&pupil, &code, &theirs[9], json!({"safe": "yes"})).refused(404, "slip_unknown");
    cast(&pupil, &code, "0000-0000", json!({"safe": "yes"})).refused(404, "slip_unknown");
    results_of_room(&pupil, &code).refused(409, "poll_not_closed");
    for code in [&code, &other] {
        young
            .post(&format!("/poll-rooms/{code}/closing"))
            .send()
            .expect(200);
    }
    // Phones that had no network are still awaited, and nothing is shown meanwhile.
    results_of_room(&pupil, &code).refused(409, "poll_not_closed");
    cast(&pupil, &code, &slips[10], json!({"safe": "yes"})).expect(201);
    town.move_clock(6 * MINUTE);
    cast(&pupil, &code, &slips[11], json!({"safe": "yes"})).refused(409, "poll_over");
    let shown = results_of_room(&pupil, &code).expect(200);
    let class = of_scope(&shown, 0, "class");
    assert_eq!(class[0]["n"], 11);
    // 4 and 7 of 11, rounded so far that no figure stands for a single answer.
    let values = json!([{"id": "yes", "percent": 50.0}, {"id": "no", "percent": 50.0}]);
    assert_eq!(class[0]["parts"][0]["values"], values);
    let hidden = results_of_room(&pupil, &other).expect(200);
    assert_eq!(hidden["hands"], 0);
    assert_eq!(
        (&hidden["answered"], &hidden["withheld"]),
        (&json!(9), &json!(9))
    );
    assert_eq!(hidden["questions"][0]["results"], json!([]));
    unharmed(&town);
}

#[test]
fn a_closed_poll_tells_sums_of_which_no_difference_is_a_few() {
    let town = Town::start();
    let (_, young) = young(&town);
    let safe = question(
        "safe",
        "single",
        json!({"options": options(&["yes", "no"])}),
    );
    let sex = question("sex", "single", json!({"options": options(&["f", "m"])}));
    let mut grouped = paper_of(json!([safe, sex]));
    grouped["group_by"] = json!("sex");
    let poll = published(&young, "school", grouped);
    let pupil = town.visitor();
    let sizes = [
        ("A", "1", 12, 12),
        ("A", "2", 10, 4),
        ("B", "1", 11, 11),
        ("B", "2", 10, 5),
        ("C", "1", 10, 0),
    ];
    let mut codes = Vec::new();
    for (school, class, pupils, answer) in sizes {
        let (code, slips) = open_class(&town, &young, &poll, (school, class), pupils);
        for (place, slip) in slips.iter().take(answer).enumerate() {
            let sex = if place % 2 == 0 { "f" } else { "m" };
            cast(&pupil, &code, slip, json!({"safe": "yes", "sex": sex})).expect(201);
        }
        codes.push(code);
    }
    act(&young, &poll, "closing").refused(409, "poll_rooms_open");
    town.move_clock(10 * MINUTE);
    pupil
        .get(&format!("/polls/{poll}/results"))
        .refused(409, "poll_not_closed");
    let closed = act(&young, &poll, "closing").expect(200);
    assert_eq!(
        (&closed["state"], &closed["answered"]),
        (&json!("closed"), &json!(32))
    );
    let results = pupil.get(&format!("/polls/{poll}/results")).expect(200);
    let n = |kind: &str| -> Vec<i64> {
        let shown = of_scope(&results, 0, kind).into_iter();
        shown.map(|result| result["n"].as_i64().unwrap()).collect()
    };
    // The two small classes together are nine: in no sum, neither of their schools nor of all.
    assert_eq!(
        (n("class"), n("school"), n("all")),
        (vec![12, 11], vec![12, 11], vec![23])
    );
    assert_eq!((n("group"), &results["withheld"]), (Vec::new(), &json!(9)));
    // What is told of a class does not change, and its sums are gone.
    let again = results_of_room(&pupil, &codes[0]).expect(200);
    assert_eq!(of_scope(&again, 0, "class")[0]["n"], 12);
    // Neither a class of few nor one where nobody answered is told the sums of others.
    for (code, answered) in [(&codes[1], 4), (&codes[4], 0)] {
        let hidden = results_of_room(&pupil, code).expect(200);
        assert_eq!(
            (&hidden["answered"], &hidden["questions"][0]["results"]),
            (&json!(answered), &json!([]))
        );
    }
    act(&young, &poll, "closing").refused(409, "poll_over");
    unharmed(&town);
}

#[test]
fn the_sheet_has_a_slip_for_everybody_and_a_new_one_voids_the_old() {
    let town = Town::start();
    let (_, young) = young(&town);
    let poll = published(&young, "school", paper());
    let code = room(&young, &poll, "slips", Some(("Gjimnazi", "10-B")), 31);
    open_for(&young, &code, 20).refused(409, "sheet_missing");
    let first = slips_in(&town, &sheet(&young, &code));
    let pdf = sheet(&young, &code);
    let (words, _) = crate::harness::pdf::read_pdf(&town, &pdf);
    for said in [
        "Sa të sigurt ndihemi",
        "Për mësuesin",
        "Gjimnazi, klasa 10-B",
        "116 111",
        &code,
    ] {
        assert!(words.contains(said), "{said} in {words}");
    }
    let addresses = addresses_in(&town, &pdf);
    let slips = slips_in(&town, &pdf);
    let scanned = addresses
        .iter()
        .filter_map(|address| address.split_once('#'));
    let scanned: Vec<&str> = scanned.map(|(_, slip)| slip).collect();
    assert_eq!(scanned, slips, "what a camera reads is what is printed");
    assert_eq!(
        (addresses.len(), slips.len()),
        (32, 31),
        "the class's QR and the slips'"
    );
    for address in &addresses {
        assert!(address.contains(&format!("/klasa/{code}")), "{address}");
    }
    let mut distinct = slips.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 31);
    open_for(&young, &code, 20).expect(200);
    let pupil = town.visitor();
    cast(&pupil, &code, &first[0], json!({"safe": "yes"})).refused(404, "slip_unknown");
    let check = |slip: &str| {
        let path = format!("/poll-rooms/{code}/slips/check");
        pupil.post(&path).json(json!({"slip": slip})).send()
    };
    // To look whether a slip is good uses nothing up: a phone that dies gives it back.
    check(&slips[0]).expect(204);
    check(&slips[0]).expect(204);
    for slip in &slips {
        cast(&pupil, &code, slip, json!({"safe": "yes"})).expect(201);
    }
    check(&slips[0]).refused(409, "slip_used");
    let refused = young.post(&format!("/poll-rooms/{code}/sheet")).send();
    refused.refused(409, "poll_room_opened");
    for slip in &slips {
        let bytes = town.stored_bytes();
        let kept = bytes
            .windows(slip.len())
            .any(|window| window == slip.as_bytes());
        assert!(!kept, "a slip lies in the store");
    }
    unharmed(&town);
}

#[test]
fn what_asks_who_somebody_is_is_not_published_and_says_where() {
    let town = Town::start();
    let (_, young) = young(&town);
    let name = question(
        "who",
        "text",
        json!({"text": {"sq": "Emri dhe mbiemri", "en": null}}),
    );
    let phone = question(
        "tel",
        "text",
        json!({"text": {"sq": "Si të gjejmë?", "en": "Your phone number"}}),
    );
    let register = question(
        "nr",
        "number",
        json!({"text": {"sq": "Numri në regjistër", "en": null}, "max": 40}),
    );
    let fine = question(
        "fine",
        "text",
        json!({"text": {"sq": "Si quhet rruga pa drita?", "en": null}}),
    );
    let poll = draft(
        &young,
        "school",
        paper_of(json!([fine, name, phone, register])),
    );
    let refused = act(&young, &poll, "publication").expect(422);
    let fields = refused["fields"].as_array().unwrap();
    let places: Vec<&str> = fields
        .iter()
        .map(|field| field["pointer"].as_str().unwrap())
        .collect();
    let at = |place: u8| format!("/paper/questions/{place}/text");
    assert_eq!(places, [at(1), at(2), at(3)]);
    assert!(fields.iter().all(|field| field["code"] == "asks_personal"));
    let list = town.visitor().get(POLLS).expect(200);
    assert_eq!(list["items"], json!([]));
    town.visitor()
        .get(&format!("/polls/{poll}"))
        .refused(404, "poll_unknown");
    young.get(&format!("/polls/{poll}")).expect(200);
    unharmed(&town);
}

#[test]
fn the_youth_council_and_the_secretary_make_polls_and_nobody_else() {
    let town = Town::start();
    let (council, young) = young(&town);
    let body = json!({"kind": "school", "year": 2026, "series": null, "paper": paper()});
    for person in [&council.police, &council.administrator] {
        person
            .post(POLLS)
            .json(body.clone())
            .send()
            .refused(403, "not_allowed");
    }
    let mine = draft(&young, "school", paper());
    let theirs = draft(&council.secretary, "survey", paper());
    let desk = young.get("/municipalities/elbasan/desk/polls").expect(200);
    assert_eq!(desk["items"].as_array().unwrap().len(), 2);
    council
        .police
        .get("/municipalities/elbasan/desk/polls")
        .refused(403, "not_allowed");
    council
        .police
        .get(&format!("/polls/{mine}"))
        .refused(404, "poll_unknown");
    act(&council.police, &theirs, "publication").refused(404, "poll_unknown");
    let other = published(&young, "school", paper());
    act(&council.police, &other, "closing").refused(403, "not_allowed");
    // A paper is fixed once it is published.
    act(&young, &mine, "publication").expect(200);
    let change = json!({"kind": "school", "year": 2026, "paper": paper()});
    let path = format!("/polls/{mine}");
    young
        .request("PUT", &path)
        .json(change)
        .send()
        .refused(409, "poll_published");
    young.delete(&path).refused(409, "poll_published");
    council
        .secretary
        .delete(&format!("/polls/{theirs}"))
        .expect(204);
    unharmed(&town);
}

#[test]
fn the_same_questions_again_are_of_one_series() {
    let town = Town::start();
    let (_, young) = young(&town);
    let first = published(&young, "survey", paper());
    let body = json!({"kind": "survey", "year": 2027, "series": first, "paper": paper()});
    let again = young.post(POLLS).json(body).send().expect(201);
    assert_eq!(again["series"], json!(first));
    published(&young, "survey", paper());
    act(&young, again["id"].as_str().unwrap(), "publication").expect(200);
    let of_series = town
        .visitor()
        .get(&format!("{POLLS}?series={first}"))
        .expect(200);
    let years: Vec<&Value> = of_series["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["year"])
        .collect();
    assert_eq!(years, [&json!(2027), &json!(2026)]);
    unharmed(&town);
}
