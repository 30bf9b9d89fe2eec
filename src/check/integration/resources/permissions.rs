//! Rules on the permissions that `resources` and `calls` add up to.

use super::ListedResources;
use crate::{
    diag::{Diagnostic, Help, Rule},
    names::{Pattern, ResourceEntry},
    resolve::{EntryEffect, ResolvedCall},
    spec::{IntegrationFormat, pointer},
};

impl ListedResources<'_> {
    pub(super) fn together(&self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let entries = self.integration.resources.iter().zip(&self.selection.effects).enumerate();
        for (at, (entry, effect)) in entries.filter(|(_, (entry, _))| !entry.excludes()) {
            findings.extend(self.implied(at, entry, effect));
            findings.extend(self.more_than_needed(at, entry, effect));
        }
        findings.extend(self.broad());
        // The legacy pair is processed when its script runs, and never resets
        // (docs/magento/files-and-schemas.md#legacy-in-place).
        if self.context.spec.module.format != IntegrationFormat::Legacy && !self.context.catalog.is_of_shops()
        {
            findings.extend(self.moves());
            findings.extend(self.appearances());
        }
        findings
    }

    /// Reports entries that only repeat what calls need, and exact ones that are ancestors of other selected resources,
    /// since Magento adds those.
    fn implied(&self, at: usize, entry: &ResourceEntry, effect: &EntryEffect) -> Option<Diagnostic> {
        let of = |message| {
            self.finding(at, Rule::ImpliedResource, message).help(Help::new("you can remove it").removal())
        };
        let first = effect.fits.first().filter(|id| !self.resolved.acl.is_root(id))?;
        if effect.fits.iter().all(|id| self.call_for(id).is_some()) {
            let call = self.call_for(first)?;
            return Some(
                of(format!("`{entry}` is redundant: `{call}` already requests it"))
                    .reason("the permissions that an integration's calls need are always requested"),
            );
        }
        let Pattern::Exact(id) = entry.pattern() else { return None };
        let child = self.below(id).filter(|_| self.selection.ids.contains(id))?;
        Some(
            of(format!("`{id}` is redundant: `{child}` already grants it"))
                .reason("Magento adds all ancestors of a resource"),
        )
    }

    /// Reports entries that no call needs, if every integration lists its `calls`. Calls to routes of this module and
    /// of modules outside the catalog cannot be listed, so the resources that protect those may be needed.
    fn more_than_needed(&self, at: usize, entry: &ResourceEntry, effect: &EntryEffect) -> Option<Diagnostic> {
        let integrations = &self.context.spec.integration;
        let lists_calls = integrations.iter().all(|integration| !integration.calls.is_empty());
        let is_known = |call: &ResolvedCall| !call.needs.is_empty() && !call.is_unpublished();
        let knows_calls = self.selection.calls.iter().all(is_known);
        if !lists_calls || !knows_calls {
            return None;
        }
        let pattern = entry.pattern();
        let module = pattern.module();
        if module == self.context.spec.module.name.as_str() || !self.context.catalog.knows_module(module) {
            return None;
        }
        // A resource that is never granted has its own finding.
        let is_needless = |id: &&String| {
            self.selection.ids.contains(*id)
                && !self.resolved.acl.grantable(id).is_empty()
                && self.call_for(id).is_none()
                && self.below(id).is_none()
        };
        let needless: Vec<&String> = effect.fits.iter().filter(is_needless).collect();
        let message = match needless.as_slice() {
            [] => return None,
            [id] => format!("no call needs `{id}`"),
            [id, ..] => format!(
                "no call needs {} of the resources that `{entry}` selects, such as `{id}`",
                needless.len()
            ),
        };
        Some(
            self.finding(at, Rule::MoreThanNeeded, message)
                .reason(
                    "all integrations in this spec declare `calls`, which request what they need; this resource only widens access",
                )
                .help(Help::new("list the call that needs it, or remove it").removal()),
        )
    }

    fn broad(&self) -> Option<Diagnostic> {
        let newest = self.resolved.target.releases.last()?;
        let everything = self.resolved.acl.count(newest);
        let granted = self.context.catalog.granted(&self.selection.ids, &self.resolved.acl, newest);
        let granted = granted.iter().filter(|id| !self.resolved.acl.is_root(id)).count();
        let granted = if self.resolved.grants_everything(self.selection) { everything } else { granted };
        (granted * 2 > everything).then(|| {
            let name = &self.integration.name;
            let route = pointer!["integration", self.at];
            let span = ["resources", "calls"].iter().find_map(|key| self.context.spans.key(&route.key(key)));
            Diagnostic::new(
                Rule::BroadGrant,
                format!("`{name}` is granted {granted} of {everything} resources"),
            )
            .at(span)
            .reason("anyone who obtains its token can use all of them")
            .help("list its calls instead")
            .module_help("list only the resources that its calls need; `magespec routes` shows them")
        })
    }

    /// Reports upgrades within the target that change the permissions because an ancestor moves.
    fn moves(&self) -> Vec<Diagnostic> {
        let (acl, catalog) = (&self.resolved.acl, self.context.catalog);
        // Nearly always, and quickly told.
        if acl.keeps_ancestors(self.selection.ids.iter().map(String::as_str)) {
            return Vec::new();
        }
        let granted = |release| catalog.granted(&self.selection.ids, acl, release);
        let mut releases = self.resolved.target.releases.iter();
        let Some(mut to) = releases.next() else { return Vec::new() };
        let (mut findings, mut granted_to) = (Vec::new(), granted(to));
        for release in releases {
            let from = std::mem::replace(&mut to, release);
            if acl.is_same(from, to) {
                continue;
            }
            let granted_from = std::mem::replace(&mut granted_to, granted(to));
            if granted_from == granted_to {
                continue;
            }
            let moved = self.selection.ids.iter().find(|id| {
                let in_both = acl.grantable(id).contains(from) && acl.grantable(id).contains(to);
                in_both && acl.ancestors(id, from) != acl.ancestors(id, to)
            });
            let Some(id) = moved else { continue };
            let version = |release| catalog.release(release).version;
            let path = |release| {
                let mut path = acl.ancestors(id, release);
                path.reverse();
                path.join(" > ")
            };
            let upgrade = format!("from {} to {}", version(from), version(to));
            findings.push(self.resets(id, &upgrade).reason(format!(
                "`{id}` moves from {} to {}: its ancestors are granted too, so the permissions differ and \
                 setup:upgrade recreates the integration",
                path(from),
                path(to)
            )));
        }
        findings
    }

    /// Reports upgrades within the target that add a resource which only some calls need. A resource in `resources` has
    /// its own finding.
    fn appearances(&self) -> Vec<Diagnostic> {
        let (acl, catalog) = (&self.resolved.acl, self.context.catalog);
        let mut findings = Vec::new();
        for id in self.selection.ids.iter().filter(|id| self.entry_for(id).is_none()) {
            let there = acl.grantable(id);
            let lacking = self.resolved.target.releases - there;
            if lacking.is_empty() || lacking.first() > there.last() {
                continue;
            }
            findings.push(self.resets(id, &format!("to a release with `{id}`")).reason(format!(
                "it exists in {} but not in {}: when a requested resource appears, the permissions differ \
                 and setup:upgrade recreates the integration",
                catalog.describe(there),
                catalog.describe(lacking)
            )));
        }
        findings
    }

    fn resets(&self, id: &str, upgrade: &str) -> Diagnostic {
        let message = format!("upgrading Magento {upgrade} resets `{}`", self.integration.name);
        Diagnostic::new(Rule::ResourceMoves, message)
            .at(self.span_for(id))
            .help("plan to re-authorise it after that upgrade")
    }
}
