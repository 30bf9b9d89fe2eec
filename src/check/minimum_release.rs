//! Features that only later releases of Magento have.

use super::{Context, Resolved};
use crate::{
    catalog::ReleaseSet,
    diag::{Diagnostic, Help, Rule},
    names::MagentoVersion,
    spec::{code::Area, pointer},
};

/// Reports features that a release of the target lacks. Magento does not read files that exist for later releases, so
/// those of a module without a spec do no harm.
pub(super) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    if context.is_sketch {
        return Vec::new();
    }
    let releases = resolved.target.releases;
    let before = |floor: MagentoVersion| context.catalog.those(releases, |version| version < floor);
    let in_words = |lacking| context.catalog.describe(lacking);
    let mut findings = Vec::new();
    let lacking = before(MagentoVersion::new(2, 3, 0));
    if context.spec.webhooks.is_some() && !lacking.is_empty() {
        let message = format!("webhooks are not supported in {}", in_words(lacking));
        findings.push(
            Diagnostic::new(Rule::WebhooksRelease, message)
                .at(context.spans.key(&pointer!["webhooks"]))
                .reason("Magento reads db_schema.xml, which declares their table, from 2.3.0 on")
                .help(ways_out(context, releases - lacking, "remove [webhooks] and [[webhook]]".into())),
        );
    }
    let observers = context.spec.observer.iter().enumerate();
    for (at, _) in observers.filter(|(_, it)| it.area == Area::Graphql && !lacking.is_empty()) {
        let message = format!("the area `graphql` does not exist in {}", in_words(lacking));
        findings.push(
            Diagnostic::new(Rule::FeatureRelease, message)
                .at(context.spans.value(&pointer!["observer", at, "area"]))
                .reason(
                    "Magento has GraphQL from 2.3.0 on and does not read etc/graphql/events.xml before that",
                )
                .help(ways_out(context, releases - lacking, "choose another area".into())),
        );
    }
    let lacking = before(MagentoVersion::new(2, 2, 0));
    let menu = context.spec.menu_entries();
    for placed in menu.iter().filter(|it| it.entry.target.is_some() && !lacking.is_empty()) {
        let message = format!("a menu entry cannot have a `target` in {}", in_words(lacking));
        findings.push(
            Diagnostic::new(Rule::FeatureRelease, message)
                .at(context.spans.value(&placed.route.key("target")))
                .reason("Magento's schema for menu.xml allows it from 2.2.0 on and rejects the file before that in developer mode")
                .help(ways_out(context, releases - lacking, Help::new("remove `target`").removal())),
        );
    }
    let settings = context.spec.setting.iter().enumerate();
    for (at, _) in settings.filter(|(_, it)| it.per_environment && !lacking.is_empty()) {
        let message = format!("app:config:dump does not support environment values in {}", in_words(lacking));
        findings.push(
            Diagnostic::new(Rule::FeatureRelease, message)
                .at(context.spans.value(&pointer!["setting", at, "per_environment"]))
                .reason(
                    "Magento tells them apart with TypePool, which exists from 2.2.0 on; `per_environment` has no effect before that",
                )
                .help(ways_out(context, releases - lacking, Help::new("remove `per_environment`").removal())),
        );
    }
    let lacking = before(MagentoVersion::new(2, 3, 5).with_p(1));
    if !context.spec.csp.is_empty() && !lacking.is_empty() {
        let message = format!("csp_whitelist.xml does not exist in {}", in_words(lacking));
        findings.push(
            Diagnostic::new(Rule::CspRelease, message)
                .at(context.spans.key(&pointer!["csp"]))
                .reason("Magento reads it from 2.3.5-p1 on, and older releases ignore it")
                .help(ways_out(context, releases - lacking, "remove [csp]".into())),
        );
    }
    findings
}

fn ways_out(context: &Context<'_>, left: ReleaseSet, otherwise: Help) -> Help {
    if left.is_empty() { otherwise } else { otherwise.joined(", or ", context.narrow_to(left)) }
}
