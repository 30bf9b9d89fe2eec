//! Stores > Configuration: the merged system.xml of core.

use crate::catalog::{
    ReleaseSet,
    tables::{NumberedSets, VersionedRow, VersionedTable, blocks, columns, module},
};

const CONFIG: &str = include_str!("../data/config.tsv");
const PATHS: &str = include_str!("../data/paths.tsv");

/// What the configuration consists of. Of modules that are not named `Magento_…` it is known up to 2.4.4 and for 2.4.7-p3.
#[derive(Debug, Clone)]
pub struct Config {
    /// The tabs, by id.
    pub tabs: VersionedTable<ConfigTab>,
    /// The sections, by id.
    pub sections: VersionedTable<ConfigSection>,
    /// The groups of sections, by `section/group`; groups within groups are left out.
    pub groups: VersionedTable<ConfigGroup>,
}

/// A tab, under which sections stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigTab {
    /// Its id.
    pub id: &'static str,
    /// As the Admin shows it; may be empty.
    pub label: &'static str,
    /// The module that declares it first.
    pub module: String,
    /// The releases in which it is so.
    pub releases: ReleaseSet,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigSection {
    /// Its id: the first step of a path.
    pub id: &'static str,
    /// As the Admin shows it; may be empty.
    pub label: &'static str,
    /// The module that declares it first.
    pub module: String,
    /// The tab it stands under; empty where it names none.
    pub tab: &'static str,
    /// The ACL resource it needs; empty where it names none.
    pub resource: &'static str,
    /// Where it is shown.
    pub scopes: Scopes,
    /// The releases in which it is so.
    pub releases: ReleaseSet,
}

/// A group of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigGroup {
    /// `section/group`.
    pub id: String,
    /// The module that declares it first.
    pub module: String,
    /// Where it is shown.
    pub scopes: Scopes,
    /// The releases in which it is so.
    pub releases: ReleaseSet,
}

/// A path that core takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigPath {
    /// `section/group/field`.
    pub path: String,
    /// The module whose field it is.
    pub module: String,
    /// The releases in which it is so.
    pub releases: ReleaseSet,
}

/// The scopes in which something is shown: the attributes `showInDefault`, `showInWebsite` and `showInStore`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scopes {
    /// In the default scope.
    pub default: bool,
    /// In the scope of a website.
    pub website: bool,
    /// In the scope of a store view.
    pub store: bool,
}

impl Scopes {
    fn of(letters: &str) -> Self {
        let has = |scope| letters.contains(scope);
        Self { default: has('d'), website: has('w'), store: has('s') }
    }
}

impl VersionedRow for ConfigTab {
    fn id(&self) -> &str {
        self.id
    }
    fn releases(&self) -> ReleaseSet {
        self.releases
    }
}

impl VersionedRow for ConfigSection {
    fn id(&self) -> &str {
        self.id
    }
    fn releases(&self) -> ReleaseSet {
        self.releases
    }
}

impl VersionedRow for ConfigGroup {
    fn id(&self) -> &str {
        &self.id
    }
    fn releases(&self) -> ReleaseSet {
        self.releases
    }
}

impl VersionedRow for ConfigPath {
    fn id(&self) -> &str {
        &self.path
    }
    fn releases(&self) -> ReleaseSet {
        self.releases
    }
}

pub(in crate::catalog) fn config(sets: &NumberedSets) -> Config {
    let (mut tabs, mut sections, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    for block in blocks(CONFIG) {
        if let Some(tab) = block.head.strip_prefix('@') {
            let [id, label, its_module, releases] = columns(tab);
            let releases = sets.get(releases, sets.all);
            tabs.push(ConfigTab { id, label, module: module(its_module), releases });
            continue;
        }
        let [section, label, its_module, tab, resource, shown, releases] = columns(block.head);
        sections.push(ConfigSection {
            id: section,
            label,
            module: module(its_module),
            tab,
            resource,
            scopes: Scopes::of(shown),
            releases: sets.get(releases, sets.all),
        });
        let group = |line: &'static str| {
            let [group, its_module, shown, releases] = columns(line);
            ConfigGroup {
                id: format!("{section}/{group}"),
                module: module(its_module),
                scopes: Scopes::of(shown),
                releases: sets.get(releases, sets.all),
            }
        };
        groups.extend(block.below().map(group));
    }
    Config {
        tabs: VersionedTable::new(tabs),
        sections: VersionedTable::new(sections),
        groups: VersionedTable::new(groups),
    }
}

pub(in crate::catalog) fn paths(sets: &NumberedSets) -> VersionedTable<ConfigPath> {
    let mut paths = Vec::new();
    for block in blocks(PATHS) {
        for line in block.below() {
            let [fields, its_module, releases] = columns(line);
            let (module, releases) = (module(its_module), sets.get(releases, sets.all));
            paths.extend(fields.split(' ').map(|field| ConfigPath {
                path: format!("{}/{field}", block.head),
                module: module.clone(),
                releases,
            }));
        }
    }
    VersionedTable::new(paths)
}
