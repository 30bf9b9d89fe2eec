//! Blocks of a table, collected line by line.

use std::collections::{BTreeMap, BTreeSet};

use crate::tables::{Columns, ScannedBlock};

/// Blocks by id.
#[derive(Debug, Default)]
pub(super) struct Blocks(BTreeMap<Columns, ScannedBlock>);

impl Blocks {
    /// Adds a line without a tab, found by its first column.
    pub(super) fn line<const N: usize>(&mut self, columns: [&str; N]) {
        let columns = Columns::of(columns);
        let id = Columns::of([columns.first()]);
        self.block(id).heads.insert(columns);
    }

    /// Adds a line without a tab, whose lines below are its own.
    pub(super) fn owner<const N: usize>(&mut self, columns: [&str; N]) -> &mut ScannedBlock {
        let columns = Columns::of(columns);
        let block = self.block(columns.clone());
        block.heads.insert(columns);
        block
    }

    /// Adds a line below the heading or the lines with an id.
    pub(super) fn below<const M: usize, const N: usize>(&mut self, id: [&str; M], columns: [&str; N]) {
        self.block(Columns::of(id)).below.insert(Columns::of(columns));
    }

    fn block(&mut self, id: Columns) -> &mut ScannedBlock {
        let block =
            |id: &Columns| ScannedBlock { id: id.clone(), heads: BTreeSet::new(), below: BTreeSet::new() };
        self.0.entry(id).or_insert_with_key(block)
    }

    /// All blocks.
    pub(super) fn finish(self) -> Vec<ScannedBlock> {
        self.0.into_values().collect()
    }
}

/// Names as the tables have them: `\Sales\Model\Order` and `\Sales` are a class and a module of Magento's own.
pub(super) fn short(names: &str) -> String {
    names.replace("Magento\\", "\\").replace("Magento_", "\\")
}

/// The same of types below a class: `~OrderItemInterface` is in its namespace, `~.` is its extension attributes, and
/// `int?` is `int|null`.
pub(super) fn short_of(class: &str, types: &str) -> String {
    let types = match class.strip_suffix("Interface") {
        Some(name) => types.replace(&format!("{name}ExtensionInterface"), "~."),
        None => types.to_owned(),
    };
    let namespace = class.rsplit_once('\\').map_or("", |(namespace, _)| namespace);
    short(&types.replace(&format!("{namespace}\\"), "~")).replace("|null", "?")
}
