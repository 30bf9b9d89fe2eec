//! Deprecated routes: their days, and the routes that replace them.

use crate::{
    check::{Context, Resolved},
    diag::{Diagnostic, Help, Level, Rule},
    names::{Call, Day, Route},
    spec::{
        Loaded, Pointer,
        api::{Deprecation, Method},
        pointer,
    },
};

pub(in crate::check) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, service) in context.spec.service.iter().enumerate() {
        for (place, method) in service.method.iter().enumerate() {
            let pointer = pointer!["service", at, "method", place];
            if let Some(deprecated) = &method.deprecated {
                findings.extend(order(context, &pointer, deprecated));
            }
            if let Some(replacement) = &method.replaced_by {
                findings.extend(replaced(context, resolved, &pointer, method, replacement));
            }
        }
    }
    findings
}

/// Reports a period that ends before it starts: RFC 9745 does not allow it.
fn order(context: &Context<'_>, method: &Pointer, deprecated: &Deprecation) -> Option<Diagnostic> {
    let (since, until) = (deprecated.since()?, deprecated.until());
    (since > until).then(|| {
        Diagnostic::new(Rule::InvalidValue, format!("`until` is {until}, before `since`"))
            .at(context.spans.value(&method.key("deprecated").key("until")))
            .reason(format!("a route that is deprecated since {since} cannot be removed before that day"))
            .help("write a later day for `until`")
    })
}

/// Reports routes whose day has come, at the level that `[rules]` asks for. What a spec compiles to never depends on the
/// day, so the rules on specs do not have this one.
#[must_use]
pub fn overdue(loaded: &Loaded, today: &Day) -> Vec<Diagnostic> {
    let Some(spec) = &loaded.spec else { return Vec::new() };
    let mut findings = Vec::new();
    for (at, service) in spec.service.iter().enumerate() {
        for (place, method) in service.method.iter().enumerate() {
            let until = method.deprecated.as_ref().map(Deprecation::until).filter(|until| *until <= today);
            let Some(until) = until else { continue };
            let route = pointer!["service", at, "method", place, "deprecated"];
            let message = format!("`{}` was to be removed from {until} on", method.route);
            findings.push(
                Diagnostic::new(Rule::DeprecationOver, message)
                    .at(loaded.spans.value(&route))
                    .reason("its callers expect a 404 from that day on")
                    .help(
                        "if `magespec calls --check SPEC LOGS` shows no caller, remove the route; otherwise announce a later day",
                    ),
            );
        }
    }
    spec.rules.apply(findings)
}

/// Reports a replacement that callers of the route cannot or should not call.
fn replaced(
    context: &Context<'_>,
    resolved: &Resolved,
    pointer: &Pointer,
    method: &Method,
    replacement: &Route,
) -> Option<Diagnostic> {
    let place = context.spans.value(&pointer.key("replaced_by"));
    let finding = |message: String| Diagnostic::new(Rule::Replacement, message).at(place.clone());
    if method.deprecated.is_none() {
        return Some(
            finding(format!("`{}` has a replacement, but is not deprecated", method.route))
                .reason("callers learn the replacement only from the headers of a deprecated route")
                .help("add the day from which the route may be removed, such as deprecated = \"2027-06-01\""),
        );
    }
    if *replacement == method.route {
        return Some(
            finding(format!("`{replacement}` is replaced by itself"))
                .reason("callers would be sent to the route that ends")
                .help(Help::new("name another route, or leave `replaced_by` out").removal()),
        );
    }
    let mut own = context.spec.service.iter().flat_map(|service| &service.method);
    let is_it = |other: &&Method| other.route == *replacement;
    if let Some(other) = own.find(is_it) {
        let ends = other.deprecated.as_ref()?.until();
        let help = match &other.replaced_by {
            Some(last) if *last != method.route => {
                Help::new(format!("name what replaces it: \"{last}\"")).text(last.as_str())
            }
            _ => Help::new("name a route that stays, or leave `replaced_by` out").removal(),
        };
        let mut finding = finding(format!("the replacement `{replacement}` is deprecated, too"))
            .reason(format!("it may be removed from {ends} on, and callers would have to change twice"))
            .help(help);
        finding.level = Level::Warning;
        return Some(finding);
    }
    let (catalog, releases) = (context.catalog, resolved.target.releases);
    let there = catalog.routes().like(replacement.method(), replacement.path(), releases);
    let there = there.map(|route| route.releases() & releases).unwrap_or_default();
    let lacking = releases - there;
    if lacking.is_empty() {
        return None;
    }
    let message = if there.is_empty() {
        format!("neither this module nor Magento has the route `{replacement}`")
    } else {
        format!("`{replacement}` does not exist in {}", catalog.describe(lacking))
    };
    let near = Call::new(replacement.as_str()).ok().map(|call| {
        context.suggestions.make(|| catalog.suggest_calls(&resolved.own_routes, &call, releases))
    });
    let near = near.flatten().unwrap_or_default();
    let near: Vec<&str> =
        near.iter().map(String::as_str).filter(|near| *near != method.route.as_str()).collect();
    let help = Help::did_you_mean(&near).unwrap_or_else(|| {
        "name a route of a [[service]] of this module, or one that Magento has in all releases of the target".into()
    });
    Some(finding(message).reason("callers would be sent to a route that answers with a 404").help(help))
}
