//! Addresses of stores and mail servers, as an operator writes them: a password may stand in them, and
//! is neither printed nor logged.

use url::Url;

/// Settings in an address that are no secret. Any other may be one: PostgreSQL's library alone knows
/// `password`, `sslpassword`, `scram_client_key` and `oauth_client_secret`.
const SHOWN: [&str; 10] = [
    "application_name",
    "connect_timeout",
    "dbname",
    "host",
    "port",
    "sslmode",
    "sslrootcert",
    "target_session_attrs",
    "tls",
    "user",
];

const HIDDEN: &str = "***";

/// An address as it may be shown: without what may be a secret, and not at all where it is not clear
/// what is one.
pub fn masked(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else {
        return HIDDEN.to_owned();
    };
    let query = url.query().unwrap_or_default().to_owned();
    // An unescaped sign in a password ends it early, and the rest of it is taken for something else.
    if url.path().contains('@') || query.contains('@') || url.fragment().is_some() {
        return HIDDEN.to_owned();
    }
    // A URL that had a password can carry another.
    if url.password().is_some() && url.set_password(Some(HIDDEN)).is_err() {
        return HIDDEN.to_owned();
    }
    if !query.is_empty() {
        let shown: Vec<String> = query.split('&').map(masked_setting).collect();
        url.set_query(Some(&shown.join("&")));
    }
    url.to_string()
}

fn masked_setting(setting: &str) -> String {
    match setting.split_once('=') {
        Some((name, _)) if SHOWN.contains(&name) => setting.to_owned(),
        Some((name, _)) => format!("{name}={HIDDEN}"),
        None => HIDDEN.to_owned(),
    }
}

/// Whether PostgreSQL's library takes nothing of a password in this address for something else. What it
/// does not understand it quotes, and its words go into our log.
pub fn is_unmistakable(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("://") else {
        return false;
    };
    let place = match rest.split_once('@') {
        Some((user, place)) if !user.contains('/') => place,
        _ => rest,
    };
    let (place, settings) = match place.split_once('?') {
        Some((place, settings)) => (place, settings.split('&').collect()),
        None => (place, Vec::new()),
    };
    let hosts = place.split('/').next().unwrap_or_default();
    let one_sign = |setting: &&str| setting.matches('=').count() == 1;
    !place.contains('@')
        && hosts.split(',').all(has_a_port_or_none)
        && settings.iter().all(one_sign)
        && !settings.iter().any(|setting| setting.contains('@'))
        && address.split('%').skip(1).all(is_escape)
}

fn has_a_port_or_none(host: &str) -> bool {
    // An IPv6 address is in brackets and has colons of its own.
    let host = host.rsplit_once(']').map_or(host, |(_, port)| port);
    let port = host.split_once(':').map(|(_, port)| port);
    port.is_none_or(|port| port.chars().all(|digit| digit.is_ascii_digit()))
}

/// Whether what follows a percent sign is an escape: two digits, and not those of NUL.
fn is_escape(after: &str) -> bool {
    let mut digits = after.chars();
    let mut is_digit = || digits.next().is_some_and(|digit| digit.is_ascii_hexdigit());
    is_digit() && is_digit() && !after.starts_with("00")
}

/// Whether a text names a file and is no address or settings of a server, which would be taken for the
/// name of a file otherwise.
pub fn is_file(text: &str) -> bool {
    let path = text.strip_prefix("sqlite://").unwrap_or(text);
    let server = ["host=", "hostaddr=", "user=", "password=", "dbname="];
    let names_server = |word: &str| server.iter().any(|name| word.starts_with(name));
    !path.contains("://") && !path.split_whitespace().any(names_server)
}

#[cfg(test)]
mod tests {
    use super::{is_file, is_unmistakable, masked};

    #[test]
    fn what_may_be_a_secret_is_masked_and_the_rest_is_shown() {
        for (address, shown) in [
            (
                "postgres://u:hunter2@db/x?sslmode=require",
                "postgres://u:***@db/x?sslmode=require",
            ),
            (
                "postgres://db/x?user=u&password=hunter2&sslpassword=hunter2",
                "postgres://db/x?user=u&password=***&sslpassword=***",
            ),
            (
                "postgres://db/x?p%61ssword=hunter2&hunter2",
                "postgres://db/x?p%61ssword=***&***",
            ),
            (
                "smtp://u:hunter2@mail:587?tls=required&password=hunter2",
                "smtp://u:***@mail:587?tls=required&password=***",
            ),
            ("postgres://u@db1,db2/x", "postgres://u@db1,db2/x"),
            // Not clear what is a secret, so nothing is shown.
            ("host=db user=u password=hunter2", "***"),
            ("u:hunter2@mail", "***"),
            ("smtp://u:12/hunter2@mail", "***"),
            ("smtp://u:12?hunter2@mail", "***"),
            ("smtp://u:12#hunter2@mail", "***"),
            ("smtp://u:12#hunter2", "***"),
        ] {
            assert_eq!(masked(address), shown);
        }
    }

    #[test]
    fn an_address_that_the_library_would_quote_from_is_not_taken() {
        for address in [
            "postgres://db/x",
            "postgresql:///x",
            "postgres://u:hun%2Fter2:?#@db1:5432,[::1]:5433/x?sslmode=require&user=u",
            "postgres://u@%2Frun%2Fpostgresql/x",
        ] {
            assert!(is_unmistakable(address), "{address}");
        }
        for address in [
            "postgres://u:hunter%2@db/x",
            "postgres://u:hunter%00@db/x",
            "postgres://u:hunt@er2@db/x",
            "postgres://u:hunt/er2@db/x",
            "postgres://u:hunter2",
            "postgres://db/x?password=hunt&er2",
            "postgres://db/x?password=hunt=er2",
            "postgres://db/x?password=hunt@er2",
        ] {
            assert!(!is_unmistakable(address), "{address}");
        }
    }

    #[test]
    fn a_file_is_told_from_a_server_written_otherwise() {
        for file in [
            "town.sqlite3",
            "sqlite:///srv/a=b/town.sqlite3",
            "/srv/my town",
        ] {
            assert!(is_file(file), "{file}");
        }
        for server in ["host=db password=hunter2", "mysql://u:hunter2@db/x"] {
            assert!(!is_file(server), "{server}");
        }
    }
}
