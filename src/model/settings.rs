//! Settings in Stores > Configuration.

/// Settings, with the tabs, sections and groups that contain them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Tabs of the module, in the order of the spec.
    pub tabs: Vec<Tab>,
    /// Sections of the module and of others, in the order of the spec.
    pub sections: Vec<Section>,
}

/// A tab declared by the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Id.
    pub id: String,
    /// Title.
    pub label: String,
    /// Position among the tabs.
    pub sort_order: Option<i64>,
    /// CSS class.
    pub class: Option<String>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Id, the first part of each path.
    pub id: String,
    /// Title; `None` if it belongs to another module, which declares it.
    pub label: Option<String>,
    /// Position and scopes.
    pub shown: Shown,
    /// Child elements besides the title and the groups.
    pub elements: Vec<ConfigElement>,
    /// Groups in the order of the spec.
    pub groups: Vec<Group>,
}

/// Attributes that place and show something; `None` if the element does not have them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shown {
    /// Position among the siblings.
    pub sort_order: Option<i64>,
    /// Default scope, websites, store views.
    pub scopes: Option<[bool; 3]>,
    /// True if it is marked as advanced.
    pub is_advanced: bool,
}

/// An element of system.xml.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigElement {
    /// Name.
    pub name: &'static str,
    /// Attributes, in order.
    pub attributes: Vec<(&'static str, String)>,
    /// Text.
    pub text: Option<String>,
    /// Elements in it.
    pub children: Vec<ConfigElement>,
}

/// A group of settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// `connection`.
    pub id: String,
    /// Title; `None` if it has none, or belongs to another module, which declares it.
    pub label: Option<String>,
    /// True if it is declared by another module, or everything is given.
    pub is_bare: bool,
    /// Position and scopes.
    pub shown: Shown,
    /// `extends`, if given.
    pub extends: Option<String>,
    /// True if it is open on the first visit.
    pub is_expanded: bool,
    /// Child elements besides the title, the settings and further groups.
    pub elements: Vec<ConfigElement>,
    /// Settings that control its visibility.
    pub depends: Vec<Dependency>,
    /// Settings in the order of the spec.
    pub settings: Vec<Setting>,
    /// Groups in it.
    pub groups: Vec<Self>,
}

/// A condition of `<depends>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// Setting as named in system.xml.
    pub id: String,
    /// Values, of which it must have one.
    pub values: Vec<String>,
    /// True if it must have none of them.
    pub is_negative: bool,
}

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Path of its value: `acme_erpbridge/connection/base_url`.
    pub path: String,
    /// `base_url`.
    pub field: String,
    /// Name for developers, also if the form shows none.
    pub label: String,
    /// Title in the form.
    pub title: Option<String>,
    /// Comment below the field, as HTML.
    pub comment: Option<String>,
    /// Type of the form element; `None` if another module declares it.
    pub element: Option<String>,
    /// Type of the value.
    pub kind: SettingKind,
    /// Scope of the value.
    pub scope: Scope,
    /// Position and scopes.
    pub shown: Shown,
    /// `extends`, if given.
    pub extends: Option<String>,
    /// True if its form offers the default.
    pub can_restore: bool,
    /// True if the form rejects an empty value.
    pub is_required: bool,
    /// Validation classes, if they do not follow from the type.
    pub validate: Option<String>,
    /// Class with its options, if it does not follow from the type.
    pub source_model: Option<String>,
    /// Class that checks its value.
    pub backend: Backend,
    /// `can_be_empty`, if it does not follow from the type.
    pub can_be_empty: Option<bool>,
    /// Further child elements.
    pub elements: Vec<ConfigElement>,
    /// Default as in config.xml; `None` if nothing is stored.
    pub default: Option<String>,
    /// Settings that control its visibility.
    pub depends: Vec<Dependency>,
    /// True if `app:config:dump` writes it to env.php.
    pub per_environment: bool,
    /// Name of the getter: `getBaseUrl`.
    pub getter: String,
}

/// Class that checks a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backend {
    /// The one that follows from the type.
    Derived,
    /// Nothing.
    Plain,
    /// This class.
    Class(String),
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
    /// Anything else, which the module reads itself.
    Other,
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
    /// Returns the options of a select or multiselect, unless a class has them.
    #[must_use]
    pub fn options(&self) -> Option<&[Choice]> {
        match self {
            Self::Select(options) | Self::Multiselect(options) if !options.is_empty() => Some(options),
            _ => None,
        }
    }
}

impl Settings {
    /// Iterates over the settings that `Model\Config` reads, in the order of the spec.
    pub fn iter(&self) -> impl Iterator<Item = &Setting> {
        self.all().filter(|setting| setting.kind != SettingKind::Other)
    }

    /// Iterates over all settings.
    pub fn all(&self) -> impl Iterator<Item = &Setting> {
        self.groups().into_iter().flat_map(|group| &group.settings)
    }

    /// Returns all groups, each before those in it.
    #[must_use]
    pub fn groups(&self) -> Vec<&Group> {
        let mut groups = Vec::new();
        self.sections.iter().flat_map(|section| &section.groups).for_each(|group| group.collect(&mut groups));
        groups
    }

    /// Returns true if a setting is an HTTP or HTTPS URL, and checked.
    #[must_use]
    pub fn has_urls(&self) -> bool {
        self.checked().any(|setting| setting.kind == SettingKind::Url)
    }

    /// Returns true if a setting is a number, and checked.
    #[must_use]
    pub fn has_numbers(&self) -> bool {
        self.checked().any(|setting| matches!(setting.kind, SettingKind::Number { .. }))
    }

    /// Returns true if a setting has options, and is checked.
    #[must_use]
    pub fn has_choices(&self) -> bool {
        self.checked().any(|setting| setting.kind.options().is_some())
    }

    fn checked(&self) -> impl Iterator<Item = &Setting> {
        self.iter().filter(|setting| setting.backend == Backend::Derived)
    }
}

impl Group {
    /// Returns the widest scope of its settings: the group is shown wherever one of them is.
    #[must_use]
    pub fn scope(&self) -> Scope {
        let below = self.groups.iter().map(Self::scope);
        self.settings.iter().map(|setting| setting.scope).chain(below).max().unwrap_or(Scope::Global)
    }

    fn collect<'a>(&'a self, groups: &mut Vec<&'a Self>) {
        groups.push(self);
        self.groups.iter().for_each(|group| group.collect(groups));
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
