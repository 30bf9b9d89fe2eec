//! Business entities: which of them the release has, and what their events are called. The list itself is chosen by hand.

use std::rc::Rc;

use magespec::names::MagentoVersion;

use super::{blocks::Blocks, nearness};
use crate::{
    php::{ClassFile, Classes, property},
    tables::{Columns, ScannedBlock, Tables},
};

const ABSTRACT_MODEL: &str = "Magento\\Framework\\Model\\AbstractModel";

/// Rows of `entities.tsv`: those of a known entity whose model or data interface there is.
pub(super) fn entities(classes: &Classes, tables: &Tables, release: MagentoVersion) -> Vec<ScannedBlock> {
    let mut found = Blocks::default();
    for block in tables.sheet("entities").into_iter().flat_map(|sheet| &sheet.blocks) {
        let mut states: Vec<_> = block.heads.iter().collect();
        states.sort_by_key(|(_, releases)| nearness(release, releases));
        let states: Vec<&Columns> = states.into_iter().map(|(columns, _)| columns).collect();
        let class = |column: usize| {
            let names = states.iter().filter_map(|state| state.0.get(column));
            names.map(String::as_str).find(|name| classes.get(&long(name)).is_some()).unwrap_or_default()
        };
        let (model, service, data) = (class(1), class(4), class(5));
        let had_model = states.iter().any(|state| state.0.get(1).is_some_and(|model| !model.is_empty()));
        if model.is_empty() && (had_model || data.is_empty()) {
            continue;
        }
        let lineage = classes.lineage(&long(model));
        let is_model = lineage.iter().any(|file| file.name == ABSTRACT_MODEL);
        let of = |name: &str| if is_model { inherited(&lineage, name) } else { String::new() };
        let (prefix, object) = (of("_eventPrefix"), of("_eventObject"));
        let is_model = if is_model { "yes" } else { "no" };
        found.line([block.id.first(), model, &prefix, &object, service, data, is_model]);
    }
    found.finish()
}

/// Text of a property in the nearest class that declares it.
fn inherited(lineage: &[Rc<ClassFile>], name: &str) -> String {
    lineage.iter().find_map(|file| property(file, name)).unwrap_or_default()
}

/// Name of a class as PHP has it.
fn long(short: &str) -> String {
    if short.starts_with('\\') { format!("Magento{short}") } else { short.to_owned() }
}
