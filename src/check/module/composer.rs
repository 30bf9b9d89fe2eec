//! Rules on `[composer]`.

use crate::{
    check::Context,
    diag::{Diagnostic, Help, Rule},
    spec::pointer,
};

/// Keys of composer.json that are generated, each with its source in the spec.
const DERIVED: &[(&str, &str)] = &[
    ("name", "from `package` under [module]"),
    ("description", "from `description` under [module]"),
    ("type", "and always magento2-module"),
    ("version", "from `version` under [module]"),
    ("keywords", "from `keywords` under [module]"),
    ("homepage", "from `homepage` under [module]"),
    ("license", "from `license` under [module]"),
    ("authors", "from [[module.authors]]"),
    ("require", "from [target], the resources, and `require` under [module]"),
];

/// Keys that [composer] may have if [module] does not, in a form that [module] does not take.
const OPTIONAL: &[&str] = &["version", "keywords", "homepage", "license", "authors"];

pub(in crate::check) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    // A composer.json without a spec is not generated.
    if context.is_sketch {
        return findings;
    }
    for (key, _) in context.spec.composer.iter() {
        let is_optional = OPTIONAL.contains(&key) && context.spans.key(&pointer!["module", key]).is_none();
        let derived = DERIVED.iter().find(|(derived, _)| *derived == key).filter(|_| !is_optional);
        if let Some((_, of)) = derived {
            let route = pointer!["composer", key];
            findings.push(
                Diagnostic::new(Rule::ComposerKey, format!("`{key}` of composer.json is generated {of}"))
                    .at(context.spans.key(&route))
                    .reason("a value in two places can get out of sync")
                    .help(Help::new("remove it from [composer]").removal()),
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
                .help(Help::new("remove it; use `source` under [module] to choose another folder").removal()),
        );
    }
    findings
}
