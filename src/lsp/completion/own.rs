//! Sources of values: the catalog, and names that the spec itself declares.

use lsp_types::CompletionItemKind;
use serde_json::Value;

use super::proposal::Proposal;
use crate::{
    catalog::{Catalog, ReleaseSet, VersionedRow, VersionedTable},
    lsp::documents::Draft,
    spec::{Pointer, pointer},
};

/// Sources of values.
pub(super) struct KnownValues<'a> {
    pub(super) draft: &'a Draft<'a>,
    pub(super) catalog: &'a Catalog,
    pub(super) own: OwnNames<'a>,
}

impl<'a> KnownValues<'a> {
    pub(super) fn of(draft: &'a Draft<'a>) -> Self {
        Self { draft, catalog: draft.catalog, own: OwnNames(&draft.json) }
    }

    /// Releases of the target in which a row holds.
    pub(super) fn there(&self, row: ReleaseSet) -> ReleaseSet {
        row & self.draft.releases
    }

    /// Proposal for what some releases have; none if no release of the target does.
    pub(super) fn proposal(
        &self,
        kind: CompletionItemKind,
        text: &str,
        detail: impl Into<String>,
        releases: ReleaseSet,
    ) -> Option<Proposal> {
        let there = self.there(releases);
        (!there.is_empty()).then(|| Proposal::new(kind, text, detail).in_releases(there))
    }

    /// Proposals for the ids of a table that the target has, each from its newest row there.
    pub(super) fn of_table<'t, T: VersionedRow>(
        &self,
        table: &'t VersionedTable<T>,
        propose: impl Fn(&'t T) -> Proposal,
    ) -> Vec<Proposal> {
        let releases = self.draft.releases;
        let newest = table.ids(releases).filter_map(|id| table.newest(id, releases));
        newest.map(|row| propose(row).in_releases(self.there(table.releases_of(row.id())))).collect()
    }
}

impl KnownValues<'_> {
    /// Names that entries of a table had before and that the spec does not have, for the value at a route.
    pub(super) fn former(&self, table: &str, route: &Pointer) -> Vec<Proposal> {
        let written = self.draft.json.pointer(route).and_then(Value::as_str);
        let present = self.own.stored(table);
        let former = self.draft.earlier.into_iter().flat_map(|earlier| earlier.of(table));
        let former =
            former.filter(|(name, _)| Some(*name) == written || !present.iter().any(|it| it == name));
        former.map(|(name, state)| Proposal::value(name, state)).collect()
    }
}

/// Names that the spec itself declares, as far as it can be read.
#[derive(Clone, Copy)]
pub(super) struct OwnNames<'a>(pub(super) &'a Value);

/// Setting of the spec.
pub(super) struct OwnSetting<'a> {
    /// `group/field`.
    pub(super) path: &'a str,
    pub(super) section: String,
    /// With its section in front.
    pub(super) full_path: String,
    pub(super) kind: &'a str,
    pub(super) label: &'a str,
    pub(super) table: &'a Value,
}

impl<'a> OwnNames<'a> {
    /// Text of a key, empty if there is none.
    fn text(table: &'a Value, key: &str) -> &'a str {
        table.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// Entries of a list of tables.
    fn entries(self, list: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
        self.0.get(list).and_then(Value::as_array).into_iter().flatten()
    }

    /// Name of the module.
    pub(super) fn module(self) -> &'a str {
        self.0.get("module").map(|module| Self::text(module, "name")).unwrap_or_default()
    }

    /// ACL resources with their titles.
    pub(super) fn resources(self) -> Vec<(String, &'a str)> {
        let mut all = Vec::new();
        for entry in self.entries("acl") {
            Self::add(entry, &mut all);
        }
        if let Some(settings) = self.0.get("settings").filter(|it| it.get("resource").is_none()) {
            let (config, label) = (format!("{}::config", self.module()), Self::text(settings, "label"));
            if !label.is_empty() && all.iter().all(|(id, _)| *id != config) {
                all.push((config, label));
            }
        }
        all
    }

    /// Adds an entry with an id and all those below it.
    fn add(entry: &'a Value, all: &mut Vec<(String, &'a str)>) {
        let id = Self::text(entry, "id");
        if !id.is_empty() {
            all.push((id.to_owned(), Self::text(entry, "title")));
        }
        for child in entry.get("children").and_then(Value::as_array).into_iter().flatten() {
            Self::add(child, all);
        }
    }

    /// Menu entries with their titles.
    pub(super) fn menu(self) -> Vec<(String, &'a str)> {
        let mut all = Vec::new();
        for entry in self.entries("menu") {
            Self::add(entry, &mut all);
        }
        all
    }

    pub(super) fn settings(self) -> Vec<OwnSetting<'a>> {
        let setting = |table| {
            let path = Self::text(table, "path");
            let section = self.section_of(table);
            let full_path = format!("{section}/{path}");
            let (kind, label) = (Self::text(table, "type"), Self::text(table, "label"));
            OwnSetting { path, section, full_path, kind, label, table }
        };
        self.entries("setting").map(setting).filter(|it| !it.path.is_empty()).collect()
    }

    /// Section of a setting, as `Spec::section_of` has it.
    fn section_of(self, setting: &'a Value) -> String {
        if let Some(section) = setting.get("section").and_then(Value::as_str) {
            return section.to_owned();
        }
        let settings = self.0.get("settings");
        let has_own = settings.is_some_and(|settings| settings.get("label").is_some());
        match settings.and_then(|settings| settings.get("section")) {
            Some(Value::String(section)) => section.clone(),
            Some(Value::Array(sections)) if sections.len() == 1 && !has_own => {
                Self::text(&sections[0], "id").to_owned()
            }
            _ => self.module().to_lowercase(),
        }
    }

    /// Section of the table at a route: that of the setting, or of the groups, that the route leads into.
    pub(super) fn section_at(self, route: &Pointer) -> String {
        let steps: Vec<&str> = route.steps().collect();
        let entry = match steps.as_slice() {
            ["setting", at, ..] => self.0.get("setting").and_then(|all| all.get(at.parse::<usize>().ok()?)),
            ["settings", "section", at, ..] => {
                let section = self.0.pointer(&pointer!["settings", "section", at]);
                return section.map(|section| Self::text(section, "id").to_owned()).unwrap_or_default();
            }
            _ => None,
        };
        self.section_of(entry.unwrap_or(&Value::Null))
    }

    /// Names that tables at a route may have: groups of the settings in its section, or parameters of its method.
    pub(super) fn names_of_tables(self, route: &Pointer) -> Vec<String> {
        let steps = route.names();
        let mut names: Vec<String> = match steps.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["settings", .., "groups"] => {
                let (section, settings) = (self.section_at(route), self.settings());
                let here = settings.iter().filter(|setting| setting.section == section);
                here.filter_map(|setting| Some(setting.path.rsplit_once('/')?.0.to_owned())).collect()
            }
            ["service", "method", "data"] => {
                let of_path = self.path_parameters(route).into_iter();
                of_path.chain(self.body(route).map(|(name, _)| name)).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        names.sort();
        names.dedup();
        names
    }

    /// Method of a service that a route leads into.
    fn method_at(self, route: &Pointer) -> Option<&'a Value> {
        let steps: Vec<&str> = route.steps().collect();
        let ["service", service, "method", method, ..] = steps.as_slice() else { return None };
        self.0.pointer(&pointer!["service", service, "method", method])
    }

    /// Returns true if the service that a route leads into calls an interface or class that exists.
    pub(super) fn has_interface(self, route: &Pointer) -> bool {
        let steps: Vec<&str> = route.steps().collect();
        let ["service", service, "method", ..] = steps.as_slice() else { return false };
        let service = self.0.pointer(&pointer!["service", service]);
        service.is_some_and(|service| service.get("interface").is_some())
    }

    /// Returns true if the method that a route leads into is a search.
    pub(super) fn is_search(self, route: &Pointer) -> bool {
        let search = self.method_at(route).and_then(|method| method.get("search")?.as_bool());
        search.unwrap_or_default()
    }

    /// Names in a list or a table of the method that a route leads into.
    pub(super) fn method_names(self, route: &Pointer, key: &str) -> Vec<&'a str> {
        match self.method_at(route).and_then(|method| method.get(key)) {
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
            Some(Value::Object(members)) => members.keys().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// Parameters in the path of the method that a route leads into.
    pub(super) fn path_parameters(self, route: &Pointer) -> Vec<&'a str> {
        let path = self.method_at(route).map(|method| Self::text(method, "route")).unwrap_or_default();
        path.split('/').filter_map(|step| step.strip_prefix(':')).collect()
    }

    /// Parameters in the body of the method that a route leads into, with their types.
    pub(super) fn body(self, route: &Pointer) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let body = self.method_at(route).and_then(|method| method.get("body")?.as_object());
        body.into_iter().flatten().map(|(name, kind)| (name.as_str(), kind.as_str().unwrap_or_default()))
    }

    /// Parameters of the body that can have a default, with their types: none that is required follows.
    pub(super) fn optional_parameters(self, route: &Pointer) -> Vec<(&'a str, &'a str)> {
        let Some(method) = self.method_at(route) else { return Vec::new() };
        let has_default = |name: &str| method.get("defaults").is_some_and(|all| all.get(name).is_some());
        let mut all: Vec<(&str, &str)> = self.body(route).filter(|_| !self.is_search(route)).collect();
        let is_required = |(name, kind): &(&str, &str)| !kind.ends_with('?') && !has_default(name);
        // The last one without a default may get one.
        let required = all.iter().rposition(is_required).unwrap_or_default();
        all.drain(..required.min(all.len()));
        all
    }

    /// Ids in a list of trees: those of an entry with an id, and of all that are below it by `children` or by `parent`.
    pub(super) fn ids_below(self, list: &str, id: &str) -> Vec<&'a str> {
        fn collect<'a>(entries: &'a Value, is_below: bool, known: &mut Vec<&'a str>, id: &str) {
            for entry in entries.as_array().into_iter().flatten() {
                let (own, parent) = (OwnNames::text(entry, "id"), OwnNames::text(entry, "parent"));
                let is_below = is_below || own == id || known.contains(&parent);
                if is_below && !own.is_empty() && !known.contains(&own) {
                    known.push(own);
                }
                collect(entry.get("children").unwrap_or(&Value::Null), is_below, known, id);
            }
        }
        let mut known = Vec::new();
        let entries = self.0.get(list).unwrap_or(&Value::Null);
        loop {
            let count = known.len();
            collect(entries, false, &mut known, id);
            if known.len() == count {
                return known;
            }
        }
    }

    /// Returns true if an object of a data type contains one of another without end: through fields that are neither
    /// optional nor lists.
    pub(super) fn contains(self, kind: &str, other: &str) -> bool {
        let mut found = vec![kind.to_owned()];
        let mut at = 0;
        while let Some(kind) = found.get(at).cloned() {
            at += 1;
            let entry = self.entries("data").find(|entry| Self::text(entry, "name") == kind);
            let fields = entry.and_then(|entry| entry.get("fields")?.as_object()).into_iter().flatten();
            for (_, field) in fields {
                let field = field.as_str().unwrap_or_default();
                if !field.is_empty() && found.iter().all(|it| it != field) {
                    found.push(field.to_owned());
                }
            }
        }
        found.iter().any(|it| it == other)
    }

    /// Ids of `[[settings.section]]` or `[[settings.tab]]`.
    pub(super) fn settings_ids(self, list: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let list = self.0.get("settings").and_then(|settings| settings.get(list)?.as_array());
        list.into_iter().flatten().map(|entry| Self::text(entry, "id")).filter(|id| !id.is_empty())
    }

    /// Data objects.
    pub(super) fn data(self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.entries("data").map(|entry| Self::text(entry, "name")).filter(|name| !name.is_empty())
    }

    /// Methods of services.
    pub(super) fn methods(self) -> impl Iterator<Item = &'a Value> + use<'a> {
        self.entries("service").filter_map(|service| service.get("method")?.as_array()).flatten()
    }

    /// Names of a table as a shop or a receiver knows them, former ones included.
    fn stored(self, table: &str) -> Vec<String> {
        let module = self.module().to_lowercase();
        let text =
            |entry: &'a Value, key| Some(Self::text(entry, key).to_owned()).filter(|name| !name.is_empty());
        let mut names: Vec<String> = match table {
            "acl" => self.resources().into_iter().map(|(id, _)| id).collect(),
            "setting" => {
                let path = |it: OwnSetting<'a>| text(it.table, "config_path").unwrap_or(it.full_path);
                self.settings().into_iter().map(path).collect()
            }
            "cron" => {
                let name = |job: &'a Value| {
                    text(job, "id").or_else(|| Some(format!("{module}_{}", text(job, "name")?)))
                };
                self.entries("cron").filter_map(name).collect()
            }
            "webhook" => self.entries("webhook").filter_map(|webhook| text(webhook, "topic")).collect(),
            _ => self.entries("integration").filter_map(|it| text(it, "name")).collect(),
        };
        self.entries(table).for_each(|entry| Self::add_former(entry, &mut names));
        names
    }

    /// Adds the former names of an entry and all those below it.
    fn add_former(entry: &'a Value, names: &mut Vec<String>) {
        if let Some(former) = entry.get("renamed_from") {
            let listed = former.as_array().map_or(std::slice::from_ref(former), Vec::as_slice);
            names.extend(listed.iter().filter_map(Value::as_str).map(str::to_owned));
        }
        let children = entry.get("children").and_then(Value::as_array).into_iter().flatten();
        children.for_each(|child| Self::add_former(child, names));
    }

    /// Addresses anywhere in the spec, without their paths.
    pub(super) fn hosts(self) -> Vec<String> {
        fn collect(value: &Value, all: &mut Vec<String>) {
            match value {
                Value::String(text) => {
                    let host = text.strip_prefix("https://").and_then(|rest| rest.split('/').next());
                    all.extend(host.filter(|host| !host.is_empty()).map(|host| format!("https://{host}")));
                }
                Value::Array(items) => items.iter().for_each(|item| collect(item, all)),
                Value::Object(members) => members.values().for_each(|value| collect(value, all)),
                _ => {}
            }
        }
        let mut all = Vec::new();
        collect(self.0, &mut all);
        all.sort();
        all.dedup();
        all
    }
}
