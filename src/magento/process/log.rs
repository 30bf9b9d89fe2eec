//! Log of the commands run in a shop.

use std::{
    fs::File,
    io::{self, Write as _},
};

use camino::{Utf8Path, Utf8PathBuf};

use crate::{diag::printable_line, write::create_log};

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
        create_log(name).map(|(file, path)| Self { file, path })
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
