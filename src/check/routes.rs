//! Routes of `[[service]]` beside those of Magento.

use super::{Context, Scope};
use crate::diag::{Diagnostic, Rule};

pub(super) fn check(context: &Context<'_>, scope: &Scope) -> Vec<Diagnostic> {
    let (catalog, releases) = (context.catalog, scope.target.releases);
    let mut findings = Vec::new();
    for (at, service) in context.spec.service.iter().enumerate() {
        for (place, method) in service.method.iter().enumerate() {
            let own = &method.route;
            let Some(other) = catalog.routes().like(own.method(), own.path(), releases) else { continue };
            let there = catalog.describe(other.releases() & releases);
            let vendor =
                context.spec.module.name.as_str().split('_').next().unwrap_or_default().to_lowercase();
            let path = own.path().split('/').skip(2).collect::<Vec<_>>().join("/");
            findings.push(
                Diagnostic::new(Rule::RouteTaken, format!("`{own}` is Magento's `{other}` in {there}"))
                    .at(context.spans.value(&format!("/service/{at}/method/{place}/route")))
                    .reason(
                        "only one of two routes that differ in nothing but the names of parameters answers",
                    )
                    .help(format!("begin with a name of your own: \"{} /V1/{vendor}/{path}\"", own.method())),
            );
        }
    }
    findings
}
