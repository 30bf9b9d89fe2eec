//! Reader of the bundled tables: tab-separated text, one row per line.

/// Rows of a table, without its header.
pub(in crate::catalog) fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    parts(table, b'\n').filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Line of a table with the tab-indented lines below it.
#[derive(Debug, Clone, Copy)]
pub(in crate::catalog) struct TableBlock {
    pub(in crate::catalog) head: &'static str,
    below: &'static str,
}

impl TableBlock {
    /// Block of one line.
    pub(in crate::catalog) fn of_line(head: &'static str) -> Self {
        Self { head, below: "" }
    }

    /// Lines below it, without the tab.
    pub(in crate::catalog) fn below(self) -> impl Iterator<Item = &'static str> {
        parts(self.below, b'\n').filter_map(|line| line.strip_prefix('\t'))
    }
}

/// Blocks of a table, without its header.
pub(in crate::catalog) fn blocks(table: &'static str) -> impl Iterator<Item = TableBlock> {
    let mut rest = table;
    let next = move || {
        let (block, after) = rest.split_at(end_of_block(rest)?);
        rest = after;
        let (head, below) = block.split_once('\n')?;
        Some(TableBlock { head, below })
    };
    std::iter::from_fn(next).filter(|block| !block.head.starts_with('#'))
}

/// End of the first block, with its line feed.
fn end_of_block(text: &str) -> Option<usize> {
    let mut ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    ends.find(|&end| text.as_bytes().get(end) != Some(&b'\t'))
}

/// Block whose line starts with a column, found by binary search: the blocks of the table are sorted by it. The others
/// are not read.
pub(in crate::catalog) fn block(table: &'static str, id: &str) -> Option<TableBlock> {
    let start = first_block(table, |column| column < id);
    blocks(&table[start..]).next().filter(|block| columns(block.head) == [id])
}

/// Blocks of a sorted table whose lines start with the text, found by binary search.
pub(in crate::catalog) fn blocks_with(table: &'static str, text: &str) -> impl Iterator<Item = TableBlock> {
    let start = first_block(table, |column| column < text);
    blocks(&table[start..]).take_while(move |block| block.head.starts_with(text))
}

/// Place in a sorted table of the first block whose first column is not before what is looked for.
fn first_block(table: &'static str, is_before: impl Fn(&str) -> bool) -> usize {
    let (mut start, mut end) = (header(table), table.len());
    while start < end {
        let middle = start_of_block(table, start + (end - start) / 2);
        let [column] = columns(table[middle..].lines().next().unwrap_or_default());
        if is_before(column) {
            start = middle + end_of_block(&table[middle..]).unwrap_or(table.len());
        } else {
            end = middle;
        }
    }
    start.min(table.len())
}

/// Length of the lines at the start that describe the table.
fn header(table: &str) -> usize {
    table.split_inclusive('\n').take_while(|line| line.starts_with('#')).map(str::len).sum()
}

/// Start of the block that a place is in.
fn start_of_block(table: &str, place: usize) -> usize {
    let mut ends = memchr::memrchr_iter(b'\n', &table.as_bytes()[..place]).map(|at| at + 1);
    ends.find(|&start| table.as_bytes()[start] != b'\t').unwrap_or_default()
}

/// Columns of a line; empty ones at the end may be missing.
pub(in crate::catalog) fn columns<const N: usize>(line: &'static str) -> [&'static str; N] {
    let mut columns = parts(line, b'\t');
    [(); N].map(|()| columns.next().unwrap_or_default())
}

/// Parts of a text between separators.
fn parts(text: &'static str, separator: u8) -> impl Iterator<Item = &'static str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = memchr::memchr(separator, text.as_bytes());
        rest = end.map(|end| &text[end + 1..]);
        Some(end.map_or(text, |end| &text[..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# head\n# line\nb\tx\n\tb1\n\tb2\nc\nd\ty\n\td1\ne\n";

    #[test]
    fn blocks_are_found_by_their_column() {
        let ids: Vec<&str> = blocks(TABLE).map(|block| block.head).collect();
        assert_eq!(ids, ["b\tx", "c", "d\ty", "e"]);
        for id in ["b", "c", "d", "e"] {
            let found = block(TABLE, id).unwrap();
            assert_eq!(found.head.split('\t').next(), Some(id));
            assert_eq!(found.below().count(), found.below.lines().count(), "{id}");
        }
        assert_eq!(block(TABLE, "b").unwrap().below().collect::<Vec<_>>(), ["b1", "b2"]);
        for id in ["", "# head", "a", "b1", "bb", "cc", "dd", "f"] {
            assert!(block(TABLE, id).is_none(), "{id}");
        }
    }

    #[test]
    fn blocks_are_found_by_the_start_of_their_line() {
        let found =
            |text| blocks_with("#\na1\n\tx\na2\nb\tc\n", text).map(|block| block.head).collect::<Vec<_>>();
        assert_eq!(found("a"), ["a1", "a2"]);
        assert_eq!(found("b"), ["b\tc"]);
        assert_eq!((found("a3").len(), found("c").len(), found("").len()), (0, 0, 3));
    }

    #[test]
    fn tables_are_sorted() {
        for table in [include_str!("../data/observers.tsv"), include_str!("../data/packages.tsv")] {
            for head in blocks(table).map(|block| block.head) {
                let [id] = columns(head);
                assert_eq!(block(table, id).map(|block| block.head), Some(head));
            }
        }
    }
}
