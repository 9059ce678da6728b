//! What every door that takes a body does, whatever it is for.

use std::fmt::Debug;

use serde_json::{Value, json};

use super::client::Request;
use super::shapes::other_shapes;
use super::{Answer, Person, unharmed};

/// Whoever may knock at a door, and a body that it takes.
pub struct Door<'a> {
    pub person: &'a Person,
    pub method: &'a str,
    pub path: &'a str,
    pub body: Value,
}

impl Door<'_> {
    fn ask(&self) -> Request {
        self.person.request(self.method, self.path)
    }

    /// Sends the body.
    pub fn send(&self) -> Answer {
        self.ask().json(self.body.clone()).send()
    }

    /// Nothing in another shape is taken, and nothing of so many bytes.
    pub fn takes_nothing_else(&self, bytes: usize) {
        self.takes_none_of(other_shapes(&self.body));
        self.takes_less_than(bytes);
    }

    /// Nothing of so many bytes is taken, whatever they say.
    pub fn takes_less_than(&self, bytes: usize) {
        let huge = vec![b' '; bytes];
        let huge = self.ask().body("application/json", huge).send();
        assert_eq!(huge.status, 413, "{} {}", self.method, self.path);
    }

    /// None of these bodies is taken, and each refusal says what is wrong.
    pub fn takes_none_of(&self, bodies: Vec<Value>) {
        for body in bodies {
            let answer = self.ask().json(body).send();
            let refused = (400..=422).contains(&answer.status);
            let said: String = answer.text().chars().take(300).collect();
            assert!(refused, "{} {}: {said}", self.method, self.path);
            unharmed::refusal(&answer);
        }
    }

    /// What is sent twice under one key is answered alike and done once; another body under it is refused.
    pub fn is_done_once<T: PartialEq + Debug>(&self, key: &str, told: impl Fn() -> T) {
        let send = |body: &Value| {
            let request = self.ask().header("idempotency-key", key);
            request.json(body.clone()).send()
        };
        let (first, path) = (send(&self.body), self.path);
        assert!(
            [200, 201].contains(&first.status),
            "{path}: {}",
            first.text()
        );
        let after = told();
        let again = send(&self.body);
        assert_eq!(
            (again.status, again.text()),
            (first.status, first.text()),
            "{path}"
        );
        assert_eq!(told(), after, "{path}");
        if self.body.is_object() {
            let mut other = self.body.clone();
            other["more"] = json!(1);
            let refused = send(&other).status;
            assert!([400, 409].contains(&refused), "{path}: {refused}");
        }
    }
}
