use super::town::{HERE, Town, rng, seed};
use crate::item::Fault;
use crate::{
    Bytes, ConsultationId, Item, ItemRefusal, Method, ReplacementRefusal, Vote, check_item,
    replaces, token_message,
};
use proptest::prelude::*;
use rsa::signature::{RandomizedSigner as _, SignatureEncoding as _};
use std::sync::LazyLock;

static TOWN: LazyLock<Town> = LazyLock::new(|| Town::new(Method::Prioritising));

fn cast(vote: impl Fn(&mut Vote)) -> Result<(), ItemRefusal> {
    let honest = TOWN.honest();
    let mut item = honest.items[0].clone();
    let mut changed = item.vote();
    vote(&mut changed);
    TOWN.recast(&mut item, changed);
    check_item(&TOWN.context(&honest), &item)
}

#[test]
fn an_honest_item_is_accepted() {
    assert_eq!(cast(|vote| vote.sequence = u32::MAX), Ok(()));
    assert_eq!(cast(|vote| vote.value = 0), Ok(()));
    assert_eq!(cast(|vote| vote.value = 5), Ok(()));
}

#[test]
fn another_concern_or_value_is_refused() {
    assert_eq!(
        cast(|vote| vote.value = 6),
        Err(ItemRefusal::ValueOutOfRange)
    );
    assert_eq!(cast(|vote| vote.index ^= 1), Err(ItemRefusal::WrongConcern));
}

#[test]
fn a_token_of_another_consultation_is_foreign() {
    let honest = TOWN.honest();
    let context = TOWN.context(&honest);
    let elsewhere = ConsultationId([7; 16]);
    let token = seed(0).token(elsewhere, 0);
    let key = TOWN.keys[0].public();
    let signed = TOWN.keys[0]
        .blind_sign(&mut rng(), &token.blind(key).unwrap())
        .unwrap();
    let signature = Some(token.finalize(key, &signed).unwrap());
    // Signed anew for this consultation by the token; its issuers signed it for the other one.
    let mut item = token.cast(
        Vote {
            index: context.paper.assigned_to(token.public()),
            value: 3,
            sequence: 1,
        },
        vec![signature, signature, None],
    );
    assert_eq!(check_item(&context, &item), Err(ItemRefusal::TamperedItem));
    item.signature = signed_here(&item);
    assert_eq!(check_item(&context, &item), Err(ItemRefusal::ForeignToken));
}

/// The signature of the token of another consultation, over words for this one.
fn signed_here(item: &Item) -> Bytes<64> {
    let token = seed(0).token(ConsultationId([7; 16]), 0);
    let message = item.vote().message(HERE, item.token);
    token.sign_anything(&message)
}

#[test]
fn a_key_that_signs_everything_is_no_token() {
    let honest = TOWN.honest();
    let mut context = TOWN.context(&honest);
    context.threshold = 1;
    // The neutral point as key, the base point as R, 1 as s: valid for any message if lenient.
    let mut token = [0_u8; 32];
    token[0] = 1;
    let mut signature = [0x66_u8; 64];
    signature[0] = 0x58;
    signature[32..].fill(0);
    signature[32] = 1;
    let message = token_message(HERE, Bytes(token));
    let issuer = rsa::pss::SigningKey::<sha2::Sha384>::new(TOWN.keys[0].private().clone());
    let issued = issuer.sign_with_rng(&mut rng(), &message).to_vec();
    let item = Item {
        token: Bytes(token),
        index: context.paper.assigned_to(Bytes(token)),
        value: 5,
        sequence: 1,
        signatures: vec![Some(Bytes(issued.try_into().unwrap())), None, None],
        signature: Bytes(signature),
    };
    let lenient = ed25519_dalek::VerifyingKey::from_bytes(&token).unwrap();
    let words = item.vote().message(HERE, item.token);
    let given = ed25519_dalek::Signature::from_bytes(&signature);
    ed25519_dalek::Verifier::verify(&lenient, &words, &given).unwrap();
    assert_eq!(
        crate::item::examine(&context, &item),
        Err(Fault::TokenSignature)
    );
}

#[test]
fn only_a_higher_sequence_replaces() {
    let honest = TOWN.honest();
    let old = honest.items[0].clone();
    let with = |sequence| Item {
        sequence,
        ..old.clone()
    };
    assert_eq!(replaces(&with(3), &with(4)), Ok(()));
    assert_eq!(
        replaces(&with(3), &with(3)),
        Err(ReplacementRefusal::Replayed)
    );
    assert_eq!(
        replaces(&with(3), &with(2)),
        Err(ReplacementRefusal::LowerSequence)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_bit_of_an_item_can_be_changed(place: prop::sample::Index, bit in 0_u8..8) {
        let honest = TOWN.honest();
        let context = TOWN.context(&honest);
        let mut item = honest.items.iter().find(|item| item.signatures.iter().all(Option::is_some))
            .unwrap().clone();
        // token, signature, three slots; index, value and sequence are in the cases above.
        let at = place.index(32 + 64 + 3 * 256);
        let flipped = 1_u8 << bit;
        match at {
            0..32 => item.token.0[at] ^= flipped,
            32..96 => item.signature.0[at - 32] ^= flipped,
            _ => item.signatures[(at - 96) / 256].as_mut().unwrap().0[(at - 96) % 256] ^= flipped,
        }
        prop_assert!(check_item(&context, &item).is_err());
    }
}
