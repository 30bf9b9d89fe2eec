//! Rules on `[composer]`.

use crate::{
    check::Context,
    diag::{Diagnostic, Rule},
    spec::pointer,
};

/// Keys of composer.json that are generated, each with its source in the spec.
const DERIVED: &[(&str, &str)] = &[
    ("name", "`package` under [module]"),
    ("description", "`description` under [module]"),
    ("type", "nothing: it is always magento2-module"),
    ("version", "`version` under [module]"),
    ("keywords", "`keywords` under [module]"),
    ("homepage", "`homepage` under [module]"),
    ("license", "`license` under [module]"),
    ("authors", "[[module.authors]]"),
    ("require", "[target], the resources, and `require` under [module]"),
];

pub(in crate::check) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (key, _) in context.spec.composer.iter() {
        if let Some((_, of)) = DERIVED.iter().find(|(derived, _)| *derived == key) {
            let route = pointer!["composer", key];
            findings.push(
                Diagnostic::new(
                    Rule::ComposerKey,
                    format!("`{key}` of composer.json is generated from {of}"),
                )
                .at(context.spans.key(&route))
                .reason("a value in two places can get out of sync")
                .help("remove it here and change that instead"),
            );
        }
    }
    let namespace = format!("{}\\", context.spec.module.name.namespace());
    let roots = context.spec.composer.iter().find(|(key, _)| *key == "autoload");
    if roots.and_then(|(_, autoload)| autoload.get("psr-4")?.get(&namespace)).is_some() {
        findings.push(
            Diagnostic::new(Rule::ComposerKey, format!("the namespace `{namespace}` is already mapped"))
                .at(context.spans.key(&pointer!["composer", "autoload", "psr-4", namespace]))
                .reason("composer.json maps the module's namespace to the module's folder")
                .help("remove it; use `source` under [module] to choose another folder"),
        );
    }
    findings
}
