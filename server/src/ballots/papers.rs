//! What items are held against, kept in memory: once a vote is sealed it never changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use ballot::{BallotBox, Context, IssuerPublicKey, Method, Paper};

use super::{protocol, store};
use crate::codes::Code;
use crate::consultations::ConsultationId;
use crate::consultations::store as consultations;
use crate::platform::app::{App, Unit};
use crate::platform::problem::Problem;

/// Above this many votes what was kept is read anew.
const MOST: usize = 64;

/// The heads of sealed votes.
#[derive(Default)]
pub struct Papers(Mutex<HashMap<ConsultationId, Arc<Sealed>>>);

/// A sealed vote.
pub struct Sealed {
    /// The head of its box.
    pub head: BallotBox,
    /// What an item is held against.
    pub context: Context,
}

impl Papers {
    /// The sealed vote of a consultation.
    ///
    /// # Errors
    /// `consultation_unknown`, `casting_not_open`.
    pub async fn sealed(&self, app: &App, id: &ConsultationId) -> Result<Arc<Sealed>, Problem> {
        let kept = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(id)
            .cloned();
        if let Some(kept) = kept {
            return Ok(kept);
        }
        let asked = id.clone();
        let read = Arc::new(app.read(move |unit| read(unit, &asked)).await?);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(id.clone(), read.clone());
        Ok(read)
    }
}

/// Reads the sealed vote of a consultation.
///
/// # Errors
/// `consultation_unknown`, `casting_not_open`.
pub fn read(unit: &mut Unit<'_>, id: &ConsultationId) -> Result<Sealed, Problem> {
    let not_open = || Problem::new(Code::CastingNotOpen);
    consultations::get(unit, id)?;
    let vote = store::get_vote(unit, id).map_err(|_unknown| not_open())?;
    let head: BallotBox = protocol::from_json(&vote.sealed.ok_or_else(not_open)?)?;
    let context = context(&head)?;
    Ok(Sealed { head, context })
}

/// What items are held against under this head.
///
/// # Errors
/// `internal` for a head that is damaged.
pub fn context(head: &BallotBox) -> Result<Context, Problem> {
    let damaged = |cause: &str| Problem::caused(Code::Internal, cause);
    let issuers = head
        .issuers
        .iter()
        .map(|of| IssuerPublicKey::from_jwk(&of.key).map_err(|cause| damaged(&cause.to_string())));
    let count = |length: usize| {
        length
            .try_into()
            .map_err(|_unfit| damaged("a list too long"))
    };
    Ok(Context {
        consultation: head.consultation.id,
        issuers: issuers.collect::<Result<_, _>>()?,
        threshold: head.consultation.threshold,
        paper: match head.consultation.method {
            Method::Prioritising => Paper::Prioritising {
                concerns: count(head.concerns.len())?,
                beacon: head.beacon,
            },
            Method::Question => Paper::Question {
                choices: u8::try_from(count(head.choices.len())?)
                    .map_err(|_unfit| damaged("a list too long"))?,
            },
        },
    })
}
