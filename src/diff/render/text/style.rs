//! The colours of the formats for people.

use anstyle::{AnsiColor, Style};

use crate::diff::{Kind, Status};

/// Of a hunk's header.
pub(in crate::diff::render) const HEADER: Style = AnsiColor::Cyan.on_default();
/// Of what is there for orientation only.
pub(in crate::diff::render) const DIM: Style = Style::new().dimmed();
/// Of titles.
pub(in crate::diff::render) const BOLD: Style = Style::new().bold();

/// Of a line, or of the words in it that make the difference.
pub(in crate::diff::render) fn of_line(kind: Kind, is_marked: bool) -> Style {
    let style = match kind {
        Kind::Context => return Style::new(),
        Kind::Removed => AnsiColor::Red.on_default(),
        Kind::Added => AnsiColor::Green.on_default(),
    };
    if is_marked { style.invert() } else { style }
}

/// Of a file's status.
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
