//! What an integration's `resources` and `calls` come to together.

use super::ListedResources;
use crate::{
    catalog::ReleaseId,
    diag::{Diagnostic, Rule},
    names::{AclId, Pattern, ResourceEntry},
    resolve::EntryEffect,
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
        if self.context.spec.module.format != IntegrationFormat::Legacy {
            findings.extend(self.moves());
            findings.extend(self.appearances());
        }
        findings
    }

    /// Entries that add nothing to what calls need, and exact ones that are ancestors of other selected resources:
    /// Magento adds those by itself.
    fn implied(&self, at: usize, entry: &ResourceEntry, effect: &EntryEffect) -> Option<Diagnostic> {
        let of = |message| self.finding(at, Rule::ImpliedResource, message).help("it may be left out");
        let first = effect.fits.first().filter(|id| !self.resolved.acl.is_root(id))?;
        if effect.fits.iter().all(|id| self.call_for(id).is_some()) {
            let call = self.call_for(first)?;
            return Some(
                of(format!("`{entry}` is granted anyway, for `{call}`"))
                    .reason("what the calls of an integration need is requested by itself"),
            );
        }
        let Pattern::Exact(id) = entry.pattern() else { return None };
        let child = self.below(id).filter(|_| self.selection.ids.contains(id))?;
        Some(
            of(format!("`{id}` is granted anyway, with `{child}`"))
                .reason("Magento adds all ancestors of a resource"),
        )
    }

    /// Entries that select what no call needs, where `calls` say what each integration does. Calls to routes of this
    /// module and of modules that the catalog does not know cannot be listed, so what guards those may be needed.
    fn more_than_needed(&self, at: usize, entry: &ResourceEntry, effect: &EntryEffect) -> Option<Diagnostic> {
        let integrations = &self.context.spec.integration;
        let lists_calls = integrations.iter().all(|integration| !integration.calls.is_empty());
        let knows_calls = self.selection.calls.iter().all(|call| !call.needs.is_empty());
        let module = entry.pattern().module().to_owned();
        let is_known =
            module != self.context.spec.module.name.as_str() && self.context.catalog.knows_module(&module);
        if !lists_calls || !knows_calls || !is_known {
            return None;
        }
        // What is never granted opens nothing, and is told as that.
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
            [id, ..] => format!("no call needs {} of what `{entry}` selects, `{id}` for one", needless.len()),
        };
        Some(
            self.finding(at, Rule::MoreThanNeeded, message)
                .reason("every integration lists its calls, and what they need is requested by itself")
                .help("list the call it is for, or remove it"),
        )
    }

    fn broad(&self) -> Option<Diagnostic> {
        let newest = self.resolved.target.releases.last()?;
        let everything = self.resolved.acl.select(Pattern::Subtree(AclId::ADMIN));
        let everything = everything.iter().filter(|(_, releases)| releases.contains(newest)).count();
        let granted = self.context.catalog.granted(&self.selection.ids, &self.resolved.acl, newest);
        let granted = granted.iter().filter(|id| !self.resolved.acl.is_root(id)).count();
        (granted * 2 > everything).then(|| {
            let name = &self.integration.name;
            let route = pointer!["integration", self.at];
            let span = ["resources", "calls"].iter().find_map(|key| self.context.spans.key(&route.key(key)));
            Diagnostic::new(
                Rule::BroadGrant,
                format!("`{name}` is allowed {granted} of the {everything} resources there are"),
            )
            .at(span)
            .reason("whoever gets hold of its token can do all of it")
            .help("list what its calls need")
        })
    }

    /// Upgrades inside the target that change what the unchanged selection resolves to, because an ancestor moved.
    fn moves(&self) -> Vec<Diagnostic> {
        let (acl, catalog) = (&self.resolved.acl, self.context.catalog);
        let granted = |release| catalog.granted(&self.selection.ids, acl, release);
        let releases: Vec<ReleaseId> = self.resolved.target.releases.iter().collect();
        let mut findings = Vec::new();
        for pair in releases.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            if acl.is_same(from, to) || granted(from) == granted(to) {
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
                 setup:upgrade makes the integration anew",
                path(from),
                path(to)
            )));
        }
        findings
    }

    /// Upgrades inside the target with which a resource comes to exist that only some calls need. One that is listed is
    /// a finding of its own.
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
                "it is there in {} and not in {}: where a requested resource comes to exist the permissions differ \
                 and setup:upgrade makes the integration anew",
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
            .help("plan for re-authorising it at that upgrade")
    }
}
