//! Source and backend models: those that fields of system.xml name, and known ones that the release has, too.

use std::collections::BTreeSet;

use super::{
    blocks::{Blocks, short},
    system::System,
};
use crate::{
    php::Classes,
    tables::{ScannedBlock, Tables},
};

/// Rows of `models.tsv`.
pub(super) fn models(system: &System, classes: &Classes, tables: &Tables) -> Vec<ScannedBlock> {
    let known = tables.sheet("models").into_iter().flat_map(|sheet| &sheet.blocks);
    let mut models: BTreeSet<String> = known.map(|block| block.id.first().to_owned()).collect();
    models.extend(system.models().into_iter().map(short));
    let mut blocks = Blocks::default();
    for model in &models {
        let class = if model.starts_with('\\') { format!("Magento{model}") } else { model.clone() };
        if classes.get(&class).is_some() {
            blocks.line([model]);
        }
    }
    blocks.finish()
}
