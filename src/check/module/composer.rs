//! `[composer]`.

use crate::{
    check::Context,
    diag::{Diagnostic, Rule},
    spec::pointer,
};

/// The keys of composer.json that are made of other parts of a spec, and of which.
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
                Diagnostic::new(Rule::ComposerKey, format!("`{key}` of composer.json is made of {of}"))
                    .at(context.spans.key(&route))
                    .reason("what stands in two places disagrees one day")
                    .help("remove it here and write it there"),
            );
        }
    }
    let namespace = format!("{}\\", context.spec.module.name.namespace());
    let roots = context.spec.composer.iter().find(|(key, _)| *key == "autoload");
    if roots.and_then(|(_, autoload)| autoload.get("psr-4")?.get(&namespace)).is_some() {
        findings.push(
            Diagnostic::new(Rule::ComposerKey, format!("the namespace `{namespace}` is mapped already"))
                .at(context.spans.key(&pointer!["composer", "autoload", "psr-4", namespace]))
                .reason("composer.json maps the module's namespace to the folder of the module")
                .help("remove it; `source` under [module] names another folder"),
        );
    }
    findings
}
