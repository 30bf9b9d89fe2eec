//! Values that the catalog and the spec know.

use lsp_types::CompletionItemKind;

use super::{
    calls, events, own::KnownValues, payload, proposal::Proposal, releases, resources, settings, types,
};
use crate::{
    catalog::{ReleaseSet, ShippedPackage, wildcards},
    diag::Rule,
    names::Locale,
    spec::{Pointer, as_key, schema_values},
};

impl KnownValues<'_> {
    /// Values for the key at the route, without those that its list has already. `typed` is what is there in front of the
    /// cursor.
    pub(super) fn at(&self, route: &Pointer, typed: &str) -> Vec<Proposal> {
        let mut proposals = self.of_key(route, typed);
        let listed = self.listed(route);
        proposals.retain(|proposal| !listed.contains(&proposal.text.as_str()));
        proposals
    }

    /// Other entries of the list with the entry at a route. A call may be in a table.
    pub(super) fn listed(&self, route: &Pointer) -> Vec<&str> {
        let index = |route: &Pointer| route.last().and_then(|step| step.parse::<usize>().ok());
        let item =
            if route.last().as_deref() == Some("route") { route.parent() } else { Some(route.clone()) };
        let Some((own, list)) = item.and_then(|item| Some((index(&item)?, item.parent()?))) else {
            return Vec::new();
        };
        let entries = self.draft.json.pointer(&list).and_then(|list| list.as_array()).into_iter().flatten();
        let others = entries.enumerate().filter(|(at, _)| *at != own);
        others.filter_map(|(_, entry)| entry.as_str().or_else(|| entry.get("route")?.as_str())).collect()
    }

    fn of_key(&self, route: &Pointer, typed: &str) -> Vec<Proposal> {
        let steps = route.names();
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        match steps.as_slice() {
            ["integration", "resources"] => resources::entries(self, route, typed),
            ["acl", "parent"] => self.above(route, "acl", resources::all(self)),
            ["acl", "parents", "id"] => resources::above(self, route),
            ["settings", "resource"] | ["settings", "section", "resource"] => resources::all(self),
            ["menu", "resource"] | ["menu", .., "children", "resource"] => resources::all(self),
            ["service", "method", "acl"] => resources::of_route(self),
            ["menu", "id"] if self.is_of_others(route) => settings::shipped_menu(self),
            ["acl", "id"]
            | ["acl", .., "children", "id"]
            | ["menu", "id"]
            | ["menu", .., "children", "id"] => self.own_prefix(),
            ["integration", "calls"] | ["integration", "calls", "route"] => {
                calls::of_integrations(self, typed)
            }
            ["service", "method", "replaced_by"] => calls::replacements(self, route),
            ["service", "method", "route"] => calls::new(self),
            ["service", "method", "path_only"] => calls::parameters(self, route, "parameters"),
            ["webhook", "event"] => events::of_webhooks(self, route),
            ["observer", "event"] => events::all(self),
            ["observer", "id"] => events::observers(self, route),
            ["webhook", "fields", .., "from"] => payload::sent(self.draft, route, typed),
            ["webhook", "fields", ..] => payload::kinds(self.draft, route),
            ["webhook", "changed"] => payload::watched(self.draft, route),
            ["service", "method", "returns"]
            | ["service", "method", "body" | "parameters", _]
            | ["data", "fields", _] => types::all(self, route, typed),
            ["service", "method", "defaults", name] => {
                let kind = self.own.body(route).find(|(body, _)| body == name).map(|(_, kind)| kind);
                let is_flag = kind.is_some_and(|kind| kind.trim_end_matches('?') == "bool");
                ["true", "false"].into_iter().filter(|_| is_flag).map(Proposal::flag).collect()
            }
            ["service", "method", "data", _, "value"] => {
                calls::REPLACED.map(|value| Proposal::value(value, "of the caller")).to_vec()
            }
            ["target", "magento"] => releases::targets(self),
            ["module", "require", package] => self.constraints(package),
            ["module", "license"] => LICENSES.map(|licence| Proposal::value(licence, "")).to_vec(),
            ["module", "sequence"] | ["setting", "if_module_enabled"] | ["menu", .., "depends_on_module"] => {
                self.modules()
            }
            ["menu", .., "module"] => self.own_module().chain(self.modules()).collect(),
            ["cron", "group"] => self.groups(),
            ["cron", "schedule"] => schedules(),
            ["cron", "config_path"] => settings::paths(self, Some("text")),
            ["menu", .., "depends_on_config"] => settings::paths(self, Some("yesno")),
            ["setting", "config_path" | "extends"] | ["setting", "upload_dir", "config"] => {
                settings::paths(self, None)
            }
            ["settings", .., "groups", _, "extends"] => settings::full_groups(self),
            ["setting", "section"] => settings::own_sections(self),
            ["setting", "path"] => settings::groups(self),
            ["setting", "requires", "groups"] => settings::own_groups(self),
            ["setting", "requires", "fields"] => settings::paths_from(self, route, false),
            ["setting", "default"] | ["setting", "depends", ..] => settings::values(self, route),
            ["settings", ..] if steps.contains(&"depends") => settings::values(self, route),
            ["setting", "source_model"] => self.models(r"\Source\"),
            ["setting" | "config", .., "backend_model"] => self.models(r"\Backend\"),
            ["webhooks", "url"] => settings::own_paths(self, "url"),
            ["webhooks", key @ ("secret" | "second_secret")] => {
                let other = if *key == "secret" { "second_secret" } else { "secret" };
                let other = self.draft.json.get("webhooks").and_then(|it| it.get(other)?.as_str());
                let mut secrets = settings::own_paths(self, "secret");
                secrets.retain(|it| Some(it.text.as_str()) != other);
                secrets
            }
            ["webhooks", "enabled"] => settings::own_paths(self, "yesno"),
            ["webhooks", "timeout"] => settings::own_paths(self, "number"),
            ["menu", "parent"] => self.above(route, "menu", settings::menu(self)),
            // An entry in `children` is below the one that has them.
            ["menu", .., "parent"] => Vec::new(),
            ["settings", "menu"] => settings::menu(self),
            ["settings", "tab"] | ["settings", "section", "tab"] => settings::tabs(self),
            ["settings", "section"] | ["settings", "section", "id"] => settings::sections(self),
            [table, .., "renamed_from"] => self.former(table, route),
            ["retired", "integrations"] => self.former("integration", route),
            ["csp", _] => {
                self.own.hosts().into_iter().map(|host| Proposal::value(host, "in this spec")).collect()
            }
            // The phrases of the source are in English of the United States.
            ["i18n", "locales"] => {
                let others = Locale::known().filter(|locale| *locale != "en_US");
                others.map(|locale| Proposal::value(locale, "")).collect()
            }
            ["files", "unmanaged"] => self.files(),
            _ => schema_values(route)
                .into_iter()
                .map(|value| match &*value {
                    "true" | "false" => Proposal::flag(value),
                    _ => Proposal::new(CompletionItemKind::ENUM_MEMBER, value, ""),
                })
                .collect(),
        }
    }

    /// Keys of a table whose names are values.
    pub(super) fn keys(&self, table: &Pointer) -> Vec<Proposal> {
        let steps = table.names();
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        match steps.as_slice() {
            ["rules"] => self.rules(),
            ["module", "require"] => self.packages(),
            ["setting", "depends"] | ["settings", .., "groups", _, "depends"] => {
                settings::paths_from(self, table, true).into_iter().map(assigned).collect()
            }
            ["settings", "groups"] | ["settings", "section", "groups"] => {
                settings::own_groups(self).into_iter().map(assigned).collect()
            }
            ["config", "default"] | ["config", "websites" | "stores", _] => {
                settings::paths(self, None).into_iter().map(assigned).collect()
            }
            ["service", "method", "parameters"] => {
                let typed = |it: Proposal| {
                    let snippet = format!("{} = \"${{1:string}}\"", it.text);
                    it.with_snippet(snippet)
                };
                calls::parameters(self, table, "path_only").into_iter().map(typed).collect()
            }
            ["service", "method", "defaults"] => calls::defaults(self, table),
            ["service", "method", "data"] => calls::set(self, table),
            _ => Vec::new(),
        }
    }

    /// Beginning of the names of this module.
    fn own_prefix(&self) -> Vec<Proposal> {
        let module = self.own.module();
        let prefix = || Proposal::value(format!("{module}::"), "ids begin with the name of the module");
        if module.is_empty() { Vec::new() } else { vec![prefix()] }
    }

    fn rules(&self) -> Vec<Proposal> {
        let set = self.draft.json.get("rules");
        let is_set = |rule: &Rule| set.is_some_and(|rules| rules.get(rule.id()).is_some());
        let rules = Rule::ALL.iter().filter(|rule| rule.can_be_relaxed() && !is_set(rule));
        rules
            .map(|rule| {
                Proposal::new(
                    CompletionItemKind::EVENT,
                    rule.id(),
                    format!("{} (default: {})", rule.title(), rule.level()),
                )
                .titled(rule.title())
                .with_snippet(format!("{} = \"${{1|allow,warn,deny|}}\"", rule.id()))
            })
            .collect()
    }

    fn packages(&self) -> Vec<Proposal> {
        let packages = self.catalog.shipped_packages().filter_map(|shipped| {
            let ShippedPackage { module, package, versions } = &shipped;
            let constraint = self.constraint(versions.iter().copied());
            let releases = shipped.releases();
            let snippet = format!("\"{package}\" = \"${{1:{constraint}}}\"");
            let proposal = self.proposal(CompletionItemKind::MODULE, package, *module, releases)?;
            Some(proposal.titled(*module).with_snippet(snippet))
        });
        let php = ["php", "ext-curl", "ext-json", "ext-mbstring", "ext-openssl"].map(|name| {
            Proposal::new(CompletionItemKind::MODULE, name, "platform")
                .with_snippet(format!("{name} = \"${{1:*}}\""))
                .last_if(true)
        });
        packages.chain(php).collect()
    }

    /// Narrowest constraint for all releases of the target on a package, whose versions are given with their releases.
    fn constraint<'v>(&self, shipped: impl Iterator<Item = (&'v str, ReleaseSet)>) -> String {
        let there = shipped.filter(|(_, releases)| !self.there(*releases).is_empty());
        let constraint = wildcards(there.map(|(version, _)| version));
        if constraint.is_empty() { "*".to_owned() } else { constraint }
    }

    fn constraints(&self, package: &str) -> Vec<Proposal> {
        let shipped = self.catalog.shipped(package);
        let all = self.constraint(shipped.iter().map(|(version, releases)| (version.as_str(), *releases)));
        let any = Some(Proposal::value("*", "any version")).filter(|_| all != "*");
        let versions = shipped.iter().filter_map(|(version, releases)| {
            self.proposal(CompletionItemKind::VALUE, version, "this version only", *releases)
        });
        let first = Proposal::value(all, "all versions in the target");
        std::iter::once(first).chain(any).chain(versions).collect()
    }

    fn modules(&self) -> Vec<Proposal> {
        let modules = self.catalog.shipped_modules();
        let modules = modules.filter_map(|(module, package, releases)| {
            self.proposal(CompletionItemKind::MODULE, module, package, releases)
        });
        modules.collect()
    }

    fn groups(&self) -> Vec<Proposal> {
        let mut groups = self.of_table(&self.catalog.cron().groups, |group| {
            Proposal::new(CompletionItemKind::ENUM_MEMBER, group.id, group.module.as_str())
        });
        // Most jobs belong there.
        groups.sort_by_key(|group| group.text != "default");
        groups
    }

    /// Source and backend models of settings, those with a part of their name first.
    fn models(&self, part: &str) -> Vec<Proposal> {
        self.of_table(self.catalog.setting_models(), |model| {
            Proposal::new(CompletionItemKind::CLASS, &*model.class, "").last_if(!model.class.contains(part))
        })
    }

    /// Returns true if the entry with a key at a route changes or removes one of another module.
    fn is_of_others(&self, route: &Pointer) -> bool {
        let entry = route.parent().and_then(|entry| self.draft.json.pointer(&entry));
        let change = entry.and_then(|entry| entry.get("change")?.as_str());
        matches!(change, Some("update" | "remove"))
    }

    /// Leaves out the id of the entry with a key at a route, and those of the list that are below it.
    fn above(&self, route: &Pointer, list: &str, mut proposals: Vec<Proposal>) -> Vec<Proposal> {
        let entry = route.parent().and_then(|entry| self.draft.json.pointer(&entry));
        let own = entry.and_then(|entry| entry.get("id")?.as_str()).filter(|id| !id.is_empty());
        let below = own.map(|id| self.own.ids_below(list, id)).unwrap_or_default();
        proposals.retain(|proposal| !below.contains(&proposal.text.as_str()));
        proposals
    }

    fn own_module(&self) -> impl Iterator<Item = Proposal> {
        let module = self.own.module();
        let own = Proposal::new(CompletionItemKind::MODULE, module, "this module");
        Some(own).filter(|_| !module.is_empty()).into_iter()
    }

    /// Generated files.
    fn files(&self) -> Vec<Proposal> {
        let files = self.draft.files.iter();
        files.map(|path| Proposal::new(CompletionItemKind::FILE, path.as_str(), "generated")).collect()
    }
}

/// Proposal for a key, whose value is written next.
fn assigned(proposal: Proposal) -> Proposal {
    let snippet = format!("{} = $1", as_key(&proposal.text));
    proposal.with_snippet(snippet)
}

/// Licences that modules have, as SPDX names them; `proprietary` is Composer's word.
const LICENSES: [&str; 8] = [
    "proprietary",
    "MIT",
    "OSL-3.0",
    "AFL-3.0",
    "Apache-2.0",
    "BSD-3-Clause",
    "GPL-3.0-or-later",
    "LGPL-3.0-or-later",
];

fn schedules() -> Vec<Proposal> {
    let schedules = [
        ("*/5 * * * *", "every five minutes"),
        ("*/15 * * * *", "every quarter of an hour"),
        ("0 * * * *", "every hour"),
        ("0 3 * * *", "every day at three"),
        ("0 3 * * 0", "every Sunday at three"),
        ("0 3 1 * *", "on the first day of each month at three"),
    ];
    schedules.map(|(schedule, when)| Proposal::value(schedule, when).titled(when)).to_vec()
}
