//! Writing to standard output and standard error.

mod answer;
mod csv;
mod findings;
mod listing;
mod messages;
mod outline;
mod pager;
mod progress;
mod prompt;
mod streams;
mod table;
mod unknown;

pub(super) use answer::{
    JsonError, begin, finish, note_failure, note_wrong_arguments, print_json, print_text,
};
pub(super) use csv::csv_row;
pub(super) use findings::{
    count_warnings, leftover_warnings, print_failure, print_findings, print_project_findings, print_reports,
    print_selected_findings, shown,
};
pub(super) use listing::{List, Listing};
pub(super) use messages::{error, note, note_ignored, waiting, warn, wrote};
pub(super) use outline::guides;
pub(super) use pager::{Paging, page, page_data};
pub(super) use progress::progress;
pub(super) use prompt::{ask, can_prompt, choose, confirm};
pub(super) use streams::{
    json, print_data, stderr, stderr_is_terminal, stderr_of_child, stdout, stdout_is_terminal,
};
pub(super) use table::table;
pub(super) use unknown::unknown_resource;
