//! Rules on `[[acl]]`: ids, parents, cycles, unused resources.

use std::collections::{BTreeSet, HashMap};

use super::{Context, Resolved};
use crate::{
    catalog::{ReleaseId, ReleaseSet},
    diag::{Diagnostic, Help, Rule},
    names::AclId,
    spec::{AclEntry, AclParent, DEEPEST, Pointer, depths, pointer},
};

pub(super) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let entries = context.spec.acl_entries();
    let tree = OwnResources {
        context,
        resolved,
        parents: entries.iter().map(|entry| (entry.id.as_str(), entry)).collect(),
    };
    let mut findings = tree.duplicates(&entries);
    findings.extend(tree.repeated());
    let depths = depths(&entries);
    let depth = |entry: &AclEntry<'_>| depths.get(entry.id.as_str()).copied();
    for entry in &entries {
        findings.extend(tree.prefix(entry));
        findings.extend(depth(entry).and_then(|_| tree.parent(entry)));
    }
    findings.extend(entries.iter().find(|entry| depth(entry).is_none()).map(|entry| tree.cycle(entry)));
    findings.extend(entries.iter().find(|entry| depth(entry) > Some(DEEPEST)).map(|entry| tree.deep(entry)));
    if entries.iter().all(|entry| depth(entry).is_some()) {
        let of_settings = context.spec.config_resource();
        let menu = context.spec.menu_entries();
        let of_menu = menu.iter().filter_map(|placed| placed.entry.resource.as_ref());
        let used = tree.used(of_settings.iter().chain(of_menu).map(AclId::as_str));
        if !resolved.selections.iter().any(|selection| resolved.grants_everything(selection)) {
            findings.extend(entries.iter().filter_map(|entry| tree.unused(entry, &used)));
        }
    }
    findings
}

/// The module's own resources by id.
struct OwnResources<'a> {
    context: &'a Context<'a>,
    resolved: &'a Resolved,
    parents: HashMap<&'a str, &'a AclEntry<'a>>,
}

impl OwnResources<'_> {
    fn finding(&self, entry: &AclEntry<'_>, key: &str, rule: Rule, message: String) -> Diagnostic {
        let place = entry.route.key(key);
        Diagnostic::new(rule, message).at(self.context.spans.value(&place))
    }

    fn duplicates(&self, entries: &[AclEntry<'_>]) -> Vec<Diagnostic> {
        let mut sorted: Vec<&AclEntry<'_>> = entries.iter().collect();
        sorted.sort_by_key(|entry| self.context.spans.value(&entry.route.key("id")).map(|span| span.start));
        let mut first: HashMap<&str, &AclEntry<'_>> = HashMap::new();
        let mut findings = Vec::new();
        for entry in sorted {
            if let Some(first) = first.get(entry.id.as_str()) {
                let finding = self.finding(
                    entry,
                    "id",
                    Rule::AclDuplicate,
                    format!("`{}` is declared twice", entry.id),
                );
                findings.push(
                    finding
                        .related(self.context.spans.value(&first.route.key("id")), "first here")
                        .reason("an id may appear only once in the ACL tree; Magento rejects the merged file in developer mode")
                        .help("give one of them another id"),
                );
            }
            first.entry(entry.id.as_str()).or_insert(entry);
        }
        findings
    }

    fn prefix(&self, entry: &AclEntry<'_>) -> Option<Diagnostic> {
        let module = self.context.spec.module.name.as_str();
        let (_, name) = entry.id.as_str().split_once("::")?;
        (entry.id.module() != module).then(|| {
            self.finding(entry, "id", Rule::AclId, format!("`{}` is not named after this module", entry.id))
                .reason("the part before `::` names the module that owns the resource")
                .help(format!("write \"{module}::{name}\""))
                .fix(self.context.spans.value(&entry.route.key("id")), format!("\"{module}::{name}\""))
        })
    }

    fn deep(&self, entry: &AclEntry<'_>) -> Diagnostic {
        let message = format!("`{}` has more than {DEEPEST} resources of this module above it", entry.id);
        self.finding(entry, "id", Rule::AclParent, message)
            .reason("PHP's XML parser stops at 256 nested elements, so Magento could not read acl.xml")
            .help("choose a parent further up: parent = \"Magento_Backend::admin\"")
            .module_help("move it further up, into <resource id=\"Magento_Backend::admin\">")
    }

    fn cycle(&self, entry: &AclEntry<'_>) -> Diagnostic {
        let message = format!("`{}` is its own ancestor", entry.id);
        self.finding(entry, "id", Rule::AclCycle, message)
            .reason("the chain of parents never reaches Magento_Backend::admin")
            .help("give one resource in the cycle a parent from Magento: parent = \"Magento_Backend::admin\"")
            .module_help("give one of the two another id")
    }

    fn parent(&self, entry: &AclEntry<'_>) -> Option<Diagnostic> {
        let parent = entry.parent.as_str();
        if self.parents.contains_key(parent) {
            return None;
        }
        let acl = &self.resolved.acl;
        let catalog = self.context.catalog;
        let releases = self.resolved.target.releases;
        let of = |rule, message| self.finding(entry, "parent", rule, message);
        if acl.is_root(parent) {
            return (parent != AclId::ADMIN).then(|| {
                of(Rule::AclRoot, format!("resources under `{parent}` cannot be granted"))
                    .reason("Magento looks up resources only under Magento_Backend::admin, and another root breaks every integration in the shop")
                    .help("write parent = \"Magento_Backend::admin\"")
                    .module_help("move it into <resource id=\"Magento_Backend::admin\">")
                    .fix(self.context.spans.value(&entry.route.key("parent")), "\"Magento_Backend::admin\"")
            });
        }
        let disabled = acl.disabled(parent);
        if !disabled.is_empty() {
            let finding =
                of(Rule::AclParent, format!("`{parent}` is disabled in {}", catalog.describe(disabled)));
            return Some(
                finding
                    .reason("Magento removes a disabled resource and everything below it, so resources under it cannot be granted")
                    .help(Help::new("use a parent that exists in every release, such as \"Magento_Backend::admin\"").text(AclId::ADMIN)),
            );
        }
        let is_known = !catalog.ever(parent).is_empty();
        let has_place = !acl.present(parent).is_empty() || self.is_kept_as_written();
        if !is_known && has_place && !catalog.knows_module(entry.parent.module()) {
            let message = format!("the catalog does not know the module of `{parent}`");
            return Some(of(Rule::UnverifiableResource, message)
                .reason(format!("it covers the modules of Magento Open Source; if the shop's {} lacks this resource, it has no title, and Magento rejects the merged file in developer mode", entry.parent.module()))
                .help(format!("compare its spelling and its place with etc/acl.xml of {}", entry.parent.module())));
        }
        // `parents` gives resources that the catalog lacks a place.
        let present = if is_known { acl.present(parent) } else { ReleaseSet::default() };
        if present != releases {
            let lacking = catalog.describe(releases - present);
            let finding = of(Rule::AclParent, format!("`{parent}` does not exist in {lacking}"))
                .reason("acl.xml repeats the ancestors of a resource; an ancestor that does not exist would become a new root");
            let nearest = self.context.suggestions.make(|| catalog.suggest(parent, acl)).unwrap_or_default();
            return Some(match nearest.first() {
                Some(nearest) if present.is_empty() => finding.help(Help::meaning(nearest)),
                _ => finding.help(
                    Help::new(
                        "use a parent that exists in every release, such as \"Magento_Backend::admin\"",
                    )
                    .text(AclId::ADMIN),
                ),
            });
        }
        self.parent_moves(entry, parent)
    }

    /// Reports resources in `parents` that are not above the entry, are its own module's, or are named twice with other
    /// attributes.
    fn repeated(&self) -> Vec<Diagnostic> {
        let module = self.context.spec.module.name.as_str();
        let newest = self.resolved.target.releases.last();
        let mut first: HashMap<&str, (&AclParent, Pointer)> = HashMap::new();
        let mut findings = Vec::new();
        for (at, acl) in self.context.spec.acl.iter().enumerate() {
            let ancestors = |newest| self.resolved.acl.with_ancestors([acl.parent.as_str()], newest);
            let above = newest.filter(|_| !acl.parents.is_empty()).map(ancestors);
            for (place, parent) in acl.parents.iter().enumerate() {
                let id = parent.id.as_str();
                let route = pointer!["acl", at, "parents", place, "id"];
                let finding = |rule, message: String| {
                    Diagnostic::new(rule, message).at(self.context.spans.value(&route))
                };
                if parent.id.module() == module {
                    findings.push(
                        finding(Rule::AclId, format!("`{id}` is a resource of this module"))
                            .reason("`parents` repeats resources of other modules")
                            .help(format!("declare it in an [[acl]] of its own: id = \"{id}\"")),
                    );
                } else if above.as_ref().is_some_and(|above| !above.contains(id)) {
                    findings.push(
                        finding(Rule::AclParent, format!("`{id}` is not above `{}`", acl.id))
                            .reason("`parents` names the resources from below Magento_Backend::admin down to `parent`, and Magento has it elsewhere")
                            .help(Help::new("remove it, or correct `parent`").removal()),
                    );
                }
                let is_last = acl.parent == parent.id;
                if !is_last
                    && self.context.catalog.ever(id).is_empty()
                    && self.context.catalog.knows_module(parent.id.module())
                {
                    let catalog = self.context.catalog;
                    let nearest = self
                        .context
                        .suggestions
                        .make(|| catalog.suggest(id, &self.resolved.acl))
                        .unwrap_or_default();
                    let finding = finding(Rule::AclParent, format!("`{id}` does not exist in {}", catalog.describe(self.resolved.target.releases)))
                        .reason("acl.xml repeats the ancestors of a resource; an ancestor that does not exist would become a resource without a title");
                    findings.push(match nearest.first() {
                        Some(nearest) => finding.help(Help::meaning(nearest)),
                        None => finding.help(Help::new("remove it from `parents`").removal()),
                    });
                }
                let (earlier, there) = first.entry(id).or_insert_with(|| (parent, route.clone()));
                let says = parent.title.is_some() || parent.sort_order.is_some();
                if says && (&parent.title, parent.sort_order) != (&earlier.title, earlier.sort_order) {
                    findings.push(
                        finding(Rule::AclDuplicate, format!("`{id}` has another title or position elsewhere in `parents`"))
                            .related(self.context.spans.value(there), "first here")
                            .reason("acl.xml contains the resource once")
                            .help("write `title` and `sort_order` where it is named first, or the same in both places"),
                    );
                }
            }
        }
        findings
    }

    /// Returns true if acl.xml is the user's, with the ancestors that it has.
    fn is_kept_as_written(&self) -> bool {
        let unmanaged = &self.context.spec.files.unmanaged;
        self.context.is_sketch || unmanaged.iter().any(|path| path.as_str().ends_with("etc/acl.xml"))
    }

    fn parent_moves(&self, entry: &AclEntry<'_>, parent: &str) -> Option<Diagnostic> {
        let chain = |release: ReleaseId| self.resolved.acl.ancestors(parent, release);
        let releases: Vec<ReleaseId> = self.resolved.target.releases.iter().collect();
        let moves = |pair: &&[ReleaseId]| {
            !self.resolved.acl.is_same(pair[0], pair[1]) && chain(pair[0]) != chain(pair[1])
        };
        let pair = releases.windows(2).find(moves)?;
        let version = |release| self.context.catalog.release(release).version;
        let message = format!("`{parent}` moves between {} and {}", version(pair[0]), version(pair[1]));
        Some(
            self.finding(entry, "parent", Rule::AclParent, message)
                .reason("acl.xml repeats the ancestors of a resource: no file fits both positions, and in the wrong one the id appears twice")
                .help(Help::new("use a parent that does not move, such as \"Magento_Backend::admin\"").text(AclId::ADMIN)),
        )
    }

    /// Resources that the integrations request or administrators need, with all their ancestors.
    fn used<'s>(&'s self, of_admin: impl Iterator<Item = &'s str>) -> BTreeSet<&'s str> {
        let Some(newest) = self.resolved.target.releases.last() else { return BTreeSet::new() };
        let selected = self.resolved.selections.iter().flat_map(|selection| &selection.ids);
        self.resolved.acl.with_ancestors(selected.map(String::as_str).chain(of_admin), newest)
    }

    fn unused(&self, entry: &AclEntry<'_>, used: &BTreeSet<&str>) -> Option<Diagnostic> {
        let id = entry.id.as_str();
        let is_own = entry.id.module() == self.context.spec.module.name.as_str();
        (is_own && !entry.is_derived && !used.contains(id)).then(|| {
            self.finding(entry, "id", Rule::AclUnused, format!("no integration requests `{id}`"))
                .reason("administrators can still be granted it")
                .help(format!(
                    "add it to `resources` of an integration, or set `{}` to \"allow\" in [rules]",
                    Rule::AclUnused
                ))
                .module_help(format!(
                    "if an integration needs it, add <resource name=\"{id}\"/> to its <resources>"
                ))
        })
    }
}
