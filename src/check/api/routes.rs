//! Routes of `[[service]]` compared with Magento's own, and the access they ask for.

use crate::{
    check::{Context, Resolved, references},
    diag::{Diagnostic, Level, Rule},
    names::{AclId, MagentoVersion, Route, RouteAccess},
    spec::{
        Pointer,
        api::{Method, RouteAcl},
        pointer,
    },
};

pub(in crate::check) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, service) in context.spec.service.iter().enumerate() {
        for (place, method) in service.method.iter().enumerate() {
            let route = pointer!["service", at, "method", place];
            match starts_with_parameter(context, &route.key("route"), &method.route) {
                Some(finding) => findings.push(finding),
                None => findings.extend(taken(context, resolved, &route.key("route"), &method.route)),
            }
            findings.extend(only_list(context, resolved, &route.key("body"), method));
            findings.extend(together(context, &route.key("acl"), &method.acl));
            findings.extend(open(context, &route.key("acl"), &method.route, &method.acl));
            for (at, access) in method.acl.as_slice().iter().enumerate() {
                let in_list = route.key("acl").key(at);
                let place = context.spans.value(&in_list).map_or_else(|| route.key("acl"), |_| in_list);
                findings.extend(needed(context, resolved, &place, access.as_str()));
            }
        }
    }
    findings
}

/// Reports a route whose first step after the version is a parameter (docs/magento/web-api.md#parameter-first).
fn starts_with_parameter(context: &Context<'_>, place: &Pointer, route: &Route) -> Option<Diagnostic> {
    let name = route.path().split('/').nth(2)?.strip_prefix(':')?;
    Some(
        Diagnostic::new(Rule::RouteParameter, format!("the path of `{route}` begins with a parameter"))
            .at(context.spans.value(place))
            .reason("Magento compares the first step after the version literally, so no call finds the route")
            .help(format!("start the path with your vendor name: \"{} /V1/acme/:{name}\"", route.method())),
    )
}

/// Reports a PUT with a path parameter whose only body parameter is a list (docs/magento/web-api.md#list-as-only-body).
fn only_list(
    context: &Context<'_>,
    resolved: &Resolved,
    place: &Pointer,
    method: &Method,
) -> Option<Diagnostic> {
    let failing =
        context.catalog.those(resolved.target.releases, |version| version >= MagentoVersion::new(2, 1, 0));
    let mut body = method.body.iter();
    let (Some((name, kind)), None) = (body.next(), body.next()) else { return None };
    let is_put = method.route.method() == "PUT" && method.route.parameters().next().is_some();
    (is_put && kind.is_list() && !failing.is_empty()).then(|| {
        let message =
            format!("`{name}` is a list and the only body parameter of a PUT with a path parameter");
        Diagnostic::new(Rule::RouteParameter, message)
            .at(context.spans.value(&place.key(name)))
            .reason(format!(
                "Magento looks up the type of the only body parameter as a class: every call fails with \
                 `Class \"{}\" does not exist`",
                kind.to_string().trim_end_matches('?')
            ))
            .help("use POST, put the list into a [[data]] object, or add a second required body parameter")
    })
}

/// Reports a route that Magento already has.
fn taken(context: &Context<'_>, resolved: &Resolved, place: &Pointer, own: &Route) -> Option<Diagnostic> {
    let (catalog, releases) = (context.catalog, resolved.target.releases);
    let routes = catalog.routes();
    let like = routes.like(own.method(), own.path(), releases);
    let other = like.or_else(|| routes.overlapping(own.method(), own.path(), releases))?;
    let there = catalog.describe(other.releases() & releases);
    let (message, reason) = if like.is_some() {
        (
            format!("`{own}` is the same route as Magento's `{other}` in {there}"),
            "the routes differ only in their parameter names, and Magento answers with one of them",
        )
    } else {
        (
            format!("`{own}` and Magento's `{other}` in {there} match the same calls"),
            "only one of them answers such a call: usually the one with a fixed segment where the other has a parameter",
        )
    };
    let vendor = context.spec.module.name.as_str().split('_').next().unwrap_or_default().to_lowercase();
    let path = own.path().split('/').skip(2).collect::<Vec<_>>().join("/");
    let mut finding = Diagnostic::new(Rule::RouteTaken, message)
        .at(context.spans.value(place))
        .reason(reason)
        .help(format!("start the path with your vendor name: \"{} /V1/{vendor}/{path}\"", own.method()));
    if like.is_none() {
        finding.level = Level::Warning;
    }
    Some(finding)
}

/// Reports `anonymous` or `self` combined with other access: a caller needs everything in the list.
fn together(context: &Context<'_>, place: &Pointer, access: &RouteAcl) -> Option<Diagnostic> {
    let all = access.as_slice();
    let word = all.iter().map(RouteAccess::as_str).find(|it| matches!(*it, "self" | "anonymous"))?;
    if all.len() < 2 {
        return None;
    }
    let reason = match word {
        "self" => {
            "a caller needs every entry: customers have no ACL resources, and integrations are not customers"
        }
        _ => "a caller needs every entry, so `anonymous` does not open the route",
    };
    Some(
        Diagnostic::new(Rule::RouteAccess, format!("`{word}` is combined with other access"))
            .at(context.spans.value(place))
            .reason(reason)
            .help(format!("write acl = \"{word}\", or list the resources only")),
    )
}

/// Reports a route that writes and that anyone may call.
fn open(context: &Context<'_>, place: &Pointer, own: &Route, access: &RouteAcl) -> Option<Diagnostic> {
    let is_open = access.as_slice().iter().all(|it| it.as_str() == "anonymous");
    (is_open && own.method() != "GET").then(|| {
        Diagnostic::new(Rule::OpenRoute, format!("anyone can call `{own}`"))
            .at(context.spans.value(place))
            .reason("`anonymous` asks for no token, and the route writes")
            .help("name an ACL resource of your own in `acl`")
    })
}

/// Reports a required resource that no integration can be granted.
fn needed(context: &Context<'_>, resolved: &Resolved, place: &Pointer, id: &str) -> Option<Diagnostic> {
    if id == AclId::ALL {
        let message = format!("`{id}` is a root of the ACL tree, which integrations cannot be granted");
        return Some(
            Diagnostic::new(Rule::RouteAccess, message)
                .at(context.spans.value(place))
                .reason("only administrators with access to all resources could make the call")
                .help("name a resource that can be granted, such as one of your own in [[acl]]"),
        );
    }
    let reason = "nobody can be granted a resource that no acl.xml defines: every integration gets a 401";
    references::resource(context, resolved, place, id, reason)
}
