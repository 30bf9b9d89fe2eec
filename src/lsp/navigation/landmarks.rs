//! Landmarks of each table of a spec.

use super::{
    homes::home,
    landmark::{FileMark, Landmark},
};
use crate::{
    names::{HandlerClass, camel, capitalized},
    spec::{
        Pointer, Spec,
        api::Service,
        pointer,
        settings::{MenuChange, Setting},
    },
    tree::TreePath,
};

/// Lists the places that a spec makes, those of a table after each other, and the start of each of these files that has a table.
pub(super) fn landmarks<'f>(spec: &Spec, files: impl Iterator<Item = &'f TreePath>) -> Vec<Landmark> {
    let mut surveyor = Surveyor { spec, found: Vec::new() };
    surveyor.module();
    surveyor.acl();
    surveyor.api();
    surveyor.settings();
    surveyor.webhooks();
    surveyor.code();
    let source = spec.module.source.as_ref().map(|source| format!("{source}/"));
    let homes = files.filter_map(|path| {
        let inside = source.as_deref().and_then(|source| path.as_str().strip_prefix(source));
        let table = home(spec, inside.unwrap_or(path.as_str()))?;
        Some(Landmark { table, path: path.as_str().to_owned(), marks: Vec::new() })
    });
    surveyor.found.extend(homes);
    surveyor.found
}

struct Surveyor<'a> {
    spec: &'a Spec,
    found: Vec<Landmark>,
}

impl Surveyor<'_> {
    /// Adds a place in a file of the module.
    fn mark(&mut self, table: &Pointer, file: &str, marks: impl Into<Vec<FileMark>>) {
        let path = match &self.spec.module.source {
            Some(source) => format!("{source}/{file}"),
            None => file.to_owned(),
        };
        self.found.push(Landmark { table: table.clone(), path, marks: marks.into() });
    }

    fn text(&mut self, table: &Pointer, file: &str, text: impl Into<String>) {
        self.mark(table, file, [FileMark::Text(text.into())]);
    }

    /// Adds a place in a file of the package.
    fn package(&mut self, table: &Pointer, text: &str) {
        let marks = vec![FileMark::Text(text.to_owned())];
        self.found.push(Landmark { table: table.clone(), path: "composer.json".to_owned(), marks });
    }

    fn module(&mut self) {
        let (module, spec) = (pointer!["module"], self.spec);
        self.mark(
            &module,
            "etc/module.xml",
            [FileMark::tag("module", [("name", spec.module.name.as_str())])],
        );
        self.text(&module, "registration.php", "ComponentRegistrar::register");
        self.package(&module, "\"name\"");
        self.package(&pointer!["target"], "\"require\"");
        for (at, integration) in spec.integration.iter().enumerate() {
            let table = pointer!["integration", at];
            for file in ["etc/integration.xml", "etc/integration/api.xml", "etc/integration/config.xml"] {
                let tag = || FileMark::tag("integration", [("name", integration.name.as_str())]);
                self.mark(&table, file, [tag()]);
            }
        }
        if !spec.csp.is_empty() {
            self.text(&pointer!["csp"], "etc/csp_whitelist.xml", "<policies>");
        }
    }

    fn acl(&mut self) {
        for entry in self.spec.acl_entries() {
            let tag = FileMark::tag("resource", [("id", entry.id.as_str())]);
            self.mark(&entry.route, "etc/acl.xml", [tag]);
        }
        for placed in self.spec.menu_entries() {
            let id = [("id", placed.entry.id.as_str())];
            let tag = match placed.entry.change {
                MenuChange::Add => "add",
                MenuChange::Update => "update",
                MenuChange::Remove => "remove",
            };
            self.mark(&placed.route, "etc/adminhtml/menu.xml", [FileMark::tag(tag, id)]);
        }
        let settings = self.spec.settings.as_ref();
        if settings.is_some_and(|settings| settings.label.is_some() && settings.menu.is_some()) {
            let id = format!("{}::settings", self.spec.module.name);
            let tag = FileMark::tag("add", [("id", &*id)]);
            self.mark(&pointer!["settings", "menu"], "etc/adminhtml/menu.xml", [tag]);
        }
    }

    fn api(&mut self) {
        for (at, service) in self.spec.service.iter().enumerate() {
            let (table, name) = (pointer!["service", at], &service.name);
            if service.interface.is_none() {
                self.text(&table, &format!("Api/{name}Interface.php"), format!("interface {name}Interface"));
                self.text(&table, &format!("Model/{name}.php"), format!("class {name}"));
                self.preference(&table, &format!(r"Api\{name}Interface"));
            }
            self.methods(service, &table);
        }
        for (at, data) in self.spec.data.iter().enumerate() {
            let (table, name) = (pointer!["data", at], &data.name);
            let interface = format!("Api/Data/{name}Interface.php");
            self.text(&table, &interface, format!("interface {name}Interface"));
            self.text(&table, &format!("Model/Data/{name}.php"), format!("class {name}"));
            self.preference(&table, &format!(r"Api\Data\{name}Interface"));
            for field in data.fields.keys() {
                let getter = format!("function get{}(", camel(field.as_str()));
                self.text(&table.key("fields").key(field), &interface, getter);
            }
        }
    }

    /// Adds the class that di.xml has for an interface.
    fn preference(&mut self, table: &Pointer, interface: &str) {
        let name = format!(r"{}\{interface}", self.spec.module.name.namespace());
        self.mark(table, "etc/di.xml", [FileMark::tag("preference", [("for", &*name)])]);
    }

    fn methods(&mut self, service: &Service, table: &Pointer) {
        for (place, method) in service.method.iter().enumerate() {
            let table = table.key("method").key(place);
            let route = [("method", method.route.method()), ("url", method.route.path())];
            self.mark(&table, "etc/webapi.xml", [FileMark::tag("route", route)]);
            if method.deprecated.is_some() {
                let item = FileMark::tag("item", [("name", method.route.as_str())]);
                self.mark(&table, "etc/webapi_rest/di.xml", [item]);
            }
            if service.interface.is_none() {
                for file in
                    [format!("Api/{}Interface.php", service.name), format!("Model/{}.php", service.name)]
                {
                    self.text(&table, &file, format!("function {}(", method.name));
                }
            }
        }
    }

    fn settings(&mut self) {
        let (spec, table) = (self.spec, pointer!["settings"]);
        let system = "etc/adminhtml/system.xml";
        if let Some(section) = spec.short_section() {
            self.mark(&table, system, [FileMark::tag("section", [("id", &section)])]);
        }
        let settings = spec.settings.iter();
        for (at, tab) in settings.clone().flat_map(|settings| settings.tabs()).enumerate() {
            self.mark(&table.key("tab").key(at), system, [FileMark::tag("tab", [("id", tab.id.as_str())])]);
        }
        for (at, section) in settings.flat_map(|settings| settings.sections()).enumerate() {
            let tag = FileMark::tag("section", [("id", section.id.as_str())]);
            self.mark(&table.key("section").key(at), system, [tag]);
        }
        self.groups();
        for (at, setting) in spec.setting.iter().enumerate() {
            self.setting(&pointer!["setting", at], setting);
        }
    }

    /// Adds the groups that have a table or a title.
    fn groups(&mut self) {
        let (table, Some(settings)) = (pointer!["settings"], &self.spec.settings) else { return };
        let short = self.spec.short_section().unwrap_or_default();
        let own = settings.groups.keys().map(|group| (short.clone(), table.key("groups").key(group), group));
        let sections = settings.sections().iter().enumerate().flat_map(|(at, section)| {
            let groups = table.key("section").key(at).key("groups");
            section.groups.keys().map(move |group| (section.id.to_string(), groups.key(group), group))
        });
        for (section, route, group) in own.chain(sections).collect::<Vec<_>>() {
            let section = FileMark::tag("section", [("id", &*section)]);
            let groups = group.as_str().split('/').map(|group| FileMark::tag("group", [("id", group)]));
            let marks: Vec<FileMark> = std::iter::once(section).chain(groups).collect();
            self.mark(&route, "etc/adminhtml/system.xml", marks);
        }
    }

    fn setting(&mut self, table: &Pointer, setting: &Setting) {
        let section = self.spec.section_of(setting);
        let groups = || setting.path.group().split('/');
        let field = setting.path.field();
        let tags = std::iter::once(FileMark::tag("section", [("id", &section)]))
            .chain(groups().map(|group| FileMark::tag("group", [("id", group)])))
            .chain([FileMark::tag("field", [("id", field)])]);
        self.mark(table, "etc/adminhtml/system.xml", tags.collect::<Vec<_>>());
        let path = self.spec.path_of(setting);
        self.mark(table, "Model/Config.php", [FileMark::FunctionWith(format!("'{path}'"))]);
        self.mark(table, "etc/di.xml", [FileMark::tag("item", [("name", &*path)])]);
        let elements: Vec<FileMark> = path.split('/').map(|step| FileMark::tag(step, [])).collect();
        self.mark(table, "etc/config.xml", elements);
    }

    fn webhooks(&mut self) {
        if self.spec.webhooks.is_some() {
            let table = pointer!["webhooks"];
            self.text(&table, "Cron/DeliverWebhooks.php", "class DeliverWebhooks");
            self.text(&table, "Model/Webhook/Outbox.php", "class Outbox");
            for job in ["deliver_webhooks", "prune_webhooks"] {
                let name = format!("{}_{job}", self.spec.module.name.id());
                self.mark(&table, "etc/crontab.xml", [FileMark::tag("job", [("name", &*name)])]);
            }
        }
        for (at, webhook) in self.spec.webhook.iter().enumerate() {
            let table = pointer!["webhook", at];
            self.mark(&table, "etc/di.xml", [FileMark::tag("item", [("name", webhook.topic.as_str())])]);
            for (event, _) in webhook.events(at) {
                self.mark(&table, "etc/events.xml", [FileMark::tag("event", [("name", event.as_str())])]);
            }
        }
    }

    fn code(&mut self) {
        let module = &self.spec.module.name;
        for (at, job) in self.spec.cron.iter().enumerate() {
            let table = pointer!["cron", at];
            let tag = FileMark::tag("job", [("name", &job.id_in(module))]);
            self.mark(&table, "etc/crontab.xml", [tag]);
            self.handler(&table, &job.handler());
        }
        for (at, observer) in self.spec.observer.iter().enumerate() {
            let table = pointer!["observer", at];
            let area = observer.area.folder().map(|area| format!("{area}/")).unwrap_or_default();
            let tag = FileMark::tag("observer", [("name", &observer.id_in(module))]);
            self.mark(&table, &format!("etc/{area}events.xml"), [tag]);
            if let Some(class) = observer.handler() {
                self.handler(&table, &class);
            }
        }
    }

    /// Class of the user.
    fn handler(&mut self, table: &Pointer, class: &HandlerClass) {
        if !class.is_full() {
            self.text(table, &class.file(), format!("class {}", capitalized(class.parts().1)));
        }
    }
}
