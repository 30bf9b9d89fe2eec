//! Writing to standard output and standard error.

mod csv;
mod findings;
mod listing;
mod messages;
mod outline;
mod pager;
mod progress;
mod table;
mod unknown;

pub(super) use csv::csv_row;
pub(super) use findings::{print_reports, tell_failure, tell_findings, tell_leftovers, tell_reports};
pub(super) use listing::{List, Listing};
pub(super) use messages::{error, note, warn};
pub(super) use outline::guides;
pub(super) use pager::{Paging, page};
pub(super) use progress::progress;
pub(super) use table::table;
pub(super) use unknown::unknown_resource;
