//! Paths that stay inside the output root.

use std::fmt;

use camino::{Utf8Path, Utf8PathBuf};

use super::staged::MARK;
use crate::{diag::printable_line, names::is_git_directory};

/// The name of the lock, beside the generated files.
pub const LOCK_FILE: &str = "integration.lock";

/// A path below the output root: relative, segments separated by `/`, none of them empty, `.`, `..` or
/// `.git`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TreePath(String);

/// Error for a path that could leave the output root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPath(pub String);

impl TreePath {
    /// Checks a path.
    ///
    /// # Errors
    /// Returns the path if it is absolute, has an empty segment, `.`, `..` or `.git`, a backslash, a colon or
    /// a control character.
    pub fn new(path: impl Into<String>) -> Result<Self, InvalidPath> {
        let path = path.into();
        let stays_inside =
            path.split('/').all(|part| !matches!(part, "" | "." | "..") && !is_git_directory(part))
                && !path.contains(|c: char| c == '\\' || c == ':' || c.is_control());
        if stays_inside { Ok(Self(path)) } else { Err(InvalidPath(path)) }
    }

    /// Returns the path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the path of another file in the same directory.
    #[must_use]
    pub fn with_name(&self, name: &str) -> Utf8PathBuf {
        self.as_path().with_file_name(name)
    }

    /// Returns the last segment.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(self.as_str(), |(_, name)| name)
    }

    /// Returns the directory above it; empty for the output root.
    #[must_use]
    pub fn folder(&self) -> &Utf8Path {
        self.folders().next().unwrap_or(Utf8Path::new(""))
    }

    /// Returns true if magespec may have written a file at this path: not its own lock or staged files.
    #[must_use]
    pub fn can_be_generated(&self) -> bool {
        self.0 != LOCK_FILE && !(self.name().starts_with('.') && self.name().contains(MARK))
    }

    /// Iterates over the directories above it, nearest first.
    pub fn folders(&self) -> impl Iterator<Item = &Utf8Path> {
        self.as_path().ancestors().skip(1).filter(|folder| !folder.as_str().is_empty())
    }

    /// Returns the path as a file system path.
    #[must_use]
    pub fn as_path(&self) -> &Utf8Path {
        Utf8Path::new(&self.0)
    }
}

impl fmt::Display for TreePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<TreePath> for String {
    fn from(path: TreePath) -> Self {
        path.0
    }
}

impl TryFrom<String> for TreePath {
    type Error = InvalidPath;
    fn try_from(path: String) -> Result<Self, Self::Error> {
        Self::new(path)
    }
}

impl fmt::Display for InvalidPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = printable_line(&self.0);
        if self.0.split('/').any(is_git_directory) {
            write!(f, "`{path}` is inside a .git directory")
        } else {
            write!(f, "`{path}` is not a path below the output root")
        }
    }
}

impl std::error::Error for InvalidPath {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_folder_and_a_name() {
        for (path, folder, name) in [("etc/acl.xml", "etc", "acl.xml"), ("x", "", "x"), ("a/b/c", "a/b", "c")]
        {
            let path = TreePath::new(path).unwrap();
            assert_eq!((path.folder().as_str(), path.name()), (folder, name));
            assert_eq!(path.with_name("y"), path.folder().join("y"));
        }
    }

    #[test]
    fn only_paths_below_the_root_are_taken() {
        for path in ["etc/acl.xml", "registration.php", "a b/ü.txt", ".hidden", "a..b"] {
            assert!(TreePath::new(path).is_ok(), "{path}");
        }
        for path in [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            "a\\b",
            "C:/x",
            "a\0b",
            "a\nb",
            ".git/config",
            "a/.GIT",
        ] {
            assert!(TreePath::new(path).is_err(), "{path:?}");
        }
    }
}
