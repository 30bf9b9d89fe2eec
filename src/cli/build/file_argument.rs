//! Generated file named on the command line.

use std::{convert::Infallible, fmt, str::FromStr};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf, absolute_utf8};

use crate::tree::TreePath;

/// File below an output root, relative to the root or to the current directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileArgument(Utf8PathBuf);

impl FileArgument {
    /// Returns true if it names this file. With several output roots, a path relative to the root would be ambiguous.
    pub(super) fn is(&self, path: &TreePath, root: &Utf8Path, is_only: bool) -> bool {
        let from_root = is_only && plain(&self.0) == path.as_path();
        let whole = |path: &Utf8Path| absolute_utf8(path).ok().map(|path| plain(&path));
        from_root || whole(&self.0).is_some_and(|named| Some(named) == whole(&root.join(path.as_path())))
    }

    pub(super) fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Resolves `.` and `..` lexically.
fn plain(path: &Utf8Path) -> Utf8PathBuf {
    let mut plain = Utf8PathBuf::new();
    for part in path.components() {
        match part {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            part => plain.push(part.as_str()),
        }
    }
    plain
}

impl FromStr for FileArgument {
    type Err = Infallible;
    fn from_str(path: &str) -> Result<Self, Self::Err> {
        Ok(Self(path.into()))
    }
}

impl fmt::Display for FileArgument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
