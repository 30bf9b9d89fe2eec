//! Objects as their data interfaces describe them.

use crate::catalog::{Catalog, DataField, DataType, DocType, ReleaseSet, VersionedRow};

/// Object of an event, or one below it.
#[derive(Debug, Clone)]
pub struct DataObject<'a> {
    catalog: &'a Catalog,
    /// Its interface, or the interface that its extension attributes extend.
    pub interface: String,
    fields: Vec<ObjectMember<'a>>,
    /// Releases in which the interface is known.
    pub covered: ReleaseSet,
    /// True for the object of the event itself.
    pub(super) is_root: bool,
}

/// Field of an object.
#[derive(Debug, Clone, Copy)]
pub struct ObjectMember<'a> {
    /// Its name.
    pub name: &'a str,
    /// Type in the doc block of its getter.
    pub php_type: &'a DocType,
    /// Releases with this type.
    pub releases: ReleaseSet,
}

impl<'a> DataObject<'a> {
    /// Finds the object of an event; there is none if the event belongs to no entity or to several.
    #[must_use]
    pub fn of(catalog: &'a Catalog, releases: ReleaseSet, event: &str) -> Option<Self> {
        let interfaces: Vec<&str> = catalog
            .entities_of(event)
            .filter(|entity| !(entity.releases & releases).is_empty())
            .map(|entity| entity.data_interface.as_str())
            .collect();
        let (first, others) = interfaces.split_first()?;
        if others.iter().any(|other| other != first) {
            return None;
        }
        Self::with_interface(catalog, releases, first).map(|object| Self { is_root: true, ..object })
    }

    fn with_interface(catalog: &'a Catalog, releases: ReleaseSet, interface: &str) -> Option<Self> {
        let types: Vec<&DataType> = catalog.types().find(interface).iter().collect();
        let covered = types.iter().fold(ReleaseSet::default(), |all, it| all | it.releases()) & releases;
        let field =
            |it: &'a DataField| ObjectMember { name: it.name, php_type: &it.php_type, releases: it.releases };
        let related = catalog.relations_of(interface).map(|it| ObjectMember {
            name: it.name,
            php_type: &it.php_type,
            releases: covered,
        });
        let fields = types.iter().flat_map(|it| &it.fields).map(field).chain(related).collect();
        let interface = interface.to_owned();
        (!covered.is_empty()).then_some(Self { catalog, interface, fields, covered, is_root: false })
    }

    /// Finds the object of a type in a doc block, or an item of its list; none if the type is not a known class.
    #[must_use]
    pub fn below(&self, php_type: &DocType) -> Option<Self> {
        let class =
            php_type.names().map(|name| name.trim_end_matches("[]")).find(|name| name.contains('\\'))?;
        let Some(extended) = class.strip_suffix("ExtensionInterface") else {
            return Self::with_interface(self.catalog, self.covered, class);
        };
        let interface = format!("{extended}Interface");
        let attributes = self.catalog.extension_attributes().find(&interface);
        let fields = attributes.iter().flat_map(|it| &it.attributes).map(|it| ObjectMember {
            name: it.name,
            php_type: &it.php_type,
            releases: it.releases,
        });
        let fields = fields.collect();
        Some(Self {
            catalog: self.catalog,
            interface: class.to_owned(),
            fields,
            covered: self.covered,
            is_root: false,
        })
    }

    /// Names of its fields.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        let is_root = self.is_root;
        let there = self.fields.iter().filter(|field| !(field.releases & self.covered).is_empty());
        there.map(|field| field.name).filter(move |name| !is_root || *name != "id")
    }

    /// Releases of the target in which it has the field.
    #[must_use]
    pub fn has(&self, name: &str) -> ReleaseSet {
        let fields = self.fields.iter().filter(|field| field.name == name);
        fields.fold(ReleaseSet::default(), |all, field| all | field.releases) & self.covered
    }

    /// Returns true if it has the field in other releases than those of the target.
    #[must_use]
    pub fn is_elsewhere(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name) && self.has(name).is_empty()
    }

    /// Types of a field in the releases of the target.
    pub fn types(&self, name: &str) -> impl Iterator<Item = &'a DocType> {
        let fields = self.fields.iter().filter(move |field| field.name == name);
        fields.filter(|field| !(field.releases & self.covered).is_empty()).map(|field| field.php_type)
    }

    /// Returns true if the field may be there under another name: the interface says `id`, whatever the key column is called.
    #[must_use]
    pub fn is_key(&self, name: &str) -> bool {
        self.is_root && name.ends_with("_id") && !self.has("id").is_empty()
    }

    /// All its fields; one whose type differs between releases has several entries.
    pub fn members(&self) -> impl Iterator<Item = &ObjectMember<'a>> {
        self.fields.iter().filter(|field| !(field.releases & self.covered).is_empty())
    }

    /// A field with a scalar value, for examples.
    #[must_use]
    pub fn example(&self) -> Option<&'a str> {
        let is_scalar = |field: &&ObjectMember<'_>| {
            field.php_type.names().any(|it| matches!(it, "string" | "int" | "float"))
        };
        let scalars = || self.fields.iter().filter(is_scalar);
        let known = ["sku", "name", "city", "method", "code"];
        let usual = known.into_iter().find_map(|name| scalars().find(|field| field.name == name));
        usual.or_else(|| scalars().next()).map(|field| field.name)
    }
}
