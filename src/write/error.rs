//! Errors of the writer.

use std::{fmt, io};

use camino::{Utf8Path, Utf8PathBuf};

use crate::diag::{Failure, io_reason};

/// Error for a failed operation on disk.
#[derive(Debug)]
pub struct WriteError {
    /// Failed action: `read`, `write`, `delete`, `create` or `open`.
    action: &'static str,
    path: Utf8PathBuf,
    source: io::Error,
}

impl WriteError {
    pub(super) fn new(action: &'static str, path: &Utf8Path, source: io::Error) -> Self {
        let path = path.strip_prefix("./").unwrap_or(path);
        Self { action, path: path.to_owned(), source }
    }

    /// Returns the path of the operation.
    #[must_use]
    pub fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> io::ErrorKind {
        self.source.kind()
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.source.kind() {
            io::ErrorKind::NotADirectory => "a file is where a directory should be".to_owned(),
            io::ErrorKind::AlreadyExists if ["open", "create"].contains(&self.action) => {
                "a file is where a directory should be".to_owned()
            }
            io::ErrorKind::AlreadyExists => "a file of that name is there; move it away".to_owned(),
            io::ErrorKind::NotFound if self.action == "write" => "the directory does not exist".to_owned(),
            io::ErrorKind::NotFound if self.action == "create" => {
                "its file system does not allow new directories".to_owned()
            }
            io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
            _ => io_reason(&self.source),
        };
        write!(f, "cannot {} {}: {reason}", self.action, self.path)
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::new(error.to_string()).at(&error.path)
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
