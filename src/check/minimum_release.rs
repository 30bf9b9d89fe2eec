//! What only later releases have.

use super::{Context, Resolved};
use crate::{
    catalog::ReleaseSet,
    diag::{Diagnostic, Rule},
    names::MagentoVersion,
    spec::{code::Area, pointer},
};

/// What is not in every release of the target.
pub(super) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let releases = resolved.target.releases;
    let before = |floor: MagentoVersion| context.catalog.those(releases, |version| version < floor);
    let in_words = |lacking| context.catalog.describe(lacking);
    let mut findings = Vec::new();
    let lacking = before(MagentoVersion::new(2, 3, 0));
    if context.spec.webhooks.is_some() && !lacking.is_empty() {
        let message = format!("webhooks cannot be made for {}", in_words(lacking));
        findings.push(
            Diagnostic::new(Rule::WebhooksRelease, message)
                .at(context.spans.key(&pointer!["webhooks"]))
                .reason("their table is declared in db_schema.xml, which Magento reads from 2.3.0 on")
                .help(ways_out(context, releases - lacking, "remove [webhooks] and [[webhook]]")),
        );
    }
    let observers = context.spec.observer.iter().enumerate();
    for (at, _) in observers.filter(|(_, it)| it.area == Area::Graphql && !lacking.is_empty()) {
        let message = format!("there is no area graphql in {}", in_words(lacking));
        findings.push(
            Diagnostic::new(Rule::FeatureRelease, message)
                .at(context.spans.value(&pointer!["observer", at, "area"]))
                .reason("Magento has GraphQL from 2.3.0 on; before, nothing reads etc/graphql/events.xml")
                .help(ways_out(context, releases - lacking, "write another area")),
        );
    }
    let lacking = before(MagentoVersion::new(2, 2, 0));
    let settings = context.spec.setting.iter().enumerate();
    for (at, _) in settings.filter(|(_, it)| it.per_environment && !lacking.is_empty()) {
        let message = format!("app:config:dump knows no values of an environment in {}", in_words(lacking));
        findings.push(
            Diagnostic::new(Rule::FeatureRelease, message)
                .at(context.spans.value(&pointer!["setting", at, "per_environment"]))
                .reason(
                    "Magento tells them from others by its TypePool, from 2.2.0 on; before, it does nothing",
                )
                .help(ways_out(context, releases - lacking, "remove `per_environment`")),
        );
    }
    let lacking = before(MagentoVersion::new(2, 3, 5).with_p(1));
    if !context.spec.csp.is_empty() && !lacking.is_empty() {
        let message = format!("there is no csp_whitelist.xml in {}", in_words(lacking));
        findings.push(
            Diagnostic::new(Rule::CspRelease, message)
                .at(context.spans.key(&pointer!["csp"]))
                .reason("Magento reads it from 2.3.5-p1 on; it is not written where a release of the target is older")
                .help(ways_out(context, releases - lacking, "remove [csp]")),
        );
    }
    findings
}

fn ways_out(context: &Context<'_>, left: ReleaseSet, otherwise: &str) -> String {
    if left.is_empty() {
        otherwise.to_owned()
    } else {
        format!("{otherwise}, or {}", context.narrow_to(left))
    }
}
