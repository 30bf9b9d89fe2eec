//! Settings of Stores > Configuration.

use crate::names::{AclId, MenuId};

/// The settings, and the section they are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The section's id, the first part of each path.
    pub section: String,
    /// What is said of the section; none if it is one of another module.
    pub own: Option<Section>,
    /// In the order of the spec; each has at least one setting.
    pub groups: Vec<Group>,
}

/// A section of the module's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is called.
    pub label: String,
    /// The tab that it is in.
    pub tab: String,
    /// Its place in the tab.
    pub sort_order: i32,
    /// What administrators need to see it.
    pub resource: AclId,
    /// The menu entry below which it gets one.
    pub menu: Option<MenuId>,
}

/// A group of settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// `connection`.
    pub id: String,
    /// What it is called; none if it is one of another module, which says so.
    pub label: Option<String>,
    /// In the order of the spec.
    pub settings: Vec<Setting>,
}

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// `acme_erpbridge/connection/base_url`.
    pub path: String,
    /// `base_url`.
    pub field: String,
    /// What it is called.
    pub label: String,
    /// What stands below it.
    pub comment: Option<String>,
    /// What it holds.
    pub kind: SettingKind,
    /// What it may differ per.
    pub scope: Scope,
    /// Whether the form refuses it empty.
    pub is_required: bool,
    /// As config.xml has it; none where nothing is stored.
    pub default: Option<String>,
    /// The settings that decide whether it is shown, as system.xml names them, and the values they must have.
    pub depends: Vec<(String, String)>,
    /// Whether `app:config:dump` writes it to env.php.
    pub per_environment: bool,
    /// The getter's name: `getBaseUrl`.
    pub getter: String,
}

/// What a setting holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingKind {
    /// Yes or no.
    Flag,
    /// A line of text.
    Text,
    /// Lines of text.
    Textarea,
    /// An http or https address.
    Url,
    /// Text that is encrypted.
    Secret,
    /// One of these.
    Select(Vec<Choice>),
    /// Some of these.
    Multiselect(Vec<Choice>),
    /// A whole number.
    Number {
        /// The lowest.
        min: Option<i32>,
        /// The highest.
        max: Option<i32>,
    },
    /// An e-mail address.
    Email,
}

/// An option of a select.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is stored.
    pub value: String,
    /// What it is called.
    pub label: String,
}

/// What a setting may differ per; the later ones include the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Nothing.
    Global,
    /// The website.
    Website,
    /// The store view.
    Store,
}

impl Settings {
    /// All settings, in the order of the spec.
    pub fn iter(&self) -> impl Iterator<Item = &Setting> {
        self.groups.iter().flat_map(|group| &group.settings)
    }

    /// Whether some setting is an http or https address.
    #[must_use]
    pub fn has_urls(&self) -> bool {
        self.iter().any(|setting| setting.kind == SettingKind::Url)
    }
}

impl Group {
    /// The widest scope of its settings: the group is shown where any of them is.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.settings.iter().map(|setting| setting.scope).max().unwrap_or(Scope::Global)
    }
}

impl Setting {
    /// The call of its getter for a store: `getBaseUrl($storeId)`, of a global one `getBaseUrl()`.
    #[must_use]
    pub fn call(&self, store: &str) -> String {
        let store = if self.scope == Scope::Global { "" } else { store };
        format!("{}({store})", self.getter)
    }
}
