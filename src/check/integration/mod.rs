//! Rules on `[[integration]]`: names, URLs, permissions.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

pub(super) mod calls;
mod commerce;
mod database;
mod former;
pub(super) mod resources;
pub(super) mod shop;
mod url;

use self::url::Scheme;
use super::{Context, Resolved};
use crate::{
    catalog::behaviour,
    diag::{Diagnostic, Help, Level, Rule},
    names::{Url, collated},
    resolve::ResolvedCall,
    spec::{IntegrationFormat, Pointer, pointer},
};

/// Findings that need no target.
pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = duplicates(context);
    findings.extend(former::check(context));
    for (at, integration) in context.spec.integration.iter().enumerate() {
        let urls = [
            ("endpoint_url", integration.endpoint_url.as_ref()),
            ("identity_link_url", integration.identity_link_url.as_ref()),
        ];
        for (key, url) in urls {
            if let Some(url) = url {
                findings.extend(check_url(context, &pointer!["integration", at, key], key, url));
            }
        }
        findings.extend(only_one_url(context, at, urls));
        findings.extend(email_placeholder(context, at, integration.email.as_str()));
    }
    findings
}

/// Findings that depend on the releases. `faulty` holds the places of errors.
pub(super) fn check_in(
    context: &Context<'_>,
    resolved: &Resolved,
    faulty: &HashSet<Range<usize>>,
) -> Vec<Diagnostic> {
    let mut findings = database::check(context, resolved);
    findings.extend(former::check_in(context, resolved));
    let catalog = context.catalog;
    let refusing = catalog.those(resolved.target.releases, |it| !behaviour::takes_bearer_token(it));
    if !refusing.is_empty() {
        let first = behaviour::BEARER_REFUSED_FROM;
        findings.push(
            Diagnostic::new(
                Rule::BearerTokenRefused,
                format!("from {first} on Magento rejects the access token as a bearer token"),
            )
            .at(context.spans.key(&pointer!["integration", "0"]))
            .reason(format!(
                "since {first} an integration must sign its requests with OAuth 1.0a (HMAC-SHA256)"
            ))
            .help(
                "sign the requests, or enable bearer tokens in the shop: \
                 bin/magento config:set oauth/consumer/enable_integration_as_bearer 1",
            ),
        );
    }
    for (at, selection) in resolved.selections.iter().enumerate() {
        let entry = |entry| context.spans.value(&pointer!["integration", at, "resources", entry]);
        let is_faulty = |span: Option<Range<usize>>| span.is_some_and(|span| faulty.contains(&span));
        let has_faults = || {
            (0..selection.effects.len()).any(|at| is_faulty(entry(at)))
                || (0..selection.calls.len()).any(|call| is_faulty(context.call_span(at, call)))
        };
        if selection.ids.is_empty() && selection.calls.iter().all(ResolvedCall::is_free) && !has_faults() {
            findings.push(no_resources(context, resolved, at));
        }
    }
    findings
}

/// Reports names that the database treats as equal.
fn duplicates(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut first_of: HashMap<String, usize> = HashMap::new();
    let mut findings = Vec::new();
    for (at, integration) in context.spec.integration.iter().enumerate() {
        let name = integration.name.as_str();
        let Some(&first) = first_of.get(&collated(name)) else {
            first_of.insert(collated(name), at);
            continue;
        };
        let route = |at: usize| pointer!["integration", at, "name"];
        let other = context.spec.integration[first].name.as_str();
        let finding = if name == other {
            Diagnostic::new(Rule::DuplicateIntegration, format!("two integrations are named `{name}`"))
                .reason("Magento identifies an integration by its name: if one file declares it twice, one is lost or merging aborts")
        } else {
            Diagnostic::new(
                Rule::DuplicateIntegration,
                format!("the database treats `{name}` and `{other}` as the same name"),
            )
            .reason("the database ignores case, accents and trailing spaces, and treats `ß` as `s`: setup:upgrade aborts with `The integration with name … exists.`")
        };
        findings.push(
            finding
                .at(context.spans.value(&route(at)))
                .related(context.spans.value(&route(first)), "the other one")
                .help("give each integration its own name"),
        );
    }
    findings
}

fn check_url(context: &Context<'_>, route: &Pointer, key: &str, url: &Url) -> Vec<Diagnostic> {
    let span = context.spans.value(route);
    let mut findings = Vec::new();
    let scheme = url::scheme(url.as_str());
    if scheme != Some(Scheme::Https) {
        let reason = match key {
            "identity_link_url" => "administrators log in to the external system there",
            _ => {
                "Magento posts the consumer key and secret to the endpoint when the integration is activated"
            }
        };
        let rest = url.as_str().split_once("://").map(|(_, rest)| rest);
        let finding = match (scheme, rest) {
            (Some(_), Some(rest)) => {
                Diagnostic::new(Rule::UrlNotHttps, format!("`{key}` does not use https: `{url}`"))
                    .help(Help::write(&format!("https://{rest}")))
            }
            _ => Diagnostic::new(
                Rule::UrlScheme,
                format!("`{key}` is neither an http nor an https URL: `{url}`"),
            )
            .help(format!("write the full address: {key} = \"https://…\""))
            .module_help(format!("write the full address: <{key}>https://…</{key}>")),
        };
        findings.push(finding.at(span.clone()).reason(reason));
    }
    let reason = scheme.and_then(|_| url::unreachable_because(url.as_str()));
    if let Some(reason) = reason {
        findings.push(
            Diagnostic::new(Rule::UrlNotPublic, format!("a shop cannot reach `{url}`"))
                .at(span)
                .reason(reason)
                .help("write the address that the other system has in production"),
        );
    }
    findings
}

fn email_placeholder(context: &Context<'_>, at: usize, email: &str) -> Option<Diagnostic> {
    email.to_ascii_lowercase().ends_with(".invalid").then(|| {
        Diagnostic::new(Rule::EmailPlaceholder, format!("`{email}` cannot receive mail"))
            .at(context.spans.value(&pointer!["integration", at, "email"]))
            .reason(
                "no domain below .invalid exists; Admin shows the address as the contact of the integration",
            )
            .help("write the address of the people who look after the integration")
    })
}

fn only_one_url(context: &Context<'_>, at: usize, urls: [(&str, Option<&Url>); 2]) -> Option<Diagnostic> {
    let (given, missing) = match urls {
        [(given, Some(_)), (missing, None)] | [(missing, None), (given, Some(_))] => (given, missing),
        _ => return None,
    };
    Some(
        Diagnostic::new(Rule::OnlyOneUrl, format!("`{given}` without `{missing}` has no effect"))
            .at(context.spans.key(&pointer!["integration", at, given]))
            .reason("Magento starts the OAuth handshake only if both are set; otherwise Admin shows the four keys")
            .help(format!("add `{missing}` or remove `{given}`")),
    )
}

fn no_resources(context: &Context<'_>, resolved: &Resolved, at: usize) -> Diagnostic {
    let route = pointer!["integration", at];
    let listed = route.key("resources");
    let name = &context.spec.integration[at].name;
    let finding = Diagnostic::new(Rule::NoResources, format!("`{name}` has no permissions"))
        .at(context.spans.key(&listed).or_else(|| context.spans.key(&route)));
    let modern = context.catalog.those(resolved.target.releases, |version| !behaviour::is_legacy(version));
    if context.spec.module.format == IntegrationFormat::Legacy && !modern.is_empty() {
        // docs/magento/files-and-schemas.md#legacy-resources-missing: `Plugin/Integration.php::_addAllowedResources`,
        // 2.1.0..2.4.8-p1.
        let mut finding = finding
            .reason("api.xml has no entry for it, and from 2.1 on Magento stops with an undefined index")
            .help(CALLS)
            .module_help(RESOURCES);
        finding.level = Level::Error;
        return finding;
    }
    finding
        .reason("Magento creates the integration but refuses every call that needs a permission")
        .help(CALLS)
        .module_help(RESOURCES)
}

const CALLS: &str = "list its calls: calls = [\"GET /V1/orders\"]";

const RESOURCES: &str =
    "list what its calls need: <resources><resource name=\"Magento_Sales::actions_view\"/></resources>";
