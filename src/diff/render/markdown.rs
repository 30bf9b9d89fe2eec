//! Changes as Markdown for a review: a fold for each file.

use std::fmt::Write as _;

use super::{
    Layout,
    text::{Summary, words},
};
use crate::{
    diag::{printable, printable_line},
    diff::{Change, Comparison, Cut, Hunk, count, hunk::TOO_LARGE},
    markup::markdown::{MarkdownPage, code, escape, fenced, in_html, prose},
};

/// Renders Markdown.
#[must_use]
pub fn markdown(comparisons: &[Comparison], layout: Layout) -> String {
    let mut document = MarkdownPage::default();
    write_markdown(&mut document, comparisons, layout, "##");
    document.finish("Run `magespec diff` for all lines.")
}

/// Says how many files and lines differ.
pub(crate) fn changes_in_words(comparisons: &[Comparison]) -> String {
    let mut summary = Summary::default();
    for comparison in comparisons {
        for change in comparison.reading_order(&comparison.changes.lock_change()) {
            summary.add(change.status, count(&change.hunks(Cut { context: 0, marks_words: false })));
        }
    }
    summary.to_string()
}

/// Adds the changes to a document, below headings for modules.
pub(crate) fn write_markdown(
    document: &mut MarkdownPage,
    comparisons: &[Comparison],
    layout: Layout,
    heading: &str,
) {
    let mut summary = Summary::default();
    for comparison in comparisons {
        let lock = comparison.changes.lock_change();
        let files = comparison.reading_order(&lock);
        if !files.is_empty() {
            document.add(&head(comparison, heading), "heading");
        }
        for change in files {
            let hunks = change.hunks(Cut { context: layout.context, marks_words: false });
            let counts = count(&hunks);
            summary.add(change.status, counts);
            let path = printable_line(change.path.as_str());
            document.add(&file(change, counts, &hunks, layout), &code(path));
        }
    }
    let locks = comparisons.iter().filter_map(Comparison::lone_lock);
    let locks: String =
        locks.map(|lock| format!("{} will be written.\n\n", code(printable_line(lock.as_str())))).collect();
    document.add(&locks, "locks");
    let summary = summary.to_string();
    let (first, rest) = summary.split_at(summary.chars().next().map_or(0, char::len_utf8));
    document.add(&format!("{}{rest}.\n", first.to_uppercase()), "summary");
}

fn head(comparison: &Comparison, heading: &str) -> String {
    let since = comparison.earlier.as_ref().map_or_else(String::new, |it| format!(", since {}", prose(it)));
    format!(
        "{heading} Changes to {} in {}{since}\n\n",
        escape(&printable_line(&comparison.module)),
        code(printable_line(comparison.place().as_str())),
    )
}

fn file(change: &Change, (added, removed): (usize, usize), hunks: &[Hunk<'_>], layout: Layout) -> String {
    let path = printable_line(change.path.as_str());
    if change.is_lock() && !layout.unfolds {
        return format!("{} {}, +{added} −{removed}\n\n", code(path), words(change.status));
    }
    let open = if change.is_folded(layout) { "" } else { " open" };
    let mut text = format!(
        "<details{open}><summary><code>{}</code> {}, +{added} −{removed}</summary>\n\n",
        in_html(&path),
        words(change.status),
    );
    if let Some(conflict) = change.conflict() {
        let _ = write!(text, "> `build` stops here: {}.\n\n", prose(&printable_line(&conflict)));
    }
    if change.is_too_large() {
        let _ = write!(text, "This file is {TOO_LARGE}.\n\n");
    }
    let lines = lines(hunks);
    if !lines.is_empty() {
        let _ = writeln!(text, "{}", fenced("diff", &lines));
    }
    text + "</details>\n\n"
}

fn lines(hunks: &[Hunk<'_>]) -> String {
    let mut text = String::new();
    for hunk in hunks {
        let _ = writeln!(text, "{}", hunk.header());
        for line in &hunk.lines {
            text.push(line.kind.sign());
            line.text().for_each(|(_, piece)| text.push_str(&printable(&piece)));
            text.push('\n');
            if !line.is_terminated() {
                text.push_str("\\ No newline at end of file\n");
            }
        }
    }
    text
}
