//! Findings about malformed entries of `calls` and `resources`.

use crate::{
    diag::{Diagnostic, Rule},
    names,
};

/// Finding for a malformed call.
pub(super) fn call(shown: &str, text: &str, finding: impl Fn(Rule, String) -> Diagnostic) -> Diagnostic {
    let finding = finding(Rule::CallFormat, format!("`{shown}` is not a REST call")).reason(
        "a call is GET, POST, PUT or DELETE and a path that starts with the version, optionally after /rest",
    );
    let (method, path) = text.split_once(' ').unwrap_or(("", text));
    let likely = [format!("{} {path}", method.to_uppercase()), format!("GET {path}")];
    match likely.into_iter().find(|call| names::Call::new(call.as_str()).is_ok()) {
        Some(call) => finding.help(format!("write, for example: \"{call}\"")),
        None => finding.help("write, for example: \"GET /V1/orders\" or \"POST /V1/order/:orderId/ship\""),
    }
}

/// Finding for a malformed resource or pattern.
pub(super) fn resource(shown: &str, text: &str, finding: impl Fn(Rule, String) -> Diagnostic) -> Diagnostic {
    let finding = finding(Rule::ResourceFormat, format!("`{shown}` is neither an ACL resource nor a pattern"))
        .reason("a resource is Vendor_Module::name; `/**` after it adds everything below; `*` and `?` are allowed only after the colons");
    match text.split_once(':') {
        Some((module, name)) if !name.starts_with(':') && !text.contains("::") => {
            let instead = format!("{module}::{name}");
            let finding = finding.help(format!("write two colons: \"{instead}\""));
            let span = finding.span.clone().filter(|_| names::ResourceEntry::new(instead.as_str()).is_ok());
            finding.fix(span, format!("\"{instead}\""))
        }
        _ => finding.help("write, for example: \"Magento_Sales::sales\", \"Magento_Sales::sales/**\" or \"Magento_Sales::*invoice*\""),
    }
}
