//! Paths that stay inside the output root.

use std::fmt;

use camino::Utf8Path;

use crate::{diag::printable_line, names::is_git_directory};

/// The name of the lock, beside the generated files.
pub const LOCK_FILE: &str = "integration.lock";

/// A path below the output root: relative, segments separated by `/`, none of them empty, `.`, `..` or
/// the directory of git.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TreePath(String);

/// Suffix of a staged file that is not in place yet.
const STAGED: &str = ".magespec-staged";

/// Error for a path that could leave the output root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPath(pub String);

impl TreePath {
    /// Checks a path.
    ///
    /// # Errors
    /// Returns the path if it is absolute, has an empty segment, `.`, `..` or the directory of git, a backslash, a colon or
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

    /// Returns the path beside it at which the file is staged.
    #[must_use]
    pub fn staged(&self) -> Self {
        let (folder, name) = self
            .0
            .rsplit_once('/')
            .map_or(("", self.0.as_str()), |(_, name)| (&self.0[..self.0.len() - name.len()], name));
        Self(format!("{folder}.{name}{STAGED}"))
    }

    /// Returns true if magespec may have written a file at this path: not its own lock or staged files.
    #[must_use]
    pub fn can_be_generated(&self) -> bool {
        self.0 != LOCK_FILE && !self.0.ends_with(STAGED)
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
            write!(f, "`{path}` lies in the directory of git")
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
    fn staged_files_lie_beside_their_place() {
        for (path, staged) in [
            ("etc/acl.xml", "etc/.acl.xml.magespec-staged"),
            ("integration.lock", ".integration.lock.magespec-staged"),
            ("a/b/c", "a/b/.c.magespec-staged"),
        ] {
            assert_eq!(TreePath::new(path).unwrap().staged().as_str(), staged);
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
