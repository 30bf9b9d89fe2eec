//! Routes of `[[service]]` against the releases of the target.

use crate::{
    check::{Context, Resolved, references},
    diag::{Diagnostic, Level, Rule},
    names::{AclId, Route, RouteAccess},
    spec::{Pointer, api::RouteAcl, pointer},
};

pub(in crate::check) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, service) in context.spec.service.iter().enumerate() {
        for (place, method) in service.method.iter().enumerate() {
            let route = pointer!["service", at, "method", place];
            findings.extend(taken(context, resolved, &route.key("route"), &method.route));
            findings.extend(together(context, &route.key("acl"), &method.acl));
            for (at, access) in method.acl.as_slice().iter().enumerate() {
                let in_list = route.key("acl").key(at);
                let place = context.spans.value(&in_list).map_or_else(|| route.key("acl"), |_| in_list);
                findings.extend(needed(context, resolved, &place, access.as_str()));
            }
        }
    }
    findings
}

/// A route that Magento has, too.
fn taken(context: &Context<'_>, resolved: &Resolved, place: &Pointer, own: &Route) -> Option<Diagnostic> {
    let (catalog, releases) = (context.catalog, resolved.target.releases);
    let routes = catalog.routes();
    let like = routes.like(own.method(), own.path(), releases);
    let other = like.or_else(|| routes.overlapping(own.method(), own.path(), releases))?;
    let there = catalog.describe(other.releases() & releases);
    let (message, reason) = if like.is_some() {
        (
            format!("`{own}` is Magento's `{other}` in {there}"),
            "only one of two routes that differ in nothing but the names of parameters answers",
        )
    } else {
        (
            format!("`{own}` and Magento's `{other}` in {there} fit the same calls"),
            "only one of them answers those: mostly the one with the word, where the other has a parameter",
        )
    };
    let vendor = context.spec.module.name.as_str().split('_').next().unwrap_or_default().to_lowercase();
    let path = own.path().split('/').skip(2).collect::<Vec<_>>().join("/");
    let mut finding = Diagnostic::new(Rule::RouteTaken, message)
        .at(context.spans.value(place))
        .reason(reason)
        .help(format!("begin with a name of your own: \"{} /V1/{vendor}/{path}\"", own.method()));
    if like.is_none() {
        finding.level = Level::Warning;
    }
    Some(finding)
}

/// `anonymous` or `self` beside something else: all of a list are needed.
fn together(context: &Context<'_>, place: &Pointer, access: &RouteAcl) -> Option<Diagnostic> {
    let all = access.as_slice();
    let word = all.iter().map(RouteAccess::as_str).find(|it| matches!(*it, "self" | "anonymous"))?;
    if all.len() < 2 {
        return None;
    }
    let reason = match word {
        "self" => "a customer is granted no resource and an integration is no customer: nobody is both",
        _ => "all of a list are needed, so that the route is as closed as without it",
    };
    Some(
        Diagnostic::new(Rule::RouteAccess, format!("`{word}` stands beside other access"))
            .at(context.spans.value(place))
            .reason(reason)
            .help(format!("write acl = \"{word}\", or the resources alone")),
    )
}

/// What a route needs: nothing that no integration can have.
fn needed(context: &Context<'_>, resolved: &Resolved, place: &Pointer, id: &str) -> Option<Diagnostic> {
    if id == AclId::ALL {
        let message = format!("`{id}` is a root of the ACL tree, which no integration can be granted");
        return Some(
            Diagnostic::new(Rule::RouteAccess, message)
                .at(context.spans.value(place))
                .reason("only administrators who are allowed everything could make the call")
                .help("write a resource that can be granted, such as one of your own in [[acl]]"),
        );
    }
    let reason = "what no acl.xml defines is granted to nobody: every integration gets a 401";
    references::resource(context, resolved, place, id, reason)
}
