//! One HTTP request and its answer.

use std::ops::Index;
use std::sync::OnceLock;

use reqwest::blocking::Client;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// A request being put together.
#[derive(Clone)]
pub struct Request {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub json: Value,
    asked: String,
}

impl Request {
    pub fn new(method: &str, url: &str) -> Self {
        Self {
            method: method.to_owned(),
            url: url.to_owned(),
            headers: Vec::new(),
            body: None,
        }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn json(self, body: Value) -> Self {
        self.body("application/json", body.to_string().into_bytes())
    }

    pub fn body(self, kind: &str, bytes: Vec<u8>) -> Self {
        let mut request = self.header("content-type", kind);
        request.body = Some(bytes);
        request
    }

    pub fn send(self) -> Answer {
        self.try_send().unwrap()
    }

    /// The answer, unless the server dies before it is read.
    pub fn try_send(self) -> reqwest::Result<Answer> {
        static CLIENT: OnceLock<Client> = OnceLock::new();
        let client = CLIENT.get_or_init(|| {
            Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap()
        });
        let method = self.method.parse().unwrap();
        let mut request = client.request(method, &self.url);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(body) = self.body {
            request = request.body(body);
        }
        let response = request.send()?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let bytes = response.bytes()?.to_vec();
        Ok(Answer {
            status,
            headers,
            json: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            bytes,
            asked: format!("{} {}", self.method, self.url),
        })
    }
}

impl Answer {
    /// The answer's JSON, if its status is this one.
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.text());
        self.json
    }

    /// Checks that this was refused with a code.
    pub fn refused(self, status: u16, code: &str) {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.text());
        assert_eq!(self.json["code"], code, "{}", self.asked);
        let kind = self.headers["content-type"].to_str().unwrap();
        assert_eq!(kind, "application/problem+json", "{}", self.asked);
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

impl Index<&str> for Answer {
    type Output = Value;

    fn index(&self, key: &str) -> &Value {
        &self.json[key]
    }
}
