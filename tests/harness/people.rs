//! People: those who look, those who live there, those who answer.

use std::cell::Cell;

use serde_json::{Value, json};

use super::client::{Answer, Request};
use super::town::Town;

/// Somebody at a device.
pub struct Person {
    base: String,
    token: Option<String>,
    device: Option<String>,
    count: Cell<u32>,
}

impl Person {
    /// Somebody without an account.
    pub fn visitor(town: &Town) -> Self {
        Self {
            base: format!("{}/api/v1", town.address),
            token: None,
            device: None,
            count: Cell::new(0),
        }
    }

    /// Somebody whose device has a credential of its own.
    pub fn with_device(mut self, symbol: char) -> Self {
        self.device = Some(symbol.to_string().repeat(26));
        self
    }

    /// The same person with this token instead of their own.
    pub fn with_token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// What proves who this is, to go on with at another address of the server.
    pub fn token(&self) -> &str {
        self.token.as_deref().unwrap()
    }

    /// Signs in by the code from the mail.
    pub fn sign_in(town: &Town, name: &str) -> Self {
        let session = Self::session(town, name, "bearer").expect(200);
        let token = session["access_token"].as_str().unwrap();
        Self::visitor(town).with_token(token)
    }

    /// The answer to signing in by the code from the mail, as a browser or as a program.
    pub fn session(town: &Town, name: &str, transport: &str) -> Answer {
        let email = format!("{name}@example.al");
        let seen = town.smtp.count(&email);
        let visitor = Self::visitor(town);
        let asked = visitor
            .post("/sign-in/codes")
            .json(json!({ "email": email }))
            .send()
            .expect(202);
        let code = town.smtp.code_for(&email, seen);
        visitor
            .post("/sign-in/sessions")
            .json(
                json!({ "email": email, "ticket": asked["ticket"], "code": code,
                "transport": transport }),
            )
            .send()
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send()
    }

    pub fn post(&self, path: &str) -> Request {
        self.request("POST", path)
    }

    pub fn put(&self, path: &str) -> Answer {
        self.request("PUT", path).send()
    }

    pub fn patch(&self, path: &str) -> Request {
        self.request("PATCH", path)
    }

    pub fn delete(&self, path: &str) -> Answer {
        self.request("DELETE", path).send()
    }

    /// A request with this person's token and device.
    pub fn request(&self, method: &str, path: &str) -> Request {
        let mut request = Request::new(method, &format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.header("authorization", &format!("Bearer {token}"));
        }
        if let Some(device) = &self.device {
            request = request.header("x-device", device);
        }
        request
    }

    /// Sends a concern about street lights and returns its id and its receipt.
    pub fn submit_anonymously(&self, title: &str) -> (String, String) {
        self.count.set(self.count.get() + 1);
        let receipt = receipt_of(title, self.count.get());
        let answer = self
            .post("/municipalities/elbasan/concerns")
            .json(anonymous_concern(title, &receipt))
            .send()
            .expect(201);
        (answer["id"].as_str().unwrap().to_owned(), receipt)
    }
}

/// The body of an anonymous concern about street lights.
pub fn anonymous_concern(title: &str, receipt: &str) -> Value {
    json!({
        "topic": "lighting", "unit": "gjinar", "title": title,
        "text": "Prej dy javësh rruga e shkollës është pa drita dhe fëmijët kthehen në errësirë.",
        "identity": "anonymous", "receipt": receipt,
    })
}

/// A receipt that depends on nothing but its arguments.
pub fn receipt_of(seed: &str, count: u32) -> String {
    let mut entropy = [0_u8; 13];
    for (place, byte) in seed.bytes().chain(count.to_le_bytes()).enumerate() {
        let slot = &mut entropy[place % 13];
        *slot = slot.wrapping_mul(31).wrapping_add(byte);
    }
    domain::receipt::Receipt::from_entropy(entropy).to_string()
}
