//! Rules on etc/csp_whitelist.xml that no `[csp]` can break.

use super::{ExistingModule, Firsts, shape::not_accepted, twice};
use crate::{
    diag::{Diagnostic, Rule, nearest},
    parsers::{SpannedText, xml::Element},
};

/// Directives that Magento does not know but browsers do (Content Security Policy Level 3).
const FURTHER: [&str; 13] = [
    "worker-src",
    "prefetch-src",
    "script-src-elem",
    "script-src-attr",
    "style-src-elem",
    "style-src-attr",
    "fenced-frame-src",
    "navigate-to",
    "report-uri",
    "report-to",
    "sandbox",
    "upgrade-insecure-requests",
    "require-trusted-types-for",
];

const PATH: &str = "etc/csp_whitelist.xml";

pub(super) fn check(module: &ExistingModule<'_>) -> Vec<Diagnostic> {
    let Some(document) = module.files.tables.get(PATH) else { return Vec::new() };
    let policies = document.root.named("policies").flat_map(|policies| policies.named("policy"));
    let known: Vec<&str> = module.context.spec.csp.directives().map(|(name, _)| name).collect();
    let mut findings = Vec::new();
    let mut firsts = Firsts::new();
    for policy in policies {
        let Some(id) = policy.attribute("id") else { continue };
        findings.extend(module.directive(id, &known));
        for value in policy.named("values").flat_map(|values| values.named("value")) {
            findings.extend(self::value(value));
            let of_host = value.attribute("type").is_some_and(|kind| kind.value == "host");
            let Some(key) = value.attribute("id").filter(|_| of_host) else { continue };
            if let Some(first) = firsts.seen((&id.value, &key.value), &key.span) {
                let message = format!("{} has two values with the id `{}`", id.value, key.value);
                // docs/magento/files-and-schemas.md#csp-value-ids.
                findings.push(
                    twice(Rule::DeclaredTwice, message, &key.span, first)
                        .reason("Magento keeps one host per id: the last one")
                        .help("give each value its own id"),
                );
            }
        }
    }
    findings
}

impl ExistingModule<'_> {
    fn directive(&self, id: &SpannedText, known: &[&str]) -> Option<Diagnostic> {
        if known.contains(&id.value.as_str()) || FURTHER.contains(&id.value.as_str()) {
            return None;
        }
        let message = format!("`{}` is not a directive of the Content Security Policy", id.value);
        let finding = Diagnostic::new(Rule::InvalidValue, message)
            .at(id.span.clone())
            .reason("browsers ignore directives that they do not know, so its values have no effect");
        let near = self.context.suggestions.make(|| nearest(&id.value, known.iter().copied())).flatten();
        Some(match near {
            Some(near) => finding.help(format!("did you mean id=\"{near}\"?")),
            None => finding.help(format!("write one of {}", known.join(", "))),
        })
    }
}

fn value(value: &Element) -> Option<Diagnostic> {
    let kind = value.attribute("type")?;
    match kind.value.as_str() {
        "host" => None,
        "hash" => match value.attribute("algorithm") {
            None => Some(
                Diagnostic::new(Rule::InvalidValue, "<value type=\"hash\"> has no attribute `algorithm`")
                    .at(value.name.span.clone())
                    .reason("Magento reads the attribute of each hash and stops where it is missing")
                    .help("write algorithm=\"sha256\""),
            ),
            Some(algorithm) => {
                (!["sha256", "sha384", "sha512"].contains(&algorithm.value.as_str())).then(|| {
                    Diagnostic::new(
                        Rule::InvalidValue,
                        format!("browsers do not know hashes of `{}`", algorithm.value),
                    )
                    .at(algorithm.span.clone())
                    .reason("they ignore it, so the script stays blocked")
                    .help("write sha256, sha384 or sha512, and the digest of that algorithm")
                })
            }
        },
        other => {
            let message = format!("a value cannot have the type `{other}`");
            let help = "write type=\"host\", or type=\"hash\" with an algorithm";
            Some(not_accepted(PATH, message, help).at(kind.span.clone()))
        }
    }
}
