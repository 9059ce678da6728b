//! A town that is drawn: what is urgent in it, what its people think, and what each way of voting makes of that.

use ballot::{Bytes, ConcernId, Item, Outcome, TOKENS_PRIORITISING, Terms, Weights, count_ratings};

use super::chance::Chance;

pub(crate) const CONCERNS: usize = 40;
pub(crate) const VOTERS: usize = 300;
/// How many of the most urgent ones a council is thought to take up.
pub(crate) const TOP: usize = 10;
pub(crate) const BRIGADERS: usize = 90;
/// The weak concern that they push is the 35th of the forty, the late one the 5th.
pub(crate) const WEAK: usize = 34;
pub(crate) const LATE: usize = 4;
/// How far urgencies and opinions of them lie apart, on the scale of the ratings.
pub(crate) const URGENCIES: f64 = 0.7;
pub(crate) const OPINIONS: f64 = 1.0;
const APPROVALS: usize = 5;
/// With live upvotes: how likely somebody reads one more, and from which opinion on they press.
pub(crate) const READS_ON: f64 = 0.9;
pub(crate) const PRESSES: f64 = 3.5;

/// Concerns by their place on the list; the first is what came out as most urgent.
pub(crate) type Order = Vec<usize>;

/// People who agreed to push one concern.
#[derive(Clone, Copy)]
pub(crate) struct Brigade {
    pub(crate) pushed: usize,
    /// Whether they also rate everything else lowest, instead of what they think.
    pub(crate) hostile: bool,
}

/// How somebody who may approve of five finds them.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Reading {
    /// All forty.
    All,
    /// As many as there are cards.
    Twelve,
}

pub(crate) struct Town {
    urgencies: Vec<f64>,
    /// Of each voter, of each concern. The first ninety may be a brigade.
    opinions: Vec<Vec<f64>>,
}

impl Town {
    pub(crate) fn drawn(chance: &mut Chance) -> Self {
        let urgencies: Vec<f64> = (0..CONCERNS)
            .map(|_| 3.0 + URGENCIES * chance.normal())
            .collect();
        let opinions = (0..VOTERS)
            .map(|_| {
                let about = urgencies.iter();
                about
                    .map(|true_one| true_one + OPINIONS * chance.normal())
                    .collect()
            })
            .collect();
        Self {
            urgencies,
            opinions,
        }
    }

    /// What is most urgent in truth.
    pub(crate) fn truth(&self) -> Order {
        by(&self.urgencies)
    }

    fn voters(
        &self,
        brigade: Option<Brigade>,
    ) -> impl Iterator<Item = (Option<Brigade>, &Vec<f64>)> {
        let joined = move |number: usize| brigade.filter(|_| number < BRIGADERS);
        self.opinions
            .iter()
            .enumerate()
            .map(move |(number, opinions)| (joined(number), opinions))
    }

    /// Twelve tokens each, the concern of a token drawn for it; counted by the count itself.
    pub(crate) fn assigned(&self, brigade: Option<Brigade>, chance: &mut Chance) -> Order {
        let mut items = Vec::new();
        for (brigade, opinions) in self.voters(brigade) {
            for _ in 0..TOKENS_PRIORITISING {
                let concern = chance.below(CONCERNS);
                let honest = rating(opinions.get(concern).copied().unwrap_or_default());
                items.push(item(
                    concern,
                    brigade.map_or(honest, |one| one.rates(concern, honest)),
                ));
            }
        }
        counted(&items)
    }

    /// Everybody approves of the five that they think most urgent of those that they read.
    pub(crate) fn approvals(
        &self,
        brigade: Option<Brigade>,
        reading: Reading,
        chance: &mut Chance,
    ) -> Order {
        let mut approvals = vec![0.0; CONCERNS];
        for (brigade, opinions) in self.voters(brigade) {
            let mut read: Vec<usize> = (0..CONCERNS).collect();
            if reading == Reading::Twelve {
                chance.shuffle(&mut read);
                read.truncate(usize::try_from(TOKENS_PRIORITISING).unwrap_or(CONCERNS));
            }
            let mut chosen: Order = by(opinions);
            chosen.retain(|concern| read.contains(concern));
            if let Some(Brigade { pushed, .. }) = brigade {
                chosen.retain(|concern| *concern != pushed);
                chosen.insert(0, pushed);
            }
            for concern in chosen.into_iter().take(APPROVALS) {
                add(&mut approvals, concern);
            }
        }
        by(&approvals)
    }

    /// One after the other, each before the list as it is sorted at that moment.
    pub(crate) fn live(
        &self,
        brigade: Option<Brigade>,
        late: Option<usize>,
        chance: &mut Chance,
    ) -> Order {
        let mut upvotes = vec![0.0; CONCERNS];
        let mut people: Vec<_> = self.voters(brigade).collect();
        chance.shuffle(&mut people);
        let half = people.len() / 2;
        for (number, (brigade, opinions)) in people.into_iter().enumerate() {
            let pushed = brigade.map(|one| one.pushed);
            if let Some(pushed) = pushed {
                add(&mut upvotes, pushed);
            }
            for concern in by(&upvotes) {
                if number < half && late == Some(concern) {
                    continue;
                }
                let thinks = opinions.get(concern).copied().unwrap_or_default();
                if thinks >= PRESSES && pushed != Some(concern) {
                    add(&mut upvotes, concern);
                }
                if !chance.happens(READS_ON) {
                    break;
                }
            }
        }
        by(&upvotes)
    }
}

impl Brigade {
    const fn rates(self, concern: usize, honest: u8) -> u8 {
        match (concern == self.pushed, self.hostile) {
            (true, _) => 5,
            (false, true) => 1,
            (false, false) => honest,
        }
    }
}

/// The highest first; what is equal stays in the order of the list.
fn by(values: &[f64]) -> Order {
    let mut order: Vec<(usize, f64)> = values.iter().copied().enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    order.into_iter().map(|(concern, _)| concern).collect()
}

fn add(counts: &mut [f64], concern: usize) {
    if let Some(count) = counts.get_mut(concern) {
        *count += 1.0;
    }
}

/// The nearest of 1 to 5.
fn rating(opinion: f64) -> u8 {
    [1.5, 2.5, 3.5, 4.5]
        .into_iter()
        .fold(1, |value, from| value + u8::from(opinion >= from))
}

/// The count asks an item for nothing but its concern and its value.
fn item(concern: usize, value: u8) -> Item {
    Item {
        token: Bytes([0; 32]),
        index: u16::try_from(concern).unwrap_or(u16::MAX),
        value,
        sequence: 1,
        signatures: Vec::new(),
        signature: Bytes([0; 64]),
    }
}

/// By the votes alone: the institutions' terms say nothing of the way of voting.
fn counted(items: &[Item]) -> Order {
    let terms = Terms {
        severity: 0,
        frequency: 0,
        harm: 0,
    };
    let list: Vec<(ConcernId, Terms)> = (0_u128..)
        .take(CONCERNS)
        .map(|concern| (ConcernId(concern.to_be_bytes()), terms))
        .collect();
    let weights = Weights {
        votes: 1,
        severity: 0,
        frequency: 0,
        harm: 0,
    };
    match count_ratings(&list, weights, items) {
        Outcome::Prioritising { ranking, .. } => ranking
            .iter()
            .filter_map(|row| usize::try_from(u128::from_be_bytes(row.concern.0)).ok())
            .collect(),
        Outcome::Question { .. } => Vec::new(),
    }
}
