//! What several commands share.

mod findings;
mod input;
mod pager;
mod progress;
mod project;
mod specs;

pub(super) use findings::{Deny, deny, print, tell_findings};
pub(super) use input::{read, reason};
pub(super) use pager::{Paging, page};
pub(super) use progress::progress;
pub(super) use project::{Output, Project, compile_all};
pub(super) use specs::Specs;

/// `1 file`, `2 files`.
pub(super) fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
