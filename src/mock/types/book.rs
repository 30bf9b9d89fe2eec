//! Shapes of a release and of the specs, by class.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, PoisonError, RwLock},
};

use super::{ClassShape, ShapeField};
use crate::catalog::{Catalog, ReleaseId};

/// Shapes by class, made when they are first asked for.
#[derive(Debug)]
pub struct TypeBook {
    catalog: &'static Catalog,
    release: ReleaseId,
    own: HashMap<String, Arc<ClassShape>>,
    made: RwLock<HashMap<String, Option<Arc<ClassShape>>>>,
}

impl TypeBook {
    /// Opens the types of a release, with those of modules.
    #[must_use]
    pub fn new(
        catalog: &'static Catalog,
        release: ReleaseId,
        own: impl IntoIterator<Item = ClassShape>,
    ) -> Self {
        let own = own.into_iter().map(|shape| (shape.class.clone(), Arc::new(shape))).collect();
        Self { catalog, release, own, made: RwLock::default() }
    }

    /// Shape of a class; none if its fields are unknown.
    #[must_use]
    pub fn shape(&self, class: &str) -> Option<Arc<ClassShape>> {
        let class = class.trim_start_matches('\\');
        if let Some(shape) = self.own.get(class) {
            return Some(Arc::clone(shape));
        }
        if let Some(made) = self.made.read().unwrap_or_else(PoisonError::into_inner).get(class) {
            return made.clone();
        }
        let made = self.make(class).map(Arc::new);
        self.made.write().unwrap_or_else(PoisonError::into_inner).insert(class.to_owned(), made.clone());
        made
    }

    /// Modules of the release whose classes are known.
    #[must_use]
    pub fn modules(&self) -> BTreeSet<String> {
        let types = self.catalog.types().iter().filter(|it| it.releases.contains(self.release));
        types.map(crate::catalog::DataType::module).collect()
    }

    fn make(&self, class: &str) -> Option<ClassShape> {
        let types = self.catalog.types();
        let fields = if let Some(known) = types.at(class, self.release) {
            let fields = known.fields.iter().filter(|field| field.releases.contains(self.release));
            fields.map(|field| ShapeField::new(field.name, field.php_type.as_str())).collect()
        } else {
            self.extension(class)?
        };
        Some(ClassShape { class: class.to_owned(), fields })
    }

    /// Fields of generated extension attributes: all may be null.
    fn extension(&self, class: &str) -> Option<Vec<ShapeField>> {
        let extended = class.strip_suffix("ExtensionInterface")?;
        let names = [format!("{extended}Interface"), extended.to_owned()];
        if !names.iter().any(|name| self.catalog.types().at(name, self.release).is_some()) {
            return None;
        }
        let known = names.iter().filter_map(|name| self.catalog.extension_attributes().find(name).first());
        let attributes = known.flat_map(|known| &known.attributes);
        let attributes = attributes.filter(|it| it.releases.contains(self.release));
        let field = |it: &crate::catalog::ExtensionAttribute| ShapeField {
            is_nullable: true,
            ..ShapeField::new(it.name, it.php_type.as_str())
        };
        Some(attributes.map(field).collect())
    }
}
