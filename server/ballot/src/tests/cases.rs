//! Boxes that lie, each in one way only: everything that could be made to fit again does.

use super::lies::{ABOUT_ITEMS, ABOUT_THE_COUNT};
use super::town::{HERE, Town, reveal};
use crate::{
    BallotBox, Bytes, Evidence, Method, PinnedIssuer, Place, Refusal, Vote, beacon, to_base64url,
};

/// A box that lies, and how it is found out.
pub struct Case {
    pub name: &'static str,
    pub lie: BallotBox,
    pub evidence: Evidence,
    pub expected: Refusal,
}

/// What a lie is told with.
pub struct Liar<'a> {
    pub town: &'a Town,
    pub lie: BallotBox,
    pub evidence: Evidence,
}

impl Liar<'_> {
    /// The item at this place with other words, signed by its token.
    pub fn recast(&mut self, place: usize, change: impl Fn(&mut Vote)) {
        let mut vote = self.lie.items[place].vote();
        change(&mut vote);
        self.town.recast(&mut self.lie.items[place], vote);
    }

    pub fn seal(&mut self) {
        self.town.seal(&mut self.lie);
    }

    pub fn restate(&mut self, accounts: u32, tokens: u32) {
        self.town.restate(&mut self.lie, accounts, tokens);
    }
}

pub type Lie = (&'static str, Refusal, fn(&mut Liar<'_>));

pub fn all() -> Vec<Case> {
    let town = Town::new(Method::Prioritising);
    let honest = town.honest();
    let lies = [ABOUT_RULES, ABOUT_ISSUERS, ABOUT_ITEMS, ABOUT_THE_COUNT].concat();
    lies.into_iter()
        .map(|(name, expected, tell)| {
            let mut liar = Liar {
                town: &town,
                lie: honest.clone(),
                evidence: Evidence::default(),
            };
            tell(&mut liar);
            Case {
                name,
                lie: liar.lie,
                evidence: liar.evidence,
                expected,
            }
        })
        .collect()
}

const ABOUT_RULES: &[Lie] = &[
    ("another format", Refusal::Unreadable, |liar| {
        liar.lie.format = "trekendesh box 2".to_owned();
    }),
    ("no threshold", Refusal::Unreadable, |liar| {
        liar.lie.consultation.threshold = 0;
        liar.restate(3, 6);
    }),
    ("a concern listed twice", Refusal::Unreadable, |liar| {
        liar.lie.concerns[1].id = liar.lie.concerns[0].id;
    }),
    ("weights that weigh nothing", Refusal::Unreadable, |liar| {
        let weights = liar.lie.weights.as_mut().unwrap();
        (
            weights.votes,
            weights.severity,
            weights.frequency,
            weights.harm,
        ) = (0, 0, 0, 0);
        liar.restate(3, 6);
    }),
    ("a severity above 100", Refusal::Unreadable, |liar| {
        liar.lie.concerns[0].severity = 101;
        liar.restate(3, 6);
        liar.seal();
    }),
    (
        "a title changed after the statements",
        Refusal::WrongStatement { issuer: 0 },
        |liar| {
            liar.lie.concerns[2].title = "Qen".to_owned();
        },
    ),
    (
        "a severity changed after the statements",
        Refusal::WrongStatement { issuer: 0 },
        |liar| {
            liar.lie.concerns[2].severity = 100;
            liar.seal();
        },
    ),
    (
        "weights changed after the statements",
        Refusal::WrongStatement { issuer: 0 },
        |liar| {
            liar.lie.weights.as_mut().unwrap().votes = 1;
            liar.seal();
        },
    ),
    (
        "a lower threshold than announced",
        Refusal::WrongStatement { issuer: 0 },
        |liar| {
            liar.lie.consultation.threshold = 1;
        },
    ),
];

const ABOUT_ISSUERS: &[Lie] = &[
    ("another exponent", Refusal::WeakKey { issuer: 1 }, |liar| {
        liar.lie.issuers[1].key.e = "Aw".to_owned();
    }),
    ("a short modulus", Refusal::WeakKey { issuer: 0 }, |liar| {
        liar.lie.issuers[0].key.n = to_base64url(&[0xFF; 128]);
    }),
    ("an even modulus", Refusal::WeakKey { issuer: 0 }, |liar| {
        let mut modulus = *liar.town.keys[0].public().modulus();
        modulus[255] &= 0xFE;
        liar.lie.issuers[0].key.n = to_base64url(&modulus);
    }),
    (
        "one key under two names",
        Refusal::RepeatedIssuer { issuer: 1 },
        |liar| {
            liar.lie.issuers[1].key = liar.lie.issuers[0].key.clone();
            for item in &mut liar.lie.items {
                item.signatures[1] = item.signatures[0];
            }
            liar.restate(3, 6);
            liar.seal();
        },
    ),
    (
        "one identity under two names",
        Refusal::RepeatedIssuer { issuer: 1 },
        |liar| {
            liar.lie.issuers[1].identity = liar.lie.issuers[0].identity;
        },
    ),
    (
        "one commitment under two names",
        Refusal::RepeatedIssuer { issuer: 2 },
        |liar| {
            liar.lie.issuers[2].commitment = liar.lie.issuers[1].commitment;
            liar.restate(3, 6);
        },
    ),
    (
        "a key that was not announced",
        Refusal::SwappedKey { issuer: 2 },
        |liar| {
            liar.evidence.issuers = pins(liar);
            liar.evidence.issuers[2].key.0[0] ^= 1;
        },
    ),
    (
        "an announced institution that is missing",
        Refusal::SwappedKey { issuer: 3 },
        |liar| {
            liar.evidence.issuers = pins(liar);
            let last = PinnedIssuer {
                identity: Bytes([1; 32]),
                key: Bytes([2; 32]),
            };
            liar.evidence.issuers.push(last);
        },
    ),
    (
        "a number changed in a statement",
        Refusal::WrongStatement { issuer: 1 },
        |liar| {
            liar.lie.issuers[1].statement.accounts += 1;
        },
    ),
    (
        "more tokens than residents were due",
        Refusal::MoreTokensThanAccounts { issuer: 0 },
        |liar| {
            liar.restate(3, 37);
        },
    ),
    (
        "another reveal than committed to",
        Refusal::WrongReveal { issuer: 1 },
        |liar| {
            liar.lie = liar
                .town
                .made(&[Some(reveal(0)), Some([7; 32]), None], None);
        },
    ),
    ("another beacon", Refusal::WrongBeacon, |liar| {
        let reveals = [Some(reveal(0)), Some(reveal(1)), None];
        liar.lie = liar.town.made(&reveals, Some(Bytes([5; 32])));
    }),
    (
        "a beacon that leaves out who kept silent",
        Refusal::WrongBeacon,
        |liar| {
            let spoken: Vec<_> = liar
                .lie
                .issuers
                .iter()
                .take(2)
                .map(|i| i.contribution())
                .collect();
            let short = beacon(HERE, liar.lie.list_hash().unwrap(), &spoken);
            let reveals = [Some(reveal(0)), Some(reveal(1)), None];
            liar.lie = liar.town.made(&reveals, Some(short));
        },
    ),
    (
        "more items than tokens issued",
        Refusal::MoreItemsThanTokens { issuer: 0 },
        |liar| {
            liar.restate(3, 5);
        },
    ),
];

fn pins(liar: &Liar<'_>) -> Vec<PinnedIssuer> {
    let keys = liar.town.keys.iter();
    keys.zip(&liar.town.identities)
        .map(|(key, identity)| PinnedIssuer {
            identity: identity.public(),
            key: key.public().fingerprint(),
        })
        .collect()
}

/// The place as the vectors write it.
pub fn place(refusal: Refusal) -> String {
    match refusal.place() {
        Place::Whole => "box".to_owned(),
        other => other.to_string(),
    }
}
