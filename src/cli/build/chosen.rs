//! A generated file named on the command line.

use std::{convert::Infallible, fmt, str::FromStr};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::tree::TreePath;

/// A file below an output root, named from there or with the root in front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen(Utf8PathBuf);

impl Chosen {
    /// Whether it names this file of the output root.
    pub(super) fn is(&self, path: &TreePath, root: &Utf8Path) -> bool {
        self.0 == path.as_path() || self.0 == plain(&root.join(path.as_path()))
    }
}

/// The path without `.` parts.
fn plain(path: &Utf8Path) -> Utf8PathBuf {
    path.components().filter(|part| *part != Utf8Component::CurDir).collect()
}

impl FromStr for Chosen {
    type Err = Infallible;
    fn from_str(path: &str) -> Result<Self, Self::Err> {
        Ok(Self(plain(Utf8Path::new(path))))
    }
}

impl fmt::Display for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
