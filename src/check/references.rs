//! Ids of other modules that a module refers to: cron groups, tabs, sections, menu entries, ACL resources.

use std::ops::Range;

use super::{Context, Resolved};
use crate::{
    catalog::{ReleaseSet, VersionedRow, VersionedTable},
    diag::{Diagnostic, Help, Level, Rule},
    names::MagentoVersion,
    spec::AclEntry,
};

/// Reference to something that another module declares.
pub(super) struct Foreign<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) resolved: &'a Resolved,
    pub(super) rule: Rule,
    /// Kind of the thing, such as `cron group`.
    pub(super) what: &'static str,
    /// Reason why it must exist.
    pub(super) reason: &'static str,
}

impl Foreign<'_> {
    /// Reports releases of the target that lack the id at the place. `module` names the owner of a row: the catalog has
    /// rows of vendors other than Magento up to 2.4.4, and they are assumed to exist later.
    pub(super) fn missing<T: VersionedRow>(
        &self,
        place: Option<Range<usize>>,
        id: &str,
        table: &VersionedTable<T>,
        module: fn(&T) -> &str,
    ) -> Option<Diagnostic> {
        let (catalog, releases) = (self.context.catalog, self.resolved.target.releases);
        let last_read = MagentoVersion::new(2, 4, 4);
        let later = catalog.those(catalog.all(), |version| version > last_read);
        let there = table.find(id).iter().fold(ReleaseSet::default(), |all, row| {
            let is_own = module(row).starts_with("Magento_");
            all | row.releases() | if is_own { ReleaseSet::default() } else { later }
        });
        let lacking = releases - there;
        if lacking.is_empty() {
            return None;
        }
        let nearest = self.context.suggestions.make(|| table.nearest(id, releases)).unwrap_or_default();
        let mut finding = Diagnostic::new(
            self.rule,
            format!("the {} `{id}` does not exist in {}", self.what, catalog.describe(lacking)),
        )
        .at(place)
        .reason(self.reason);
        if there.is_empty() && nearest.is_empty() {
            finding.level = Level::Warning;
        }
        let narrow = (lacking != releases).then(|| self.context.narrow(there & releases, self.rule));
        let otherwise = || {
            if self.context.is_sketch {
                Help::new("compare its spelling with the module that brings it")
            } else {
                Help::new(format!("set `{} = \"allow\"` in [rules] if another module brings it", self.rule))
            }
        };
        Some(finding.help(narrow.or_else(|| Help::did_you_mean(&nearest)).unwrap_or_else(otherwise)))
    }
}

/// Reports an ACL resource that a release lacks. `reason` names the consequence.
pub(super) fn resource(
    context: &Context<'_>,
    resolved: &Resolved,
    place: Option<Range<usize>>,
    id: &str,
    reason: &str,
) -> Option<Diagnostic> {
    let (acl, catalog, releases) = (&resolved.acl, context.catalog, resolved.target.releases);
    let module = id.split_once("::").map(|(module, _)| module)?;
    let present = acl.present(id);
    if present == releases || acl.is_root(id) {
        return None;
    }
    let finding = |rule, message| Diagnostic::new(rule, message).at(place.clone()).reason(reason);
    let describe = |set| catalog.describe(set);
    let disabled = acl.disabled(id);
    if !present.is_empty() {
        let rule = Rule::ResourceNotInEveryRelease;
        let finding = finding(rule, format!("`{id}` does not exist in {}", describe(releases - present)));
        return Some(finding.help(context.narrow(present, rule)));
    }
    if !disabled.is_empty() {
        let finding =
            finding(Rule::DisabledResource, format!("`{id}` is disabled in {}", describe(disabled)));
        return Some(
            finding
                .help("name a resource that can be granted, such as one of your own in [[acl]]")
                .module_help("name a resource that can be granted, such as one of your own in etc/acl.xml"),
        );
    }
    let is_own = module == context.spec.module.name.as_str();
    if !is_own && !catalog.knows_module(module) {
        let mut finding =
            finding(Rule::UnverifiableResource, format!("the catalog does not know the module of `{id}`"))
                .help(format!("compare its spelling with etc/acl.xml of {module}"));
        if context.is_of_commerce(module) {
            finding.level = Level::Note;
        }
        return Some(finding);
    }
    let finding = finding(Rule::UnknownResource, format!("`{id}` does not exist in {}", describe(releases)));
    let suggested = context.suggestions.make(|| catalog.suggest(id, acl)).unwrap_or_default();
    Some(match Help::did_you_mean(&suggested) {
        Some(help) => finding.help(help),
        None => undeclared(context, finding, id),
    })
}

/// Adds the help for a resource of the module that is not declared.
pub(super) fn undeclared(context: &Context<'_>, finding: Diagnostic, id: &str) -> Diagnostic {
    let entries = context.spec.acl_entries();
    let is_former = |entry: &&AclEntry<'_>| entry.former.iter().any(|former| former.as_str() == id);
    if let Some(entry) = entries.iter().find(is_former) {
        return finding
            .help(Help::new(format!("write its present name: `{}`", entry.id)).text(entry.id.as_str()));
    }
    finding
        .help(format!(
            "declare it: [[acl]] id = \"{id}\", title = \"…\", parent = \"Magento_Backend::admin\""
        ))
        .module_help(format!(
            "declare it in etc/acl.xml, below Magento_Backend::admin: <resource id=\"{id}\" title=\"…\"/>"
        ))
}
