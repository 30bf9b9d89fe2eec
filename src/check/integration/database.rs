//! Values that get lost in the database or when Magento merges files.

use crate::{
    catalog::behaviour,
    check::{Context, Resolved},
    diag::{Diagnostic, Help, Rule},
    names::is_supplementary,
    spec::pointer,
};

pub(super) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let names = context.spec.integration.iter().map(|it| it.name.as_str()).enumerate();
    let apostrophes = names.filter(|(_, name)| name.contains('\''));
    let mut findings: Vec<_> =
        apostrophes.map(|(at, name)| apostrophe(context, resolved.is_legacy, at, name)).collect();
    findings.extend(supplementary(context, resolved));
    findings
}

/// docs/magento/files-and-schemas.md#apostrophe.
fn apostrophe(context: &Context<'_>, is_legacy: bool, at: usize, name: &str) -> Diagnostic {
    let typographic = name.replace('\'', "’");
    let file = if is_legacy { "config.xml or api.xml" } else { "integration.xml" };
    Diagnostic::new(Rule::NameApostrophe, format!("`{name}` has an apostrophe"))
        .at(context.spans.value(&pointer!["integration", at, "name"]))
        .reason(format!(
            "Magento puts the name between single quotes in an XPath expression: if another module's {file} is merged \
             before, setup:upgrade stops with `Invalid predicate`"
        ))
        .help(
            Help::new(format!("leave it out, or write the typographic one: \"{typographic}\"")).text(&typographic),
        )
}

/// docs/magento/database.md#emoji.
fn supplementary(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let (catalog, releases) = (context.catalog, resolved.target.releases);
    let cutting = catalog.those(releases, |version| !behaviour::keeps_supplementary(version));
    if cutting.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (at, integration) in context.spec.integration.iter().enumerate() {
        let values = [
            ("name", Some(integration.name.as_str())),
            ("email", Some(integration.email.as_str())),
            ("endpoint_url", integration.endpoint_url.as_ref().map(|url| url.as_str())),
            ("identity_link_url", integration.identity_link_url.as_ref().map(|url| url.as_str())),
        ];
        for (key, value) in values {
            let Some(found) = value.and_then(|value| value.chars().find(|c| is_supplementary(*c))) else {
                continue;
            };
            let follows = match key {
                "name" => {
                    "the integration is not found again, and the second setup:upgrade stops with `Unique constraint \
                     violation found`"
                }
                _ if resolved.is_legacy => "Magento never has the address that is written here",
                _ => "it differs from the XML each time, and every setup:upgrade resets the integration",
            };
            findings.push(
                Diagnostic::new(
                    Rule::FourByteCharacter,
                    format!("`{key}` has `{found}`, which {} cannot store", catalog.describe(cutting)),
                )
                .at(context.spans.value(&pointer!["integration", at, key]))
                .reason(format!(
                    "up to 2.4.7 the tables are 3-byte utf8, and a character beyond U+FFFF is stored as `????`: {follows}"
                ))
                .help("choose characters up to U+FFFF: no emoji"),
            );
        }
    }
    findings
}
