//! Log of the commands run in a shop.

use std::{
    env,
    fs::{File, OpenOptions},
    io::{self, Write as _},
    process,
};

use camino::{Utf8Path, Utf8PathBuf};

use crate::diag::printable_line;

/// Log file in the temporary directory, readable by its owner only.
#[derive(Debug)]
pub struct Log {
    file: File,
    path: Utf8PathBuf,
}

impl Log {
    /// Creates a log file with this name.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn new(name: &str) -> io::Result<Self> {
        let folder = Utf8PathBuf::try_from(env::temp_dir()).map_err(|error| error.into_io_error())?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut attempt = 0;
        loop {
            let path = folder.join(format!("magespec-{name}-{}-{attempt}.log", process::id()));
            match options.open(&path) {
                Ok(file) => return Ok(Self { file, path }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => attempt += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Path of the file.
    #[must_use]
    pub fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// Adds a line, printable. Ignores write errors: a full disk must not interrupt an installation.
    pub fn line(&mut self, text: &str) {
        let _ = writeln!(self.file, "{}", printable_line(text));
    }
}
