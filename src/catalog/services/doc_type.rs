//! Types in doc blocks.

use std::fmt;

use crate::catalog::tables::class;

/// Type in a doc block: `string|null`, `Magento\Sales\Api\Data\OrderInterface[]`. May be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocType(String);

impl DocType {
    /// Type as written.
    pub(in crate::catalog) fn new(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// Type in a table, relative to a class: `~X` is in the namespace of the class, `~.` its extension attributes,
    /// `int?` means `int|null`.
    pub(in crate::catalog) fn of_table(text: &'static str, below: &str) -> Self {
        let alternative = |text: &'static str| -> String {
            let (name, nullable) = text.strip_suffix('?').map_or((text, ""), |name| (name, "|null"));
            let name = if let Some(name) = name.strip_prefix('~') {
                let namespace = below.rsplit_once('\\').map_or("", |(namespace, _)| namespace);
                match name.strip_prefix('.') {
                    Some(list) => extension_of(below) + list,
                    None => format!("{namespace}\\{name}"),
                }
            } else {
                class(name)
            };
            name + nullable
        };
        Self(text.split('|').map(alternative).collect::<Vec<_>>().join("|"))
    }

    /// Type as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns true if it may be null.
    #[must_use]
    pub fn is_nullable(&self) -> bool {
        self.0.split('|').any(|name| name == "null")
    }

    /// Its alternatives other than null, lists with their `[]`: `int` for `int|null`.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.split('|').filter(|name| !name.is_empty() && *name != "null")
    }
}

impl fmt::Display for DocType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Interface that Magento generates for the extension attributes of a data interface.
fn extension_of(interface: &str) -> String {
    format!("{}ExtensionInterface", interface.strip_suffix("Interface").unwrap_or(interface))
}
