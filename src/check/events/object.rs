//! Objects as their data interfaces describe them.

use super::Context;
use crate::{
    catalog::{DataType, DocType, ReleaseSet, VersionedRow},
    diag::{nearest, nearest_above},
};

/// Similarity above which a field counts as a misspelling, since attributes can have any name.
const SLIP: f64 = 0.92;

/// Object of an event, or one below it.
#[derive(Clone)]
pub(super) struct Object<'a> {
    context: &'a Context<'a>,
    /// Its interface, or the interface that its extension attributes extend.
    pub(super) interface: String,
    fields: Vec<ObjectMember<'a>>,
    /// Releases in which the interface is known.
    pub(super) covered: ReleaseSet,
    /// True for the object of the event itself.
    is_root: bool,
}

/// Field of an object.
#[derive(Clone, Copy)]
struct ObjectMember<'a> {
    name: &'a str,
    php_type: &'a DocType,
    releases: ReleaseSet,
}

impl<'a> Object<'a> {
    /// Finds the object of an event; there is none if the event belongs to no entity or to several.
    pub(super) fn of(context: &'a Context<'a>, releases: ReleaseSet, event: &str) -> Option<Self> {
        let interfaces: Vec<&str> = context
            .catalog
            .entities_of(event)
            .filter(|entity| !(entity.releases & releases).is_empty())
            .map(|entity| entity.data_interface.as_str())
            .collect();
        let (first, others) = interfaces.split_first()?;
        if others.iter().any(|other| other != first) {
            return None;
        }
        Self::with_interface(context, releases, first).map(|object| Self { is_root: true, ..object })
    }

    fn with_interface(context: &'a Context<'a>, releases: ReleaseSet, interface: &str) -> Option<Self> {
        let types: Vec<&DataType> = context.catalog.types().find(interface).iter().collect();
        let covered = types.iter().fold(ReleaseSet::default(), |all, it| all | it.releases()) & releases;
        let field = |it: &'a crate::catalog::DataField| ObjectMember {
            name: it.name,
            php_type: &it.php_type,
            releases: it.releases,
        };
        let related = context.catalog.relations_of(interface).map(|it| ObjectMember {
            name: it.name,
            php_type: &it.php_type,
            releases: covered,
        });
        let fields = types.iter().flat_map(|it| &it.fields).map(field).chain(related).collect();
        let interface = interface.to_owned();
        (!covered.is_empty()).then_some(Self { context, interface, fields, covered, is_root: false })
    }

    /// Finds the object of a type in a doc block, or an item of its list; none if the type is not a known class.
    pub(super) fn below(&self, php_type: &DocType) -> Option<Self> {
        let class =
            php_type.names().map(|name| name.trim_end_matches("[]")).find(|name| name.contains('\\'))?;
        let Some(extended) = class.strip_suffix("ExtensionInterface") else {
            return Self::with_interface(self.context, self.covered, class);
        };
        let interface = format!("{extended}Interface");
        let attributes = self.context.catalog.extension_attributes().find(&interface);
        let fields = attributes.iter().flat_map(|it| &it.attributes).map(|it| ObjectMember {
            name: it.name,
            php_type: &it.php_type,
            releases: it.releases,
        });
        let fields = fields.collect();
        Some(Self {
            context: self.context,
            interface: class.to_owned(),
            fields,
            covered: self.covered,
            is_root: false,
        })
    }

    /// Names of its fields.
    fn names(&self) -> impl Iterator<Item = &'a str> {
        let is_root = self.is_root;
        let there = self.fields.iter().filter(|field| !(field.releases & self.covered).is_empty());
        there.map(|field| field.name).filter(move |name| !is_root || *name != "id")
    }

    /// Releases of the target in which it has the field.
    pub(super) fn has(&self, name: &str) -> ReleaseSet {
        let fields = self.fields.iter().filter(|field| field.name == name);
        fields.fold(ReleaseSet::default(), |all, field| all | field.releases) & self.covered
    }

    /// Returns true if it has the field in other releases than those of the target.
    pub(super) fn is_elsewhere(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name) && self.has(name).is_empty()
    }

    /// Types of a field in the releases of the target.
    pub(super) fn types(&self, name: &str) -> impl Iterator<Item = &'a DocType> {
        let fields = self.fields.iter().filter(move |field| field.name == name);
        fields.filter(|field| !(field.releases & self.covered).is_empty()).map(|field| field.php_type)
    }

    /// Returns true if the field may be there under another name: the interface says `id`, whatever the key column is called.
    pub(super) fn is_key(&self, name: &str) -> bool {
        self.is_root && name.ends_with("_id") && !self.has("id").is_empty()
    }

    /// Field that was probably meant; nothing if the field may exist as written.
    pub(super) fn meant(&self, name: &str) -> Option<Option<&'a str>> {
        if self.has("custom_attributes").is_empty() {
            return Some(self.context.suggestions.make(|| nearest(name, self.names())).flatten());
        }
        // An attribute can have any name, so only close misspellings count.
        let near = nearest_above(SLIP, name, self.names())?;
        (near.len().abs_diff(name.len()) <= 1).then_some(Some(near))
    }

    /// A field with a scalar value, for examples.
    pub(super) fn example(&self) -> Option<&'a str> {
        let is_scalar = |field: &&ObjectMember<'_>| {
            field.php_type.names().any(|it| matches!(it, "string" | "int" | "float"))
        };
        let scalars = || self.fields.iter().filter(is_scalar);
        let known = ["sku", "name", "city", "method", "code"];
        let usual = known.into_iter().find_map(|name| scalars().find(|field| field.name == name));
        usual.or_else(|| scalars().next()).map(|field| field.name)
    }
}
