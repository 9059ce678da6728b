//! Heads of requests as nobody needs them: refused before a route is looked for.
//!
//! What is no HTTP at all (a bad chunk, a length beside chunks, more than 96 header fields or 128 KiB)
//! never comes here: the HTTP library answers it with an empty 400 or 431 and closes the connection.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError};

use super::problem::Problem;
use crate::codes::Code;

/// The most bytes the header fields of a request may have together: what common proxies take.
const MOST: usize = 16 * 1024;
/// How often a path is unescaped to see what it hides.
const TURNS: usize = 3;

/// Refuses large header sections, and paths that hide something from whoever reads them once.
///
/// # Errors
/// What the inner service fails with.
pub async fn plain_heads(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let code = if weight(request.headers()) > MOST {
        too_large(request.headers())
    } else if is_plain(request.uri().path()) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    } else {
        Code::NotFound
    };
    Ok(request.into_response(Problem::new(code).error_response()))
}

/// What is too large; a token that is alone too much is refused like every other that is none.
fn too_large(headers: &HeaderMap) -> Code {
    let mut others = headers.clone();
    others.remove(AUTHORIZATION);
    if weight(&others) > MOST {
        Code::HeadersTooLarge
    } else {
        Code::SessionExpired
    }
}

/// The bytes of the header fields with `: ` and the end of the line.
fn weight(headers: &HeaderMap) -> usize {
    headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum()
}

/// Whether a path says what it means: no control character, no backslash, no step up or on the spot,
/// nothing empty between slashes, no bad escape; also not after unescaping it again, as a proxy or a
/// file system might.
fn is_plain(path: &str) -> bool {
    let mut bytes = path.as_bytes().to_vec();
    for turn in 0..TURNS {
        let Some(text) = std::str::from_utf8(&bytes)
            .ok()
            .filter(|text| says_it(text))
        else {
            return false;
        };
        if !text.contains('%') {
            return true;
        }
        match unescaped(&bytes) {
            Some(once) => bytes = once,
            // Once unescaped, a sign is only a sign.
            None => return turn > 0,
        }
    }
    // Whatever is still escaped after so many turns is not an address of ours.
    !bytes.contains(&b'%') && std::str::from_utf8(&bytes).is_ok_and(says_it)
}

fn says_it(path: &str) -> bool {
    let stands = |part: &str| matches!(part.split(';').next(), Some("." | ".."));
    !path.contains(|letter: char| letter.is_control() || letter == '\\')
        && !path.contains("//")
        && !path.split('/').any(stands)
}

/// The bytes with each `%41` as what it stands for; nothing where an escape is none.
fn unescaped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        out.push(match byte {
            b'%' => 16 * digit(rest.next())? + digit(rest.next())?,
            other => *other,
        });
    }
    Some(out)
}

fn digit(byte: Option<&u8>) -> Option<u8> {
    let value = char::from(*byte?).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn a_path_is_plain_or_refused() {
        for path in [
            "/",
            "",
            "*",
            "/shqetesime/",
            "/api/v1/municipalities/elbasan",
            "/.well-known/x",
            "/a..b/c",
            "/%C3%AB",
            "/100%25",
        ] {
            assert!(is_plain(path), "{path}");
        }
        for path in [
            "/%00",
            "/a%0d%0ab",
            "/..",
            "/a/./b",
            "/..%2f..%2fetc",
            "/%2e%2e/x",
            "/%252e%252e%252fx",
            "/%25252e%25252e%25252fx",
            "/..;/x",
            "//evil.example",
            "/%2fevil.example",
            "/\\evil.example",
            "/%5cevil.example",
            "/%ff%fe",
            "/%c0%ae%c0%ae",
            "/%",
            "/%zz",
            "/%+1",
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }
}
