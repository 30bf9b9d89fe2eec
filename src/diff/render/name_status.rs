//! Status letter and path of each changed file.

use std::fmt::Write as _;

use super::text::quoted;
use crate::diff::{Comparison, Status};

/// Renders the status letter and path of each file.
#[must_use]
pub fn name_status(comparisons: &[Comparison]) -> String {
    let mut out = String::new();
    for comparison in comparisons {
        for change in comparison.differing() {
            let path = comparison.shown(change);
            let _ = writeln!(out, "{}\t{}", letter(change.status), quoted(path.as_str()));
        }
        if let Some(lock) = comparison.lone_lock() {
            let _ = writeln!(out, "M\t{}", quoted(lock.as_str()));
        }
    }
    out
}

/// Letter of a status: those of git, and two additional ones.
const fn letter(status: Status) -> char {
    match status {
        Status::Created => 'A',
        Status::Changed => 'M',
        Status::Deleted => 'D',
        Status::HandEdited => 'E',
        Status::InTheWay => 'X',
        Status::Unchanged => ' ',
    }
}
