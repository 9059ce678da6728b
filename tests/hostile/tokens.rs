//! Forged tokens: none opens anything.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::harness::database::{lines, open};
use crate::harness::unharmed::refusal;
use crate::harness::{Town, raw, unharmed};

/// A token with any header and any claims, signed with the server's own key.
fn signed(town: &Town, header: &Value, claims: &str) -> String {
    let key = std::fs::read(town.path("data/keys/session.pk8")).unwrap();
    signed_by(&Ed25519KeyPair::from_pkcs8(&key).unwrap(), header, claims)
}

/// A token with any header and any claims, signed with any key.
fn signed_by(pair: &Ed25519KeyPair, header: &Value, claims: &str) -> String {
    let head = URL_SAFE_NO_PAD.encode(header.to_string());
    let text = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims));
    format!(
        "{text}.{}",
        URL_SAFE_NO_PAD.encode(pair.sign(text.as_bytes()))
    )
}

/// Signed with the public key as if it were a shared secret.
fn signed_with_the_public_key(town: &Town, claims: &str) -> String {
    let key = std::fs::read(town.path("data/keys/session.pk8")).unwrap();
    let pair = Ed25519KeyPair::from_pkcs8(&key).unwrap();
    let public = pair.public_key().as_ref().to_vec();
    let head = URL_SAFE_NO_PAD.encode(json!({"alg": "HS256", "typ": "JWT"}).to_string());
    let text = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims));
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &public);
    let tag = aws_lc_rs::hmac::sign(&key, text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(tag))
}

fn ids_of_arta(town: &Town) -> (String, String) {
    let mut file = open(town);
    let mut one = |query: &str| lines(&mut file, query).pop().unwrap();
    (
        one("SELECT id AS line FROM accounts"),
        one("SELECT id AS line FROM sessions"),
    )
}

/// Heads that point to a key of the forger's choice, or say anything but what ours say.
fn foreign_heads(own: &Ed25519KeyPair) -> Vec<Value> {
    let x = URL_SAFE_NO_PAD.encode(own.public_key().as_ref());
    let with = |name: &str, value: Value| {
        let mut head = json!({"alg": "EdDSA", "typ": "JWT"});
        head[name] = value;
        head
    };
    let mut heads = vec![
        with("jwk", json!({"kty": "OKP", "crv": "Ed25519", "x": x})),
        with("jku", json!("https://evil.example/keys.json")),
        with("x5u", json!("https://evil.example/chain.pem")),
        with("crit", json!(["exp"])),
        with("typ", json!("at+jwt")),
        with("admin", json!(true)),
    ];
    for kid in [
        "../../../../dev/null",
        "/dev/null",
        "../keys/vapid.pk8",
        "x' UNION SELECT 'secret",
        "",
    ] {
        heads.push(with("kid", json!(kid)));
    }
    heads
}

/// T-ROLE-05: a token whose head names a key is refused, whoever signed it, and be all else right.
#[test]
fn a_token_that_brings_its_own_key_along_is_refused() {
    let town = Town::start();
    town.resident("arta");
    let (sub, sid) = ids_of_arta(&town);
    let now = town.clock().now().timestamp();
    let claims = json!({"iss": "trekendesh", "sub": sub, "sid": sid, "iat": now, "exp": now + 900});
    let claims = claims.to_string();
    let ask = |token: &str| town.visitor().with_token(token).get("/me");
    let ours = json!({"alg": "EdDSA", "typ": "JWT"});
    ask(&signed(&town, &ours, &claims)).expect(200);
    let own = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
    ask(&signed_by(&own, &ours, &claims)).refused(401, "session_expired");
    for head in foreign_heads(&own) {
        for token in [
            signed_by(&own, &head, &claims),
            signed(&town, &head, &claims),
        ] {
            let answer = ask(&token);
            assert_eq!(answer.status, 401, "{head}: {}", answer.text());
            answer.refused(401, "session_expired");
        }
    }
    unharmed(&town);
}

/// T-ROLE-05.
#[test]
fn no_forged_token_opens_anything_and_all_are_refused_alike() {
    let town = Town::start();
    town.resident("arta");
    let (sub, sid) = ids_of_arta(&town);
    let now = town.clock().now().timestamp();
    let eddsa = json!({"alg": "EdDSA", "typ": "JWT"});
    let claims = |change: Value| {
        let mut all =
            json!({"iss": "trekendesh", "sub": sub, "sid": sid, "iat": now, "exp": now + 900});
        all.as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        all.to_string()
    };
    let good = claims(json!({}));
    let person = |token: &str| town.visitor().with_token(token);
    person(&signed(&town, &eddsa, &good)).get("/me").expect(200);
    let none = |body: &str| {
        let head = URL_SAFE_NO_PAD.encode(json!({"alg": "none"}).to_string());
        format!("{head}.{}.", URL_SAFE_NO_PAD.encode(body))
    };
    let mut edited: Vec<String> = signed(&town, &eddsa, &good)
        .split('.')
        .map(str::to_owned)
        .collect();
    edited[1] = URL_SAFE_NO_PAD.encode(claims(json!({"sub": "0000000000000000"})));
    let forged = [
        none(&good),
        signed_with_the_public_key(&town, &good),
        signed(&town, &eddsa, &claims(json!({"exp": now - 1}))),
        signed(&town, &eddsa, &claims(json!({"iat": now + 3600}))),
        signed(&town, &eddsa, &claims(json!({"nbf": now + 3600}))),
        signed(&town, &eddsa, &claims(json!({"iss": "elsewhere"}))),
        signed(&town, &eddsa, &claims(json!({"aud": "elsewhere"}))),
        signed(&town, &eddsa, &claims(json!({"role": "administrator"}))),
        signed(&town, &eddsa, &claims(json!({"sub": "0000000000000000"}))),
        signed(&town, &eddsa, &claims(json!({"sid": "0000000000000000"}))),
        signed(
            &town,
            &eddsa,
            &good.replacen('{', &format!("{{\"sub\":\"{sub}\","), 1),
        ),
        edited.join("."),
        "..".to_owned(),
        "x".repeat(20_000),
        format!("{}é", signed(&town, &eddsa, &good)).replace('é', "%C3%A9"),
    ];
    let mut seen = std::collections::BTreeSet::new();
    for token in &forged {
        let answer = person(token).get("/me");
        assert_eq!(answer.status, 401, "{token}: {}", answer.text());
        refusal(&answer);
        seen.insert(answer.text());
    }
    assert_eq!(seen.len(), 1, "one answer for all: {seen:?}");
    unharmed(&town);
}

/// T-ROLE-05: a token of a megabyte is turned away before it is read.
#[test]
fn a_token_of_a_megabyte_is_turned_away() {
    let town = Town::start();
    let token = "x".repeat(1_000_000);
    let request =
        format!("GET /api/v1/me HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n");
    let reply = raw::exchange(&town, request.as_bytes());
    let status = raw::status(&reply);
    assert!(status == 0 || (400..500).contains(&status), "{status}");
    unharmed(&town);
}

/// T-ROLE-05: a token of one installation is nothing in another.
#[test]
fn a_token_of_another_house_is_refused() {
    let (here, elsewhere) = (Town::start(), Town::start());
    here.resident("arta");
    elsewhere.resident("arta");
    let (sub, sid) = ids_of_arta(&here);
    let now = here.clock().now().timestamp();
    let claims = json!({"iss": "trekendesh", "sub": sub, "sid": sid, "iat": now, "exp": now + 900});
    let token = signed(&elsewhere, &json!({"alg": "EdDSA"}), &claims.to_string());
    here.visitor()
        .with_token(&token)
        .get("/me")
        .refused(401, "session_expired");
}
