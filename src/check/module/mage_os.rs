//! Rules on a target of Mage-OS.

use crate::{
    catalog::{Catalog, Constraint, MageOsNumbers, MageOsRelease, Target},
    check::Context,
    diag::{Diagnostic, Help, Rule},
    names::Edition,
};

/// Reports numbers of Mage-OS in the target.
pub(super) fn numbers(context: &Context<'_>) -> Option<Diagnostic> {
    let target = &context.spec.target;
    let constraint: Constraint = target.magento.as_str().parse().ok()?;
    let numbers = MageOsNumbers::of(&constraint).filter(|_| target.edition == Edition::MageOs)?;
    let message = format!("`{constraint}` has the numbers of Mage-OS releases");
    let instead = numbers.in_magento(Catalog::bundled());
    Some(
        Diagnostic::new(Rule::TargetMatchesNothing, message)
            .reason(format!("`magento` names releases of Magento; {}", numbers.describe()))
            .help(Help::new(format!("write magento = \"{instead}\"")).text(instead)),
    )
}

/// Findings about the releases of Mage-OS behind the target.
pub(super) fn check(context: &Context<'_>, target: &Target) -> Option<Diagnostic> {
    if context.spec.target.edition != Edition::MageOs || context.catalog.is_of_shops() {
        return None;
    }
    let releases: Vec<&MageOsRelease> = context.catalog.mage_os_of(target.releases).collect();
    if releases.is_empty() {
        let message = format!("no known Mage-OS release is based on Magento {}", target.constraint);
        return Some(
            Diagnostic::new(Rule::TargetMatchesNothing, message)
                .reason("the first Mage-OS release, 1.0.0, is based on Magento 2.4.6-p2")
                .help(
                    "name the Magento releases behind the Mage-OS releases, for example magento = \"2.4.8\", \
                     or remove the edition",
                ),
        );
    }
    let without = releases.iter().find(|release| release.replaces_framework.is_none())?;
    let message = format!("Mage-OS {} does not replace the packages of Magento", without.version);
    Some(
        Diagnostic::new(Rule::MageOsWithoutReplace, message)
            .reason("Composer would install Magento's packages beside those of Mage-OS, because the module requires magento/framework")
            .help(format!(
                "use a later Mage-OS release that is also based on Magento {}",
                without.magento
            )),
    )
}
