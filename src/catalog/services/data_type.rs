//! Classes that REST methods take or return, and their fields.

use std::sync::Arc;

use crate::catalog::{
    DocType, ReleaseId, ReleaseSet,
    tables::{NumberedSets, TableBlock, VersionedRow, VersionedTable, blocks, class, columns, module_of},
};

const TYPES: &str = include_str!("../data/types.tsv");

/// Class that a REST method can take or return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataType {
    /// Full name, without a leading backslash.
    pub class: String,
    /// Kind of the type in PHP.
    pub kind: TypeKind,
    /// True if one of Magento's own REST routes takes or returns it.
    pub is_used_in_webapi: bool,
    /// Releases that have it.
    pub releases: ReleaseSet,
    /// Fields by name; a field whose type differs between releases has one entry for each type.
    pub fields: Vec<DataField>,
}

/// Kind of a type in PHP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeKind {
    /// An interface.
    Interface,
    /// A class.
    Class,
}

/// Field as JSON has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataField {
    /// Key, such as `increment_id`.
    pub name: &'static str,
    /// Type in the doc block of its getter.
    pub php_type: DocType,
    /// Releases with this row.
    pub releases: ReleaseSet,
}

impl DataType {
    /// Module that contains it.
    #[must_use]
    pub fn module(&self) -> String {
        module_of(&self.class)
    }

    /// Field with the name in a release.
    #[must_use]
    pub fn field(&self, name: &str, release: ReleaseId) -> Option<&DataField> {
        self.fields.iter().find(|field| field.name == name && field.releases.contains(release))
    }
}

impl VersionedRow for DataType {
    fn id(&self) -> &str {
        &self.class
    }
    fn releases(&self) -> ReleaseSet {
        self.releases
    }
}

pub(in crate::catalog) fn types(sets: &Arc<NumberedSets>) -> VersionedTable<DataType> {
    let named = |block: TableBlock| {
        let [name] = columns(block.head);
        (class(name).into(), block)
    };
    VersionedTable::of_blocks(blocks(TYPES).map(named), sets, data_type)
}

fn data_type(class: &str, block: TableBlock, sets: &NumberedSets) -> DataType {
    let [_, kind, used, releases] = columns(block.head);
    let all = sets.get(releases, sets.all);
    let field = |line: &'static str| {
        let [name, php_type, releases] = columns(line);
        let releases = sets.get(releases, all);
        DataField { name, php_type: DocType::of_table(php_type, class), releases }
    };
    let fields = block.below().map(field).filter(|field| !field.releases.is_empty()).collect();
    let kind = if kind == "class" { TypeKind::Class } else { TypeKind::Interface };
    let class = class.to_owned();
    DataType { kind, is_used_in_webapi: used == "yes", releases: all, fields, class }
}
