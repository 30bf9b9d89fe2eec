//! Versions of Magento's packages that exist nowhere.

use super::ExistingModule;
use crate::{
    catalog::{Catalog, Constraint},
    check::module::require::instead,
    diag::{Diagnostic, Rule},
    spec::pointer,
};

/// Returns true for a Magento package in a version that no release has.
pub(crate) fn exists_nowhere(catalog: &Catalog, package: &str, constraint: &str) -> bool {
    let constraint = constraint.parse::<Constraint>().ok();
    constraint.and_then(|it| catalog.shipping(package, &it)).is_some_and(|them| them.is_empty())
}

pub(super) fn check(module: &ExistingModule<'_>) -> Vec<Diagnostic> {
    let ExistingModule { context, resolved, .. } = module;
    let require = context.spec.module.require.iter();
    let nowhere =
        require.filter(|(package, it)| exists_nowhere(context.catalog, package.as_str(), it.as_str()));
    let finding = |(package, constraint): (&crate::names::Requirement, &crate::names::Line)| {
        let message = format!("no Magento release has {package} {constraint}");
        let help = match instead(context, resolved, package.as_str()) {
            Some(instead) => format!("write \"{instead}\""),
            None => "remove it, or write \"*\"".to_owned(),
        };
        Diagnostic::new(Rule::RequirementMatchesNothing, message)
            .at(context.spans.value(&pointer!["module", "require", package]))
            .reason("Composer cannot install the module: Magento's packages have their own version numbers, such as 103.0.7 for the framework of 2.4.7")
            .help(help)
    };
    nowhere.map(finding).collect()
}
