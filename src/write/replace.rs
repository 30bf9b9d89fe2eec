//! Replacement of a single file of the user.

use std::io::{self, Write as _};

use camino::Utf8Path;

use super::WriteError;
use crate::interrupt;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Replaces an existing file atomically: writes the new one beside it with its mode, then renames it. A symbolic link
/// stays a link, and a byte order mark is kept.
///
/// # Errors
/// Fails if it cannot be written; the old file is then unchanged.
pub fn replace(path: &Utf8Path, text: &str) -> Result<(), WriteError> {
    let replace = || -> io::Result<()> {
        let path = path.canonicalize_utf8()?;
        let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let beside = path.with_file_name(format!(".{name}.magespec-staged"));
        let mark = if std::fs::read(&path)?.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { &[] };
        // An existing one is left over from a killed run.
        match std::fs::remove_file(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = std::fs::File::create_new(&beside)?;
        let written = file
            .write_all(mark)
            .and_then(|()| file.write_all(text.as_bytes()))
            .and_then(|()| file.set_permissions(std::fs::metadata(&path)?.permissions()))
            .and_then(|()| std::fs::rename(&beside, &path));
        written.inspect_err(|_| {
            let _ = std::fs::remove_file(&beside);
        })
    };
    let _whole = interrupt::hold();
    replace().map_err(|error| WriteError::new("write", path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(dir.path()).unwrap().join("a.toml");
        assert!(replace(&path, "x").is_err(), "there is nothing to replace");
        std::fs::write(&path, "old").unwrap();
        replace(&path, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        std::fs::write(&path, "\u{feff}old").unwrap();
        std::fs::write(dir.path().join(".a.toml.magespec-staged"), "of a run that was killed").unwrap();
        replace(&path, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "\u{feff}new");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
