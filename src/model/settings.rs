//! Settings in Stores > Configuration.

use crate::names::{AclId, MenuId};

/// Settings and their section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Id of the section, the first part of each path.
    pub section: String,
    /// Declaration of the section; `None` if it is one of another module.
    pub own: Option<Section>,
    /// Groups in the order of the spec, each with at least one setting.
    pub groups: Vec<Group>,
}

/// A section declared by the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Title.
    pub label: String,
    /// Tab.
    pub tab: String,
    /// Position in the tab.
    pub sort_order: i32,
    /// ACL resource that administrators need to see it.
    pub resource: AclId,
    /// Menu entry below which it gets its own.
    pub menu: Option<MenuId>,
}

/// A group of settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// `connection`.
    pub id: String,
    /// Title; `None` if the group belongs to another module, which declares it.
    pub label: Option<String>,
    /// Settings in the order of the spec.
    pub settings: Vec<Setting>,
}

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// `acme_erpbridge/connection/base_url`.
    pub path: String,
    /// `base_url`.
    pub field: String,
    /// Title.
    pub label: String,
    /// Comment below the field, as HTML.
    pub comment: Option<String>,
    /// Type of the value.
    pub kind: SettingKind,
    /// Scope of the value.
    pub scope: Scope,
    /// True if the form rejects an empty value.
    pub is_required: bool,
    /// Default as in config.xml; `None` if nothing is stored.
    pub default: Option<String>,
    /// Settings that control its visibility, as named in system.xml, and the values they must have.
    pub depends: Vec<(String, String)>,
    /// True if `app:config:dump` writes it to env.php.
    pub per_environment: bool,
    /// Name of the getter: `getBaseUrl`.
    pub getter: String,
}

/// Type of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingKind {
    /// Yes or no.
    Flag,
    /// Single-line text.
    Text,
    /// Multi-line text.
    Textarea,
    /// HTTP or HTTPS URL.
    Url,
    /// Encrypted text.
    Secret,
    /// One of the choices.
    Select(Vec<Choice>),
    /// Any number of the choices.
    Multiselect(Vec<Choice>),
    /// Integer.
    Number {
        /// Lowest value.
        min: Option<i32>,
        /// Highest value.
        max: Option<i32>,
    },
    /// E-mail address.
    Email,
}

/// An option of a select.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Stored value.
    pub value: String,
    /// Title.
    pub label: String,
}

/// Scope of a setting; later ones include earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One value for all.
    Global,
    /// A value per website.
    Website,
    /// A value per store view.
    Store,
}

impl SettingKind {
    /// Returns the options of a select or multiselect.
    #[must_use]
    pub fn options(&self) -> Option<&[Choice]> {
        match self {
            Self::Select(options) | Self::Multiselect(options) => Some(options),
            _ => None,
        }
    }
}

impl Settings {
    /// Iterates over all settings in the order of the spec.
    pub fn iter(&self) -> impl Iterator<Item = &Setting> {
        self.groups.iter().flat_map(|group| &group.settings)
    }

    /// Returns true if a setting is an HTTP or HTTPS URL.
    #[must_use]
    pub fn has_urls(&self) -> bool {
        self.iter().any(|setting| setting.kind == SettingKind::Url)
    }

    /// Returns true if a setting is a number.
    #[must_use]
    pub fn has_numbers(&self) -> bool {
        self.iter().any(|setting| matches!(setting.kind, SettingKind::Number { .. }))
    }

    /// Returns true if a setting has options.
    #[must_use]
    pub fn has_choices(&self) -> bool {
        self.iter().any(|setting| setting.kind.options().is_some())
    }
}

impl Group {
    /// Returns the widest scope of its settings: the group is shown wherever one of them is.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.settings.iter().map(|setting| setting.scope).max().unwrap_or(Scope::Global)
    }
}

impl Setting {
    /// Returns the name of its getter without the verb: `BaseUrl`.
    #[must_use]
    pub fn suffix(&self) -> &str {
        self.getter.strip_prefix("get").unwrap_or(&self.getter)
    }

    /// Returns the call of its getter for a store: `getBaseUrl($storeId)`, or `getBaseUrl()` for a global setting.
    #[must_use]
    pub fn call(&self, store: &str) -> String {
        let store = if self.scope == Scope::Global { "" } else { store };
        format!("{}({store})", self.getter)
    }
}
