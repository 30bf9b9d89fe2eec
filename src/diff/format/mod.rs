//! Changes as text, one file per format.

mod html;
mod human;
mod json;
mod name_status;
mod pairs;
mod patch;
mod path;
mod side_by_side;
mod stat;
mod style;
mod summary;

use camino::{Utf8Path, Utf8PathBuf};

pub use human::hunks;
use summary::Summary;

use super::{Change, Changes, Status};
use crate::tree::{LOCK_FILE, place};

/// How changes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// A unified diff that `git apply` and `patch -p1` take.
    Patch,
    /// The same for people, with the changed words marked.
    Human,
    /// Two columns, what is on disk and what is made.
    SideBySide,
    /// A line for each file with the number of lines changed, as git has it.
    Stat,
    /// A letter and the path of each file.
    NameStatus,
    /// One JSON document.
    Json,
    /// One self-contained page.
    Html,
}

/// The changes of one output root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The module's name.
    pub module: String,
    /// The output root as its paths are shown; empty for the current directory.
    pub root: Utf8PathBuf,
    /// What is to become of its files.
    pub changes: Changes,
}

/// What a format may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// How many lines stand around those that differ.
    pub context: usize,
    /// How many columns a line may have.
    pub width: usize,
}

/// All comparisons in one format. Colour is always in those for people; the stream takes it out where it does not
/// belong.
#[must_use]
pub fn render(format: Format, comparisons: &[Comparison], layout: Layout) -> Vec<u8> {
    match format {
        Format::Patch => patch::render(comparisons, layout),
        Format::Human => human::render(comparisons, layout).into_bytes(),
        Format::SideBySide => side_by_side::render(comparisons, layout).into_bytes(),
        Format::Stat => stat::render(comparisons, layout).into_bytes(),
        Format::NameStatus => name_status::render(comparisons).into_bytes(),
        Format::Json => json::render(comparisons, layout).into_bytes(),
        Format::Html => html::render(comparisons, layout).into_bytes(),
    }
}

impl Format {
    /// Whether the format is for people, with colours in it.
    #[must_use]
    pub const fn is_coloured(self) -> bool {
        matches!(self, Self::Human | Self::SideBySide | Self::Stat)
    }
}

impl Comparison {
    /// The output root, `.` for the current directory.
    #[must_use]
    pub fn place(&self) -> &Utf8Path {
        place(&self.root)
    }

    /// The path of a file as it is shown.
    fn shown(&self, change: &Change) -> Utf8PathBuf {
        self.root.join(change.path.as_path())
    }

    /// The files that are not as they are made.
    fn differing(&self) -> impl Iterator<Item = &Change> {
        self.changes.files.iter().filter(|change| change.status != Status::Unchanged)
    }

    /// The path of the lock file, if it alone is to be written: it is missing, or a run was interrupted.
    fn lone_lock(&self) -> Option<Utf8PathBuf> {
        let is_lone = !self.changes.is_clean() && self.differing().next().is_none();
        is_lone.then(|| self.root.join(LOCK_FILE))
    }
}

impl Change {
    /// What keeps `build` from writing the file; none if nothing does.
    #[must_use]
    pub fn conflict(&self) -> Option<String> {
        match (self.status, &self.obstacle) {
            (Status::HandEdited | Status::InTheWay, Some(obstacle)) => {
                Some(format!("{obstacle}; move it out of the way"))
            }
            (Status::HandEdited, None) if self.after.is_none() => Some(
                "it was edited by hand since magespec wrote it, and the spec no longer makes it".to_owned(),
            ),
            (Status::HandEdited, None) => Some("it was edited by hand since magespec wrote it".to_owned()),
            (Status::InTheWay, None) => Some("it is there, and magespec did not write it".to_owned()),
            _ => None,
        }
    }
}
