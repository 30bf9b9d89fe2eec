//! Resolves `[target]`, a constraint over Magento releases.

use crate::{
    catalog::{Catalog, Constraint, ConstraintError, Target, behaviour},
    spec::{IntegrationFormat, Spec},
};

/// Reasons why a spec cannot be resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unresolved {
    /// Too little of the document could be read.
    NoSpec,
    /// Invalid constraint.
    Syntax(ConstraintError),
    /// Constraint that allows no release of the catalog.
    NoRelease(Constraint),
    /// Target with 2.0 and later releases, which read integrations from other files.
    CrossesLegacy(Box<Target>),
    /// Patterns that match too many resources in all.
    TooManyMatches(Box<Target>),
}

/// Resolves the releases of the target.
pub(super) fn resolve(spec: &Spec, catalog: &Catalog) -> Result<Target, Unresolved> {
    let constraint: Constraint = spec.target.magento.as_str().parse().map_err(Unresolved::Syntax)?;
    let target = catalog.resolve(&constraint).ok_or(Unresolved::NoRelease(constraint))?;
    let legacy = catalog.those(target.releases, behaviour::is_legacy);
    let crosses = !legacy.is_empty() && legacy != target.releases;
    if crosses && spec.module.format != IntegrationFormat::Legacy {
        return Err(Unresolved::CrossesLegacy(Box::new(target)));
    }
    Ok(target)
}
