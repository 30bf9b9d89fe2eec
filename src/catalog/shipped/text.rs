//! The text of the tables: lines in columns, with lines below them that a tab indents; names without the vendor Magento.

use crate::catalog::data::rows;

/// A line of a table and those below it.
pub(super) struct Block {
    pub(super) head: &'static str,
    pub(super) below: Vec<&'static str>,
}

/// The blocks of a table.
pub(super) fn blocks(table: &'static str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in rows(table) {
        match (line.strip_prefix('\t'), blocks.last_mut()) {
            (Some(line), Some(block)) => block.below.push(line),
            _ => blocks.push(Block { head: line, below: Vec::new() }),
        }
    }
    blocks
}

/// The columns of a line; empty ones are left out at its end.
pub(super) fn columns<const N: usize>(line: &'static str) -> [&'static str; N] {
    let mut columns = line.split('\t');
    [(); N].map(|()| columns.next().unwrap_or_default())
}

/// The class of `\Sales\Model\Order`.
pub(super) fn class(short: &str) -> String {
    if short.starts_with('\\') { format!("Magento{short}") } else { short.to_owned() }
}

/// The module of `\Sales`.
pub(super) fn module(short: &str) -> String {
    short.strip_prefix('\\').map_or_else(|| short.to_owned(), |name| format!("Magento_{name}"))
}

/// The module that a class is in.
pub(super) fn module_of(class: &str) -> String {
    class.split('\\').take(2).collect::<Vec<_>>().join("_")
}
