//! Effects of moving an integration from the legacy pair to etc/integration.xml.

use std::collections::BTreeSet;

use crate::{
    catalog::{Catalog, ReleaseId, ReleaseSet, behaviour},
    diag::{Diagnostic, Rule},
    module::{DeclaredIntegration, Form, IntegrationFiles, ModuleFiles, XmlIntegration, as_read},
    names::{AclId, Pattern},
    parsers::SpannedText,
    plan::Instance,
    resolve::Resolved,
};

/// Reports the effect of moving an integration of the legacy pair.
pub(super) fn format(
    integration: &XmlIntegration,
    files: &ModuleFiles,
    resolved: &Resolved,
    catalog: &Catalog,
) -> Option<Diagnostic> {
    let name = &integration.name.value;
    if let IntegrationFiles::Both(pair) = &integration.form {
        return Some(
            Diagnostic::new(Rule::LegacyFormat, format!("`{name}` is declared in etc/integration.xml too"))
                .at(pair.clone())
                .reason("if both declare an integration, Magento reads its permissions from etc/integration.xml, and setup:upgrade follows that file; the pair only matters in 2.0")
                .help("remove the pair and the setup script that processes it"),
        );
    }
    let modern = catalog.those(resolved.target.releases, |version| !behaviour::is_legacy(version));
    if !integration.form.is_legacy() || modern.is_empty() {
        return None;
    }
    let (mut gained, mut lost) = (BTreeSet::new(), BTreeSet::new());
    for release in resolved.acl.distinct().filter(|&release| modern.contains(release)) {
        let (before, after) = stored(integration, resolved, catalog, release);
        gained.extend(after.difference(&before).cloned());
        lost.extend(before.difference(&after).cloned());
    }
    // Stored, but of no use beside others (docs/magento/resolving-permissions.md#roots).
    let (roots, lost): (BTreeSet<_>, BTreeSet<_>) = lost.into_iter().partition(|id| resolved.acl.is_root(id));
    let finding =
        Diagnostic::new(Rule::LegacyFormat, format!("`{name}` is declared in the format that 2.1 replaced"))
            .at(integration.tag.clone());
    let doubts: Vec<&str> = files.doubts().map(|doubt| doubt.place.as_str()).collect();
    let reason = match (gained.is_empty(), lost.is_empty()) {
        _ if integration.grants_everything() => "the pair grants everything with the single rule `Magento_Backend::all`, which etc/integration.xml never stores: the first setup:upgrade resets the integration whatever it lists, and its tokens stop working. Every later edit resets it again".to_owned(),
        (true, true) if !roots.is_empty() => format!(
            "etc/integration.xml cannot store {}, which grants nothing beside others but is stored from the pair: the permissions differ from the stored ones, so the first setup:upgrade resets the integration, and its tokens stop working. Every later edit resets it again",
            listed(&roots)
        ),
        (true, true) if !doubts.is_empty() => format!(
            "etc/integration.xml grants the same permissions, but whether the first setup:upgrade resets the integration cannot be known: {}. Every later edit resets it",
            doubts.join("; ")
        ),
        (true, true) if changes_value(integration) => "etc/integration.xml grants the same permissions, but an address or URL is stored empty or with surrounding white space: the first setup:upgrade resets the integration, and its tokens stop working. Every later edit resets it again".to_owned(),
        (true, true) => "etc/integration.xml grants the same permissions: if the shop has what these files declare, setup:upgrade finds no difference and leaves the integration and its tokens alone. From then on every edit resets it".to_owned(),
        (false, true) => format!(
            "etc/integration.xml also grants {}, which the pair does not list: the permissions differ from the stored ones, so the first setup:upgrade resets the integration, and its tokens stop working. Every later edit resets it again",
            listed(&gained)
        ),
        (_, false) => format!(
            "etc/integration.xml no longer grants {}: the permissions differ from the stored ones, so the first setup:upgrade resets the integration, and its tokens stop working. Every later edit resets it again",
            listed(&lost)
        ),
    };
    let resets = !catalog.those(modern, behaviour::always_resets).is_empty();
    let reason = if resets {
        format!(
            "{reason}. Some releases of the target reset it at every setup:upgrade: 2.1, 2.2.0 to 2.2.7 and 2.3.0"
        )
    } else {
        reason
    };
    Some(finding.reason(reason).help(
        "declare it in etc/integration.xml, as `magespec import` does, or keep the pair, which a setup script updates in place",
    ))
}

/// Permissions stored from the pair, and those that the spec will have in etc/integration.xml.
fn stored(
    integration: &XmlIntegration,
    resolved: &Resolved,
    catalog: &Catalog,
    release: ReleaseId,
) -> (BTreeSet<String>, BTreeSet<String>) {
    if integration.grants_everything() {
        // The spec lists everything that every release of the target has.
        let everything = resolved.acl.select(Pattern::Subtree(AclId::ADMIN));
        let those = |is_there: &dyn Fn(ReleaseSet) -> bool| {
            let those = everything.iter().filter(|(_, releases)| is_there(*releases));
            those.map(|(id, _)| (*id).to_owned()).chain([AclId::ADMIN.to_owned()]).collect()
        };
        return (those(&|there| there.contains(release)), those(&|there| there == resolved.target.releases));
    }
    let instance = Instance { catalog, acl: &resolved.acl, release, columns: None };
    let pair = as_read(integration);
    let moved = DeclaredIntegration { form: Form::Consolidated, ..pair.clone() };
    (instance.stored(&pair), instance.stored(&moved))
}

/// Returns true if a value cannot stay unchanged. A URL that is left out changes nothing
/// (docs/magento/setup-upgrade.md#removed-url).
fn changes_value(integration: &XmlIntegration) -> bool {
    let is_padded = |value: &SpannedText| !value.trimmed().is_empty() && value.trimmed() != value.value;
    let urls = [&integration.endpoint_url, &integration.identity_link_url];
    urls.into_iter().flatten().any(is_padded)
        || integration
            .email
            .as_ref()
            .is_none_or(|email| email.trimmed() != email.value || email.value.is_empty())
}

fn listed(ids: &BTreeSet<String>) -> String {
    const SHOWN: usize = 4;
    let shown: Vec<String> = ids.iter().take(SHOWN).map(|id| format!("`{id}`")).collect();
    match ids.len().checked_sub(SHOWN) {
        Some(more @ 1..) => format!("{} and {more} more", shown.join(", ")),
        _ => shown.join(" and "),
    }
}
