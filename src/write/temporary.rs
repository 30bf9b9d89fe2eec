//! Temporary files and directories, which only their owner can read.

use std::{
    env,
    fs::{self, DirBuilder, File, OpenOptions},
    io, process,
};

use camino::{Utf8Path, Utf8PathBuf};

use crate::interrupt::{self, Hold};

/// Creates a file for a log in the temporary directory. It stays, and has no other name while it is written, so that it can be
/// read after whatever happens.
///
/// # Errors
/// Fails if it cannot be created.
pub fn create_log(name: &str) -> io::Result<(File, Utf8PathBuf)> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    create_unique(name, ".log", |path| options.open(path))
}

/// A temporary directory, removed when it is dropped. Signals wait until then.
#[derive(Debug)]
pub struct TemporaryFolder {
    path: Utf8PathBuf,
    /// Released once the directory is removed.
    _held: Hold,
}

impl TemporaryFolder {
    /// Creates a directory.
    ///
    /// # Errors
    /// Fails if it cannot be created.
    pub fn new(name: &str) -> io::Result<Self> {
        let held = interrupt::hold();
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(false);
        let ((), path) = create_unique(name, "", |path| builder.create(path))?;
        Ok(Self { path, _held: held })
    }

    /// Returns its path.
    #[must_use]
    pub fn path(&self) -> &Utf8Path {
        &self.path
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Creates something in the temporary directory under the first name that is free.
fn create_unique<T>(
    name: &str,
    suffix: &str,
    create: impl Fn(&Utf8Path) -> io::Result<T>,
) -> io::Result<(T, Utf8PathBuf)> {
    let folder = Utf8PathBuf::try_from(env::temp_dir()).map_err(|error| error.into_io_error())?;
    let mut attempt = 0;
    loop {
        let path = folder.join(format!("magespec-{name}-{}-{attempt}{suffix}", process::id()));
        match create(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => attempt += 1,
            created => return created.map(|created| (created, path)),
        }
    }
}
