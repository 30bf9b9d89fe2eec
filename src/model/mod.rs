//! The resolved module: no defaults left to apply, no patterns left to expand.

mod api;
mod code;
mod lower;
mod settings;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet};

use crate::names::{
    AclId, AclTitle, Email, FilePath, IntegrationName, Locale, MagentoVersion, ModuleName, ModuleVersion,
    PackageName, Url,
};

pub use api::{Api, Data, Field, Method, Parameter, PhpBase, PhpType, Service};
pub use code::{Job, Observer, Owner};
pub use lower::lower;
pub use settings::{Choice, Group, Scope, Section, Setting, SettingKind, Settings};
pub use webhooks::{Webhook, Webhooks};

/// A module as it will be emitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// `Vendor_Module`.
    pub name: ModuleName,
    /// The Composer package.
    pub package: PackageName,
    /// What the module is for, as written.
    pub description: String,
    /// The package's version.
    pub version: ModuleVersion,
    /// `setup_version` of module.xml, where a release of the target requires it.
    pub setup_version: Option<String>,
    /// At least one.
    pub licenses: Vec<String>,
    /// In the order of the spec.
    pub authors: Vec<Author>,
    /// Of the package.
    pub homepage: Option<String>,
    /// In the order of the spec.
    pub keywords: Vec<String>,
    /// The folder below composer.json that the module's files are in; none where they are beside it.
    pub source: Option<FilePath>,
    /// Further keys of composer.json.
    pub composer: BTreeMap<String, serde_json::Value>,
    /// A line for the head of each file that can hold one.
    pub copyright: Option<String>,
    /// What the module is made for.
    pub platform: Platform,
    /// Composer package to constraint, without `php`.
    pub require: BTreeMap<String, String>,
    /// Modules that are loaded before this one.
    pub sequence: BTreeSet<ModuleName>,
    /// Sorted by name.
    pub integrations: Vec<Integration>,
    /// The own ACL resources under the full chain of their ancestors; empty if there are none.
    pub acl: Vec<AclNode>,
    /// The own REST API; empty if there is none.
    pub api: Api,
    /// The settings of Stores > Configuration.
    pub settings: Option<Settings>,
    /// What the other side is told.
    pub webhooks: Option<Webhooks>,
    /// The jobs that cron runs, sorted by name.
    pub jobs: Vec<Job>,
    /// The classes that run at events, sorted by event and name.
    pub observers: Vec<Observer>,
    /// Hosts of the Content Security Policy by directive.
    pub csp: BTreeMap<&'static str, Vec<String>>,
    /// Locales beside en_US that the own phrases are translated to.
    pub locales: BTreeSet<Locale>,
}

impl Module {
    /// The module's name in small letters: what is global in Magento and the module's own begins with it.
    #[must_use]
    pub fn id(&self) -> String {
        self.name.as_str().to_lowercase()
    }

    /// Whether there are classes that dependency injection makes.
    #[must_use]
    pub fn has_classes(&self) -> bool {
        !self.api.services.is_empty()
            || !self.api.data.is_empty()
            || self.settings.is_some()
            || !self.jobs.is_empty()
            || !self.observers.is_empty()
    }

    /// Whether some class writes to the module's own log.
    #[must_use]
    pub fn logs(&self) -> bool {
        self.webhooks.is_some() || !self.jobs.is_empty() || !self.observers.is_empty()
    }

    /// The setting that turns the module on and off: that of the webhooks, or the first called `enabled`.
    #[must_use]
    pub fn switch(&self) -> Option<&Setting> {
        let enabled = |setting: &&Setting| setting.kind == SettingKind::Flag && setting.field == "enabled";
        let named = || self.settings.as_ref().and_then(|settings| settings.iter().find(enabled));
        self.webhooks.as_ref().map(|webhooks| &webhooks.enabled).or_else(named)
    }
}

/// The releases a module is made for, and what follows from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    /// The constraint as written in the spec.
    pub constraint: String,
    /// The oldest release of the target.
    pub oldest: MagentoVersion,
    /// The newest release of the target that the catalog knows.
    pub newest: MagentoVersion,
    /// Composer constraint over the PHP versions of all releases, `~8.1.0||~8.2.0`, or the one of the spec.
    pub php: String,
    /// The lowest PHP of the target, major and minor.
    pub php_floor: (u32, u32),
    /// Whether integrations are declared by `etc/integration/{config,api}.xml` and a setup script: 2.0 has nothing
    /// else, and `etc/integration.xml` is read from 2.1.0 on (docs/magento/files-and-schemas.md#integration-xml).
    pub is_legacy: bool,
}

impl Platform {
    /// Whether a data patch can process the legacy pair: there are none before 2.3.0
    /// (docs/magento/files-and-schemas.md#legacy-data-patch). A setup script of the older kind runs in all releases,
    /// but needs a `setup_version`.
    #[must_use]
    pub fn has_data_patches(&self) -> bool {
        self.oldest >= MagentoVersion::new(2, 3, 0)
    }

    /// Whether acl.xml may say `translate`: invalid in 2.0 (docs/magento/files-and-schemas.md#acl-xml).
    #[must_use]
    pub fn translates_titles(&self) -> bool {
        self.oldest >= MagentoVersion::new(2, 1, 0)
    }

    /// The newest PHP that generated files may use.
    #[must_use]
    pub fn tier(&self) -> Tier {
        match self.php_floor {
            floor if floor >= (8, 1) => Tier::Php81,
            floor if floor >= (7, 1) => Tier::Php71,
            _ => Tier::Php56,
        }
    }

    /// Whether the form of settings has "use default" for single values: not in 2.0
    /// (docs/magento/settings.md#can-restore).
    #[must_use]
    pub fn restores_defaults(&self) -> bool {
        self.oldest >= MagentoVersion::new(2, 1, 0)
    }

    /// Whether settings can be kept out of config.php (`TypePool`), and a log be made without a class of its own: from
    /// 2.2.0 on (docs/magento/files-and-schemas.md#classes-since).
    #[must_use]
    pub fn has_type_pool(&self) -> bool {
        self.oldest >= MagentoVersion::new(2, 2, 0)
    }

    /// Whether unit tests can be written for the PHPUnit that comes with each release: 2.2.0 was the first with 6.2, older
    /// ones have 4.1, whose classes have other names (composer.json of magento2).
    #[must_use]
    pub fn has_unit_tests(&self) -> bool {
        self.oldest >= MagentoVersion::new(2, 2, 0)
    }

    /// Whether every release reads csp_whitelist.xml: from 2.3.5-p1 on
    /// (docs/magento/files-and-schemas.md#csp-whitelist).
    #[must_use]
    pub fn has_csp(&self) -> bool {
        self.oldest >= MagentoVersion::new(2, 3, 5).with_p(1)
    }
}

/// What PHP offers, in the steps that matter to generated files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Neither scalar types nor return types: Magento 2.0 to 2.2.
    Php56,
    /// Types in signatures, nullable ones included: Magento 2.3.0 to 2.4.3.
    Php71,
    /// Typed properties, promoted and read-only ones: Magento 2.4.4 and later.
    Php81,
}

/// An author of the package, as composer.json has it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Author {
    /// The person or company.
    pub name: String,
    /// An address, if given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// A page, if given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homepage: Option<String>,
    /// `Developer`, for example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// An integration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Integration {
    /// As Admin shows it.
    pub name: IntegrationName,
    /// Required: Magento aborts without it.
    pub email: Email,
    /// Where Magento posts the consumer's credentials.
    pub endpoint_url: Option<Url>,
    /// The page that the Admin opens.
    pub identity_link_url: Option<Url>,
    /// The calls it makes, as the catalog spells them, by path and then by method.
    pub calls: Vec<Call>,
    /// What is requested, sorted by id.
    pub resources: Vec<Resource>,
    /// The ancestors that Magento adds (docs/magento/resolving-permissions.md#lookup), sorted by id; empty for legacy
    /// integrations, which get none.
    pub implied: Vec<Resource>,
}

impl Integration {
    /// The calls for which a resource is requested.
    pub fn calls_for(&self, id: &AclId) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(move |call| call.needs.iter().any(|need| need.resources.contains(id)))
    }
}

/// A call that an integration makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// `/V1/orders/:id`, or `/async/V1/…`.
    pub path: String,
    /// What it needs, the oldest releases first.
    pub needs: Vec<Need>,
    /// What it is made for, if the spec says so.
    pub why: Option<String>,
}

/// What a call needs, everywhere or in some releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// All of these; none if it needs nothing.
    pub resources: Vec<AclId>,
    /// The releases in words, `before 2.2.8`, if it needs something else in others.
    pub when: Option<String>,
}

/// An ACL resource that an integration is granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its id.
    pub id: AclId,
    /// The titles from the top to the resource in the newest release that has it: `["Sales", "Operations"]`.
    /// Empty for one the catalog does not know.
    pub path: Vec<String>,
}

/// A node of acl.xml.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AclNode {
    /// Its id.
    pub id: AclId,
    /// What is declared, for the module's own nodes; none for an ancestor that is only repeated by id.
    pub declared: Option<DeclaredAcl>,
    /// Below it, in the order they are emitted.
    pub children: Vec<AclNode>,
}

/// What acl.xml says of an own resource beside its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredAcl {
    /// As the role editor shows it.
    pub title: AclTitle,
    /// Its place among its siblings.
    pub sort_order: i32,
}
