//! The form of each table: which columns its lines have before the releases.

/// Form of a table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Name of the file, without `.tsv`.
    pub(crate) name: &'static str,
    /// Subject in messages.
    pub(crate) subject: &'static str,
    /// Number of columns of a line without a tab before the releases.
    head: usize,
    /// Number of columns of a line below it.
    below: usize,
    /// True if lines name their releases as runs, not by a number of `runs.tsv`.
    pub(crate) has_runs: bool,
    /// Grouping of its lines.
    pub(crate) blocks: Blocks,
}

/// Grouping of the lines of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blocks {
    /// Lines with releases that share their first column, and lines below the last of them.
    Shared,
    /// The same, but in an order of their own.
    Unordered,
    /// Lines with releases, each with its own lines below, which hold in its releases at most.
    Owned,
    /// Headings without releases, and lines below them.
    Headings,
    /// Headings, and below each the things of the same releases in one line, separated by spaces.
    Joined,
}

const fn layout(name: &'static str, subject: &'static str, columns: [usize; 2], blocks: Blocks) -> Layout {
    let [head, below] = columns;
    Layout { name, subject, head, below, has_runs: false, blocks }
}

const fn with_runs(name: &'static str, subject: &'static str, head: usize) -> Layout {
    Layout { name, subject, head, below: 0, has_runs: true, blocks: Blocks::Shared }
}

/// All tables whose lines name their releases, except for `runs`, and `observers`, which has another form.
pub(crate) static TABLES: [Layout; 14] = [
    with_runs("acl", "ACL resources", 6),
    with_runs("routes", "REST routes", 3),
    layout("packages", "packages", [2, 1], Blocks::Headings),
    layout("events", "events", [1, 6], Blocks::Headings),
    layout("entities", "entities", [7, 0], Blocks::Unordered),
    layout("types", "types", [3, 2], Blocks::Owned),
    layout("extension_attributes", "extension attributes", [1, 3], Blocks::Headings),
    layout("services", "services", [1, 3], Blocks::Headings),
    layout("config", "configuration", [6, 3], Blocks::Shared),
    layout("paths", "configuration paths", [1, 2], Blocks::Joined),
    layout("menu", "menu", [4, 0], Blocks::Shared),
    layout("models", "models of settings", [1, 0], Blocks::Shared),
    layout("cron", "cron groups and jobs", [2, 2], Blocks::Shared),
    layout("topics", "message queue topics", [2, 0], Blocks::Shared),
];

/// Sign before a block of lines below something that no release declares.
pub(crate) const UNDECLARED: char = '=';

impl Layout {
    /// Number of columns of a line before the releases; none if it is a heading, which has no releases.
    pub(crate) fn columns(&self, line: &str, is_below: bool) -> Option<usize> {
        match (self.name, is_below) {
            ("services", true) if line.starts_with('@') => Some(2),
            ("config", false) if line.starts_with('@') => Some(3),
            (_, true) => Some(self.below),
            (_, false) if self.has_headings() || line.starts_with(UNDECLARED) => None,
            (_, false) => Some(self.head),
        }
    }

    /// Returns true if each block starts with a heading.
    pub(crate) fn has_headings(&self) -> bool {
        matches!(self.blocks, Blocks::Headings | Blocks::Joined)
    }

    /// Returns true if the states of a thing follow each other as its releases do, not as their texts.
    pub(crate) fn is_by_release(&self) -> bool {
        matches!(self.name, "entities" | "services")
    }

    /// Columns that tell blocks apart: the first, or all.
    pub(crate) fn id<'a>(&self, head: &'a [String]) -> &'a [String] {
        match self.blocks {
            Blocks::Shared | Blocks::Unordered => head.split_at(1.min(head.len())).0,
            Blocks::Owned | Blocks::Headings | Blocks::Joined => head,
        }
    }
}
