//! What is found: the same on every store.

use serde_json::json;

use crate::harness::Town;
use crate::harness::council::Council;
use crate::harness::people::{anonymous_concern, receipt_of};

/// Titles and texts of concerns, by number.
const CONCERNS: [(&str, &str); 7] = [
    (
        "Ndriçimi te shkolla",
        "Rruga e shkollës është pa drita prej dy javësh.",
    ),
    (
        "Kryqëzim pa semafor",
        "Te shkolla 9-vjeçare makinat kalojnë me shpejtësi.",
    ),
    (
        "PUSETË E HAPUR",
        "Pusetë pa kapak në rrugën «Qemal Stafa» nr. 12/3.",
    ),
    (
        "Qen të rrugës",
        "Qentë e rrugës te parku i liqenit; shih www.shembull.al/qen?id=7.",
    ),
    (
        "Mbeturina te lumi",
        "Plehra e mbeturina, të djegura natën. Kontakt: banor@shembull.al",
    ),
    (
        "Zhurmë nate",
        "Zhurma e lokalit O'Brien's zgjat deri në orën 03:30 – çdo natë!",
    ),
    // A mark that SQLite does not know, and a sign that it takes for a letter.
    (
        "Ngjyra mbi ῶρα",
        "Muri i kishës u dëmtua;\u{5a93b}mbishkrimi nuk lexohet.",
    ),
];

/// Words, and the numbers of the concerns they find.
const QUERIES: [(&str, &[usize]); 27] = [
    ("shkolla", &[0, 1]),
    ("shkoll", &[0, 1]),
    ("SHKOLLËS", &[0]),
    ("ndricim", &[0]),
    ("NDRIÇIMI", &[0]),
    ("kryqezim", &[1]),
    ("çdo", &[5]),
    ("cdo", &[5]),
    ("rruga", &[0]),
    ("rrug", &[0, 2, 3]),
    ("rrugës", &[3]),
    ("pusete kapak", &[2]),
    ("kapak pusete", &[2]),
    ("pusete shkolla", &[]),
    ("12", &[2]),
    ("12/3", &[2]),
    ("9-vjecare", &[1]),
    ("shembull", &[3, 4]),
    ("shembull.al", &[3, 4]),
    ("banor@shembull.al", &[4]),
    ("o'brien", &[5]),
    ("03:30", &[5]),
    ("qen id", &[3]),
    ("and or not", &[]),
    ("ωρα", &[6]),
    ("ῶρα", &[6]),
    ("mbishkrimi", &[6]),
];

#[test]
fn the_same_words_find_the_same_concerns_on_every_store() {
    let town = Town::start();
    let council = Council::seat(&town);
    let mut ids = Vec::new();
    for (number, (title, text)) in (0..).zip(CONCERNS) {
        let mut body = anonymous_concern(title, &receipt_of("search", number));
        body["text"] = json!(text);
        let request = town.visitor().post("/municipalities/elbasan/concerns");
        let sent = request.json(body).send().expect(201);
        ids.push(sent["id"].as_str().unwrap().to_owned());
    }
    let all: Vec<&str> = ids.iter().map(String::as_str).collect();
    council.publish(&town, &all);
    for (words, expected) in QUERIES {
        let mut query = url::Url::parse("http://x/municipalities/elbasan/concerns").unwrap();
        query.query_pairs_mut().append_pair("q", words);
        let path = query.as_str().trim_start_matches("http://x");
        let page = town.visitor().get(path).expect(200);
        let mut found: Vec<usize> = page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| all.iter().position(|id| item["id"] == *id).unwrap())
            .collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{words}");
        assert_eq!(page["total"], expected.len(), "{words}");
    }
}
