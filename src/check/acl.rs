//! `[[acl]]`.

use std::collections::{HashMap, HashSet};

use super::{Context, Scope};
use crate::{
    catalog::ReleaseId,
    diag::{Diagnostic, Rule},
    spec::AclEntry,
};

pub(super) fn check(context: &Context<'_>, scope: &Scope) -> Vec<Diagnostic> {
    let entries = context.spec.acl_entries();
    let tree =
        Own { context, scope, parents: entries.iter().map(|entry| (entry.id.as_str(), entry)).collect() };
    let mut findings = tree.duplicates(&entries);
    let mut found_cycle = false;
    for entry in &entries {
        findings.extend(tree.prefix(entry));
        if tree.is_in_cycle(entry) {
            if !found_cycle {
                findings.push(tree.cycle(entry));
            }
            found_cycle = true;
        } else {
            findings.extend(tree.parent(entry));
        }
    }
    if !found_cycle {
        findings.extend(entries.iter().filter_map(|entry| tree.unused(entry)));
    }
    findings
}

/// The module's own resources.
struct Own<'a> {
    context: &'a Context<'a>,
    scope: &'a Scope,
    parents: HashMap<&'a str, &'a AclEntry<'a>>,
}

impl Own<'_> {
    fn finding(&self, entry: &AclEntry<'_>, key: &str, rule: Rule, message: String) -> Diagnostic {
        let place = format!("{}/{key}", entry.route);
        Diagnostic::new(rule, message).at(self.context.spans.value(&place))
    }

    fn duplicates(&self, entries: &[AclEntry<'_>]) -> Vec<Diagnostic> {
        let mut sorted: Vec<&AclEntry<'_>> = entries.iter().collect();
        sorted.sort_by_key(|entry| {
            self.context.spans.value(&format!("{}/id", entry.route)).map(|span| span.start)
        });
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
                        .related(self.context.spans.value(&format!("{}/id", first.route)), "first here")
                        .reason("an id stands once in the ACL tree; Magento refuses the merged file in developer mode")
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
                .reason("the part before the colons says who owns a resource")
                .help(format!("write \"{module}::{name}\""))
                .fix(
                    self.context.spans.value(&format!("{}/id", entry.route)),
                    format!("\"{module}::{name}\""),
                )
        })
    }

    fn is_in_cycle(&self, entry: &AclEntry<'_>) -> bool {
        let mut seen = HashSet::new();
        let mut at = entry;
        while let Some(&parent) = self.parents.get(at.parent.as_str()) {
            if !seen.insert(parent.id.as_str()) {
                return true;
            }
            at = parent;
        }
        false
    }

    fn cycle(&self, entry: &AclEntry<'_>) -> Diagnostic {
        let message = format!("`{}` hangs, in the end, under itself", entry.id);
        self.finding(entry, "id", Rule::AclCycle, message)
            .reason("a tree has a top: following the parents never comes to Magento_Backend::admin")
            .help("give one of the resources a parent of Magento's: parent = \"Magento_Backend::admin\"")
    }

    fn parent(&self, entry: &AclEntry<'_>) -> Option<Diagnostic> {
        let parent = entry.parent.as_str();
        if self.parents.contains_key(parent) {
            return None;
        }
        let acl = &self.scope.acl;
        let catalog = self.context.catalog;
        let releases = self.scope.target.releases;
        let of = |rule, message| self.finding(entry, "parent", rule, message);
        if acl.is_root(parent) {
            return (parent != "Magento_Backend::admin").then(|| {
                of(Rule::AclRoot, format!("nothing can be granted under `{parent}`"))
                    .reason("Magento looks resources up under Magento_Backend::admin only, and a further root breaks every integration of the shop")
                    .help("write parent = \"Magento_Backend::admin\"")
                    .fix(self.context.spans.value(&format!("{}/parent", entry.route)), "\"Magento_Backend::admin\"")
            });
        }
        let present = acl.present(parent);
        if present != releases {
            let lacking = catalog.describe(releases - present);
            let finding = of(Rule::AclParent, format!("`{parent}` does not exist in {lacking}"))
                .reason("acl.xml repeats the ancestors of a resource; where one is unknown it would become a new root");
            let nearest = catalog.suggest(parent, acl);
            return Some(match nearest.first() {
                Some(nearest) if present.is_empty() => finding.help(format!("did you mean \"{nearest}\"?")),
                _ => {
                    finding.help("write a parent that every release has, such as \"Magento_Backend::admin\"")
                }
            });
        }
        self.parent_moves(entry, parent)
    }

    fn parent_moves(&self, entry: &AclEntry<'_>, parent: &str) -> Option<Diagnostic> {
        let chain = |release: ReleaseId| self.scope.acl.ancestors(parent, release);
        let releases: Vec<ReleaseId> = self.scope.target.releases.iter().collect();
        let moves = |pair: &&[ReleaseId]| {
            !self.scope.acl.is_same(pair[0], pair[1]) && chain(pair[0]) != chain(pair[1])
        };
        let pair = releases.windows(2).find(moves)?;
        let version = |release| self.context.catalog.release(release).version;
        let message = format!("`{parent}` moves between {} and {}", version(pair[0]), version(pair[1]));
        Some(
            self.finding(entry, "parent", Rule::AclParent, message)
                .reason("acl.xml repeats the ancestors of a resource: no file fits both places, and in the wrong one the id stands twice")
                .help("write a parent that stays where it is, such as \"Magento_Backend::admin\", or narrow the target"),
        )
    }

    fn unused(&self, entry: &AclEntry<'_>) -> Option<Diagnostic> {
        let id = entry.id.as_str();
        let newest = self.scope.target.releases.last()?;
        let uses =
            |selected: &String| selected == id || self.scope.acl.ancestors(selected, newest).contains(&id);
        let used = self.scope.selections.iter().flat_map(|selection| &selection.ids).any(uses);
        (!used).then(|| {
            self.finding(entry, "id", Rule::AclUnused, format!("no integration asks for `{id}`"))
                .reason("administrators can still be given it")
                .help(format!(
                    "add it to `resources` of an integration, or set `{}` to \"allow\" in [rules]",
                    Rule::AclUnused
                ))
        })
    }
}
