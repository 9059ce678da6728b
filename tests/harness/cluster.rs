//! A private PostgreSQL server in a folder of its own. The chores of the repository start one for a
//! whole run of the tests; a test that stops its server starts one for itself.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

const SETTINGS: [&str; 4] = [
    "listen_addresses=",
    "max_connections=400",
    "shared_buffers=128MB",
    "log_min_messages=fatal",
];
/// Nothing of it outlives the tests, so nothing is flushed to disk.
const FORGETFUL: [&str; 4] = [
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
];

/// A running server.
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    durable: bool,
    server: Option<Child>,
}

impl Cluster {
    /// Makes an empty server and starts it. Its databases order text as Albanians do, so that whatever
    /// relies on another order shows. A durable one writes to disk before it says so, as in earnest.
    ///
    /// # Errors
    /// Where PostgreSQL is not installed or does not start.
    pub fn start(durable: bool) -> io::Result<Self> {
        let programs = programs()?;
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("data");
        std::fs::create_dir(&data)?;
        for path in [folder.path(), &data] {
            give_away(path)?;
        }
        let made = as_nobody_special(&programs.join("initdb"))
            .arg("--pgdata")
            .arg(&data)
            .args(["--username=trekendesh", "--auth=trust", "--encoding=UTF8"])
            .args([
                "--locale=C.UTF-8",
                "--locale-provider=icu",
                "--icu-locale=sq",
            ])
            .arg("--no-sync")
            .stdout(Stdio::null())
            .status()?;
        if !made.success() {
            return Err(io::Error::other("initdb failed"));
        }
        let mut cluster = Self {
            folder,
            programs,
            durable,
            server: None,
        };
        cluster.serve()?;
        Ok(cluster)
    }

    /// A server that follows this one and is only read.
    ///
    /// # Errors
    /// Where it cannot be copied or does not start.
    pub fn follow(&self) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        give_away(folder.path())?;
        let copied = as_nobody_special(&self.programs.join("pg_basebackup"))
            .arg("--pgdata")
            .arg(folder.path().join("data"))
            .arg("--host")
            .arg(self.folder.path())
            .args([
                "--username=trekendesh",
                "--write-recovery-conf",
                "--checkpoint=fast",
                "--no-sync",
            ])
            .status()?;
        if !copied.success() {
            return Err(io::Error::other("pg_basebackup failed"));
        }
        let mut cluster = Self {
            folder,
            programs: self.programs.clone(),
            durable: self.durable,
            server: None,
        };
        cluster.serve()?;
        Ok(cluster)
    }

    /// Its address, without a database.
    pub fn url(&self) -> String {
        let folder = self.folder.path().to_string_lossy().replace('/', "%2F");
        format!("postgres://trekendesh@{folder}")
    }

    /// The number of its first process, which lets others in.
    pub fn process(&self) -> Option<u32> {
        self.server.as_ref().map(Child::id)
    }

    /// Stops it as an operator does who is in a hurry: whoever is connected is cut off.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn stop(&mut self) -> io::Result<()> {
        self.end("-INT")
    }

    /// Ends it with a signal. `-QUIT`: at once, as if its machine had lost power but for what the system
    /// was given to write; the next start recovers from the log.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn end(&mut self, signal: &str) -> io::Result<()> {
        let Some(mut server) = self.server.take() else {
            return Ok(());
        };
        let id = server.id().to_string();
        Command::new("kill").args([signal, &id]).status()?;
        server.wait().map(drop)
    }

    /// Starts it, the first time or again.
    ///
    /// # Errors
    /// Where it does not start.
    pub fn serve(&mut self) -> io::Result<()> {
        let folder = self.folder.path();
        let mut server = as_nobody_special(&self.programs.join("postgres"));
        server
            .arg("-D")
            .arg(folder.join("data"))
            .arg("-k")
            .arg(folder);
        let forgetful: &[&str] = if self.durable { &[] } else { &FORGETFUL };
        for setting in SETTINGS.iter().chain(forgetful) {
            server.args(["-c", setting]);
        }
        server.stdout(Stdio::null()).stderr(Stdio::null());
        self.server = Some(server.spawn()?);
        self.wait()
    }

    fn wait(&self) -> io::Result<()> {
        for _ in 0..600 {
            let ready = Command::new(self.programs.join("pg_isready"))
                .arg("--quiet")
                .arg("--host")
                .arg(self.folder.path())
                .status()?;
            if ready.success() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(io::Error::other("PostgreSQL did not start"))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // A server that is gone already needs no stopping.
        let _ = self.stop();
    }
}

/// Where PostgreSQL's programs are; Debian keeps them off the path.
///
/// # Errors
/// Where it is not installed.
pub fn programs() -> io::Result<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let mut debian: Vec<PathBuf> = versions
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    debian.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = debian.into_iter().rev().chain(std::env::split_paths(&path));
    folders
        .find(|folder| folder.join("initdb").is_file())
        .ok_or_else(|| io::Error::other("PostgreSQL's initdb is nowhere: install postgresql"))
}

/// A program under another account where this one is root, whom PostgreSQL refuses.
fn as_nobody_special(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
        .arg(program);
    command
}

fn give_away(path: &Path) -> io::Result<()> {
    if !is_root() {
        return Ok(());
    }
    let done = Command::new("chown")
        .arg("postgres:postgres")
        .arg(path)
        .status()?;
    if done.success() {
        Ok(())
    } else {
        Err(io::Error::other("chown failed"))
    }
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}
