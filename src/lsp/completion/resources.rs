//! ACL resources, and patterns that select them.

use std::collections::BTreeSet;

use lsp_types::CompletionItemKind;

use super::{own::KnownValues, proposal::Proposal};
use crate::{
    catalog::{AclResource, AclTable, ReleaseSet},
    names::ResourceEntry,
    spec::{Pointer, pointer},
};

/// All resources that can be granted, those of the module first.
pub(super) fn all(known: &KnownValues<'_>) -> Vec<Proposal> {
    let acl = known.catalog.shipped_acl(known.draft.releases);
    let own = known.own.resources().into_iter().map(|(id, title)| {
        Proposal::new(CompletionItemKind::CONSTANT, id, title)
            .titled(format!("{title} {}", known.own.module()))
    });
    let shipped = acl.tree().into_iter().filter_map(|resource| {
        let path = acl.title_path(resource.id);
        let proposal = Proposal::new(CompletionItemKind::CONSTANT, resource.id, path.join(" > "));
        Some(proposal.titled(path.join(" ")).in_releases(grantable(known, &acl, &resource)?))
    });
    own.chain(shipped).collect()
}

/// Resources of other modules above the parent of the entry of `[[acl]]` at a route.
pub(super) fn above(known: &KnownValues<'_>, route: &Pointer) -> Vec<Proposal> {
    let entry = pointer!["acl", route.steps().nth(1).unwrap_or_default()];
    let parent = known.draft.json.pointer(&entry).and_then(|entry| entry.get("parent")?.as_str());
    let acl = known.catalog.shipped_acl(known.draft.releases);
    let Some((newest, parent)) = known.draft.releases.last().zip(parent) else { return Vec::new() };
    let own = format!("{}::", known.own.module());
    let above = acl.with_ancestors([parent], newest);
    let above = above.iter().filter(|id| !id.starts_with(&own));
    let proposal = |id: &str| {
        let path = acl.title_path(id);
        Proposal::new(CompletionItemKind::CONSTANT, id, path.join(" > ")).titled(path.join(" "))
    };
    above.map(|id| proposal(id)).collect()
}

/// Releases in which a resource can be granted; `None` if it can be in no release of the target.
fn grantable(known: &KnownValues<'_>, acl: &AclTable, resource: &AclResource<'_>) -> Option<ReleaseSet> {
    let releases = known.there(acl.grantable(resource.id));
    (resource.parent.is_some() && !releases.is_empty()).then_some(releases)
}

/// Resources that a route may need, and what it may need instead.
pub(super) fn of_route(known: &KnownValues<'_>) -> Vec<Proposal> {
    let mut proposals = all(known);
    let others = [("anonymous", "anyone may call it"), ("self", "customers that are logged in")];
    proposals.extend(others.map(|(name, what)| Proposal::new(CompletionItemKind::KEYWORD, name, what)));
    proposals
}

/// Entries of an integration's `resources`: ids, patterns, and exclusions of what the other entries select.
pub(super) fn entries(known: &KnownValues<'_>, route: &Pointer, typed: &str) -> Vec<Proposal> {
    let mut proposals = all(known);
    proposals.extend(subtrees(known));
    if typed.starts_with('!') {
        let selected = selected(known, &known.listed(route));
        for proposal in &mut proposals {
            let id = proposal.text.trim_end_matches("/**");
            proposal.is_last = !selected.contains(id);
            proposal.detail = format!("without {}", proposal.detail);
            proposal.text.insert(0, '!');
        }
    }
    proposals.extend(globs(known, typed));
    proposals
}

/// `id/**` for each resource with others below it.
fn subtrees(known: &KnownValues<'_>) -> Vec<Proposal> {
    let acl = known.catalog.shipped_acl(known.draft.releases);
    let tree = acl.tree();
    let parents: BTreeSet<&str> = tree.iter().filter_map(|resource| resource.parent).collect();
    let above = tree.iter().filter(|it| parents.contains(it.id));
    above
        .filter_map(|resource| {
            let path = acl.title_path(resource.id);
            let text = format!("{}/**", resource.id);
            let detail = format!("{} and all below", path.join(" > "));
            let proposal = Proposal::new(CompletionItemKind::OPERATOR, text, detail).titled(path.join(" "));
            Some(proposal.in_releases(grantable(known, &acl, resource)?))
        })
        .collect()
}

/// Glob that is typed, with the number of resources it selects, or the glob for all of a module.
fn globs(known: &KnownValues<'_>, typed: &str) -> Option<Proposal> {
    let bare = typed.trim_start_matches('!');
    let glob = if bare.ends_with("::") { format!("{typed}*") } else { typed.to_owned() };
    if !glob.contains(['*', '?']) || glob.contains('/') {
        return None;
    }
    let entry = ResourceEntry::new(glob.clone()).ok()?;
    let acl = known.catalog.shipped_acl(known.draft.releases);
    let count = acl.select(entry.pattern()).len();
    let detail = crate::diag::plural(count, "resource");
    (count > 0).then(|| Proposal::new(CompletionItemKind::OPERATOR, glob, detail))
}

/// Ids that the other entries select.
fn selected(known: &KnownValues<'_>, listed: &[&str]) -> BTreeSet<String> {
    let acl = known.catalog.shipped_acl(known.draft.releases);
    let entries = listed.iter().filter_map(|entry| ResourceEntry::new((*entry).to_owned()).ok());
    let entries: Vec<ResourceEntry> = entries.filter(|entry| !entry.excludes()).collect();
    let ids = entries.iter().flat_map(|entry| acl.select(entry.pattern()));
    ids.map(|(id, _)| id.to_owned()).collect()
}
