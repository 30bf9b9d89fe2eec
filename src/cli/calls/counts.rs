//! Request counts in words.

use crate::{diag::plural, traffic::ResponseCounts};

/// `1 request`, `2 requests`.
pub(super) fn count(count: u64, word: &str) -> String {
    plural(usize::try_from(count).unwrap_or(usize::MAX), word)
}

/// `9 requests: 2 refused with 401 or 403`; successful ones are not mentioned.
pub(super) fn answers(answers: ResponseCounts) -> String {
    let all = count(answers.all, "request");
    if answers.are_refusals() {
        return format!("{all}, refused with 401 or 403");
    }
    let parts = [
        (answers.refused, "refused with 401 or 403"),
        (answers.not_found, "not found"),
        (answers.failed, "failed"),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, what)| format!("{count} {what}")).collect();
    if parts.is_empty() { all } else { format!("{all}: {}", parts.join(", ")) }
}

/// Message for unreadable lines with `/rest`, with the first of them.
pub(super) fn unreadable(broken: u64, (log, line): &(String, u64)) -> String {
    let what = count(broken, "line");
    format!(
        "cannot read {what} with `/rest`, the first at {log}:{line}; supported are the common and combined formats, \
         `METHOD path`, and JSON objects (see --json-method and --json-path)"
    )
}
