//! The Composer package of a module.

/// The Composer package of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModulePackage {
    /// `magento/module-sales`, for example.
    pub name: String,
    /// The narrowest wildcards that cover its versions in the target: `100.2.* || 100.3.*`.
    pub constraint: String,
}
