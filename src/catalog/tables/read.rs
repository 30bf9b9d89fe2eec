//! Reader of the bundled tables: tab-separated text, one row per line.

/// Rows of a table, without its header.
pub(in crate::catalog) fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// Line of a table with the tab-indented lines below it.
#[derive(Debug, Clone, Copy)]
pub(in crate::catalog) struct TableBlock {
    pub(in crate::catalog) head: &'static str,
    below: &'static str,
}

impl TableBlock {
    /// Lines below it, without the tab.
    pub(in crate::catalog) fn below(self) -> impl Iterator<Item = &'static str> {
        self.below.lines().filter_map(|line| line.strip_prefix('\t'))
    }
}

/// Blocks of a table, without its header.
pub(in crate::catalog) fn blocks(table: &'static str) -> impl Iterator<Item = TableBlock> {
    let mut rest = table;
    let next = move || {
        let mut ends = rest.match_indices('\n').map(|(at, _)| at + 1);
        let end = ends.find(|&end| !rest[end..].starts_with('\t'))?;
        let (block, after) = rest.split_at(end);
        rest = after;
        let (head, below) = block.split_once('\n')?;
        Some(TableBlock { head, below })
    };
    std::iter::from_fn(next).filter(|block| !block.head.starts_with('#'))
}

/// Columns of a line; empty ones at the end may be missing.
pub(in crate::catalog) fn columns<const N: usize>(line: &'static str) -> [&'static str; N] {
    let mut columns = line.split('\t');
    [(); N].map(|()| columns.next().unwrap_or_default())
}
