//! `[[menu]]`: what Magento needs to build the Admin menu.

use std::collections::HashMap;

use crate::{
    check::{
        Context, Resolved,
        references::{self, Foreign},
    },
    diag::{Diagnostic, Help, Rule, circles},
    spec::{
        pointer,
        settings::{MenuChange, PlacedMenuEntry},
    },
};

/// Reason why the parent of a menu entry must exist (docs/magento/settings.md#menu-ids).
pub(in crate::check) const MENU_PARENT: &str =
    "Magento cannot build the Admin menu and stops: `Specified invalid parent id`";

/// Reason why two entries cannot have one id (docs/magento/settings.md#menu-ids).
pub(in crate::check) const EQUAL_IDS: &str =
    "Magento cannot build the Admin menu and stops: `Two 'add' commands cannot have equal id`";

/// Reason why the resource of a menu entry must exist.
pub(in crate::check) const ENTRY_RESOURCE: &str = "nobody can be granted a resource that no acl.xml defines: only roles with access to all resources see the entry";

pub(in crate::check) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let entries = context.spec.menu_entries();
    let menu = Menu { context, resolved, entries: &entries };
    let mut findings = menu.ids();
    findings.extend(menu.circular());
    for entry in &entries {
        findings.extend(menu.shape(entry));
        findings.extend(menu.places(entry));
    }
    findings
}

struct Menu<'a> {
    context: &'a Context<'a>,
    resolved: &'a Resolved,
    entries: &'a [PlacedMenuEntry<'a>],
}

impl Menu<'_> {
    fn finding(&self, placed: &PlacedMenuEntry<'_>, key: &str, rule: Rule, message: String) -> Diagnostic {
        let route = placed.route.key(key);
        let spans = self.context.spans;
        Diagnostic::new(rule, message)
            .at(spans.value(&route).or_else(|| spans.value(&placed.route.key("id"))))
    }

    /// Entries that the module adds.
    fn added(&self) -> impl Iterator<Item = &PlacedMenuEntry<'_>> {
        self.entries.iter().filter(|placed| placed.entry.change.is_add())
    }

    /// Id of the entry that `menu` of `[settings]` adds.
    fn of_settings(&self) -> Option<String> {
        let settings = self.context.spec.settings.as_ref()?;
        settings.menu.as_ref().filter(|_| settings.label.is_some())?;
        Some(format!("{}::settings", self.context.spec.module.name))
    }

    /// Reports ids that two entries have, of this module or of Magento.
    fn ids(&self) -> Vec<Diagnostic> {
        let of_settings = self.of_settings();
        let mut first: HashMap<&str, &PlacedMenuEntry<'_>> = HashMap::new();
        let mut findings = Vec::new();
        for placed in self.added() {
            let id = placed.entry.id.as_str();
            let finding = |rule, message| self.finding(placed, "id", rule, message).reason(EQUAL_IDS);
            if let Some(first) = first.get(id) {
                findings.push(
                    finding(Rule::DeclaredTwice, format!("the menu entry `{id}` is declared twice"))
                        .related(self.context.spans.value(&first.route.key("id")), "first here")
                        .help(Help::new("rename or remove one of them").removal()),
                );
            } else if of_settings.as_deref() == Some(id) {
                let message = format!("`menu` of [settings] adds the entry `{id}` already");
                findings.push(
                    finding(Rule::DeclaredTwice, message)
                        .related(self.context.spans.value(&pointer!["settings", "menu"]), "first here")
                        .help("choose another id, or remove `menu` from [settings]"),
                );
            } else {
                findings.extend(self.taken(placed));
            }
            first.entry(id).or_insert(placed);
        }
        findings
    }

    /// Reports the id of an entry that Magento has.
    fn taken(&self, placed: &PlacedMenuEntry<'_>) -> Option<Diagnostic> {
        let (catalog, releases) = (self.context.catalog, self.resolved.target.releases);
        let id = placed.entry.id.as_str();
        let row = catalog.menu().find(id).iter().find(|row| !(row.releases & releases).is_empty())?;
        let there = catalog.describe(row.releases & releases);
        let message = format!("`{id}` is a menu entry of {} in {there}", row.module);
        Some(
            self.finding(placed, "id", Rule::NameTaken, message).reason(EQUAL_IDS).help(
                Help::new("choose another id, or write change = \"update\" to change that entry")
                    .sibling("change", "\"update\""),
            ),
        )
    }

    /// Reports entries that are above themselves.
    fn circular(&self) -> Option<Diagnostic> {
        let added: Vec<&PlacedMenuEntry<'_>> = self.added().collect();
        let place = |id: &str| added.iter().position(|other| other.entry.id.as_str() == id);
        let parents =
            added.iter().map(|placed| placed.parent.and_then(|id| place(id.as_str())).into_iter().collect());
        let circle = circles(&parents.collect::<Vec<_>>());
        let (placed, _) = added.iter().zip(circle).find(|(_, circle)| circle.is_some())?;
        let message = format!("the menu entry `{}` is below itself", placed.entry.id);
        Some(
            self.finding(placed, "parent", Rule::UnknownPlace, message)
                .reason("the chain of parents never reaches the top of the menu, so nobody sees the entry")
                .help("name a parent of another module: parent = \"Magento_Backend::system\""),
        )
    }

    /// Reports keys that the entry needs or cannot have.
    fn shape(&self, placed: &PlacedMenuEntry<'_>) -> Vec<Diagnostic> {
        let entry = placed.entry;
        let mut findings = Vec::new();
        let given = [
            ("title", entry.title.is_some(), "title = \"Acme ERP\""),
            ("resource", entry.resource.is_some(), "resource = \"Acme_ErpBridge::erp\""),
        ];
        for (key, is_given, example) in given {
            if entry.change.is_add() && !is_given {
                let message = format!("`{key}` is missing in the menu entry `{}`", entry.id);
                findings.push(
                    self.finding(placed, "id", Rule::MissingKey, message)
                        .reason("Magento's schema for menu.xml requires it")
                        .help(format!("write, for example: {example}")),
                );
            }
        }
        let is_child = placed.route.steps().any(|step| step == "children");
        if is_child && entry.parent.is_some() {
            let message = format!("the menu entry `{}` has two parents", entry.id);
            findings.push(
                self.finding(placed, "parent", Rule::InvalidValue, message)
                    .reason("an entry in `children` is below the entry that has them")
                    .help(
                        Help::new("remove `parent`, or write the entry as a [[menu]] of its own").removal(),
                    ),
            );
        }
        if entry.change == MenuChange::Remove {
            let others = [
                ("title", entry.title.is_some()),
                ("parent", entry.parent.is_some()),
                ("action", entry.action.is_some()),
                ("resource", entry.resource.is_some()),
                ("sort_order", entry.sort_order.is_some()),
                ("tooltip", entry.tooltip.is_some()),
                ("target", entry.target.is_some()),
                ("depends_on_module", entry.depends_on_module.is_some()),
                ("depends_on_config", entry.depends_on_config.is_some()),
                ("module", entry.module.is_some()),
                ("children", !entry.children.is_empty()),
            ];
            findings.extend(others.into_iter().filter(|(_, is_given)| *is_given).map(|(key, _)| {
                let message = format!("`{key}` has no effect on the removed menu entry `{}`", entry.id);
                self.finding(placed, key, Rule::InvalidValue, message)
                    .reason("<remove> in menu.xml takes the id of an entry and nothing else")
                    .help(
                        Help::new(format!("remove `{key}`, or write change = \"update\""))
                            .removal()
                            .sibling("change", "\"update\""),
                    )
            }));
        }
        findings
    }

    /// Reports what another module must have, and does not.
    fn places(&self, placed: &PlacedMenuEntry<'_>) -> Vec<Diagnostic> {
        let entry = placed.entry;
        let mut findings = Vec::new();
        let foreign = |reason| Foreign {
            context: self.context,
            resolved: self.resolved,
            rule: Rule::UnknownPlace,
            what: "menu entry",
            reason,
        };
        let is_own = |id: &str| {
            self.of_settings().as_deref() == Some(id)
                || self.added().any(|other| other.entry.id.as_str() == id)
        };
        let at = |key: &str| self.context.spans.value(&placed.route.key(key));
        let menu = self.context.catalog.menu();
        if let Some(parent) = entry.parent.as_ref().filter(|id| !is_own(id.as_str())) {
            let missing = foreign(MENU_PARENT).missing(at("parent"), parent.as_str(), menu, |it| &it.module);
            findings.extend(missing);
        }
        if !entry.change.is_add() && !is_own(entry.id.as_str()) {
            let reason =
                "Magento changes and removes entries by their id; without one of that id this has no effect";
            findings.extend(foreign(reason).missing(at("id"), entry.id.as_str(), menu, |it| &it.module));
        }
        if let Some(resource) = &entry.resource {
            let place = at("resource");
            let missing =
                references::resource(self.context, self.resolved, place, resource.as_str(), ENTRY_RESOURCE);
            findings.extend(missing);
        }
        findings
    }
}
