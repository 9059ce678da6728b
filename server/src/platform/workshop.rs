//! Heavy work: large bodies and photos. Two threads do all of it, so that it neither fills the machine
//! nor leaves memory behind in each of the many threads that others' reads run on.

use std::sync::LazyLock;

use tokio::runtime::{Builder, Runtime};

use super::problem::Problem;
use crate::codes::Code;

/// How many pieces of heavy work are done at a time.
const THREADS: usize = 2;

static WORKSHOP: LazyLock<std::io::Result<Runtime>> = LazyLock::new(|| {
    Builder::new_current_thread()
        .max_blocking_threads(THREADS)
        .thread_name("workshop")
        .build()
});

/// Does heavy work when its turn comes.
///
/// # Errors
/// `internal` when it broke off.
pub async fn heavy<F, T>(work: F) -> Result<T, Problem>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let workshop = WORKSHOP
        .as_ref()
        .map_err(|cause| Problem::caused(Code::Internal, cause))?;
    workshop
        .spawn_blocking(work)
        .await
        .map_err(|cause| Problem::caused(Code::Internal, cause))
}
