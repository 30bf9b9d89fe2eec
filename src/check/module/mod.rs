//! Rules on `[module]`: dependencies, sequence, composer.json, target, files.

pub(super) mod composer;
pub(super) mod files;
mod mage_os;
pub(super) mod require;
pub(super) mod target;

use super::Context;
use crate::{
    catalog::check_package_constraint,
    diag::{Diagnostic, Help, Rule},
    names::PackageName,
    spec::pointer,
};

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let module = &context.spec.module;
    let package = module.package.clone().unwrap_or_else(|| PackageName::from(&module.name));
    let mut findings = Vec::new();
    for (name, constraint) in &module.require {
        let route = pointer!["module", "require", name];
        if name.as_str() == package.as_str() {
            findings.push(
                Diagnostic::new(Rule::RequiresItself, format!("`{package}` requires itself"))
                    .at(context.spans.key(&route))
                    .reason("it is this module's package; Composer rejects a package that requires itself")
                    .help("remove this line"),
            );
        }
        if let Err(error) = check_package_constraint(constraint.as_str()) {
            findings.push(
                context
                    .constraint_error(Rule::RequireSyntax, &route, constraint.as_str(), &error)
                    .reason("Composer rejects a package with a constraint that it cannot parse"),
            );
        }
    }
    let itself = module.sequence.iter().enumerate().filter(|(_, other)| **other == module.name);
    findings.extend(itself.map(|(at, name)| {
        Diagnostic::new(Rule::RequiresItself, format!("`{name}` is in its own sequence"))
            .at(context.spans.value(&pointer!["module", "sequence", at]))
            .reason("Magento stops at a circular module sequence")
            .help(Help::new(format!("remove \"{name}\" from `sequence`")).removal())
            .module_help("remove it from <sequence>")
    }));
    findings
}
