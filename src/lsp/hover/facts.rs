//! Facts of the catalog and the spec about a value.

use crate::{
    catalog::{Catalog, ReleaseSet, VersionedRow},
    diag::Rule,
    project::Project,
    resolve::{Resolved, Views},
    spec::{Pointer, Spec, settings::Setting},
};

/// Largest number of lines in a list.
const MOST: usize = 15;

/// Facts of the catalog and the spec about a value.
pub(super) struct Facts<'a> {
    pub(super) catalog: &'a Catalog,
    /// Releases or shops of the target, or all.
    pub(super) releases: ReleaseSet,
    pub(super) spec: Option<&'a Spec>,
    /// The spec, looked up in the catalog.
    pub(super) resolved: Option<Resolved>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(project: &'a Project) -> Self {
        let catalog = project.catalogs.get().in_question();
        let releases = if project.releases.is_empty() { catalog.all() } else { project.releases };
        let resolved = Views::of(&project.loaded, project.catalogs.get()).in_question();
        Self { catalog, releases, spec: project.loaded.spec.as_ref(), resolved }
    }

    /// Describes a value at a route.
    pub(super) fn about(&self, route: &Pointer, written: &str) -> Option<String> {
        let steps = route.names();
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        match steps.as_slice() {
            ["target", "magento"] => self.constraint(written),
            ["module", "require", package] => self.package(package, written),
            ["module", "sequence"] | [.., "if_module_enabled" | "depends_on_module"] => self.module(written),
            ["integration", "resources"] => self.entry(written),
            ["integration", "calls"] | ["integration", "calls", "route"] => self.call(written),
            ["service", "method", "route" | "replaced_by"] => self.call(written),
            ["webhook", "event"] | ["observer", "event"] => self.event(written),
            ["webhook", "fields", _, "from"] | ["webhook", "changed"] => self.field(route, written),
            ["webhook", "fields" | "when", name, ..] => self.named_field(route, name),
            ["webhooks", ..] | ["setting", "requires", "fields"] => self.setting(written),
            ["setting", "depends", path, ..] | ["settings", .., "depends", path] => self.setting(path),
            [.., "source_model" | "backend_model"] => self.model(written),
            [.., "config_path" | "depends_on_config" | "extends"] | ["setting", "upload_dir", "config"] => {
                self.setting(written).or_else(|| self.config_path(written))
            }
            ["menu", .., "parent" | "id"] | ["settings", "menu"] => self.menu(written),
            ["settings", "tab"] | ["settings", "section", "tab"] => self.tab(written),
            ["settings", "section"] | ["settings", "section", "id"] => self.section(written),
            ["cron", "group"] => self.group(written),
            [.., "acl" | "parent" | "resource"] | ["acl", .., "id"] => self.resource(written),
            ["service", "method", ..] | ["data", "fields", _] => self.data_type(written),
            _ => None,
        }
    }

    /// Describes a key whose name is a value.
    pub(super) fn about_name(&self, table: &Pointer, name: &str) -> Option<String> {
        let steps = table.names();
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        match steps.as_slice() {
            ["rules"] => rule(name),
            ["module", "require"] => self.package(name, "*"),
            ["webhook", "fields", above @ ..] | ["webhook", "when", above @ ..] => {
                let path: Vec<&str> = above.iter().copied().chain([name]).collect();
                self.field(table, &path.join("."))
            }
            ["setting" | "settings", .., "depends"] => self.setting(name),
            ["config", ..] => self.config_path(name),
            _ => None,
        }
    }

    /// Releases of the target in which something is there.
    pub(super) fn there(&self, releases: ReleaseSet) -> String {
        let there = releases & self.releases;
        let (them, target) = match self.catalog.is_of_shops() {
            true => ("shops", "that the target names"),
            false => ("releases", "of the target"),
        };
        if there.is_empty() {
            let other = releases & self.catalog.all();
            let only = match other.is_empty() {
                true => String::new(),
                false => format!("; only in {}", self.catalog.describe(other)),
            };
            return format!("in no {} {target}{only}", them.trim_end_matches('s'));
        }
        if there == self.releases {
            return format!("in all {them} {target}");
        }
        format!("only in {}", self.catalog.describe(there))
    }

    fn setting(&self, written: &str) -> Option<String> {
        let mut settings = self.spec?.setting.iter();
        let is_it = |setting: &&Setting| {
            let path = setting.path.as_str();
            written == path || written.strip_suffix(path).is_some_and(|section| section.ends_with('/'))
        };
        let setting = settings.find(is_it)?;
        let label = setting.label.as_ref().map_or_else(String::new, |label| format!("**{label}**\n\n"));
        let value = |key: &str, value: Option<String>| value.map(|value| format!("\n- {key}: {value}"));
        let json = serde_json::to_value(setting).ok()?;
        let text = |key: &str| json.get(key).map(|value| format!("`{}`", super::toml(value)));
        let lines = ["type", "default", "scope", "options"].map(|key| value(key, text(key)));
        let lines: String = lines.into_iter().flatten().collect();
        Some(format!("{label}Setting `{}` of this spec.\n{lines}", setting.path))
    }

    fn config_path(&self, written: &str) -> Option<String> {
        let releases = self.catalog.config_paths().releases_of(written);
        let row = self.catalog.config_paths().find(written).first()?;
        Some(format!("Setting `{written}` of {}, {}.", row.module, self.there(releases)))
    }

    /// Describes a class for settings.
    fn model(&self, written: &str) -> Option<String> {
        let releases = self.catalog.setting_models().releases_of(written.trim_start_matches('\\'));
        (!releases.is_empty()).then(|| format!("`{written}` of Magento, {}.", self.there(releases)))
    }

    fn menu(&self, written: &str) -> Option<String> {
        let rows = self.catalog.menu().find(written);
        let row = rows.first()?;
        let releases = self.there(self.catalog.menu().releases_of(written));
        Some(format!("**{}**\n\nMenu entry `{written}` of {}, {releases}.", row.title, row.module))
    }

    fn tab(&self, written: &str) -> Option<String> {
        let tabs = &self.catalog.config().tabs;
        let row = tabs.find(written).first()?;
        let releases = self.there(tabs.releases_of(written));
        Some(format!("**{}**\n\nTab `{written}` of {}, {releases}.", row.label, row.module))
    }

    fn section(&self, written: &str) -> Option<String> {
        let sections = &self.catalog.config().sections;
        let row = sections.find(written).first()?;
        let releases = self.there(sections.releases_of(written));
        let needs = match row.resource {
            "" => String::new(),
            resource => format!(" It needs `{resource}`."),
        };
        Some(format!("**{}**\n\nSection `{written}` of {}, {releases}.{needs}", row.label, row.module))
    }

    fn group(&self, written: &str) -> Option<String> {
        let cron = self.catalog.cron();
        let row = cron.groups.find(written).first()?;
        let mut jobs: Vec<&str> =
            cron.jobs.iter().filter(|job| job.group == written).map(|job| job.name).collect();
        jobs.dedup();
        let count = crate::diag::plural(jobs.len(), "job");
        let releases = self.there(cron.groups.releases_of(written));
        Some(format!("Cron group `{written}` of {}, {releases}, with {count} of Magento.", row.module))
    }

    fn data_type(&self, written: &str) -> Option<String> {
        let class = written.trim_start_matches('\\').trim_end_matches(['?', '[', ']']);
        if let Some(own) = self.spec?.data.iter().find(|data| data.name.as_str() == class) {
            let json = serde_json::to_value(&own.fields).ok()?;
            return Some(format!(
                "Data object `{class}` of this spec:\n\n```toml\nfields = {}\n```",
                super::toml(&json)
            ));
        }
        let found =
            self.catalog.types().find(class).iter().find(|it| !(it.releases() & self.releases).is_empty());
        let found = found.or_else(|| self.catalog.types().find(class).first())?;
        let fields: Vec<String> = found
            .fields
            .iter()
            .map(|field| {
                let when =
                    self.catalog.when_in(field.releases & self.releases, found.releases & self.releases);
                format!("- `{}`: {}{when}", field.name, field.php_type)
            })
            .collect();
        let releases = self.there(self.catalog.types().releases_of(class));
        Some(format!("`{class}`, {releases}:\n\n{}", first(&fields)))
    }
}

fn rule(name: &str) -> Option<String> {
    let rule: Rule = name.parse().ok()?;
    let why = rule.page().split("## ").find(|part| part.starts_with("Why")).unwrap_or_default();
    let why = why.split_once('\n').map_or("", |(_, text)| text.trim());
    Some(format!("**{}** ({})\n\n{why}", rule.title(), rule.level()))
}

/// The first lines of a list, and the number of the others.
pub(super) fn first(lines: &[String]) -> String {
    let more = lines.len().saturating_sub(MOST);
    let shown = lines[..lines.len() - more].join("\n");
    if more > 0 { format!("{shown}\n- … {more} more") } else { shown }
}
