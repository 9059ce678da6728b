//! A push service that takes nothing on trust, and browsers that decrypt with other code than the
//! server encrypts with.

use std::collections::{HashMap, HashSet, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes128Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use trekendesh::platform::clock::Clock;

use super::town::{Town, wait_until};

/// How the service answers one message.
#[derive(Clone, Debug)]
pub enum Reply {
    Status(u16),
    /// 429 with so many seconds to wait.
    Wait(u32),
    Redirect(String),
    /// Never.
    Silence,
}

/// A message the service took.
#[derive(Clone, Debug)]
pub struct Pushed {
    pub path: String,
    pub headers: HashMap<String, String>,
    pub body: Vec<u8>,
}

/// The service, what it was sent and what was wrong with it.
pub struct PushService {
    pub address: SocketAddr,
    desk: Arc<Desk>,
}

struct Desk {
    clock: Clock,
    key: String,
    audience: String,
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    replies: HashMap<String, VecDeque<Reply>>,
    asked: Vec<(String, Instant)>,
    taken: Vec<Pushed>,
    faults: Vec<String>,
    signed: HashSet<String>,
    /// The moment of the message before, by the town's clock.
    before: Option<i64>,
    /// The town's clock jumps while messages are on their way: their time is not looked at.
    jumps: bool,
}

impl PushService {
    /// Starts beside a town, whose key and clock it knows.
    pub fn start(town: &Town) -> Self {
        Self::start_at(town, "127.0.0.1:0".parse().unwrap())
    }

    /// The same, where the clock jumps while messages are on their way.
    pub fn start_amid_jumps(town: &Town) -> Self {
        let service = Self::start(town);
        service.desk.book.lock().unwrap().jumps = true;
        service
    }

    /// An address where nobody answers yet, and no other test either.
    pub fn nowhere() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.2:0").unwrap();
        listener.local_addr().unwrap()
    }

    /// The same at an address.
    pub fn start_at(town: &Town, address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        let key = town.visitor().get("/push/key").expect(200);
        let desk = Arc::new(Desk {
            clock: town.clock(),
            key: key["key"].as_str().unwrap().to_owned(),
            audience: format!("http://{address}"),
            book: Mutex::default(),
        });
        let kept = desk.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let desk = kept.clone();
                thread::spawn(move || converse(stream, &desk));
            }
        });
        Self { address, desk }
    }

    /// A browser that subscribed here.
    pub fn browser(&self, name: &str) -> Browser {
        Browser::new(name, format!("http://{}/{name}", self.address))
    }

    /// Answers the next messages to a browser like this; then 201.
    pub fn answer(&self, browser: &Browser, replies: &[Reply]) {
        let mut book = self.desk.book.lock().unwrap();
        let replies = replies.iter().cloned().collect();
        book.replies.insert(browser.path(), replies);
    }

    /// When messages to a browser came, also those that were not taken.
    pub fn asked(&self, browser: &Browser) -> Vec<Instant> {
        let (book, mine) = (self.desk.book.lock().unwrap(), browser.path());
        let mine = book.asked.iter().filter(|(path, _)| *path == mine);
        mine.map(|(_, at)| *at).collect()
    }

    /// The messages to a browser that were taken.
    pub fn pushed(&self, browser: &Browser) -> Vec<Pushed> {
        let (book, mine) = (self.desk.book.lock().unwrap(), browser.path());
        assert!(book.faults.is_empty(), "{:?}", book.faults);
        let mine = book.taken.iter().filter(|one| one.path == mine);
        mine.cloned().collect()
    }

    /// What a browser could read so far.
    pub fn read_by(&self, browser: &Browser) -> Vec<Value> {
        let pushed = self.pushed(browser);
        pushed.iter().map(|one| browser.read(&one.body)).collect()
    }

    /// What a browser reads once so many messages came.
    pub fn wait_for(&self, browser: &Browser, count: usize) -> Vec<Value> {
        wait_until(&format!("{count} to {}", browser.endpoint), || {
            self.pushed(browser).len() >= count
        });
        self.read_by(browser)
    }
}

/// A browser with its keys.
pub struct Browser {
    pub endpoint: String,
    secret: p256::SecretKey,
    auth: Vec<u8>,
}

impl Browser {
    pub fn new(name: &str, endpoint: String) -> Self {
        let seed = Sha256::digest(name.as_bytes());
        Self {
            endpoint,
            secret: p256::SecretKey::from_slice(&seed).unwrap(),
            auth: Sha256::digest(seed)[..16].to_vec(),
        }
    }

    /// The body that subscribes it.
    pub fn subscription(&self, follow: Value) -> Value {
        json!({
            "endpoint": self.endpoint, "follow": follow, "language": "en",
            "keys": {
                "p256dh": URL_SAFE_NO_PAD.encode(self.point()),
                "auth": URL_SAFE_NO_PAD.encode(&self.auth),
            },
        })
    }

    /// Decrypts a message by the letter of RFC 8291, section 3.4, and RFC 8188, section 2.
    pub fn read(&self, body: &[u8]) -> Value {
        let (salt, rest) = body.split_at(16);
        let (record_size, rest) = rest.split_at(4);
        assert_eq!(record_size, 4096_u32.to_be_bytes());
        assert_eq!(rest[0], 65, "the key's length");
        let (sender, sealed) = rest[1..].split_at(65);
        let point = p256::PublicKey::from_sec1_bytes(sender).unwrap();
        let shared = p256::ecdh::diffie_hellman(self.secret.to_nonzero_scalar(), point.as_affine());
        let info = [b"WebPush: info\0", self.point().as_slice(), sender].concat();
        let ikm = derive::<32>(&self.auth, shared.raw_secret_bytes(), &info);
        let key = derive::<16>(salt, &ikm, b"Content-Encoding: aes128gcm\0");
        let nonce = derive::<12>(salt, &ikm, b"Content-Encoding: nonce\0");
        let cipher = Aes128Gcm::new_from_slice(&key).unwrap();
        let plain = cipher.decrypt(&Nonce::from(nonce), sealed).unwrap();
        let end = plain.iter().rposition(|byte| *byte != 0).unwrap();
        assert_eq!(plain[end], 2, "the last record's delimiter");
        serde_json::from_slice(&plain[..end]).unwrap()
    }

    fn point(&self) -> Vec<u8> {
        let point = VerifyingKey::from(p256::ecdsa::SigningKey::from(&self.secret));
        point.to_sec1_point(false).as_bytes().to_vec()
    }

    fn path(&self) -> String {
        url::Url::parse(&self.endpoint).unwrap().path().to_owned()
    }
}

fn derive<const N: usize>(salt: &[u8], secret: &[u8], info: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    let hkdf = Hkdf::<Sha256>::new(Some(salt), secret);
    hkdf.expand(info, &mut out).unwrap();
    out
}

fn converse(stream: TcpStream, desk: &Desk) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut input = BufReader::new(stream);
    while let Some(request) = receive(&mut input) {
        let reply = desk.reply(request);
        let text = match reply {
            Reply::Silence => {
                thread::sleep(Duration::from_secs(60));
                return None;
            }
            Reply::Status(status) => format!("HTTP/1.1 {status} -\r\n"),
            Reply::Wait(seconds) => format!("HTTP/1.1 429 -\r\nretry-after: {seconds}\r\n"),
            Reply::Redirect(to) => format!("HTTP/1.1 307 -\r\nlocation: {to}\r\n"),
        };
        out.write_all(format!("{text}content-length: 0\r\n\r\n").as_bytes())
            .ok()?;
    }
    Some(())
}

fn receive(input: &mut impl BufRead) -> Option<Pushed> {
    let mut line = String::new();
    input.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = HashMap::from([(":method".to_owned(), method)]);
    loop {
        let mut line = String::new();
        input.read_line(&mut line).ok()?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length")?.parse().ok()?;
    let mut body = vec![0; length];
    input.read_exact(&mut body).ok()?;
    Some(Pushed {
        path,
        headers,
        body,
    })
}

impl Desk {
    fn reply(&self, request: Pushed) -> Reply {
        let fault = self.fault_in(&request);
        let mut book = self.book.lock().unwrap();
        book.asked.push((request.path.clone(), Instant::now()));
        if let Some(fault) = fault {
            book.faults.push(fault);
            return Reply::Status(403);
        }
        let planned = book.replies.get_mut(&request.path);
        let reply = planned.and_then(VecDeque::pop_front);
        let reply = reply.unwrap_or(Reply::Status(201));
        if matches!(reply, Reply::Status(200..=299)) {
            book.taken.push(request);
        }
        reply
    }

    /// What RFC 8030, 8291 and 8292 ask for and this request lacks.
    fn fault_in(&self, request: &Pushed) -> Option<String> {
        let header = |name: &str| request.headers.get(name).map_or("", String::as_str);
        let ttl: Option<u32> = header("ttl").parse().ok();
        let topic = header("topic");
        let base64url = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let rules = [
            ("method", header(":method") == "POST"),
            ("encoding", header("content-encoding") == "aes128gcm"),
            ("ttl", ttl.is_some_and(|ttl| ttl > 0)),
            (
                "urgency",
                ["very-low", "low", "normal", "high"].contains(&header("urgency")),
            ),
            ("topic", topic.len() <= 32 && topic.bytes().all(base64url)),
            ("size", request.body.len() <= 4096),
        ];
        let broken = rules.iter().find(|(_, kept)| !kept);
        let broken = broken.map(|(name, _)| (*name).to_owned());
        broken.or_else(|| self.fault_in_name(header("authorization")).err())
    }

    fn fault_in_name(&self, authorization: &str) -> Result<(), String> {
        let fault = |what: &str| format!("{what}: {authorization}");
        let rest = authorization.strip_prefix("vapid ");
        let (token, key) = rest
            .and_then(|rest| rest.strip_prefix("t=")?.split_once(", k="))
            .ok_or_else(|| fault("scheme"))?;
        if key != self.key {
            return Err(fault("not the advertised key"));
        }
        let parts: Vec<&str> = token.split('.').collect();
        let decode = |part: &str| {
            URL_SAFE_NO_PAD
                .decode(part)
                .ok()
                .ok_or_else(|| fault("base64url"))
        };
        let json = |part: &str| -> Result<Value, String> {
            serde_json::from_slice(&decode(part)?)
                .ok()
                .ok_or_else(|| fault("json"))
        };
        let (head, claims) = (json(parts[0])?, json(parts[1])?);
        // The same token comes many times; its signature is looked at once.
        if !self.book.lock().unwrap().signed.contains(token) {
            let (point, signature) = (decode(key)?, decode(parts[2])?);
            let signature = Signature::from_slice(&signature).ok();
            let signed = format!("{}.{}", parts[0], parts[1]);
            VerifyingKey::from_sec1_bytes(&point)
                .ok()
                .zip(signature)
                .filter(|(key, signature)| key.verify(signed.as_bytes(), signature).is_ok())
                .ok_or_else(|| fault("signature"))?;
            self.book.lock().unwrap().signed.insert(token.to_owned());
        }
        let now = self.clock.now().timestamp();
        let (before, jumps) = {
            let mut book = self.book.lock().unwrap();
            (book.before.replace(now).unwrap_or(now), book.jumps)
        };
        let good = |at: i64| {
            let left = claims["exp"].as_i64().unwrap_or(0) - at;
            (1..=12 * 3600 + 5).contains(&left)
        };
        let contact = claims["sub"].as_str().unwrap_or_default();
        let rules = [
            ("alg", head["alg"] == "ES256" && head["typ"] == "JWT"),
            ("aud", claims["aud"] == self.audience.as_str()),
            // A test may move the clock by a day while one is on its way; the next is held to the new time.
            ("exp", jumps || good(now) || good(before)),
            (
                "sub",
                contact.starts_with("mailto:") || contact.starts_with("https://"),
            ),
        ];
        match rules.iter().find(|(_, kept)| !kept) {
            Some((name, _)) => Err(fault(name)),
            None => Ok(()),
        }
    }
}
