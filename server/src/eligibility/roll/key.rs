//! The key of a municipality's roll. It makes the marks at the municipality and finds them here, and lies
//! among the keys of the installation, never in the database.

use std::fs;
use std::path::Path;

use aws_lc_rs::hmac;
use domain::roll::Person;

use crate::platform::chance::Chance;
use crate::platform::files;
use crate::platform::keys::hex;

/// Bytes of a key.
const BYTES: usize = 32;
/// Symbols of a check value: enough to notice a wrong key, and of no use to guess one.
const CHECK: usize = 16;

/// The key of a roll.
pub struct RollKey(hmac::Key);

impl RollKey {
    /// Makes a key in a new file: 64 hexadecimal symbols on a line.
    ///
    /// # Errors
    /// One line, also where there is such a file.
    pub fn make(file: &Path) -> Result<(), String> {
        let about = |cause: &dyn std::fmt::Display| format!("{}: {cause}", file.display());
        let secret: [u8; BYTES] = Chance
            .bytes()
            .map_err(|problem| about(&problem.in_words()))?;
        let line = format!("{}\n", hex(&secret));
        files::write(file, line.as_bytes()).map_err(|cause| about(&cause))
    }

    /// Reads a key.
    ///
    /// # Errors
    /// One line, without anything of the key.
    pub fn read(file: &Path) -> Result<Self, String> {
        let about = |cause: &dyn std::fmt::Display| format!("{}: {cause}", file.display());
        let text = fs::read_to_string(file).map_err(|cause| about(&cause))?;
        let secret = hex::decode(text.trim()).unwrap_or_default();
        if secret.len() != BYTES {
            return Err(about(&"no key: one is 64 hexadecimal symbols on a line"));
        }
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, &secret)))
    }

    /// What stands on the roll of a year for somebody.
    pub fn mark(&self, person: &Person, year: i32) -> String {
        self.tag("person", &person.canonical(year))
    }

    /// What tries at somebody's identity are counted by, whatever card was typed with it.
    pub fn whose(&self, person: &Person) -> String {
        self.tag("tries", person.whose())
    }

    /// What a file of marks begins with, so that one made for another year or with another key is noticed.
    pub fn check(&self, year: i32) -> String {
        let check = self.tag("check", &year.to_string());
        check.chars().take(CHECK).collect()
    }

    fn tag(&self, purpose: &str, text: &str) -> String {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(b"trekendesh roll\0");
        context.update(purpose.as_bytes());
        context.update(&[0]);
        context.update(text.as_bytes());
        hex(context.sign().as_ref())
    }
}
