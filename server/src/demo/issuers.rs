//! The demo's issuers: the three institutions, each a process with a folder of its own, as in a town.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The triangle.
const TRIANGLE: [&str; 3] = ["municipality", "police", "prosecution"];

/// Running issuers; they end with this, or with the process that holds it.
pub struct Issuers {
    running: Vec<Child>,
    /// Where they are, as the setting has it.
    pub setting: String,
}

impl Issuers {
    /// Starts them on folders in this one, for a municipality.
    ///
    /// # Errors
    /// One line that says which did not start.
    pub fn start(folder: &Path, municipality: &str) -> Result<Self, String> {
        let mut all = Self {
            running: Vec::new(),
            setting: String::new(),
        };
        for institution in TRIANGLE {
            let failed =
                |cause: &dyn std::fmt::Display| format!("the issuer of {institution}: {cause}");
            let data = folder.join("issuers").join(institution);
            let program = std::env::current_exe().map_err(|cause| failed(&cause))?;
            let mut child = Command::new(program)
                .args(["issuer", "--until-input-ends"])
                .env("TREKENDESH_DATA_DIR", &data)
                .env("TREKENDESH_LISTEN", "127.0.0.1:0")
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .map_err(|cause| failed(&cause))?;
            let said = child.stdout.take();
            all.running.push(child);
            let mut address = String::new();
            let said = said.ok_or_else(|| failed(&"it says nothing"))?;
            BufReader::new(said)
                .read_line(&mut address)
                .map_err(|cause| failed(&cause))?;
            let place = address.trim().strip_prefix("http://");
            let place = place.ok_or_else(|| failed(&"it did not start"))?;
            let password =
                std::fs::read_to_string(data.join("password")).map_err(|cause| failed(&cause))?;
            all.setting.push_str(&format!(
                "{municipality}/{institution}=http://:{password}@{place},"
            ));
        }
        Ok(all)
    }
}

impl Drop for Issuers {
    fn drop(&mut self) {
        for child in &mut self.running {
            // One that is gone already needs no killing.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
