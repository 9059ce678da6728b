use super::{Outcome, Ranked, Terms, Weights, count_choices, count_ratings};
use crate::bytes::{Bytes, ConcernId};
use crate::item::Item;
use proptest::prelude::*;

fn item(index: u16, value: u8) -> Item {
    Item {
        token: Bytes([0; 32]),
        index,
        value,
        sequence: 0,
        signatures: Vec::new(),
        signature: Bytes([0; 64]),
    }
}

const VOTES_ONLY: Weights = Weights {
    votes: 1,
    severity: 0,
    frequency: 0,
    harm: 0,
};

fn list(concerns: u8) -> Vec<(ConcernId, Terms)> {
    let terms = Terms {
        severity: 0,
        frequency: 0,
        harm: 0,
    };
    (0..concerns)
        .map(|number| (ConcernId([number; 16]), terms))
        .collect()
}

fn ranking(list: &[(ConcernId, Terms)], weights: Weights, items: &[Item]) -> Vec<Ranked> {
    match count_ratings(list, weights, items) {
        Outcome::Prioritising { ranking, .. } => ranking,
        Outcome::Question { .. } => unreachable!(),
    }
}

#[test]
fn three_full_ratings_do_not_beat_thirty_good_ones_by_chance() {
    let mut items = vec![item(0, 5); 3];
    items.extend(vec![item(1, 4); 20]);
    items.extend(vec![item(1, 5); 10]);
    items.extend(vec![item(2, 1); 30]);
    let ranking = ranking(&list(3), VOTES_ONLY, &items);
    assert_eq!(ranking[0].concern, ConcernId([1; 16]));
    // S/N = 175/63; (15 + 5 * 175/63) / 8 = 3.611111
    assert_eq!(ranking[1].shrunk, 3_611_111);
    assert_eq!(ranking[1].mean, Some(5_000_000));
    assert_eq!(ranking[1].score, 652_778);
    assert_eq!(ranking[1].error, Some(0));
}

#[test]
fn the_formula_is_the_published_one() {
    let terms = Terms {
        severity: 80,
        frequency: 50,
        harm: 10,
    };
    let weights = Weights {
        votes: 4,
        severity: 3,
        frequency: 2,
        harm: 1,
    };
    let ranking = ranking(
        &[(ConcernId([0; 16]), terms)],
        weights,
        &[item(0, 2), item(0, 4), item(0, 0), item(9, 5)],
    );
    // (4 * 0.5 + 3 * 0.8 + 2 * 0.5 + 1 * 0.1) / 10; s = sqrt(2), error = 1
    assert_eq!(ranking[0].score, 550_000);
    assert_eq!(ranking[0].error, Some(1_000_000));
    assert_eq!((ranking[0].n, ranking[0].sum), (2, 6));
}

#[test]
fn ties_go_to_more_ratings_and_then_to_the_earlier_place() {
    let items = [item(2, 3), item(2, 3), item(3, 3)];
    let order: Vec<u8> = ranking(&list(4), VOTES_ONLY, &items)
        .iter()
        .map(|row| row.concern.0[0])
        .collect();
    assert_eq!(order, [2, 3, 0, 1]);
}

#[test]
fn without_ratings_everything_stands_in_the_middle() {
    let rows = ranking(&list(2), VOTES_ONLY, &[]);
    assert!(
        rows.iter()
            .all(|row| row.score == 500_000 && row.mean.is_none())
    );
}

#[test]
fn choices_are_counted_and_withdrawals_apart() {
    let items = [item(0, 1), item(0, 3), item(0, 3), item(0, 0), item(0, 9)];
    assert_eq!(
        count_choices(3, &items),
        Outcome::Question {
            votes: 3,
            withdrawn: 1,
            choices: vec![1, 0, 2],
        }
    );
}

proptest! {
    #[test]
    fn a_better_rating_never_lowers_a_score(
        ratings in prop::collection::vec((0_u16..4, 1_u8..=5), 1..60),
        at: prop::sample::Index,
    ) {
        let items: Vec<Item> = ratings.iter().map(|(index, value)| item(*index, *value)).collect();
        let raised = at.index(items.len());
        let concern = ConcernId([u8::try_from(items[raised].index).unwrap(); 16]);
        let score = |items: &[Item]| {
            let rows = ranking(&list(4), VOTES_ONLY, items);
            rows.iter().find(|row| row.concern == concern).unwrap().score
        };
        let before = score(&items);
        let mut better = items.clone();
        better[raised].value = 5;
        prop_assert!(score(&better) >= before);
        prop_assert!(score(&better) <= 1_000_000);
    }
}
