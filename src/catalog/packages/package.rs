//! The Composer package of a module.

/// Composer package of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModulePackage {
    /// Name, such as `magento/module-sales`.
    pub name: String,
    /// Narrowest wildcards that cover its versions in the target: `100.2.* || 100.3.*`.
    pub constraint: String,
}
