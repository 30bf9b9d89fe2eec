//! `[target]`.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::names::{CatalogPath, Edition, Line};

/// Magento releases that the module supports. Everything is checked against each of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Magento releases, as a Composer constraint. A bare 2.4.7 means the release and its -pN patches.
    #[schemars(example = &">=2.4.4 <2.4.9", example = &"2.4.7", example = &"2.4.*", example = &"~2.4.6")]
    pub magento: Line,
    /// Edition. With "commerce", the public routes of Adobe Commerce are known, and resources of its modules, which the
    /// catalog does not know, cause no warning. With "mage-os", messages name the releases of Mage-OS too.
    #[serde(default)]
    #[schemars(example = &"open-source")]
    pub edition: Edition,
    /// Catalog of the shop that the module is for, or a list of catalogs: files written by `magespec catalog`, relative
    /// to the spec. Resources and calls are looked up there instead of in the releases, and patterns select what all of
    /// these shops have.
    #[serde(default, skip_serializing_if = "CatalogFiles::is_empty")]
    #[schemars(example = &"shop.catalog")]
    pub catalog: CatalogFiles,
}

/// One catalog, or several. Default: none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum CatalogFiles {
    /// A single catalog.
    One(CatalogPath),
    /// Several; at least one.
    #[serde(deserialize_with = "some_catalogs")]
    Several(#[schemars(length(min = 1, max = MAX_CATALOGS))] Vec<CatalogPath>),
}

/// Highest number of catalogs in a spec.
const MAX_CATALOGS: usize = 64;

impl CatalogFiles {
    /// Returns the files.
    #[must_use]
    pub fn as_slice(&self) -> &[CatalogPath] {
        match self {
            Self::One(file) => std::slice::from_ref(file),
            Self::Several(files) => files,
        }
    }

    /// Returns true if there is no catalog.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }
}

impl Default for CatalogFiles {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

fn some_catalogs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<CatalogPath>, D::Error> {
    let files = Vec::deserialize(deserializer)?;
    match files.len() {
        1..=MAX_CATALOGS => Ok(files),
        count => Err(D::Error::invalid_length(count, &"1 to 64 files")),
    }
}
