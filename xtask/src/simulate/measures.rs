//! The same towns before each way of voting, and what is measured there.

use super::chance::Chance;
use super::town::{Brigade, LATE, Order, Reading, TOP, Town, WEAK};

/// How many towns are drawn, each from a seed of its own.
pub(crate) const TOWNS: u64 = 100;
const SEED: u64 = 0x0074_7265_6b65_6e64;

/// The ways of voting, in the order in which they are told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Way {
    Assigned,
    ApprovalsOfAll,
    ApprovalsOfTwelve,
    Live,
}

pub(crate) const WAYS: [Way; 4] = [
    Way::Assigned,
    Way::ApprovalsOfAll,
    Way::ApprovalsOfTwelve,
    Way::Live,
];

impl Way {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Assigned => "twelve assigned ratings",
            Self::ApprovalsOfAll => "five approvals, all forty read",
            Self::ApprovalsOfTwelve => "five approvals, twelve read",
            Self::Live => "live sorted upvotes",
        }
    }

    fn vote(self, town: &Town, brigade: Option<Brigade>, chance: &mut Chance) -> Order {
        match self {
            Self::Assigned => town.assigned(brigade, chance),
            Self::ApprovalsOfAll => town.approvals(brigade, Reading::All, chance),
            Self::ApprovalsOfTwelve => town.approvals(brigade, Reading::Twelve, chance),
            Self::Live => town.live(brigade, None, chance),
        }
    }
}

/// One number of each town.
#[derive(Default, Clone)]
pub(crate) struct Spread(Vec<f64>);

impl Spread {
    pub(crate) fn add(&mut self, value: f64) {
        self.0.push(value);
        self.0.sort_by(f64::total_cmp);
    }

    pub(crate) fn mean(&self) -> f64 {
        let count = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.iter().sum::<f64>() / f64::from(count.max(1))
    }

    /// What eight of ten towns lie between.
    pub(crate) fn most(&self) -> (f64, f64) {
        let at = |part: usize| {
            self.0
                .get(self.0.len() * part / 10)
                .copied()
                .unwrap_or_default()
        };
        (at(1), at(9))
    }
}

/// Of one way of voting, over all towns.
pub(crate) struct Measured {
    pub(crate) way: Way,
    /// The share of the true top ten among the first ten.
    pub(crate) found: Spread,
    /// The rank of the weak concern, left alone and pushed.
    pub(crate) alone: Spread,
    pub(crate) pushed: Spread,
    /// The rank of the late concern: from the beginning, and where the list is not frozen, when half have voted.
    pub(crate) early: Spread,
    pub(crate) late: Spread,
}

pub(crate) struct Measures {
    pub(crate) ways: Vec<Measured>,
    /// Assigned ratings: the weak concern, where the brigade also rates all others lowest.
    pub(crate) hostile: Spread,
}

pub(crate) fn measured() -> Measures {
    let mut measures = Measures {
        ways: WAYS.into_iter().map(Measured::new).collect(),
        hostile: Spread::default(),
    };
    for number in 0..TOWNS {
        let mut chance = Chance::new(SEED + number);
        let town = Town::drawn(&mut chance);
        let truth = town.truth();
        let weak = truth.get(WEAK).copied().unwrap_or_default();
        for measured in &mut measures.ways {
            measured.look(&town, &truth, weak, &mut chance);
        }
        let order = town.assigned(
            Some(Brigade {
                pushed: weak,
                hostile: true,
            }),
            &mut chance,
        );
        measures.hostile.add(rank(&order, weak));
    }
    measures
}

impl Measured {
    fn new(way: Way) -> Self {
        let (found, alone, pushed) = (Spread::default(), Spread::default(), Spread::default());
        let (early, late) = (Spread::default(), Spread::default());
        Self {
            way,
            found,
            alone,
            pushed,
            early,
            late,
        }
    }

    fn look(&mut self, town: &Town, truth: &[usize], weak: usize, chance: &mut Chance) {
        let order = self.way.vote(town, None, chance);
        self.found.add(share_found(truth, &order));
        self.alone.add(rank(&order, weak));
        let brigade = Brigade {
            pushed: weak,
            hostile: false,
        };
        self.pushed
            .add(rank(&self.way.vote(town, Some(brigade), chance), weak));
        let late = truth.get(LATE).copied().unwrap_or_default();
        self.early.add(rank(&order, late));
        if self.way == Way::Live {
            self.late
                .add(rank(&town.live(None, Some(late), chance), late));
        }
    }
}

fn share_found(truth: &[usize], order: &[usize]) -> f64 {
    let first = order.iter().take(TOP);
    let found = first.filter(|one| truth.iter().take(TOP).any(|true_one| true_one == *one));
    let all = u32::try_from(TOP).unwrap_or(1);
    f64::from(u32::try_from(found.count()).unwrap_or(0)) / f64::from(all)
}

/// The place in a ranking, from 1.
fn rank(order: &[usize], concern: usize) -> f64 {
    let before = order.iter().take_while(|one| **one != concern).count();
    f64::from(u32::try_from(before).unwrap_or(u32::MAX)) + 1.0
}
