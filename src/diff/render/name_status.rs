//! A letter and the path of each file that is not as it is made.

use std::fmt::Write as _;

use super::text::quoted;
use crate::diff::{Comparison, Status};

/// A letter and the path of each file.
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

/// git's letters, and two of our own.
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
