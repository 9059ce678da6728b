//! Chance as an argument: ids, secrets, codes and keys all come from here.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the one place that draws"
)]

use aws_lc_rs::agreement::{ECDH_P256, PrivateKey};
use aws_lc_rs::rand::SystemRandom;
use rand::rngs::{StdRng, SysRng};
use rand::{SeedableRng, TryRng};

use super::problem::Problem;
use crate::codes::Code;

const CROCKFORD: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The source of randomness: the operating system's.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chance;

impl Chance {
    /// `N` unpredictable bytes.
    ///
    /// # Errors
    /// `internal` when the operating system gives none.
    pub fn bytes<const N: usize>(self) -> Result<[u8; N], Problem> {
        let mut bytes = [0; N];
        SysRng
            .try_fill_bytes(&mut bytes)
            .map_err(|cause| Problem::caused(Code::Internal, cause))?;
        Ok(bytes)
    }

    /// `N` random Crockford base32 symbols in lower case, 5 bits each.
    ///
    /// # Errors
    /// As [`Chance::bytes`].
    pub fn symbols<const N: usize>(self) -> Result<String, Problem> {
        Ok(self
            .bytes::<N>()?
            .iter()
            .filter_map(|byte| CROCKFORD.get(usize::from(byte & 31)))
            .map(|symbol| char::from(*symbol))
            .collect())
    }

    /// What AWS-LC takes to make keys and signatures. It draws by itself, from a generator of its own
    /// that the operating system seeds, and takes this for the form.
    pub fn source(self) -> SystemRandom {
        SystemRandom::new()
    }

    /// A key for one exchange of secrets on P-256, drawn by AWS-LC.
    ///
    /// # Errors
    /// `internal` when none can be made.
    pub fn exchange_key(self) -> Result<PrivateKey, Problem> {
        PrivateKey::generate(&ECDH_P256).map_err(|cause| Problem::caused(Code::Internal, cause))
    }

    /// A generator for keys and blinding, seeded by the operating system.
    ///
    /// # Errors
    /// As [`Chance::bytes`].
    pub fn generator(self) -> Result<StdRng, Problem> {
        Ok(StdRng::from_seed(self.bytes()?))
    }

    /// A number that says nothing, for orders that must not tell when a row came.
    ///
    /// # Errors
    /// As [`Chance::bytes`].
    pub fn number(self) -> Result<i32, Problem> {
        Ok(i32::from_le_bytes(self.bytes()?) & i32::MAX)
    }
}
