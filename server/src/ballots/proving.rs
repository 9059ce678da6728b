//! Proofs that an item is under the last published root. A tree is built once for each root and kept: who
//! asks a thousand times costs no more than who asks once.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::web;
use ballot::{Inclusion, Root, Tree};
use tokio::sync::Mutex;

use super::box_store::{self, BoxRoot};
use super::{protocol, store};
use crate::codes::Code;
use crate::consultations::ConsultationId;
use crate::platform::app::App;
use crate::platform::problem::Problem;

/// Above this many votes what was kept is built anew: a large town's takes 40 MB.
const MOST: usize = 2;

/// The trees under the last roots.
#[derive(Default)]
pub struct Proofs(Mutex<HashMap<ConsultationId, Arc<Rooted>>>);

/// The items under one root.
struct Rooted {
    root: BoxRoot,
    /// In their order, as the tree's leaves.
    tokens: Vec<String>,
    tree: Tree,
}

impl Proofs {
    /// That a token's item is under the last published root.
    ///
    /// # Errors
    /// `vote_unknown`, `item_unknown`.
    pub async fn prove(
        &self,
        app: &App,
        id: &ConsultationId,
        token: &str,
    ) -> Result<(Root, Inclusion), Problem> {
        let unknown = || Problem::new(Code::ItemUnknown);
        let asked = id.clone();
        let last = app
            .read(move |unit| {
                store::get_vote(unit, &asked)?;
                Ok(box_store::list_roots(unit, &asked)?.pop())
            })
            .await?;
        let rooted = self.rooted(app, last.ok_or_else(unknown)?).await?;
        let place = rooted
            .tokens
            .binary_search_by(|other| other.as_str().cmp(token));
        let place = place.ok().and_then(|place| u32::try_from(place).ok());
        let inclusion = place.and_then(|place| rooted.tree.prove(place));
        Ok((rooted.tree.root(), inclusion.ok_or_else(unknown)?))
    }

    /// The tree under a root: one at a time is built, and whoever wants the same waits for it.
    async fn rooted(&self, app: &App, root: BoxRoot) -> Result<Arc<Rooted>, Problem> {
        let mut kept = self.0.lock().await;
        let id = root.consultation_id.clone();
        if let Some(found) = kept.get(&id).filter(|found| found.root.hash == root.hash) {
            return Ok(found.clone());
        }
        let asked = id.clone();
        let leaves = app
            .read(move |unit| box_store::list_rooted(unit, &asked))
            .await?;
        let built = web::block(move || build(root, leaves))
            .await
            .map_err(|cause| Problem::caused(Code::Internal, cause))??;
        let built = Arc::new(built);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(id, built.clone());
        Ok(built)
    }
}

fn build(root: BoxRoot, leaves: Vec<(String, String)>) -> Result<Rooted, Problem> {
    let (tokens, leaves): (Vec<_>, Vec<_>) = leaves.into_iter().unzip();
    let leaves = leaves.iter().map(|leaf| protocol::fixed(leaf));
    Ok(Rooted {
        root,
        tokens,
        tree: Tree::new(leaves.collect::<Result<_, _>>()?),
    })
}
