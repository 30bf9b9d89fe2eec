//! What is named and must be there: groups of jobs, tabs, sections, entries of the menu, ACL resources.

use super::{Context, Resolved};
use crate::{
    catalog::{ReleaseSet, VersionedRow, VersionedTable},
    diag::{Diagnostic, Level, Rule, did_you_mean},
    names::MagentoVersion,
};

/// Something of another module, as it is named.
pub(super) struct Foreign<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) resolved: &'a Resolved,
    pub(super) rule: Rule,
    /// `cron group`.
    pub(super) what: &'static str,
    /// Why it must be there.
    pub(super) reason: &'static str,
}

impl Foreign<'_> {
    /// That a release of the target lacks the id, which stands at the route. `module` says whose a row is: what modules
    /// other than Magento's own bring is known up to 2.4.4, and taken to be there later.
    pub(super) fn missing<T: VersionedRow>(
        &self,
        route: &str,
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
        let nearest = table.nearest(id, releases);
        let mut finding = Diagnostic::new(
            self.rule,
            format!("there is no {} `{id}` in {}", self.what, catalog.describe(lacking)),
        )
        .at(self.context.spans.value(route))
        .reason(self.reason);
        if there.is_empty() && nearest.is_empty() {
            finding.level = Level::Warning;
        }
        let narrow = (lacking != releases).then(|| self.context.narrow(there & releases, self.rule));
        let otherwise = || format!("set `{} = \"allow\"` in [rules] if another module brings it", self.rule);
        Some(finding.help(narrow.or_else(|| did_you_mean(&nearest)).unwrap_or_else(otherwise)))
    }
}

/// An ACL resource that something needs, and that a release does not have. `reason` says what comes of that.
pub(super) fn resource(
    context: &Context<'_>,
    resolved: &Resolved,
    place: &str,
    id: &str,
    reason: &str,
) -> Option<Diagnostic> {
    let (acl, catalog, releases) = (&resolved.acl, context.catalog, resolved.target.releases);
    let module = id.split_once("::").map(|(module, _)| module)?;
    let present = acl.present(id);
    if present == releases || acl.is_root(id) {
        return None;
    }
    let finding =
        |rule, message| Diagnostic::new(rule, message).at(context.spans.value(place)).reason(reason);
    let describe = |set| catalog.describe(set);
    let disabled = acl.disabled(id);
    if !present.is_empty() {
        let rule = Rule::ResourceNotInEveryRelease;
        let finding = finding(rule, format!("`{id}` does not exist in {}", describe(releases - present)));
        return Some(finding.help(context.narrow(present, rule)));
    }
    if !disabled.is_empty() {
        let finding =
            finding(Rule::DisabledResource, format!("`{id}` is switched off in {}", describe(disabled)));
        return Some(
            finding.help("write a resource that can be granted, such as one of your own in [[acl]]"),
        );
    }
    let is_own = module == context.spec.module.name.as_str();
    if !is_own && !catalog.knows_module(module) {
        let mut finding =
            finding(Rule::UnverifiableResource, format!("the catalog does not know the module of `{id}`"))
                .help(format!("compare it with etc/acl.xml of {module}, spelling included"));
        if context.is_of_commerce(module) {
            finding.level = Level::Note;
        }
        return Some(finding);
    }
    let finding = finding(Rule::UnknownResource, format!("`{id}` does not exist in {}", describe(releases)));
    Some(finding.help(did_you_mean(&catalog.suggest(id, acl)).unwrap_or_else(|| {
        format!("declare it: [[acl]] id = \"{id}\", title = \"…\", parent = \"Magento_Backend::admin\"")
    })))
}
