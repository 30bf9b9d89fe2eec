//! Findings about malformed entries of `calls` and `resources`.

use super::text::likely_route;
use crate::{
    diag::{Diagnostic, Help, Rule},
    names,
};

/// Finding for a malformed call.
pub(super) fn call(shown: &str, text: &str, finding: impl Fn(Rule, String) -> Diagnostic) -> Diagnostic {
    let finding = finding(Rule::CallFormat, format!("`{shown}` is not a REST call"));
    let expected =
        "a call is GET, POST, PUT or DELETE and a path that starts with the version, optionally after /rest";
    if text.to_lowercase().trim_end_matches('/').ends_with("/graphql") {
        return finding
            .reason("GraphQL is not part of the REST API")
            .help(Help::new("remove it: `calls` lists REST calls only").removal());
    }
    match likely_route(text, |call| names::Call::new(call).is_ok()) {
        Some(call) => {
            finding.reason(expected).help(Help::new(format!("write, for example: \"{call}\"")).text(call))
        }
        None if is_operation(text) => finding
            .reason("this looks like the name of a SOAP operation")
            .help("write the REST route of the same method; `magespec routes WORDS` finds it"),
        None if !text.contains('/') => finding.reason(expected).help(format!(
            "`magespec routes {}` finds it; a call looks like \"GET /V1/orders\"",
            words(text)
        )),
        None => finding
            .reason(expected)
            .help("write, for example: \"GET /V1/orders\" or \"POST /V1/order/:orderId/ship\""),
    }
}

/// Returns true for the name of a SOAP operation: service, version and method, as in `salesOrderRepositoryV1Get`.
fn is_operation(text: &str) -> bool {
    let version = |at: usize| text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit);
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.match_indices('V').any(|(at, _)| version(at))
}

/// Words of a text for a search on the command line.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.take(4).map(str::to_lowercase).collect();
    if words.is_empty() { "WORDS".to_owned() } else { words.join(" ") }
}

/// Resource or pattern that is probably meant: `magento_sales::ship`, `Sales::ship` and `Magento_Sales/ship` are
/// `Magento_Sales::ship`.
fn likely_resource(text: &str) -> Option<String> {
    let text = text.trim();
    let (excluding, text) = text.strip_prefix('!').map_or(("", text), |rest| ("!", rest));
    let (module, name) = text.split_once("::").or_else(|| text.split_once(['/', '.']))?;
    let (vendor, module) = module.split_once('_').unwrap_or(("Magento", module));
    let likely = format!("{excluding}{}_{}::{name}", names::capitalized(vendor), names::capitalized(module));
    names::ResourceEntry::new(likely.as_str()).is_ok().then_some(likely)
}

/// Finding for a malformed resource or pattern.
pub(super) fn resource(shown: &str, text: &str, finding: impl Fn(Rule, String) -> Diagnostic) -> Diagnostic {
    let finding = finding(Rule::ResourceFormat, format!("`{shown}` is neither an ACL resource nor a pattern"))
        .reason("a resource is Vendor_Module::name; `/**` after it adds everything below; `*` and `?` are allowed only after the colons");
    match (text.split_once(':'), likely_resource(text)) {
        (Some((module, name)), _) if !name.starts_with(':') && !text.contains("::") => {
            let instead = format!("{module}::{name}");
            let finding = finding.help(format!("write two colons: \"{instead}\""));
            let span = finding.span.clone().filter(|_| names::ResourceEntry::new(instead.as_str()).is_ok());
            finding.fix(span, format!("\"{instead}\""))
        }
        (_, Some(likely)) => finding.help(Help::meaning(&likely)),
        _ if matches!(text.trim().to_lowercase().as_str(), "*" | "**" | "all" | "any") => {
            finding.help(
                Help::new("to grant everything, write \"Magento_Backend::admin/**\"").text("Magento_Backend::admin/**"),
            )
        }
        _ if !text.contains("::") && text.trim().contains([' ', '>', '/']) => {
            let title = text.rsplit(['>', '/']).next().unwrap_or(text);
            finding.help(format!("`magespec acl {}` finds the id of a title", words(title)))
        }
        _ => finding.help("write, for example: \"Magento_Sales::sales\", \"Magento_Sales::sales/**\" or \"Magento_Sales::*invoice*\""),
    }
}
