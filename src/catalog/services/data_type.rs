//! Classes that a REST method can take or return, and their fields.

use crate::catalog::{
    DocType, ReleaseId, ReleaseSet,
    tables::{NumberedSets, VersionedRow, VersionedTable, blocks, class, columns, module_of},
};

const TYPES: &str = include_str!("../data/types.tsv");

/// A class that a REST method can take or return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataType {
    /// Its full name, without a backslash in front.
    pub class: String,
    /// What it is in PHP.
    pub kind: TypeKind,
    /// Whether one of Magento's own REST routes takes or returns it.
    pub is_used_in_webapi: bool,
    /// The releases that have it.
    pub releases: ReleaseSet,
    /// Its fields, by name; one that has another type in another release stands once for each type.
    pub fields: Vec<DataField>,
}

/// What a type is in PHP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeKind {
    /// An interface.
    Interface,
    /// A class.
    Class,
}

/// A field as JSON has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataField {
    /// Its key: `increment_id`.
    pub name: &'static str,
    /// Its type, by the doc block of its getter.
    pub php_type: DocType,
    /// The releases in which it is so.
    pub releases: ReleaseSet,
}

impl DataType {
    /// The module it is in.
    #[must_use]
    pub fn module(&self) -> String {
        module_of(&self.class)
    }

    /// Its field of a name in a release.
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

pub(in crate::catalog) fn types(sets: &NumberedSets) -> VersionedTable<DataType> {
    VersionedTable::new(blocks(TYPES).map(|block| {
        let [name, kind, used, releases] = columns(block.head);
        let (class, all) = (class(name), sets.get(releases, sets.all));
        let field = |line: &'static str| {
            let [name, php_type, releases] = columns(line);
            let releases = sets.get(releases, all);
            DataField { name, php_type: DocType::of_table(php_type, &class), releases }
        };
        let fields = block.below().map(field).filter(|field| !field.releases.is_empty()).collect();
        let kind = if kind == "class" { TypeKind::Class } else { TypeKind::Interface };
        DataType { kind, is_used_in_webapi: used == "yes", releases: all, fields, class }
    }))
}
