//! Rules on `[csp]`: ports, open hosts.

use super::{Context, duplicate_names::repeated};
use crate::{
    diag::{Diagnostic, Help, Rule},
    names::CspHost,
    spec::pointer,
};

/// Directives whose sources may run code on the shop's pages.
const RUNS_CODE: [&str; 4] = ["base-uri", "default-src", "object-src", "script-src"];

/// Directives whose sources receive what the shop's pages send.
const SENDS_DATA: [&str; 2] = ["connect-src", "form-action"];

/// Schemes whose contents are in the page itself: nothing is sent to anybody.
const LOCAL_SCHEMES: [&str; 4] = ["blob:", "data:", "filesystem:", "mediastream:"];

/// Second-level names under which anybody registers a domain, as in `co.uk`.
const SECOND_LEVEL: [&str; 7] = ["ac", "co", "com", "edu", "gov", "net", "org"];

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (directive, hosts) in context.spec.csp.directives() {
        let list = pointer!["csp", directive];
        if hosts.is_empty() && context.spans.value(&list).is_some() {
            findings.push(context.empty_list(&list, directive));
        }
        findings.extend(repeated(context, "host", &list, hosts.iter().map(CspHost::as_str)));
        for (at, host) in hosts.iter().enumerate() {
            let finding = wrong_port(host).or_else(|| unquoted(host)).or_else(|| wrong_length(host));
            let finding = finding.or_else(|| open(directive, host));
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

/// Reports a keyword without its quotes.
fn unquoted(host: &CspHost) -> Option<Diagnostic> {
    host.is_bare_keyword().then(|| {
        let help = if host.as_str().eq_ignore_ascii_case("none") {
            Help::new("remove it: 'none' holds only where nothing else is listed").removal()
        } else {
            Help::write(&format!("'{}'", host.as_str().to_lowercase()))
        };
        Diagnostic::new(Rule::InvalidValue, format!("`{host}` is a keyword without quotes"))
            .reason("browsers read it as the name of a host, so it has no effect")
            .help(help)
    })
}

/// Reports a hash whose digest is cut or of another algorithm.
fn wrong_length(host: &CspHost) -> Option<Diagnostic> {
    let (algorithm, digest) = host.hash()?;
    let (bytes, length, padding) = match algorithm {
        "sha256" => (32, 44, 1),
        "sha384" => (48, 64, 0),
        _ => (64, 88, 2),
    };
    let is_whole = digest.len() == length && digest.trim_end_matches('=').len() == length - padding;
    (!is_whole).then(|| {
        Diagnostic::new(Rule::InvalidValue, format!("`{digest}` is not a digest of {algorithm}"))
            .reason(format!("it is {bytes} bytes long, in base64 {length} characters with their `=`; browsers ignore any other"))
            .help("write the hash that the browser's console shows for the blocked script")
            .module_help("write the hash that the browser's console shows for the blocked script, without its algorithm")
    })
}

/// Reports a source that matches any site or is not encrypted.
fn open(directive: &str, host: &CspHost) -> Option<Diagnostic> {
    let text = host.as_str();
    let (message, reason) = if is_anyone(text) && RUNS_CODE.contains(&directive) {
        (
            format!("`{host}` lets any host run code on the shop's pages"),
            "the policy exists to keep such code out; at checkout it can read payment data",
        )
    } else if is_anyone(text) && SENDS_DATA.contains(&directive) && !LOCAL_SCHEMES.contains(&text) {
        (
            format!("`{host}` lets the shop's pages send data to any host"),
            "code that gets into a page could send payment data anywhere",
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

/// Returns true for `*`, a scheme alone, and `*.com`: anybody may be behind it.
fn is_anyone(source: &str) -> bool {
    let name = source.split_once("://").map_or(source, |(_, name)| name);
    if name.ends_with(':') {
        return true;
    }
    let name = name.split([':', '/']).next().unwrap_or_default();
    let Some(domain) = name.strip_prefix("*.") else { return name == "*" };
    match domain.split_once('.') {
        None => true,
        Some((second, top)) => top.len() == 2 && SECOND_LEVEL.contains(&second),
    }
}
