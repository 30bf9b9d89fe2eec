//! Rules on `[csp]`: ports, open hosts.

use super::{Context, duplicate_names::repeated};
use crate::{
    diag::{Diagnostic, Rule},
    names::CspHost,
    spec::pointer,
};

/// Directives whose sources may run code on the shop's pages.
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
            .reason("a port is a number from 1 to 65535")
            .help("write the port that the host listens on, or leave it out")
    })
}

/// Reports a source that matches any site or is not encrypted.
fn open(directive: &str, host: &CspHost) -> Option<Diagnostic> {
    let text = host.as_str();
    let name = text.split_once("://").map_or(text, |(_, name)| name);
    let is_anyone = name == "*" || name.ends_with(':');
    let (message, reason) = if is_anyone && RUNS_CODE.contains(&directive) {
        (
            format!("`{host}` lets any host run code on the shop's pages"),
            "the policy exists to keep such code out; at checkout it can read payment data",
        )
    } else if text.starts_with("http://") {
        (
            format!("`{host}` is not encrypted"),
            "anyone on the network can change its response, and https pages do not load it",
        )
    } else {
        return None;
    };
    let help = "list the hosts you need, each with https: \"https://erp.acme.com\"";
    Some(Diagnostic::new(Rule::CspOpen, message).reason(reason).help(help))
}
