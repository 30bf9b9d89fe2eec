//! Routes of `[[service]]` against the releases of the target.

use crate::{
    check::{Context, Scope, known},
    diag::{Diagnostic, Rule},
    names::Route,
};

pub(in crate::check) fn check(context: &Context<'_>, scope: &Scope) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, service) in context.spec.service.iter().enumerate() {
        for (place, method) in service.method.iter().enumerate() {
            let route = format!("/service/{at}/method/{place}");
            findings.extend(taken(context, scope, &format!("{route}/route"), &method.route));
            for (at, access) in method.acl.as_slice().iter().enumerate() {
                let in_list = format!("{route}/acl/{at}");
                let place = context.spans.value(&in_list).map_or_else(|| format!("{route}/acl"), |_| in_list);
                let reason = "what no acl.xml defines is granted to nobody: every integration gets a 401";
                findings.extend(known::resource(context, scope, &place, access.as_str(), reason));
            }
        }
    }
    findings
}

/// A route that Magento has, too.
fn taken(context: &Context<'_>, scope: &Scope, place: &str, own: &Route) -> Option<Diagnostic> {
    let (catalog, releases) = (context.catalog, scope.target.releases);
    let other = catalog.routes().like(own.method(), own.path(), releases)?;
    let there = catalog.describe(other.releases() & releases);
    let vendor = context.spec.module.name.as_str().split('_').next().unwrap_or_default().to_lowercase();
    let path = own.path().split('/').skip(2).collect::<Vec<_>>().join("/");
    Some(
        Diagnostic::new(Rule::RouteTaken, format!("`{own}` is Magento's `{other}` in {there}"))
            .at(context.spans.value(place))
            .reason("only one of two routes that differ in nothing but the names of parameters answers")
            .help(format!("begin with a name of your own: \"{} /V1/{vendor}/{path}\"", own.method())),
    )
}
