//! Colours of the formats for people.

use anstyle::{AnsiColor, Style};

use crate::diff::{LineKind, Status};

/// Style of hunk headers.
pub(in crate::diff::render) const HEADER: Style = AnsiColor::Cyan.on_default();
/// Style of secondary text.
pub(in crate::diff::render) const DIM: Style = Style::new().dimmed();
/// Style of titles.
pub(in crate::diff::render) const BOLD: Style = Style::new().bold();

/// Style of a line, or of its differing words.
pub(in crate::diff::render) fn of_line(kind: LineKind, is_marked: bool) -> Style {
    let style = match kind {
        LineKind::Context => return Style::new(),
        LineKind::Removed => AnsiColor::Red.on_default(),
        LineKind::Added => AnsiColor::Green.on_default(),
    };
    if is_marked { style.invert() } else { style }
}

/// Style of a file's status.
pub(in crate::diff::render) fn of_status(status: Status) -> Style {
    let colour = match status {
        Status::Created => AnsiColor::Green,
        Status::Changed => AnsiColor::Yellow,
        Status::Deleted => AnsiColor::Red,
        Status::HandEdited | Status::InTheWay => AnsiColor::Magenta,
        Status::Unchanged => return DIM,
    };
    colour.on_default().bold()
}
