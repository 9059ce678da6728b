//! A town with three issuers, three voters and fixed secrets.

use crate::{
    BallotBox, Bytes, ConcernId, Consultation, ConsultationId, Context, Contribution, FORMAT,
    Issuer, IssuerIdentity, IssuerKey, Item, ListedConcern, MODULUS, Method, Outcome, Paper,
    Receipt, Root, Seed, Statement, StatementScope, Token, Tree, Vote, Weights, beacon, commitment,
    from_base64url, leaf,
};
use chacha20::{ChaCha20Rng, rand_core::SeedableRng as _};

pub const HERE: ConsultationId =
    ConsultationId(*b"\x4f\x0c\x11\x22\x33\x44\x45\x56\x87\x78\x99\xaa\xbb\xcc\xdd\xee");
pub const VOTERS: u8 = 3;
pub const TOKENS: u16 = 2;

pub struct Town {
    pub keys: Vec<IssuerKey>,
    pub identities: Vec<IssuerIdentity>,
    pub method: Method,
}

/// What the reveals are in truth.
pub fn reveal(issuer: u8) -> [u8; 32] {
    [0xA0 + issuer; 32]
}

pub fn seed(voter: u8) -> Seed {
    Seed::from_entropy([voter + 1; 32])
}

pub fn rng() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([9; 32])
}

impl Town {
    pub fn new(method: Method) -> Self {
        let kept: serde_json::Value =
            serde_json::from_str(include_str!("../../vectors/test_keys.json")).unwrap();
        let keys = kept["pkcs8"].as_array().unwrap().iter().map(|der| {
            let der = from_base64url(der.as_str().unwrap()).unwrap();
            IssuerKey::from_pkcs8(&der).unwrap()
        });
        Self {
            keys: keys.collect(),
            identities: (0..3)
                .map(|issuer| IssuerIdentity::from_secret(&[0xB0 + issuer; 32]))
                .collect(),
            method,
        }
    }

    /// The box as it should be: the third issuer did not reveal.
    pub fn honest(&self) -> BallotBox {
        self.made(&[Some(reveal(0)), Some(reveal(1)), None], None)
    }

    /// A box with these reveals, and the beacon that follows from them or another one, in which
    /// everything else adds up.
    pub fn made(&self, reveals: &[Option<[u8; 32]>], other: Option<Bytes<32>>) -> BallotBox {
        let mut made = self.empty(reveals);
        let given: Vec<Contribution> = made.issuers.iter().map(Issuer::contribution).collect();
        let drawn = beacon(HERE, made.list_hash().unwrap(), &given);
        made.beacon = other.unwrap_or(drawn);
        self.restate(
            &mut made,
            u32::from(VOTERS),
            u32::from(VOTERS) * self.tokens(),
        );
        for voter in 0..VOTERS {
            for index in 0..self.tokens_each() {
                let item = self.item(&made, voter, index);
                made.items.push(item);
            }
        }
        self.seal(&mut made);
        made
    }

    fn tokens(&self) -> u32 {
        u32::from(self.tokens_each())
    }

    pub fn tokens_each(&self) -> u16 {
        match self.method {
            Method::Prioritising => TOKENS,
            Method::Question => 1,
        }
    }

    fn empty(&self, reveals: &[Option<[u8; 32]>]) -> BallotBox {
        let nothing = Bytes([0; 32]);
        let rated = self.method == Method::Prioritising;
        let issuers = ["Bashkia Elbasan", "Policia e Shtetit", "Prokuroria Elbasan"]
            .iter()
            .zip(0_u8..)
            .zip(reveals)
            .map(|((name, issuer), shown)| Issuer {
                name: (*name).to_owned(),
                key: self.keys[usize::from(issuer)].public().to_jwk(),
                identity: self.identities[usize::from(issuer)].public(),
                commitment: commitment(HERE, &reveal(issuer)),
                reveal: shown.map(Bytes),
                statement: Statement {
                    accounts: 0,
                    tokens: 0,
                    signature: Bytes([0; 64]),
                },
            });
        BallotBox {
            format: FORMAT.to_owned(),
            consultation: Consultation {
                id: HERE,
                title: "Çfarë ju shqetëson në lagje?".to_owned(),
                municipality: "elbasan".to_owned(),
                method: self.method,
                threshold: 2,
                opens_on: "2026-05-01".to_owned(),
                closes_on: "2026-05-14".to_owned(),
            },
            concerns: if rated { concerns() } else { Vec::new() },
            choices: if rated { Vec::new() } else { choices() },
            weights: rated.then_some(Weights {
                votes: 4,
                severity: 3,
                frequency: 2,
                harm: 1,
            }),
            issuers: issuers.collect(),
            beacon: nothing,
            items: Vec::new(),
            root: Root {
                size: 0,
                hash: nothing,
            },
            result: Outcome::Question {
                votes: 0,
                withdrawn: 0,
                choices: Vec::new(),
            },
        }
    }

    pub fn token(&self, voter: u8, index: u16) -> Token {
        seed(voter).token(HERE, index)
    }

    /// A token's signatures: the first issuer signed all, the others all but one voter's.
    pub fn signatures(&self, token: &Token, voter: u8) -> Vec<Option<Bytes<MODULUS>>> {
        (0_u8..3)
            .zip(&self.keys)
            .map(|(issuer, key)| {
                let missing = (voter, issuer) == (1, 2) || (voter, issuer) == (2, 1);
                (!missing).then(|| {
                    let blinded = token.blind(key.public()).unwrap();
                    let signed = key.blind_sign(&mut rng(), &blinded).unwrap();
                    token.finalize(key.public(), &signed).unwrap()
                })
            })
            .collect()
    }

    pub fn item(&self, made: &BallotBox, voter: u8, index: u16) -> Item {
        let token = self.token(voter, index);
        let signatures = self.signatures(&token, voter);
        // The first voter's first item was cast twice, the second time to withdraw.
        let withdrawn = voter == 0 && index == 0;
        let vote = Vote {
            index: self.context(made).paper.assigned_to(token.public()),
            value: if withdrawn {
                0
            } else {
                1 + (voter * 2 + u8::try_from(index).unwrap()) % 3
            },
            sequence: if withdrawn { 2 } else { 1 },
        };
        token.cast(vote, signatures)
    }

    /// The item of this token with other words, signed by the token.
    pub fn recast(&self, item: &mut Item, vote: Vote) {
        let mut tokens = (0..VOTERS).flat_map(|voter| {
            (0..self.tokens_each()).map(move |index| seed(voter).token(HERE, index))
        });
        let token = tokens.find(|token| token.public() == item.token).unwrap();
        *item = token.cast(vote, item.signatures.clone());
    }

    pub fn context(&self, made: &BallotBox) -> Context {
        Context {
            consultation: HERE,
            issuers: self.keys.iter().map(|key| key.public().clone()).collect(),
            threshold: made.consultation.threshold,
            paper: match self.method {
                Method::Prioritising => Paper::Prioritising {
                    concerns: u16::try_from(made.concerns.len()).unwrap(),
                    beacon: made.beacon,
                },
                Method::Question => Paper::Question {
                    choices: u8::try_from(made.choices.len()).unwrap(),
                },
            },
        }
    }

    /// Lets every issuer state this about the box as it stands.
    pub fn restate(&self, made: &mut BallotBox, accounts: u32, tokens: u32) {
        let announcement = made.announcement().unwrap();
        for (issuer, identity) in made.issuers.iter_mut().zip(&self.identities) {
            let scope = StatementScope {
                consultation: HERE,
                key: crate::IssuerPublicKey::from_jwk(&issuer.key)
                    .unwrap()
                    .fingerprint(),
                commitment: issuer.commitment,
                announcement,
            };
            issuer.statement = identity.state(&scope, accounts, tokens);
        }
    }

    /// Sorts, counts and computes the root anew.
    pub fn seal(&self, made: &mut BallotBox) {
        made.items.sort_by_key(|item| item.token);
        made.root = made.recomputed_root();
        made.result = made.recount();
    }
}

/// The receipt of an item of this box.
pub fn receipt(made: &BallotBox, place: u32) -> Receipt {
    let leaves: Vec<_> = made
        .items
        .iter()
        .map(|item| leaf(&item.canonical()))
        .collect();
    Receipt {
        item: made.items[usize::try_from(place).unwrap()].clone(),
        inclusion: Tree::new(leaves).prove(place).unwrap(),
    }
}

fn concerns() -> Vec<ListedConcern> {
    [
        ("Rruga pa ndriçim te shkolla", 70, 40, 60),
        ("Shpejtësia në rrugën kryesore", 90, 80, 50),
        ("Qen endacakë", 30, 60, 20),
        ("Trafiku te tregu", 20, 90, 10),
    ]
    .iter()
    .zip(1_u8..)
    .map(
        |((title, severity, frequency, harm), number)| ListedConcern {
            id: ConcernId([number; 16]),
            title: (*title).to_owned(),
            severity: *severity,
            frequency: *frequency,
            harm: *harm,
        },
    )
    .collect()
}

fn choices() -> Vec<String> {
    ["Po", "Jo", "Nuk e di"].map(str::to_owned).to_vec()
}
