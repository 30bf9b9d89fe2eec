//! Entries of the Admin menu.

/// An element of menu.xml.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuEntry {
    /// Element: `add`, `update` or `remove`.
    pub element: &'static str,
    /// Id.
    pub id: String,
    /// Title.
    pub title: Option<String>,
    /// Module whose translations the title gets.
    pub module: Option<String>,
    /// Other attributes, in order.
    pub attributes: Vec<(&'static str, String)>,
}

impl MenuEntry {
    /// Returns the phrases that Magento translates.
    pub fn phrases(&self) -> impl Iterator<Item = &str> {
        let tooltip = self.attributes.iter().filter(|(name, _)| *name == TOOLTIP);
        self.title.as_deref().into_iter().chain(tooltip.map(|(_, text)| text.as_str()))
    }
}

/// Attribute with the text that is shown for an entry.
pub(super) const TOOLTIP: &str = "toolTip";
