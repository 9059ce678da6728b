//! Files and folders that only the server's own account may read, whatever the umask allows.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Makes a folder and those it lies in, where they are missing, for nobody else to enter.
///
/// # Errors
/// What the system refuses.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut folder = fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(path)
}

/// Makes a file that must not be there yet, for nobody else to read.
///
/// # Errors
/// What the system refuses.
pub fn create(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a file with this content, as [`create`] does, whole or not at all: a full disk leaves its
/// part under another name.
///
/// # Errors
/// What the system refuses, also when there is such a file.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.exists() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let unfinished = path.with_extension("unfinished");
    if unfinished.exists() {
        fs::remove_file(&unfinished)?;
    }
    let mut file = create(&unfinished)?;
    io::Write::write_all(&mut file, bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)
}

/// Waits until what is in a file, or which names are in a folder, is on disk.
///
/// # Errors
/// What the system refuses.
pub fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}
