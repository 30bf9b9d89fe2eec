//! Comparison of a spec with the shop to check against. The shop never changes what is built.

use std::collections::BTreeSet;

use crate::{
    catalog::{Access, Catalog},
    diag::{Diagnostic, Rule},
    names::{Pattern, ResourceEntry},
    resolve::{Resolved, Selection, ShopView},
    spec::{Integration, Loaded, Spans, pointer},
};

/// Rules whose findings in the shop count, too. Others judge the spec as a whole.
const OF_SHOP: [Rule; 11] = [
    Rule::ShopNotInTarget,
    Rule::UnknownRoute,
    Rule::SelfRoute,
    Rule::UngrantableRoute,
    Rule::UnknownResource,
    Rule::UnverifiableResource,
    Rule::DisabledResource,
    Rule::CompanyRole,
    Rule::AclParent,
    Rule::RouteTaken,
    Rule::RouteAccess,
];

/// Rules about what a shop may have although the catalog does not.
const ABSENT: [Rule; 3] = [Rule::UnknownRoute, Rule::UnknownResource, Rule::PatternMatchesNothing];

/// Advice on letting a shop take part in what is built.
fn advice(names_shops: bool) -> &'static str {
    if names_shops {
        "renew the catalog that the spec names: magespec catalog --magento ROOT -o FILE"
    } else {
        "save the shop's catalog beside the spec (magespec catalog --magento ROOT -o shop.catalog) and name it under [target]: \
         catalog = \"shop.catalog\""
    }
}

/// Rules about what only a shop can tell: its own answer counts.
const ASSUMED: [Rule; 3] = [Rule::UnverifiableResource, Rule::CompanyRole, Rule::CommercePermissionUnknown];

/// Adds the findings in a shop to those of a spec. What the shop says about a resource or call replaces what was
/// assumed about it.
pub(in crate::check) fn with(
    mut findings: Vec<Diagnostic>,
    mut in_shop: Vec<Diagnostic>,
    names_shops: bool,
) -> Vec<Diagnostic> {
    in_shop.retain(|finding| OF_SHOP.contains(&finding.rule));
    let is_same = |one: &Diagnostic, other: &Diagnostic| one.rule == other.rule && one.span == other.span;
    findings.retain(|finding| {
        !ASSUMED.contains(&finding.rule) && !in_shop.iter().any(|other| is_same(finding, other))
    });
    for finding in &mut findings {
        let is_there = || in_shop.iter().all(|other| other.span != finding.span);
        if ABSENT.contains(&finding.rule) && is_there() {
            finding.help = Some(format!("if this shop has it, {}", advice(names_shops)));
            finding.suggestions.clear();
        }
    }
    findings.extend(in_shop);
    findings
}

/// Finds what would be different if the spec named the shop.
pub(in crate::check) fn compare(
    loaded: &Loaded,
    resolved: &Resolved,
    view: &ShopView,
    names_shops: bool,
    shop: &Catalog,
) -> Vec<Diagnostic> {
    let Some(spec) = &loaded.spec else { return Vec::new() };
    let help = advice(names_shops);
    let mut findings = Vec::new();
    let selections = resolved.selections.iter().zip(&view.selections);
    for (at, (integration, (selection, in_shop))) in spec.integration.iter().zip(selections).enumerate() {
        let compared = Compared { spans: &loaded.spans, integration, at, selection, view, shop, help };
        findings.extend(compared.patterns(in_shop));
        findings.extend(compared.calls());
    }
    spec.rules.apply(findings)
}

/// Integration of a spec, compared with the shop.
struct Compared<'a> {
    spans: &'a Spans,
    integration: &'a Integration,
    /// Its index in the spec.
    at: usize,
    /// Its requested resources and calls.
    selection: &'a Selection,
    view: &'a ShopView,
    shop: &'a Catalog,
    /// Advice on letting the shop take part.
    help: &'a str,
}

impl Compared<'_> {
    /// Compares each pattern with what it would select in the shop.
    fn patterns(&self, in_shop: &Selection) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let effects = self.selection.effects.iter().zip(&in_shop.effects);
        for (at, (entry, (effect, there))) in self.integration.resources.iter().zip(effects).enumerate() {
            if entry.excludes() || matches!(entry.pattern(), Pattern::Exact(_)) {
                continue;
            }
            let acl = &self.view.resolved.acl;
            let is_more = |id: &&String| in_shop.ids.contains(*id) && !self.selection.ids.contains(*id);
            let is_less = |id: &&String| self.selection.ids.contains(*id) && acl.present(id).is_empty();
            let more: Vec<&String> = there.fits.iter().filter(is_more).collect();
            let less: Vec<&String> = effect.fits.iter().filter(is_less).collect();
            let route = pointer!["integration", self.at, "resources", at];
            let found = [self.more(entry, &more), self.less(entry, &less)].into_iter().flatten();
            findings.extend(found.map(|finding| finding.at(self.spans.value(&route))));
        }
        findings
    }

    fn more(&self, entry: &ResourceEntry, ids: &[&String]) -> Option<Diagnostic> {
        let message = match ids {
            [] => return None,
            [id] => format!("`{entry}` does not include `{id}`, which this shop has"),
            [id, ..] => {
                format!("`{entry}` does not include {} resources of this shop, such as `{id}`", ids.len())
            }
        };
        Some(
            Diagnostic::new(Rule::ShopDiffers, message)
                .reason(
                    "a spec and the files that it names decide what is built: the same module for every shop",
                )
                .help(format!("if the integration needs {}, {}", them(ids), self.help)),
        )
    }

    fn less(&self, entry: &ResourceEntry, ids: &[&String]) -> Option<Diagnostic> {
        let message = match ids {
            [] => return None,
            [id] => format!("`{entry}` includes `{id}`, which this shop lacks"),
            [id, ..] => {
                format!("`{entry}` includes {} resources that this shop lacks, such as `{id}`", ids.len())
            }
        };
        Some(
            Diagnostic::new(Rule::ShopDiffers, message)
                .reason(
                    "Magento silently drops unknown resources; if the shop gets them later, the permissions differ and \
                     setup:upgrade recreates the integration",
                )
                .help(format!("to request only what the shop has, {}", self.help)),
        )
    }

    /// Reports calls that need permissions in the shop which the integration does not request.
    fn calls(&self) -> Vec<Diagnostic> {
        let resolved = &self.view.resolved;
        let Some(release) = resolved.target.releases.first() else { return Vec::new() };
        let Some(in_shop) = resolved.selections.get(self.at) else { return Vec::new() };
        if resolved.grants_everything(in_shop) {
            return Vec::new();
        }
        let granted = self.shop.granted(&self.selection.ids, &resolved.acl, release);
        let mut findings = Vec::new();
        for (place, (call, there)) in self.selection.calls.iter().zip(&in_shop.calls).enumerate() {
            let Some(access @ Access::Granted(_)) = there.access(release) else { continue };
            let lacking: BTreeSet<&str> = access.ids().filter(|id| !granted.contains(id)).collect();
            let is_grantable = |id: &&str| !resolved.acl.grantable(id).is_empty();
            if call.needs.is_empty() || lacking.is_empty() || !lacking.iter().all(is_grantable) {
                continue;
            }
            let lacking: Vec<&str> = lacking.into_iter().collect();
            let message = format!(
                "`{}` needs `{}` in this shop, which `{}` does not request",
                there.name,
                lacking.join("` and `"),
                self.integration.name
            );
            findings.push(
                Diagnostic::new(Rule::ShopNeedsMore, message)
                    .at(super::calls::span(self.spans, self.at, place))
                    .reason("a module of the shop changes what the route needs, and Magento refuses the call")
                    .help(format!("list the permission under `resources`, or {}", self.help)),
            );
        }
        findings
    }
}

fn them<T>(ids: &[T]) -> &'static str {
    if ids.len() == 1 { "it" } else { "them" }
}
