//! Parts to text.

use unicode_width::UnicodeWidthStr as _;

use super::part::{LayoutPart, LineComment, WrittenGroup, WrittenValue};
use crate::spec::line_end;

/// Width of a line beyond which a list gets a line for each entry.
const WIDTH: usize = 120;
const INDENT: &str = "  ";

/// Printer of a document.
pub(super) struct Printer {
    out: String,
    line_end: &'static str,
}

impl Printer {
    /// Printer with the line end of a text.
    pub(super) fn new(text: &str) -> Self {
        Self { out: String::with_capacity(text.len()), line_end: line_end(text) }
    }

    pub(super) fn print(mut self, parts: &[LayoutPart<'_>]) -> String {
        let mut is_blank_due = false;
        let mut was_header = false;
        for (at, part) in parts.iter().enumerate() {
            let is_new_table =
                was_comment(parts, at).is_none_or(|before| !before) && opens_table(&parts[at..]);
            if matches!(part, LayoutPart::Blank) {
                is_blank_due |= !was_header;
                continue;
            }
            if (is_blank_due || is_new_table) && !self.out.is_empty() {
                self.out += self.line_end;
            }
            self.part(part, 0, "");
            was_header = matches!(part, LayoutPart::Header(..));
            is_blank_due = false;
        }
        self.out
    }

    /// Prints a part with the end of its line.
    fn part(&mut self, part: &LayoutPart<'_>, depth: usize, separator: &str) {
        self.out += &INDENT.repeat(depth);
        match part {
            LayoutPart::Blank => {}
            LayoutPart::Comment(text) => self.out += text,
            LayoutPart::Header(text, comment) => {
                self.out += text;
                self.comment(comment);
            }
            LayoutPart::Entry { key, value, comment } => {
                if let Some(key) = key {
                    self.out += key;
                    self.out += " = ";
                }
                self.value(value, depth, true);
                self.out += separator;
                self.comment(comment);
            }
        }
        self.out += self.line_end;
    }

    fn comment(&mut self, comment: &Option<LineComment<'_>>) {
        let Some(LineComment { text, column }) = comment else { return };
        let there = self.column();
        let spaces = column.map_or(1, |column| column.saturating_sub(there).max(1));
        self.out += &" ".repeat(spaces);
        self.out += text;
    }

    /// Width of the last line.
    fn column(&self) -> usize {
        self.out.rsplit('\n').next().unwrap_or_default().width()
    }

    fn value(&mut self, value: &WrittenValue<'_>, depth: usize, can_break: bool) {
        let group = match value {
            WrittenValue::Scalar(text) => return self.out += text,
            WrittenValue::Group(group) => group,
        };
        let is_broken = if group.is_table {
            group.has_comments()
        } else {
            group.has_comments()
                || (group.has_breaks && group.entries().next().is_some())
                || (can_break && !self.fits(group))
        };
        if is_broken { self.broken(group, depth) } else { self.flat(group, depth) }
    }

    /// Returns true if a list fits on the line.
    fn fits(&self, group: &WrittenGroup<'_>) -> bool {
        let mut flat = Self { out: String::new(), line_end: self.line_end };
        flat.flat(group, 0);
        flat.out.contains('\n') || self.column() + flat.out.width() <= WIDTH
    }

    fn flat(&mut self, group: &WrittenGroup<'_>, depth: usize) {
        let (open, close) = if group.is_table { ("{ ", " }") } else { ("[", "]") };
        let mut is_first = true;
        for (key, value) in group.entries() {
            self.out += if is_first { open } else { ", " };
            if let Some(key) = key {
                self.out += key;
                self.out += " = ";
            }
            self.value(value, depth, false);
            is_first = false;
        }
        self.out += match (is_first, group.is_table) {
            (false, _) => close,
            (true, true) => "{}",
            (true, false) => "[]",
        };
    }

    /// Prints a group with a line for each of its parts.
    fn broken(&mut self, group: &WrittenGroup<'_>, depth: usize) {
        let (open, close) = if group.is_table { ("{", "}") } else { ("[", "]") };
        self.out += open;
        self.comment(&group.opening);
        self.out += self.line_end;
        let mut is_blank_due = false;
        let mut is_first = true;
        for part in &group.parts {
            if matches!(part, LayoutPart::Blank) {
                is_blank_due = !is_first;
                continue;
            }
            if is_blank_due {
                self.out += self.line_end;
            }
            self.part(part, depth + 1, ",");
            (is_blank_due, is_first) = (false, false);
        }
        self.out += &INDENT.repeat(depth);
        self.out += close;
    }
}

/// Returns true if a header comes next, or the comment above it.
fn opens_table(parts: &[LayoutPart<'_>]) -> bool {
    let next = parts.iter().find(|part| !matches!(part, LayoutPart::Comment(_)));
    matches!(next, Some(LayoutPart::Header(..)))
}

/// Returns true if the part in front is a comment; none for the first part.
fn was_comment(parts: &[LayoutPart<'_>], at: usize) -> Option<bool> {
    parts.get(at.checked_sub(1)?).map(|part| matches!(part, LayoutPart::Comment(_)))
}
