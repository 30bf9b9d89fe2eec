//! `[target]`.

use super::Context;
use crate::{
    catalog::{Constraint, Target, behaviour},
    diag::{Diagnostic, Rule},
    spec::Format,
};

const ROUTE: &str = "/target/magento";

/// The releases of the target, if there are any, and what is to say about them.
pub(super) fn check(context: &Context<'_>) -> (Option<Target>, Vec<Diagnostic>) {
    let text = context.spec.target.magento.as_str();
    let span = context.spans.value(ROUTE);
    let constraint: Constraint = match text.parse() {
        Ok(constraint) => constraint,
        Err(error) => return (None, vec![syntax_error(context, text, &error)]),
    };
    let newest = context.catalog.newest_checked().version;
    let Some(target) = context.catalog.resolve(&constraint) else {
        let finding =
            Diagnostic::new(Rule::TargetMatchesNothing, format!("no known Magento release is in `{text}`"))
                .at(span)
                .reason(format!("the catalog knows 2.0.0, and 2.1.0 to {newest}"))
                .help(format!("write, for example: magento = \">=2.4.4 <={newest}\""));
        return (None, vec![finding]);
    };
    let mut findings = Vec::new();
    findings.extend(newer_than_catalog(context, &constraint, &target));
    // The pair is read by all releases alike, and nothing of it is ever reset (FACTS §1).
    if context.spec.module.format != Format::Legacy {
        findings.extend(crosses_legacy(context, &target));
        findings.extend(always_resets(context, &target));
    }
    let is_whole = !findings.iter().any(|finding| finding.rule == Rule::TargetCrossesLegacy);
    (is_whole.then_some(target), findings.into_iter().map(|finding| finding.at(span.clone())).collect())
}

fn syntax_error(context: &Context<'_>, text: &str, error: &crate::catalog::ConstraintError) -> Diagnostic {
    let part = context.spans.value(ROUTE).map(|span| {
        // A text without escapes stands between its quotes as it is.
        if span.len() == text.len() + 2 {
            span.start + 1 + error.span.start..span.start + 1 + error.span.end
        } else {
            span
        }
    });
    Diagnostic::new(Rule::TargetSyntax, error.message.clone())
        .at(part)
        .reason("the target is a Composer constraint over Magento releases")
        .help(error.help.clone())
}

fn newer_than_catalog(context: &Context<'_>, constraint: &Constraint, target: &Target) -> Option<Diagnostic> {
    let newest = context.catalog.newest_checked().version;
    let message = match target.unchecked.as_slice() {
        [] if !context.catalog.names_newer(constraint) => return None,
        [] => format!("the target names releases that came after this magespec, whose newest is {newest}"),
        [one] => format!("the target has {one}, whose ACL the catalog does not know; its newest is {newest}"),
        [first, .., last] => {
            format!(
                "the target has {first} to {last}, whose ACL the catalog does not know; its newest is {newest}"
            )
        }
    };
    Some(
        Diagnostic::new(Rule::TargetNewerThanCatalog, message)
            .reason(format!("what is newer was checked against {newest}"))
            .help(format!("end the target at <={newest}, or look for a newer magespec")),
    )
}

fn crosses_legacy(context: &Context<'_>, target: &Target) -> Option<Diagnostic> {
    let legacy = context.catalog.those(target.releases, behaviour::is_legacy);
    (!legacy.is_empty() && legacy != target.releases).then(|| {
        Diagnostic::new(Rule::TargetCrossesLegacy, "the target has 2.0 together with 2.1 or later")
            .reason(
                "2.0 reads integrations only from etc/integration/config.xml and api.xml with a setup script; \
                 from 2.1 on they are in etc/integration.xml, and a module with both would declare them twice",
            )
            .help("write one spec for \"2.0.*\" and another for \">=2.1\", or `format = \"legacy\"` under [module]")
    })
}

fn always_resets(context: &Context<'_>, target: &Target) -> Option<Diagnostic> {
    let resets = context.catalog.those(target.releases, behaviour::always_resets);
    (!resets.is_empty()).then(|| {
        Diagnostic::new(
            Rule::TargetAlwaysResets,
            format!("every setup:upgrade resets every integration in {}", context.catalog.describe(resets)),
        )
        .reason(
            "Magento compares the stored permissions with the XML's and forgets the root resource: they always \
             differ, the integration is made anew, and its tokens stop working",
        )
        .help("fixed in 2.2.8 and 2.3.1, never in 2.1: upgrade, or re-authorise after each setup:upgrade")
    })
}
