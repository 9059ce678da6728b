//! A council's forms on paper, in Albanian (study B5): the notice with its agenda, the minutes, the sheet of a measure
//! with its reports, the referral slip. Each is read back as words and as ink.

use serde_json::json;

use crate::harness::council::{move_to, town_with_a_public_concern};
use crate::harness::meeting::{
    announced, approve_minutes, cancel, change, hearing, held, in_days, minutes, write_minutes,
};
use crate::harness::pdf::read_pdf;
use crate::harness::plan::{approved, report, under_way};
use crate::harness::{Answer, Council, Person, Town, unharmed};

/// The words of a PDF as they follow each other, once its pages were seen to have ink.
fn words(town: &Town, answer: &Answer) -> String {
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/pdf");
    let (text, ink) = read_pdf(town, &answer.bytes);
    assert!(ink.iter().all(|dark| *dark > 0.005), "{ink:?}");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn says(words: &str, said: &[&str]) {
    for one in said {
        assert!(words.contains(one), "{one} is not in: {words}");
    }
}

#[test]
fn a_meeting_hangs_on_the_board_with_its_agenda_and_what_changed() {
    let (town, council, concern) = town_with_a_public_concern();
    let mut body = hearing(in_days(&town, 10));
    body["agenda"][0]["concern"] = json!(concern);
    body["agenda"][1]["text"] = json!("Një orë, pa listë: #panic() *jo* $x$ ë ç.");
    let id = announced(&council.secretary, body.clone());
    let paper = |town: &Town| town.visitor().get(&format!("/meetings/{id}/agenda.pdf"));
    let first = words(&town, &paper(&town));
    says(
        &first,
        &[
            "REPUBLIKA E SHQIPËRISË",
            "BASHKIA ELBASAN",
            "Takim i hapur me banorët",
            "Ndriçimi dhe rruga e shkollës",
            "17:00–19:00",
            "Salla e njësisë, Gjinar",
            "Hyrja është pa shkallë.",
            "1. Çfarë u bë nga takimi i fundit",
            "Shqetësim i banorëve: «",
            "2. Pyetjet e banorëve",
            "#panic() *jo* $x$ ë ç.",
            "Vijnë të gjithë.",
            &format!("/takime/{id}"),
        ],
    );
    assert!(!first.contains("Ndryshime"));
    body["place"] = json!("Shkolla e fshatit");
    change(&council.secretary, &id, body).expect(200);
    let second = words(&town, &paper(&town));
    says(
        &second,
        &[
            "Shkolla e fshatit",
            "Ndryshime",
            "Salla është e zënë atë ditë.",
        ],
    );
    assert!(!second.contains("Salla e njësisë, Gjinar"));
    cancel(&council.secretary, &id).expect(200);
    says(&words(&town, &paper(&town)), &["U anulua më"]);
    let gone = town.visitor().get("/meetings/0000000000000000/agenda.pdf");
    gone.refused(404, "meeting_unknown");
    unharmed(&town);
}

#[test]
fn approved_minutes_are_printed_as_they_were_locked_with_corrections_beside_them() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let (id, secretary) = held(&town, &secretary);
    let printed = || town.visitor().get(&format!("/meetings/{id}/minutes.pdf"));
    write_minutes(&secretary, &id, minutes(&town)).expect(200);
    printed().refused(409, "minutes_missing");
    approve_minutes(&secretary, &id).expect(200);
    let page = town.visitor().get(&format!("/meetings/{id}")).expect(200);
    let hash = page["minutes"]["hash"].as_str().unwrap().to_owned();
    let first = words(&town, &printed());
    says(
        &first,
        &[
            "Procesverbal",
            "0 nga",
            "nuk ka kuorum",
            "Angazhim: Patrullë te shkolla çdo mëngjes.",
            "Drejton: Policia, deri më",
            "Kthehet në takimin tjetër: Mungonte inxhinieri",
            "Kryetari hapi takimin.",
            "mungoi",
            "Sekretari i këshillit",
            &hash,
        ],
    );
    assert!(!first.contains("Ndreqje"));
    let put_right = json!({"text": "Takimi mbaroi në orën 19:20."});
    let path = format!("/meetings/{id}/minutes/corrections");
    secretary.post(&path).json(put_right).send().expect(200);
    let second = words(&town, &printed());
    says(
        &second,
        &[
            "Ndreqje pas miratimit",
            "Takimi mbaroi në orën 19:20.",
            &hash,
        ],
    );
    unharmed(&town);
}

#[test]
fn a_measure_is_printed_with_its_indicators_and_each_report() {
    let (town, council, concern) = town_with_a_public_concern();
    let id = approved(&town, &council.secretary, &[&concern]);
    let sheet = || town.visitor().get(&format!("/measures/{id}/sheet.pdf"));
    let first = words(&town, &sheet());
    says(
        &first,
        &[
            "Fletë mase",
            "Patrullë para shkollave në Gjinar",
            "Drejton Policia",
            "Mbështesin",
            "120 000 lekë, Buxheti i komisariatit",
            "Ditë me patrullë",
            "Regjistri i komisariatit",
            "Shqetësim i banorëve: «",
            "U miratua",
        ],
    );
    assert!(!first.contains("Raport ecurie"));
    report(&council.police, &id, under_way(9.5)).expect(200);
    let second = words(&town, &sheet());
    says(
        &second,
        &[
            "Raport ecurie",
            "mungon një makinë.",
            "Ditë me patrullë: 9,5",
        ],
    );
    unharmed(&town);
}

#[test]
fn a_draft_is_on_no_sheet() {
    let town = Town::start();
    let council = Council::seat(&town);
    let objective =
        crate::harness::plan::objective(&town, &council.secretary, "Shkolla të sigurta");
    let body = crate::harness::plan::patrols(&town, &objective, &[]);
    let made = crate::harness::plan::draft(&council.secretary, body).expect(201);
    let path = format!("/measures/{}/sheet.pdf", made["id"].as_str().unwrap());
    town.visitor().get(&path).refused(404, "measure_unknown");
    council.secretary.get(&path).refused(404, "measure_unknown");
}

/// Also study K1: what a mechanism needs is on paper before the words are gone here.
#[test]
fn what_is_handed_over_leaves_on_a_slip_and_then_there_is_none() {
    let town = Town::start();
    let council = Council::seat(&town);
    let (concern, _) = town.visitor().submit_anonymously("Fqinja bërtet çdo natë");
    let path = format!("/desk/concerns/{concern}/referral.pdf");
    let slip = council.secretary.get(&path);
    assert_eq!(slip.header("cache-control"), "no-store");
    says(
        &words(&town, &slip),
        &[
            "KONFIDENCIALE",
            "Fletë referimi",
            "Dërgon Bashkia",
            "Fqinja bërtet çdo natë",
            "E mori: emri, data",
        ],
    );
    council.police.get(&path).refused(403, "not_allowed");
    let resident = Person::sign_in(&town, "mira");
    resident.get(&path).refused(404, "concern_unknown");
    let over = json!({"to": "referred", "whose": "MKR", "reason": "I takon mekanizmit."});
    move_to(&council.secretary, &concern, over).expect(200);
    council.secretary.get(&path).refused(404, "concern_unknown");
    unharmed(&town);
}

#[test]
fn there_is_no_paper_of_what_does_not_exist() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    for id in ["0000000000000000", "x"] {
        for (path, code) in [
            (format!("/meetings/{id}/agenda.pdf"), "meeting_unknown"),
            (format!("/meetings/{id}/minutes.pdf"), "meeting_unknown"),
            (format!("/measures/{id}/sheet.pdf"), "measure_unknown"),
            (
                format!("/desk/concerns/{id}/referral.pdf"),
                "concern_unknown",
            ),
        ] {
            secretary.get(&path).refused(404, code);
        }
    }
    let (concern, _) = town.visitor().submit_anonymously("Rruga pa drita");
    let path = format!("/desk/concerns/{concern}/referral.pdf");
    town.visitor().get(&path).refused(401, "sign_in_needed");
}
