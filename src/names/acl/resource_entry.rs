//! One entry of an integration's `resources`.

use crate::names::text::text_type;

text_type! {
    /// An entry of `resources`: an id, `id/**`, or a glob after the colons; with `!` in front it takes out again.
    ResourceEntry, "an ACL resource such as `Magento_Sales::sales`, `Magento_Sales::sales/**` or `Magento_Sales::*invoice*`",
    length 1..=255usize,
    pattern r"^!?[A-Z][A-Za-z0-9]+_[A-Z][A-Za-z0-9]+::([A-Za-z0-9_]+(/\*\*)?|[A-Za-z0-9_*?]+)$"
}

/// What an entry selects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern<'a> {
    /// Exactly this id.
    Exact(&'a str),
    /// This id and everything below it, written `id/**`.
    Subtree(&'a str),
    /// Every id of the module whose part after the colons fits the glob: `*` is any run of characters, `?` is one.
    Glob(&'a str),
}

impl ResourceEntry {
    /// Whether the entry takes resources out again (`!` in front).
    #[must_use]
    pub fn excludes(&self) -> bool {
        self.as_str().starts_with('!')
    }

    /// What the entry selects.
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
    /// The `Vendor_Module` before the colons.
    #[must_use]
    pub fn module(&self) -> &str {
        let (Self::Exact(text) | Self::Subtree(text) | Self::Glob(text)) = self;
        text.split_once("::").map_or("", |(module, _)| module)
    }
}
