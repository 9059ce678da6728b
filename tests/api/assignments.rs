//! Who takes care of a concern: the secretary says it, and it is in that queue.

use serde_json::{Value, json};

use crate::harness::council::council;
use crate::harness::{Person, Town};

#[test]
fn what_is_given_to_an_institution_waits_in_its_queue_and_in_no_other() {
    let town = Town::start();
    let (_, secretary, police) = council(&town);
    let (id, _) = town.visitor().submit_anonymously("Vjedhje te parku");
    let queue = |institution: &str| {
        let path = format!("/municipalities/elbasan/desk/concerns?institution={institution}");
        police.get(&path).expect(200)["items"]
            .as_array()
            .unwrap()
            .len()
    };
    let give = |person: &Person, to: Value| {
        let path = format!("/concerns/{id}/assignment");
        let body = json!({ "institution": to });
        person.request("PUT", &path).json(body).send()
    };
    let all = ["municipality", "police", "prosecution"];
    for (to, queues) in [("police", [0, 1, 0]), ("municipality", [1, 0, 0])] {
        assert_eq!(give(&secretary, json!(to)).expect(200)["assigned"], to);
        assert_eq!(all.map(queue), queues);
    }
    give(&police, json!("police")).refused(403, "not_allowed");
    give(&secretary, json!(null)).expect(200);
    assert_eq!(all.map(queue), [0, 0, 0]);
}
