//! Requirements compared with what the releases of the target ship.

use crate::{
    catalog::{Constraint, Release, ReleaseSet},
    check::{Context, Resolved},
    diag::{Diagnostic, Rule},
    spec::{Edition, pointer},
};

/// Reports requirements with which Composer cannot install the module on a release of the target.
pub(in crate::check) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let releases = resolved.target.releases;
    let mut findings = Vec::new();
    for (name, written) in &context.spec.module.require {
        let (name, written) = (name.as_str(), written.as_str());
        let Ok(constraint) = exact(written).parse::<Constraint>() else { continue };
        let fits = match name {
            "php" => context.catalog.running_on(&constraint),
            _ => match context.catalog.shipping(name, &constraint) {
                Some(fits) => fits,
                None if is_shipped_by_none(context, name) => ReleaseSet::default(),
                None => continue,
            },
        };
        let lacking = releases - fits;
        if lacking.is_empty() {
            continue;
        }
        let message =
            format!("`{name}` {written} cannot be installed in {}", context.catalog.describe(lacking));
        let narrow = || context.narrow(releases & fits, Rule::NotInstallable);
        let help = match (instead(context, resolved, name), (releases & fits).is_empty()) {
            (Some(instead), true) => format!("write \"{instead}\""),
            (Some(instead), false) => format!("write \"{instead}\", or {}", narrow()),
            (None, true) => "remove it, or write \"*\" if the package is in the shop".to_owned(),
            (None, false) => narrow(),
        };
        findings.push(
            Diagnostic::new(Rule::NotInstallable, message)
                .at(context.spans.value(&pointer!["module", "require", name]))
                .reason(reason(context, name, lacking))
                .help(help),
        );
    }
    findings
}

/// A version without an operator is that version alone to Composer, not its patches.
fn exact(constraint: &str) -> String {
    let words: Vec<&str> = constraint.split_whitespace().collect();
    let is_version = |word: &str| {
        word.split('.').count() == 3 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    let is_joined = |word: Option<&&str>| {
        word.is_some_and(|word| matches!(*word, "-" | ">" | ">=" | "<" | "<=" | "=" | "==" | "!=" | "<>"))
    };
    let word = |(at, word): (usize, &&str)| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let is_alone = is_version(word) && !is_joined(before) && words.get(at + 1) != Some(&"-");
        if is_alone { format!("={word}") } else { (*word).to_owned() }
    };
    words.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

/// Returns true for a package of Magento that no release ships. Sample data and Adobe Commerce have their own.
fn is_shipped_by_none(context: &Context<'_>, package: &str) -> bool {
    let is_of_core = package.starts_with("magento/module-") && !package.contains("sample-data");
    is_of_core && context.catalog.shop().is_none() && context.spec.target.edition != Edition::Commerce
}

/// Constraint that all releases of the target satisfy.
pub(in crate::check) fn instead(context: &Context<'_>, resolved: &Resolved, package: &str) -> Option<String> {
    match package {
        "php" => Some(context.catalog.php(&resolved.target).constraint),
        "magento/framework" => Some(context.catalog.framework(&resolved.target)),
        _ => None,
    }
}

fn reason(context: &Context<'_>, package: &str, lacking: ReleaseSet) -> String {
    let first = lacking.first().map(|id| context.catalog.release(id));
    let fact = |fact: &dyn Fn(&Release) -> String| first.map(fact).unwrap_or_default();
    match package {
        "php" => fact(&|release| format!("{} runs on PHP {}", release.version, release.php)),
        "magento/framework" => {
            fact(&|release| format!("{} has magento/framework {}", release.version, release.framework))
        }
        _ => "Composer installs a module only if each package that it requires is in the shop, in an allowed version"
            .to_owned(),
    }
}
