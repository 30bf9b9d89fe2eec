//! `[target]`: a constraint over Magento releases.

use crate::{
    catalog::{Catalog, Constraint, ConstraintError, Target, behaviour},
    spec::{IntegrationFormat, Spec},
};

/// Reasons why a spec cannot be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unresolved {
    /// Too little of the document could be read.
    NoSpec,
    /// The target is not a constraint.
    Syntax(ConstraintError),
    /// The catalog has no release that the constraint allows.
    NoRelease(Constraint),
    /// The target has 2.0 together with later releases, which read integrations from other files.
    CrossesLegacy(Box<Target>),
}

/// Looks up the releases of the target.
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
