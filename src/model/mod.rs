//! The resolved module: no defaults left to apply, no patterns left to expand.

mod api;
mod code;
mod config;
mod lower;
mod menu;
mod renames;
mod settings;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet};

use crate::names::{
    AclId, AclTitle, CspHost, Email, IntegrationName, Locale, MagentoVersion, ModuleName, ModuleVersion,
    PackageName, SourcePath, Url,
};

pub use api::{
    Api, Data, Deprecation, Field, Method, Parameter, ParameterDefault, PhpBase, PhpType, RouteValue, Service,
};
pub use code::{Job, Observer, Owner};
pub use config::{ConfigDefault, ConfigDefaults, ENCRYPTED};
pub use lower::lower;
pub use menu::MenuEntry;
pub use renames::{Rename, RenamedJob, Renames};
pub use settings::{
    Backend, Choice, ConfigElement, Dependency, Group, Scope, Section, Setting, SettingKind, Settings, Shown,
    Tab,
};
pub use webhooks::{FieldCondition, ObjectKind, PayloadField, PayloadNode, Webhook, Webhooks};

/// A module ready to be emitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// `Vendor_Module`.
    pub name: ModuleName,
    /// Composer package.
    pub package: PackageName,
    /// Purpose of the module, as written.
    pub description: String,
    /// Version of the package; none if tags give it.
    pub version: Option<ModuleVersion>,
    /// `setup_version` in module.xml, if a release of the target requires it.
    pub setup_version: Option<String>,
    /// Licence, or a list of licences, as composer.json has it.
    pub license: Option<serde_json::Value>,
    /// In the order of the spec.
    pub authors: Vec<Author>,
    /// Home page of the package.
    pub homepage: Option<String>,
    /// In the order of the spec.
    pub keywords: Vec<String>,
    /// Directory of the module's files below composer.json; `None` if they are beside it.
    pub source: Option<SourcePath>,
    /// Other keys of composer.json.
    pub composer: BTreeMap<String, serde_json::Value>,
    /// Copyright line for the header of each file that can contain one.
    pub copyright: Option<String>,
    /// Target platform.
    pub platform: Platform,
    /// Composer package to constraint, without `php`.
    pub require: BTreeMap<String, String>,
    /// Modules to load before this one.
    pub sequence: BTreeSet<ModuleName>,
    /// Integrations, sorted by name.
    pub integrations: Vec<Integration>,
    /// Names of former integrations that the module deletes, sorted.
    pub retired: BTreeSet<IntegrationName>,
    /// ACL resources of the module below the full chain of their ancestors; empty if there are none.
    pub acl: Vec<AclNode>,
    /// REST API of the module; empty if there is none.
    pub api: Api,
    /// Settings in Stores > Configuration.
    pub settings: Option<Settings>,
    /// Values in etc/config.xml.
    pub config: ConfigDefaults,
    /// Entries of the Admin menu, in the order of the spec.
    pub menu: Vec<MenuEntry>,
    /// Webhooks.
    pub webhooks: Option<Webhooks>,
    /// Cron jobs, sorted by name.
    pub jobs: Vec<Job>,
    /// Observers, sorted by event and name.
    pub observers: Vec<Observer>,
    /// Former names.
    pub renames: Renames,
    /// Hosts of the Content Security Policy, by directive.
    pub csp: BTreeMap<&'static str, Vec<CspHost>>,
    /// Locales into which the phrases are translated, besides en_US.
    pub locales: BTreeSet<Locale>,
}

impl Module {
    /// Returns the prefix of the module's global names in Magento.
    #[must_use]
    pub fn id(&self) -> String {
        self.name.id()
    }

    /// Returns true if production mode has to compile PHP of the module: classes, or setup scripts.
    #[must_use]
    pub fn has_code(&self) -> bool {
        self.platform.is_legacy
            || !self.api.services.is_empty()
            || !self.api.data.is_empty()
            || self.settings.is_some()
            || !self.jobs.is_empty()
            || !self.observers.is_empty()
            || self.has_plugin()
            || !self.renames.resources.is_empty()
    }

    /// Returns true if a plugin of the module changes integrations in `setup:upgrade`
    /// (docs/magento/setup-upgrade.md#keep-by-plugin).
    #[must_use]
    pub fn has_plugin(&self) -> bool {
        !self.retired.is_empty() || self.integrations.iter().any(|it| it.is_changed_by_plugin(&self.platform))
    }

    /// Returns true if a class writes to the module's own log.
    #[must_use]
    pub fn logs(&self) -> bool {
        self.webhooks.is_some()
            || !self.jobs.is_empty()
            || !self.observers.is_empty()
            || self.api.deprecated().next().is_some()
    }

    /// Returns the setting that turns the module on and off: that of the webhooks, or the first called `enabled`.
    #[must_use]
    pub fn switch(&self) -> Option<&Setting> {
        let enabled = |setting: &&Setting| setting.kind == SettingKind::Flag && setting.field == "enabled";
        let named = || self.settings.as_ref().and_then(|settings| settings.iter().find(enabled));
        self.webhooks.as_ref().map(|webhooks| &webhooks.enabled).or_else(named)
    }
}

/// Target releases of a module, and what follows from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    /// Constraint as written in the spec.
    pub constraint: String,
    /// Oldest release of the target.
    pub oldest: MagentoVersion,
    /// Newest release of the target in the catalog.
    pub newest: MagentoVersion,
    /// Releases of Mage-OS based on those of the target, if the module is for that: `Mage-OS 1.1.0..2.3.0`.
    pub mage_os: Option<String>,
    /// Composer constraint on the PHP versions of all releases, `~8.1.0||~8.2.0`, or that of the spec.
    pub php: String,
    /// Lowest PHP version of the target, major and minor.
    pub lowest_php: (u32, u32),
    /// True if integrations are declared by `etc/integration/{config,api}.xml` and a setup script: 2.0 has nothing
    /// else, and `etc/integration.xml` is read from 2.1.0 on (docs/magento/files-and-schemas.md#integration-xml).
    pub is_legacy: bool,
}

impl Platform {
    /// Returns true if a data patch can process the legacy pair: data patches exist since 2.3.0
    /// (docs/magento/files-and-schemas.md#legacy-data-patch). An older setup script runs in all releases, but needs a
    /// `setup_version`.
    #[must_use]
    pub fn has_data_patches(&self) -> bool {
        self.oldest >= MagentoVersion::new(2, 3, 0)
    }

    /// Returns true if acl.xml may use `translate`: invalid in 2.0 (docs/magento/files-and-schemas.md#acl-xml).
    #[must_use]
    pub fn translates_titles(&self) -> bool {
        self.oldest >= MagentoVersion::new(2, 1, 0)
    }

    /// Returns the newest PHP syntax allowed in generated files.
    #[must_use]
    pub fn tier(&self) -> Tier {
        match self.lowest_php {
            floor if floor >= (8, 1) => Tier::Php81,
            floor if floor >= (7, 1) => Tier::Php71,
            _ => Tier::Php56,
        }
    }

    /// Returns true if the settings form has "use default" for single values: not in 2.0
    /// (docs/magento/settings.md#can-restore).
    #[must_use]
    pub fn restores_defaults(&self) -> bool {
        self.oldest >= MagentoVersion::new(2, 1, 0)
    }

    /// Returns true if settings can be kept out of config.php (`TypePool`) and a log needs no class of its own: from
    /// 2.2.0 on (docs/magento/files-and-schemas.md#classes-since).
    #[must_use]
    pub fn has_type_pool(&self) -> bool {
        self.oldest >= MagentoVersion::new(2, 2, 0)
    }

    /// Returns true if the generated unit tests run on the PHPUnit of each release: 2.2.0 was the first with 6.2;
    /// older ones have 4.1, whose classes have other names (composer.json of magento2).
    #[must_use]
    pub fn has_unit_tests(&self) -> bool {
        self.oldest >= MagentoVersion::new(2, 2, 0)
    }

    /// Returns true if a release reads csp_whitelist.xml, from 2.3.5-p1 on; older ones ignore it
    /// (docs/magento/files-and-schemas.md#csp-whitelist).
    #[must_use]
    pub fn has_csp(&self) -> bool {
        self.newest >= MagentoVersion::new(2, 3, 5).with_p(1)
    }
}

/// PHP language level of generated files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// No scalar types or return types: Magento 2.0 to 2.2.
    Php56,
    /// Types in signatures, including nullable ones: Magento 2.3.0 to 2.4.3.
    Php71,
    /// Typed, promoted and read-only properties: Magento 2.4.4 and later.
    Php81,
}

/// An author of the package, in the form of composer.json.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Author {
    /// Name of the person or company.
    pub name: String,
    /// E-mail address, if given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Web page, if given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homepage: Option<String>,
    /// Role, such as `Developer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// An integration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Integration {
    /// Name shown in Admin.
    pub name: IntegrationName,
    /// E-mail address, without which Magento aborts.
    pub email: Email,
    /// URL to which Magento posts the consumer's credentials.
    pub endpoint_url: Option<Url>,
    /// Page that Admin opens on activation.
    pub identity_link_url: Option<Url>,
    /// Former names, in the order of the spec.
    pub former: Vec<IntegrationName>,
    /// Credentials when its declaration changes.
    pub keep: Keep,
    /// REST calls as the catalog spells them, by path and then by method.
    pub calls: Vec<Call>,
    /// Requested resources, sorted by id.
    pub resources: Vec<Resource>,
    /// Ancestors that Magento adds (docs/magento/resolving-permissions.md#lookup), sorted by id; empty for legacy
    /// integrations, which get none.
    pub implied: Vec<Resource>,
}

/// Credentials of an integration whose declaration changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keep {
    /// Magento resets it.
    #[default]
    Never,
    /// The module changes it in place, unless it gains permissions.
    UnlessPermissionsGrow,
    /// The module changes it in place.
    Always,
}

impl Keep {
    /// Returns true if the module changes an integration in place whose permissions grow or not.
    #[must_use]
    pub fn keeps(self, is_growing: bool) -> bool {
        match self {
            Self::Never => false,
            Self::UnlessPermissionsGrow => !is_growing,
            Self::Always => true,
        }
    }
}

impl Integration {
    /// Returns true if the plugin of the module has to change it: the legacy pair never resets
    /// (docs/magento/files-and-schemas.md#legacy-in-place).
    #[must_use]
    pub fn is_changed_by_plugin(&self, platform: &Platform) -> bool {
        !self.former.is_empty() || (self.keep != Keep::Never && !platform.is_legacy)
    }
}

/// A REST call made by an integration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// `/V1/orders/:id`, or `/async/V1/…`.
    pub path: String,
    /// Permissions that it needs, oldest releases first.
    pub needs: Vec<Need>,
    /// Reason for the call, if given in the spec.
    pub why: Option<String>,
}

/// Permissions that a call needs, everywhere or in some releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Resources that are all needed; empty if none are.
    pub resources: Vec<AclId>,
    /// Releases in words, `before 2.2.8`, if it needs something else in others.
    pub when: Option<String>,
}

/// An ACL resource that an integration is granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Id.
    pub id: AclId,
    /// Titles from the top to the resource in the newest release that has it: `["Sales", "Operations"]`. Empty if the
    /// catalog does not have it.
    pub path: Vec<String>,
}

/// A node of acl.xml.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AclNode {
    /// Id.
    pub id: AclId,
    /// Declaration, for the module's own nodes and those of others that the spec repeats; `None` for an ancestor that is
    /// only repeated by id.
    pub declared: Option<DeclaredAcl>,
    /// Children, in output order.
    pub children: Vec<AclNode>,
}

/// Declaration of a resource in acl.xml, besides its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredAcl {
    /// Title in the role editor; every own resource has one.
    pub title: Option<AclTitle>,
    /// Position among its siblings; every own resource has one.
    pub sort_order: Option<i32>,
}
