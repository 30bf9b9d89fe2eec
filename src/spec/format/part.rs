//! Parts of a document, in the order of the text.

/// Part of a document, of a list or of an inline table.
#[derive(Debug)]
pub(super) enum LayoutPart<'a> {
    /// Empty line.
    Blank,
    /// Comment on a line of its own.
    Comment(&'a str),
    /// Header of a table, with its brackets.
    Header(String, Option<LineComment<'a>>),
    /// Value, with its key unless it is an entry of a list.
    Entry { key: Option<String>, value: WrittenValue<'a>, comment: Option<LineComment<'a>> },
}

/// Value as it is written.
#[derive(Debug)]
pub(super) enum WrittenValue<'a> {
    /// String, number, boolean or date.
    Scalar(std::borrow::Cow<'a, str>),
    /// List or inline table.
    Group(WrittenGroup<'a>),
}

/// List or inline table.
#[derive(Debug)]
pub(super) struct WrittenGroup<'a> {
    pub(super) is_table: bool,
    /// Comment behind the opening bracket.
    pub(super) opening: Option<LineComment<'a>>,
    pub(super) parts: Vec<LayoutPart<'a>>,
    /// True if there is a line break between its parts.
    pub(super) has_breaks: bool,
}

/// Comment at the end of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineComment<'a> {
    pub(super) text: &'a str,
    /// Column, if it is further away than a space.
    pub(super) column: Option<usize>,
}

impl<'a> WrittenGroup<'a> {
    /// Returns true if there is a comment between its parts.
    pub(super) fn has_comments(&self) -> bool {
        self.opening.is_some()
            || self.parts.iter().any(|part| {
                matches!(part, LayoutPart::Comment(_) | LayoutPart::Entry { comment: Some(_), .. })
            })
    }

    /// Returns its keys and values.
    pub(super) fn entries(&self) -> impl Iterator<Item = (Option<&str>, &WrittenValue<'a>)> {
        self.parts.iter().filter_map(|part| match part {
            LayoutPart::Entry { key, value, .. } => Some((key.as_deref(), value)),
            _ => None,
        })
    }
}
