//! KnownValues that the catalog and the spec know.

use super::proposal::Proposal;
use crate::{
    catalog::{Catalog, ReleaseSet, VersionedRow},
    project::Project,
    spec::{Pointer, Spec, schema_values},
};

/// Sources of values.
pub(super) struct KnownValues<'a> {
    pub(super) catalog: &'a Catalog,
    /// Releases or shops of the target, or all.
    pub(super) releases: ReleaseSet,
    /// Last spec that could be read.
    pub(super) spec: Option<&'a Spec>,
}

impl<'a> KnownValues<'a> {
    pub(super) fn of(project: &'a Project) -> Self {
        let catalog = project.catalogs.get().in_question();
        let releases = if project.releases.is_empty() { catalog.all() } else { project.releases };
        Self { catalog, releases, spec: project.loaded.spec.as_ref() }
    }

    /// KnownValues for the key at the route.
    pub(super) fn at(&self, route: &Pointer) -> Vec<Proposal> {
        let steps: Vec<&str> = route.steps().filter(|step| step.parse::<usize>().is_err()).collect();
        match steps.as_slice() {
            ["integration", "resources"]
            | ["acl", "parent"]
            | ["service", "method", "acl"]
            | ["menu", "resource"]
            | ["menu", "children", "resource"]
            | ["settings", "resource"] => self.resources(),
            ["integration", "calls"] | ["integration", "calls", "call"] => self.calls(),
            ["webhook" | "observer", "event"] => self.events(),
            ["service", "method", "returns" | "body" | "parameters", ..] | ["data", "fields", _] => {
                self.types()
            }
            ["target", "magento"] => self.targets(),
            ["cron", "group"] => self.groups(),
            ["webhooks", "url" | "secret" | "enabled" | "timeout"] => self.settings(),
            ["menu", "parent"] | ["settings", "menu"] => self.menu(),
            ["settings", "tab"] | ["settings", "section", "tab"] => self.tabs(),
            _ => schema_values(route).into_iter().map(|value| Proposal::new(value, "")).collect(),
        }
    }

    fn there(&self, row: ReleaseSet) -> ReleaseSet {
        row & self.releases
    }

    fn resources(&self) -> Vec<Proposal> {
        let acl = self.catalog.shipped_acl(self.releases);
        let own = self.spec.map(Spec::acl_entries).unwrap_or_default();
        let own = own.iter().map(|entry| {
            Proposal::new(entry.id.as_str(), entry.title.to_string()).titled(entry.title.as_str())
        });
        let shipped = acl.tree().into_iter().filter(|it| it.parent.is_some()).map(|resource| {
            let path = acl.title_path(resource.id);
            Proposal::new(resource.id, path.join(" > "))
                .titled(path.join(" "))
                .in_releases(self.there(resource.releases))
        });
        own.chain(shipped).collect()
    }

    fn calls(&self) -> Vec<Proposal> {
        let methods =
            self.spec.into_iter().flat_map(|spec| &spec.service).flat_map(|service| &service.method);
        let own = methods.map(|method| Proposal::new(method.route.as_str(), "route of this module"));
        let routes = self.catalog.routes().iter().filter_map(|route| {
            let there = self.there(route.releases());
            let access = route.access(there.last()?)?;
            Some(Proposal::new(route.to_string(), format!("needs {access}")).in_releases(there))
        });
        own.chain(routes).collect()
    }

    fn events(&self) -> Vec<Proposal> {
        let events = self.catalog.events().iter().filter(|event| !event.is_pattern());
        events
            .filter_map(|event| {
                let there = self.there(event.releases());
                let entity = self.catalog.entities_of(&event.name).next();
                let detail = entity.map(|entity| entity.name.to_owned()).unwrap_or_default();
                (!there.is_empty()).then(|| {
                    Proposal::new(event.name.as_str(), detail.clone()).titled(detail).in_releases(there)
                })
            })
            .collect()
    }

    fn types(&self) -> Vec<Proposal> {
        let scalars = ["string", "int", "float", "bool"].map(|name| Proposal::new(name, ""));
        let own = self.spec.into_iter().flat_map(|spec| &spec.data);
        let own = own.map(|data| Proposal::new(data.name.as_str(), "data object of this module"));
        let types = self.catalog.types().iter().filter(|it| it.is_used_in_webapi);
        let types = types.filter_map(|it| {
            let there = self.there(it.releases);
            (!there.is_empty()).then(|| Proposal::new(it.class.as_str(), it.module()).in_releases(there))
        });
        scalars.into_iter().chain(own).chain(types).collect()
    }

    /// Lines of releases, and releases, newest first.
    fn targets(&self) -> Vec<Proposal> {
        let mut releases: Vec<_> = self.catalog.releases().iter().map(|release| release.version).collect();
        releases.reverse();
        let mut lines: Vec<_> = releases.iter().map(|version| version.with_p(0)).collect();
        lines.dedup();
        let lines = lines.iter().map(|line| Proposal::new(line.to_string(), "with its patches"));
        let patches = releases.iter().filter(|version| version.with_p(0) != **version);
        lines.chain(patches.map(|version| Proposal::new(version.to_string(), "this release only"))).collect()
    }

    fn groups(&self) -> Vec<Proposal> {
        let groups = self.catalog.cron().groups.iter();
        groups
            .map(|group| {
                Proposal::new(group.id, group.module.as_str()).in_releases(self.there(group.releases))
            })
            .collect()
    }

    fn settings(&self) -> Vec<Proposal> {
        let settings = self.spec.into_iter().flat_map(|spec| &spec.setting);
        let label = |label: &crate::names::Label| label.to_string();
        settings
            .map(|it| Proposal::new(it.path.as_str(), it.label.as_ref().map(label).unwrap_or_default()))
            .collect()
    }

    fn menu(&self) -> Vec<Proposal> {
        let items = self.catalog.menu().iter();
        items
            .map(|item| {
                Proposal::new(item.id, item.title).titled(item.title).in_releases(self.there(item.releases))
            })
            .collect()
    }

    fn tabs(&self) -> Vec<Proposal> {
        let own = self
            .spec
            .and_then(|spec| spec.settings.as_ref())
            .into_iter()
            .flat_map(|settings| settings.tabs());
        let own = own.map(|tab| Proposal::new(tab.id.as_str(), "tab of this module"));
        let tabs = self.catalog.config().tabs.iter();
        let tabs = tabs.map(|tab| Proposal::new(tab.id, tab.label).in_releases(self.there(tab.releases())));
        own.chain(tabs).collect()
    }
}
