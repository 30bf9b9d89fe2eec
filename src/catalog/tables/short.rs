//! The names in the tables, where Magento's own have no vendor.

/// The class of `\Sales\Model\Order`.
pub(in crate::catalog) fn class(short: &str) -> String {
    if short.starts_with('\\') { format!("Magento{short}") } else { short.to_owned() }
}

/// The module of `\Sales`.
pub(in crate::catalog) fn module(short: &str) -> String {
    short.strip_prefix('\\').map_or_else(|| short.to_owned(), |name| format!("Magento_{name}"))
}

/// The module that a class is in.
pub(in crate::catalog) fn module_of(class: &str) -> String {
    class.split('\\').take(2).collect::<Vec<_>>().join("_")
}
