//! Short names in the tables, which omit the vendor Magento.

/// Expands the class `\Sales\Model\Order`.
pub(in crate::catalog) fn class(short: &str) -> String {
    if short.starts_with('\\') { ["Magento", short].concat() } else { short.to_owned() }
}

/// Expands the module `\Sales`.
pub(in crate::catalog) fn module(short: &str) -> String {
    short.strip_prefix('\\').map_or_else(|| short.to_owned(), |name| ["Magento_", name].concat())
}

/// Module that contains a class.
pub(in crate::catalog) fn module_of(class: &str) -> String {
    class.split('\\').take(2).collect::<Vec<_>>().join("_")
}
