//! A spec, looked up in the catalog but not compiled.

use camino::Utf8Path;

use super::input;
use crate::{
    catalog::Catalog,
    check,
    diag::Report,
    resolve::{Resolved, resolve},
    spec::{self, Spec},
};

/// A spec without an error, and what it names.
#[derive(Debug)]
pub struct Scoped {
    /// The spec as written.
    pub spec: Spec,
    /// What it names.
    pub resolved: Resolved,
}

impl Scoped {
    /// Reads a spec. Returns its findings too; no spec if there are errors.
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
