//! Spec resolved against the catalog, but not compiled.

use camino::Utf8Path;

use super::input;
use crate::{
    catalog::Catalog,
    check,
    diag::Report,
    resolve::{Resolved, resolve},
    spec::{self, Spec},
};

/// Spec without errors, resolved.
#[derive(Debug)]
pub struct ResolvedSpec {
    /// Spec as written.
    pub spec: Spec,
    /// Its target, resources and calls, looked up in the catalog.
    pub resolved: Resolved,
}

impl ResolvedSpec {
    /// Reads and resolves a spec. Also returns its findings; no spec if there are errors.
    #[must_use]
    pub fn read(path: &Utf8Path, catalog: &Catalog) -> (Option<Self>, Report) {
        let source = match input::read(path) {
            Ok(source) => source,
            Err(report) => return (None, report),
        };
        let loaded = spec::load(&source);
        let resolved = resolve(&loaded, catalog);
        let report = Report::new(source, check::spec(&loaded, resolved.as_ref(), catalog));
        let scoped = loaded.spec.zip(resolved.ok()).map(|(spec, resolved)| Self { spec, resolved });
        (scoped.filter(|_| !report.has_errors()), report)
    }
}
