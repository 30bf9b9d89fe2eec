//! Entries of an integration's `resources`.

use crate::names::text::text_type;

text_type! {
    /// An entry of `resources`: an id, `id/**`, or a glob after the colons; `!` in front excludes.
    ResourceEntry, "an ACL resource such as `Magento_Sales::sales`, `Magento_Sales::sales/**` or `Magento_Sales::*invoice*`",
    length 1..=255usize,
    pattern r"^!?[A-Z][A-Za-z0-9]+_[A-Z][A-Za-z0-9]+::([A-Za-z0-9_]+(/\*\*)?|[A-Za-z0-9_*?]+)$", plain entry
}

/// Selection made by an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern<'a> {
    /// This id only.
    Exact(&'a str),
    /// This id and everything below it, written `id/**`.
    Subtree(&'a str),
    /// Every id of the module whose part after the colons matches the glob: `*` is any number of characters, `?`
    /// exactly one.
    Glob(&'a str),
}

impl ResourceEntry {
    /// Returns true if the entry excludes resources (`!` in front).
    #[must_use]
    pub fn excludes(&self) -> bool {
        self.as_str().starts_with('!')
    }

    /// Returns the selection.
    #[must_use]
    pub fn pattern(&self) -> Pattern<'_> {
        let text = self.as_str().trim_start_matches('!');
        if let Some(id) = text.strip_suffix("/**") {
            Pattern::Subtree(id)
        } else if text.contains(['*', '?']) {
            Pattern::Glob(text)
        } else {
            Pattern::Exact(text)
        }
    }
}

impl Pattern<'_> {
    /// Returns the `Vendor_Module` before the colons.
    #[must_use]
    pub fn module(&self) -> &str {
        let (Self::Exact(text) | Self::Subtree(text) | Self::Glob(text)) = self;
        text.split_once("::").map_or("", |(module, _)| module)
    }
}
