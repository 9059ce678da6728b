//! Names that pose as an institution: nobody speaks for one but from its seat.

use serde_json::json;

use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::unharmed::refusal;
use crate::harness::{Town, unharmed};

#[test]
fn nobody_calls_themselves_an_institution() {
    let town = Town::start();
    let arta = town.resident("arta");
    for name in [
        "Policia e Shtetit",
        "POLICIA BASHKIAKE",
        "Bashkia Elbasan",
        "Prokuroria",
        "Këshilli i Sigurisë",
        "keshilli",
        "Administrator",
        "Arta, policia",
        "P o l i c i a",
        "Poli-cia",
        "Poli\u{200B}cia",
        "PoliciaElbasan",
        "Pölicía",
        "Ｐｏｌｉｃｉａ",
        "\u{420}\u{43E}lici\u{430}",
        "\u{392}\u{391}shkia",
        "PoIicia",
    ] {
        let answer = arta.patch("/me").json(json!({"display_name": name})).send();
        assert_eq!(answer.status, 422, "{name}: {}", answer.text());
        let field = &answer["fields"][0];
        assert_eq!(field["pointer"], "/display_name", "{name}");
        assert_eq!(field["code"], "names_an_institution", "{name}");
        refusal(&answer);
        let mut body = anonymous_concern("Rruga pa drita", &receipt_of("name", 1));
        body["identity"] = json!("display");
        body["display_name"] = json!(name);
        let request = arta.post("/municipalities/elbasan/concerns");
        let answer = request.json(body).send();
        assert_eq!(
            answer["fields"][0]["code"], "names_an_institution",
            "{name}"
        );
    }
    for name in [
        "Bashkim Hoxha",
        "Polisena Kola",
        "Arta nga Poliçani",
        "Prind i shkollës",
    ] {
        let account = arta.patch("/me").json(json!({"display_name": name})).send();
        assert_eq!(account["display_name"], name);
    }
    unharmed(&town);
}

/// A seat is named after its institution, and so is a source that concerns are taken from.
#[test]
fn seats_and_sources_are_named_after_institutions() {
    let town = Town::start();
    let administrator = town.administrator();
    let seat = json!({
        "email": "police@example.al", "institution": "police", "role": "member",
        "title": "Policia e Shtetit, Elbasan",
    });
    let request = administrator.post("/municipalities/elbasan/seats");
    request.json(seat).send().expect(201);
    let file = town.path("empty.json");
    std::fs::write(&file, "[]").unwrap();
    let (done, said) = town.run(&[
        "import",
        "concerns",
        file.to_str().unwrap(),
        "--municipality",
        "elbasan",
        "--source",
        "Bashkia Elbasan",
    ]);
    assert!(done, "{said}");
}
