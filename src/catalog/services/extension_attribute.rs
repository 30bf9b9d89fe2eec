//! Extension attributes of data interfaces.

use crate::catalog::{
    DocType, ReleaseSet,
    tables::{NumberedSets, VersionedRow, VersionedTable, blocks, class, columns},
};

const ATTRIBUTES: &str = include_str!("../data/extension_attributes.tsv");

/// Extension attributes of a data interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionAttributes {
    /// Interface.
    pub interface: String,
    /// Attributes by name; one whose type differs between releases has one entry for each type.
    pub attributes: Vec<ExtensionAttribute>,
    /// Releases with one of them.
    pub releases: ReleaseSet,
}

/// Extension attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionAttribute {
    /// Name, such as `gift_message`.
    pub name: &'static str,
    /// Type.
    pub php_type: DocType,
    /// Releases with this row.
    pub releases: ReleaseSet,
}

impl VersionedRow for ExtensionAttributes {
    fn id(&self) -> &str {
        &self.interface
    }
    fn releases(&self) -> ReleaseSet {
        self.releases
    }
}

pub(in crate::catalog) fn extension_attributes(sets: &NumberedSets) -> VersionedTable<ExtensionAttributes> {
    VersionedTable::new(blocks(ATTRIBUTES).map(|block| {
        let [name] = columns(block.head);
        let interface = class(name);
        let attribute = |line: &'static str| {
            let [name, php_type, _, releases] = columns(line);
            let php_type = DocType::of_table(php_type, &interface);
            ExtensionAttribute { name, php_type, releases: sets.get(releases, sets.all) }
        };
        let attributes: Vec<ExtensionAttribute> = block.below().map(attribute).collect();
        let releases = attributes.iter().fold(ReleaseSet::default(), |all, it| all | it.releases);
        ExtensionAttributes { interface, attributes, releases }
    }))
}
