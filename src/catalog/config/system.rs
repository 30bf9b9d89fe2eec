//! Stores > Configuration, from the merged system.xml of core.

use std::sync::Arc;

use crate::catalog::{
    ReleaseSet,
    tables::{NumberedSets, TableBlock, VersionedRow, VersionedTable, blocks, columns, module},
};

const CONFIG: &str = include_str!("../data/config.tsv");
const PATHS: &str = include_str!("../data/paths.tsv");

/// Tabs, sections and groups of the configuration. Modules of other vendors are covered up to 2.4.4 and in 2.4.7-p3.
#[derive(Debug)]
pub struct Config {
    /// Tabs by id.
    pub tabs: VersionedTable<ConfigTab>,
    /// Sections by id.
    pub sections: VersionedTable<ConfigSection>,
    /// Groups of sections by `section/group`, without nested groups.
    pub groups: VersionedTable<ConfigGroup>,
}

/// Tab with sections under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigTab {
    /// Its id.
    pub id: &'static str,
    /// Label in the Admin; may be empty.
    pub label: &'static str,
    /// Module that declares it first.
    pub module: String,
    /// Releases with this row.
    pub releases: ReleaseSet,
}

/// Section of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigSection {
    /// Its id, which is the first part of a path.
    pub id: &'static str,
    /// Label in the Admin; may be empty.
    pub label: &'static str,
    /// Module that declares it first.
    pub module: String,
    /// Id of its tab; empty if it names none.
    pub tab: &'static str,
    /// ACL resource that it needs; empty if it names none.
    pub resource: &'static str,
    /// Scopes that show it.
    pub scopes: Scopes,
    /// Releases with this row.
    pub releases: ReleaseSet,
}

/// Group of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigGroup {
    /// Id, as `section/group`.
    pub id: String,
    /// Module that declares it first.
    pub module: String,
    /// Scopes that show it.
    pub scopes: Scopes,
    /// Releases with this row.
    pub releases: ReleaseSet,
}

/// Configuration path that core uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigPath {
    /// Path, as `section/group/field`.
    pub path: String,
    /// Module that declares the field.
    pub module: String,
    /// Releases with this row.
    pub releases: ReleaseSet,
}

/// Scopes that show something: the attributes `showInDefault`, `showInWebsite` and `showInStore`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scopes {
    /// Default scope.
    pub default: bool,
    /// Website scope.
    pub website: bool,
    /// Store view scope.
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

pub(in crate::catalog) fn config(sets: &Arc<NumberedSets>) -> Config {
    let (mut tabs, mut sections, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    for block in blocks(CONFIG) {
        let [id] = columns(block.head);
        if let Some(tab) = id.strip_prefix('@') {
            tabs.push((tab.into(), block));
            continue;
        }
        sections.push((id.into(), block));
        groups.extend(block.below().map(|line| {
            let [group] = columns(line);
            ([id, "/", group].concat().into(), TableBlock::of_line(line))
        }));
    }
    Config {
        tabs: VersionedTable::of_blocks(tabs, sets, tab),
        sections: VersionedTable::of_blocks(sections, sets, section),
        groups: VersionedTable::of_blocks(groups, sets, group),
    }
}

fn tab(_: &str, block: TableBlock, sets: &NumberedSets) -> ConfigTab {
    let [id, label, its_module, releases] = columns(block.head);
    let releases = sets.get(releases, sets.all);
    ConfigTab { id: id.trim_start_matches('@'), label, module: module(its_module), releases }
}

fn section(_: &str, block: TableBlock, sets: &NumberedSets) -> ConfigSection {
    let [id, label, its_module, tab, resource, shown, releases] = columns(block.head);
    let (module, releases) = (module(its_module), sets.get(releases, sets.all));
    ConfigSection { id, label, module, tab, resource, scopes: Scopes::of(shown), releases }
}

fn group(id: &str, block: TableBlock, sets: &NumberedSets) -> ConfigGroup {
    let [_, its_module, shown, releases] = columns(block.head);
    let (module, releases) = (module(its_module), sets.get(releases, sets.all));
    ConfigGroup { id: id.to_owned(), module, scopes: Scopes::of(shown), releases }
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
