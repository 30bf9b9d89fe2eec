//! Facts of the catalog and the spec about a value.

use crate::{
    catalog::{Catalog, ReleaseSet, VersionedRow, VersionedTable},
    diag::Rule,
    lsp::rule_page::RulePage,
    project::Project,
    resolve::{Resolved, Views},
    spec::{Pointer, Spec},
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
            ["module", "require", "php"] => self.php(),
            ["module", "require", package] => self.package(package, written),
            ["module", "sequence"] | [.., "if_module_enabled" | "depends_on_module"] => self.module(written),
            ["integration", "resources"] => self.entry(written),
            ["integration", "calls"] | ["integration", "calls", "route"] => self.call(written),
            ["service", "method", "route" | "replaced_by"] => self.call(written),
            ["webhook", "event"] | ["observer", "event"] => self.event(written),
            ["webhook", "fields", _, "from"] | ["webhook", "changed"] => self.field(route, written),
            ["webhook", "fields" | "when", name, ..] => self.named_field(route, name),
            ["webhooks", ..] | ["setting", "requires", "fields"] => self.setting(route, written),
            ["setting", "depends", path, ..] | ["settings", .., "depends", path] => self.setting(route, path),
            [.., "source_model" | "backend_model"] => self.model(written),
            [.., "config_path" | "depends_on_config" | "extends"] | ["setting", "upload_dir", "config"] => {
                self.setting(route, written)
                    .or_else(|| self.config_path(written))
                    .or_else(|| self.config_group(written))
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
            ["rules"] => described(name.parse().ok()?),
            ["module", "require"] if name == "php" => self.php(),
            ["module", "require"] => self.package(name, "*"),
            ["webhook", "fields", above @ ..] | ["webhook", "when", above @ ..] => {
                let path: Vec<&str> = above.iter().copied().chain([name]).collect();
                self.named_field(table, &path.join("."))
            }
            ["setting" | "settings", .., "depends"] => self.setting(table, name),
            ["config", ..] => self.setting(table, name).or_else(|| self.config_path(name)),
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

    /// Row of a table with an id in the newest release of the target that has it, or in the newest of all.
    pub(super) fn row<'t, T: VersionedRow>(&self, table: &'t VersionedTable<T>, id: &str) -> Option<&'t T> {
        table.newest(id, self.releases).or_else(|| table.newest(id, self.catalog.all()))
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
        let found = self.row(self.catalog.types(), class)?;
        let target = found.releases & self.releases;
        let all = if target.is_empty() { found.releases } else { target };
        let fields = found.fields.iter().filter(|field| !(field.releases & all).is_empty());
        let fields: Vec<String> = fields
            .map(|field| {
                format!(
                    "- `{}`: {}{}",
                    field.name,
                    field.php_type,
                    self.catalog.when_in(field.releases & all, all)
                )
            })
            .collect();
        let releases = self.there(self.catalog.types().releases_of(class));
        Some(format!("`{class}`, {releases}:\n\n{}", first(&fields)))
    }
}

/// Describes a rule.
fn described(rule: Rule) -> Option<String> {
    Some(format!("**{}** ({})\n\n{}", rule.title(), rule.level(), RulePage(rule).why()))
}

/// The first lines of a list, and the number of the others.
pub(super) fn first(lines: &[String]) -> String {
    let more = lines.len().saturating_sub(MOST);
    let shown = lines[..lines.len() - more].join("\n");
    if more > 0 { format!("{shown}\n- … {more} more") } else { shown }
}
