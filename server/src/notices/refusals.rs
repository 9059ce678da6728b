//! What a mail server means by a permanent answer (5yz, RFC 5321 section 4.2.1): that this letter goes
//! nowhere, or that the server or its settings are not in order, which passes.

/// Codes that speak of the connection, of signing in or of the order of commands.
const OF_THE_CONNECTION: [u16; 9] = [500, 502, 503, 504, 521, 530, 534, 535, 538];

/// What servers write where they refuse everything of ours: they do not know us, do not like where we
/// come from, or are not at work. Many give no finer code, and "relay not permitted" and "no such user"
/// are both 550.
const OF_US: [&str; 16] = [
    "relay",
    "authenti",
    "sender",
    "client",
    "helo",
    "ehlo",
    "spf",
    "dkim",
    "dmarc",
    "listed",
    "blocked",
    "service",
    "maintenance",
    "closed",
    "temporar",
    "later",
];

/// Whether a permanent answer is about the one letter it was given to. In doubt it is not: a letter
/// tried in vain for a week costs less than one that is lost.
pub fn is_about_the_letter(code: u16, words: &str) -> bool {
    let words = words.to_lowercase();
    !OF_THE_CONNECTION.contains(&code)
        && !OF_US.iter().any(|word| words.contains(word))
        && finer_code(&words).is_none_or(|(subject, detail)| names_the_letter(subject, detail))
}

/// The finer code of an answer (RFC 3463): subject and detail of `5.1.1`.
fn finer_code(words: &str) -> Option<(u16, u16)> {
    words
        .split(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .find_map(|word| {
            let mut parts = word.split('.');
            let class = parts.next()?;
            let (subject, detail) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            (class == "5" && parts.next().is_none()).then_some((subject, detail))
        })
}

/// Addresses, mailboxes, routes to them, and the letter itself; not our own address (7, 8), not the
/// state of the server (3, but for what is too large), its protocol (5), or its policies (7, but for
/// the plain "not this one").
fn names_the_letter(subject: u16, detail: u16) -> bool {
    match subject {
        1 => !matches!(detail, 7 | 8),
        3 => detail == 4,
        2 | 4 | 6 => true,
        7 => detail <= 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_about_the_letter;

    #[test]
    fn a_letter_is_refused_for_what_it_is_and_for_nothing_else() {
        for (code, words) in [
            (550, "5.1.1 <a@example.al>: no such user"),
            (550, "no such user here"),
            (550, ""),
            (501, "5.1.3 bad address syntax"),
            (552, "5.2.2 mailbox full"),
            (552, "5.3.4 too large"),
            (553, "sorry, no mailbox here by that name (#5.1.1)"),
            (554, "5.7.1 message content rejected"),
            (556, "5.1.10 recipient has null mx"),
            (550, "seen from 5.6.7.8"),
        ] {
            assert!(is_about_the_letter(code, words), "{code} {words}");
        }
        for (code, words) in [
            (535, "5.7.8 wrong password"),
            (530, "must issue a STARTTLS command first"),
            (503, "AUTH first"),
            (521, "does not accept mail"),
            (550, "relaying denied"),
            (550, "relay not permitted"),
            (554, "5.7.1 <a@example.al>: Relay access denied"),
            (553, "5.1.8 domain of our address not found"),
            (550, "Sender verify failed"),
            (554, "5.7.1 Client host blocked using a list"),
            (550, "5.7.26 unauthenticated"),
            (554, "Service unavailable"),
            (554, "5.3.2 not accepting messages"),
            (550, "5.5.1 what?"),
        ] {
            assert!(!is_about_the_letter(code, words), "{code} {words}");
        }
    }
}
