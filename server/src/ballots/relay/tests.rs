use super::{masked, parse};

#[test]
fn issuers_stand_in_the_order_of_the_triangle() {
    let places = parse(
        "elbasan/prosecution=http://:c@127.0.0.1:3, elbasan/municipality=http://:a@127.0.0.1:1,",
    )
    .unwrap();
    let named: Vec<_> = places.iter().map(|place| place.url.as_str()).collect();
    assert_eq!(named, ["http://127.0.0.1:1/", "http://127.0.0.1:3/"]);
    assert_eq!(places[0].authorization, "Bearer a");
    assert!(parse("").unwrap().is_empty());
}

#[test]
fn what_is_no_issuer_is_refused_and_no_password_is_quoted() {
    for wrong in [
        "elbasan=http://:secret@127.0.0.1:1",
        "elbasan/school=http://:secret@127.0.0.1:1",
        "elbasan/police=http://127.0.0.1:1",
        "elbasan/police=secret",
        "elbasan/police=http://:secret@127.0.0.1:1,elbasan/police=http://:secret@127.0.0.1:2",
    ] {
        let said = parse(wrong).unwrap_err();
        assert!(!said.contains("secret"), "{said}");
    }
    let shown = masked("elbasan/police=http://:secret@127.0.0.1:1, secret");
    assert!(!shown.contains("secret"), "{shown}");
    assert!(
        shown.contains("elbasan/police=http://:***@127.0.0.1:1"),
        "{shown}"
    );
}
