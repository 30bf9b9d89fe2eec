//! A new file that only its owner can read.

use std::{
    fs::{self, File, OpenOptions},
    io::Write as _,
};

use camino::{Utf8Path, Utf8PathBuf};

use super::WriteError;

/// A file that only its owner can read, created empty and removed again unless it is written.
#[derive(Debug)]
pub struct PrivateFile {
    file: File,
    path: Utf8PathBuf,
    is_written: bool,
}

impl PrivateFile {
    /// Creates the file.
    ///
    /// # Errors
    /// Fails if it cannot be created, or if there is one.
    pub fn create(path: &Utf8Path) -> Result<Self, WriteError> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|error| WriteError::new("write", path, error))?;
        Ok(Self { file, path: path.to_owned(), is_written: false })
    }

    /// Writes the contents, and flushes them to the disk.
    ///
    /// # Errors
    /// Fails if they cannot be written; the file is then removed.
    pub fn write(mut self, bytes: &[u8]) -> Result<(), WriteError> {
        let written = self.file.write_all(bytes).and_then(|()| self.file.sync_all());
        written.map_err(|error| WriteError::new("write", &self.path, error))?;
        self.is_written = true;
        Ok(())
    }
}

impl Drop for PrivateFile {
    fn drop(&mut self) {
        if !self.is_written {
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_owner_can_read_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::try_from(dir.path().join("keys.json")).unwrap();
        PrivateFile::create(&path).unwrap().write(b"x").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"x");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(PrivateFile::create(&path).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"x");
    }

    #[test]
    fn it_goes_unless_it_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::try_from(dir.path().join("keys.json")).unwrap();
        drop(PrivateFile::create(&path).unwrap());
        assert!(!path.exists());
    }
}
