//! What several commands share.

mod csv;
mod findings;
mod input;
mod known;
mod listing;
mod outline;
mod pager;
mod progress;
mod project;
mod releases;
mod scoped;
mod specs;
mod table;
mod unknown;

pub(super) use csv::csv_row;
pub(super) use findings::{Deny, deny, print, tell_findings, tell_reports};
pub(super) use input::{read, reason};
pub(super) use known::{Known, shop_at};
pub(super) use listing::{List, Listing, json_document, note, style, warn};
pub(super) use outline::guides;
pub(super) use pager::{Paging, page};
pub(super) use progress::progress;
pub(super) use project::{Output, Project, compile_all};
pub(super) use releases::{Asked, Releases, known, known_release, tell_stand_ins, when_in, within};
pub(super) use scoped::Scoped;
pub(super) use specs::{Specs, one_spec};
pub(super) use table::table;
pub(super) use unknown::unknown_resource;

/// `1 file`, `2 files`.
pub(super) fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
