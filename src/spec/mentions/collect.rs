//! Walk through a spec.

use super::{Mention, NamedKind};
use crate::{
    names::{AclId, BaseType, Call, MenuId, Pattern, SettingPath, TypeName},
    spec::{
        OneOrMore, Pointer, Spans, Spec,
        api::Method,
        pointer,
        settings::{GroupEntry, Setting},
    },
};

pub(super) struct Collector<'a> {
    pub(super) text: &'a str,
    pub(super) spans: &'a Spans,
    pub(super) spec: &'a Spec,
    pub(super) mentions: Vec<Mention>,
}

impl Collector<'_> {
    pub(super) fn all(&mut self) {
        self.declare(NamedKind::Module, self.spec.module.name.as_str(), &pointer!["module"], "name");
        self.integrations();
        self.acl();
        self.api();
        self.settings();
        self.menu();
        for (at, webhook) in self.spec.webhook.iter().enumerate() {
            self.declare(NamedKind::Topic, webhook.topic.as_str(), &pointer!["webhook", at], "topic");
        }
        for (at, job) in self.spec.cron.iter().enumerate() {
            let table = pointer!["cron", at];
            self.declare(NamedKind::Job, job.name.as_str(), &table, "name");
            if let Some(path) = &job.config_path {
                self.stored(path.as_str(), &table.key("config_path"), &table);
            }
        }
        for (at, observer) in self.spec.observer.iter().enumerate() {
            self.declare(NamedKind::Observer, observer.name.as_str(), &pointer!["observer", at], "name");
        }
    }

    fn declare(&mut self, kind: NamedKind, name: &str, table: &Pointer, key: &str) {
        self.add(kind, name.to_owned(), name, &table.key(key), table, true);
    }

    fn mention(&mut self, kind: NamedKind, name: &str, route: &Pointer, table: &Pointer) {
        self.add(kind, name.to_owned(), name, route, table, false);
    }

    /// Adds the name at a route, if its text is there: the value may be a placeholder.
    fn add(
        &mut self,
        kind: NamedKind,
        name: String,
        written: &str,
        route: &Pointer,
        table: &Pointer,
        is_declared: bool,
    ) {
        let Some(span) = self.spans.value(route) else { return };
        self.add_at(span, kind, name, written, table, is_declared);
    }

    fn add_at(
        &mut self,
        within: std::ops::Range<usize>,
        kind: NamedKind,
        name: String,
        written: &str,
        table: &Pointer,
        is_declared: bool,
    ) {
        let found = self.text.get(within.clone()).and_then(|text| text.rfind(written));
        let Some(start) = found.map(|at| within.start + at) else { return };
        let span = start..start + written.len();
        if kind == NamedKind::Setting && !is_declared {
            self.section_before(start, &name, written, table);
        }
        self.mentions.push(Mention { kind, name, span, is_declared, table: table.clone() });
    }

    /// Adds the section that is written in front of the path of a setting.
    fn section_before(&mut self, path: usize, setting: &str, written: &str, table: &Pointer) {
        let section = setting.strip_suffix(written).and_then(|section| section.strip_suffix('/'));
        let before = self.text[..path].strip_suffix('/');
        let start =
            section.zip(before).and_then(|(section, before)| Some(before.strip_suffix(section)?.len()));
        if let (Some(start), Some(name)) = (start, section.map(str::to_owned)) {
            let span = start..path - 1;
            let (kind, table) = (NamedKind::Section, table.clone());
            self.mentions.push(Mention { kind, name, span, is_declared: false, table });
        }
    }

    fn integrations(&mut self) {
        for (at, integration) in self.spec.integration.iter().enumerate() {
            let table = pointer!["integration", at];
            self.declare(NamedKind::Integration, integration.name.as_str(), &table, "name");
            for (place, entry) in integration.calls.iter().enumerate() {
                let call = table.key("calls").key(place);
                let is_table = entry.why().is_some() || self.spans.value(&call.key("route")).is_some();
                let route = if is_table { call.key("route") } else { call };
                self.call(entry.call(), &route, &table);
            }
            for (place, entry) in integration.resources.iter().enumerate() {
                if let Pattern::Exact(id) | Pattern::Subtree(id) = entry.pattern() {
                    self.mention(NamedKind::Resource, id, &table.key("resources").key(place), &table);
                }
            }
        }
    }

    /// Call of a route of the module.
    fn call(&mut self, call: &Call, route: &Pointer, table: &Pointer) {
        let fits = call.fitting();
        let methods = self.spec.service.iter().flat_map(|service| &service.method);
        let mut own = methods.filter(|it| it.route.method() == call.method() && fits(it.route.path()));
        if let Some(own) = own.next() {
            let name = own.route.to_string();
            self.add(NamedKind::Route, name, call.as_str(), route, table, false);
        }
    }

    fn acl(&mut self) {
        let entries = self.spec.acl_entries();
        for entry in entries.iter().filter(|entry| !entry.is_derived) {
            self.declare(NamedKind::Resource, entry.id.as_str(), &entry.route, "id");
        }
        for (at, acl) in self.spec.acl.iter().enumerate() {
            let table = pointer!["acl", at];
            self.resource(Some(&acl.parent), &table.key("parent"), &table);
        }
        for (route, parent, _) in self.spec.acl_parents() {
            self.resource(Some(&parent.id), &route.key("id"), &route);
        }
    }

    fn resource(&mut self, id: Option<&AclId>, route: &Pointer, table: &Pointer) {
        if let Some(id) = id {
            self.mention(NamedKind::Resource, id.as_str(), route, table);
        }
    }

    fn api(&mut self) {
        for (at, service) in self.spec.service.iter().enumerate() {
            let table = pointer!["service", at];
            self.declare(NamedKind::Service, service.name.as_str(), &table, "name");
            for (place, method) in service.method.iter().enumerate() {
                let table = table.key("method").key(place);
                let name = format!("{}::{}", service.name, method.name);
                self.add(NamedKind::Method, name, method.name.as_str(), &table.key("name"), &table, true);
                self.method(method, &table);
            }
        }
        for (at, data) in self.spec.data.iter().enumerate() {
            let table = pointer!["data", at];
            self.declare(NamedKind::DataType, data.name.as_str(), &table, "name");
            for (field, kind) in &data.fields {
                self.data_type(kind, &table.key("fields").key(field), &table);
            }
        }
    }

    fn method(&mut self, method: &Method, table: &Pointer) {
        self.declare(NamedKind::Route, method.route.as_str(), table, "route");
        let acl = table.key("acl");
        for (at, access) in method.acl.as_slice().iter().enumerate() {
            let route = if matches!(method.acl, OneOrMore::One(_)) { acl.clone() } else { acl.key(at) };
            if access.as_str().contains("::") {
                self.mention(NamedKind::Resource, access.as_str(), &route, table);
            }
        }
        for (list, types) in [("parameters", &method.parameters), ("body", &method.body)] {
            for (name, kind) in types {
                self.data_type(kind, &table.key(list).key(name), table);
            }
        }
        if let Some(kind) = &method.returns {
            self.data_type(kind, &table.key("returns"), table);
        }
        if let Some(other) = &method.replaced_by {
            self.mention(NamedKind::Route, other.as_str(), &table.key("replaced_by"), table);
        }
    }

    fn data_type(&mut self, kind: &TypeName, route: &Pointer, table: &Pointer) {
        match kind.base() {
            BaseType::Class(name) if self.own_class(name, route, table) => {}
            BaseType::Data(name) | BaseType::Class(name) => {
                self.mention(NamedKind::DataType, name, route, table);
            }
            BaseType::Scalar(_) => {}
        }
    }

    /// Adds the data object or service whose generated interface a class is; false if it is none.
    fn own_class(&mut self, class: &str, route: &Pointer, table: &Pointer) -> bool {
        let prefix = format!(r"{}\Api\", self.spec.module.name.namespace());
        let own = class.trim_start_matches('\\').strip_prefix(&prefix);
        let Some(name) = own.and_then(|own| own.strip_suffix("Interface")) else { return false };
        let data = name
            .strip_prefix(r"Data\")
            .filter(|name| self.spec.data.iter().any(|it| it.name.as_str() == *name));
        let is_service = |name: &str| {
            self.spec.service.iter().any(|it| it.interface.is_none() && it.name.as_str() == name)
        };
        match data {
            Some(name) => self.mention(NamedKind::DataType, name, route, table),
            None if is_service(name) => self.mention(NamedKind::Service, name, route, table),
            None => return false,
        }
        true
    }

    fn settings(&mut self) {
        for (at, setting) in self.spec.setting.iter().enumerate() {
            let table = pointer!["setting", at];
            let section = self.spec.section_of(setting);
            let name = setting_name(&section, setting);
            self.add(NamedKind::Setting, name, setting.path.as_str(), &table.key("path"), &table, true);
            if let Some(section) = &setting.section {
                self.mention(NamedKind::Section, section.as_str(), &table.key("section"), &table);
            }
            self.depends(&section, setting.depends.keys(), &table.key("depends"), &table);
            if let Some(extended) = &setting.extends {
                self.setting_in("", extended.as_str(), &table.key("extends"), &table);
            }
            if let Some(source) = &setting.source_service {
                self.own_class(source.class.as_str(), &table.key("source_service").key("class"), &table);
            }
            let required = setting.requires.iter().flat_map(|requires| &requires.fields);
            for (place, field) in required.enumerate() {
                let route = table.key("requires").key("fields").key(place);
                self.setting_in(&section, field.as_str(), &route, &table);
            }
        }
        self.values();
        if let Some(delivery) = &self.spec.webhooks {
            let table = pointer!["webhooks"];
            let paths = [
                ("url", Some(&delivery.url)),
                ("secret", Some(&delivery.secret)),
                ("second_secret", delivery.second_secret.as_ref()),
                ("enabled", Some(&delivery.enabled)),
                ("timeout", Some(&delivery.timeout)),
            ];
            for (key, path) in paths.into_iter().filter_map(|(key, path)| Some((key, path?))) {
                if let Some(setting) = self.spec.setting.iter().find(|setting| setting.path == *path) {
                    let name = setting_name(&self.spec.section_of(setting), setting);
                    self.add(NamedKind::Setting, name, path.as_str(), &table.key(key), &table, false);
                }
            }
        }
        self.sections();
    }

    fn sections(&mut self) {
        let Some(settings) = &self.spec.settings else { return };
        let table = pointer!["settings"];
        self.resource(settings.resource.as_ref(), &table.key("resource"), &table);
        self.menu_entry(settings.menu.as_ref(), &table.key("menu"), &table);
        if let Some(tab) = settings.tab_id() {
            self.mention(NamedKind::Tab, tab.as_str(), &table.key("tab"), &table);
        }
        for (at, tab) in settings.tabs().iter().enumerate() {
            self.declare(NamedKind::Tab, tab.id.as_str(), &table.key("tab").key(at), "id");
        }
        let short = self.spec.short_section().unwrap_or_default();
        if let Some(section) = settings.section_id() {
            self.declare(NamedKind::Section, section.as_str(), &table, "section");
        }
        self.groups(&short, settings.groups.iter(), &table);
        for (at, section) in settings.sections().iter().enumerate() {
            let table = table.key("section").key(at);
            self.declare(NamedKind::Section, section.id.as_str(), &table, "id");
            if let Some(tab) = &section.tab {
                self.mention(NamedKind::Tab, tab.as_str(), &table.key("tab"), &table);
            }
            self.resource(section.resource.as_ref(), &table.key("resource"), &table);
            self.groups(section.id.as_str(), section.groups.iter(), &table);
        }
    }

    fn groups<'g>(
        &mut self,
        section: &str,
        groups: impl Iterator<Item = (&'g crate::names::GroupPath, &'g GroupEntry)>,
        table: &Pointer,
    ) {
        for (id, group) in groups {
            if let GroupEntry::Table(group) = group {
                let route = table.key("groups").key(id).key("depends");
                self.depends(section, group.depends.keys(), &route, table);
            }
        }
    }

    /// Settings whose values `[config]` has, which are keys.
    fn values(&mut self) {
        let (config, spec) = (pointer!["config"], self.spec);
        let mut tables = vec![(config.key("default"), &spec.config.default)];
        for (scopes, all) in [("websites", &spec.config.websites), ("stores", &spec.config.stores)] {
            tables.extend(all.iter().map(|(code, values)| (config.key(scopes).key(code), values)));
        }
        for (table, values) in tables {
            for path in values.keys() {
                let setting = spec.setting.iter().find(|setting| spec.path_of(setting) == path.as_str());
                if let (Some(setting), Some(key)) = (setting, self.spans.key(&table.key(path))) {
                    let name = setting_name(&spec.section_of(setting), setting);
                    self.add_at(key, NamedKind::Setting, name, setting.path.as_str(), &table, false);
                }
            }
        }
    }

    /// Settings that others depend on, which are keys.
    fn depends<'k>(
        &mut self,
        section: &str,
        keys: impl Iterator<Item = &'k SettingPath>,
        depends: &Pointer,
        table: &Pointer,
    ) {
        for on in keys {
            let (of, path) = self.spec.target_of(section, on);
            let key = self.spans.key(&depends.key(on));
            if let (Some((_, setting)), Some(key)) = (self.spec.setting_in(of, path), key) {
                let name = setting_name(of, setting);
                self.add_at(key, NamedKind::Setting, name, setting.path.as_str(), table, false);
            }
        }
    }

    /// Setting by its path in a section, or with its section.
    fn setting_in(&mut self, section: &str, path: &str, route: &Pointer, table: &Pointer) {
        let other = || path.split_once('/').and_then(|(section, path)| self.spec.setting_in(section, path));
        if let Some((_, setting)) = self.spec.setting_in(section, path).or_else(other) {
            let name = setting_name(&self.spec.section_of(setting), setting);
            self.add(NamedKind::Setting, name, setting.path.as_str(), route, table, false);
        }
    }

    /// Setting by the path of its value.
    fn stored(&mut self, path: &str, route: &Pointer, table: &Pointer) {
        if let Some(setting) = self.spec.setting.iter().find(|setting| self.spec.path_of(setting) == path) {
            let name = setting_name(&self.spec.section_of(setting), setting);
            self.add(NamedKind::Setting, name, setting.path.as_str(), route, table, false);
        }
    }

    fn menu(&mut self) {
        for placed in self.spec.menu_entries() {
            let (route, entry) = (&placed.route, placed.entry);
            let is_own = entry.change.is_add();
            self.add(
                NamedKind::MenuEntry,
                entry.id.to_string(),
                entry.id.as_str(),
                &route.key("id"),
                route,
                is_own,
            );
            self.menu_entry(entry.parent.as_ref(), &route.key("parent"), route);
            self.resource(entry.resource.as_ref(), &route.key("resource"), route);
            if let Some(path) = &entry.depends_on_config {
                self.stored(path.as_str(), &route.key("depends_on_config"), route);
            }
        }
    }

    fn menu_entry(&mut self, id: Option<&MenuId>, route: &Pointer, table: &Pointer) {
        if let Some(id) = id {
            self.mention(NamedKind::MenuEntry, id.as_str(), route, table);
        }
    }
}

/// Name of a setting with its section.
fn setting_name(section: &str, setting: &Setting) -> String {
    format!("{section}/{}", setting.path)
}
