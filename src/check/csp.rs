//! `[csp]`.

use super::{Context, duplicate_names::repeated};
use crate::{
    diag::{Diagnostic, Rule},
    names::CspHost,
    spec::pointer,
};

/// Directives whose sources may run code in the shop's pages.
const RUNS_CODE: [&str; 3] = ["default-src", "object-src", "script-src"];

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (directive, hosts) in context.spec.csp.directives() {
        let list = pointer!["csp", directive];
        if hosts.is_empty() && context.spans.value(&list).is_some() {
            findings.push(context.empty_list(&list, directive));
        }
        findings.extend(repeated(context, "host", &list, hosts.iter().map(CspHost::as_str)));
        for (at, host) in hosts.iter().enumerate() {
            let finding = wrong_port(host).or_else(|| open(directive, host));
            findings.extend(finding.map(|it| it.at(context.spans.value(&list.key(at)))));
        }
    }
    findings
}

fn wrong_port(host: &CspHost) -> Option<Diagnostic> {
    let port = host.port()?;
    (!(1..=65_535).contains(&port)).then(|| {
        Diagnostic::new(Rule::InvalidValue, format!("`{host}` has the port {port}"))
            .reason("ports go from 1 to 65535")
            .help("write the port that the host listens at, or leave it out")
    })
}

/// A source that is anyone, or anyone on the way.
fn open(directive: &str, host: &CspHost) -> Option<Diagnostic> {
    let text = host.as_str();
    let name = text.split_once("://").map_or(text, |(_, name)| name);
    let is_anyone = name == "*" || name.ends_with(':');
    let (message, reason) = if is_anyone && RUNS_CODE.contains(&directive) {
        (
            format!("`{host}` lets code of any host run in the shop's pages"),
            "the policy is there to keep such code out; in the checkout it can read payment data",
        )
    } else if text.starts_with("http://") {
        (
            format!("`{host}` is reached without encryption"),
            "anyone on the way can change what it answers, and pages of https do not load it",
        )
    } else {
        return None;
    };
    let help = "write the hosts that are needed, each with https: \"https://erp.acme.com\"";
    Some(Diagnostic::new(Rule::CspOpen, message).reason(reason).help(help))
}
