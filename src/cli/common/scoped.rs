//! A spec, looked up in the catalog but not compiled.

use std::io;

use camino::Utf8Path;

use super::{input, tell_reports};
use crate::{
    catalog::Catalog,
    check,
    cli::Outcome,
    diag::Report,
    resolve::{Resolved, resolve},
    spec::{self, Spec},
};

/// A spec without an error, and what it names.
pub(in crate::cli) struct Scoped {
    pub(in crate::cli) spec: Spec,
    pub(in crate::cli) resolved: Resolved,
}

impl Scoped {
    /// Reads a spec, and tells its errors and warnings; none if there are errors.
    ///
    /// # Errors
    /// If standard error cannot be written to.
    pub(in crate::cli) fn read(path: &Utf8Path, catalog: &Catalog) -> io::Result<Option<Self>> {
        let source = match input::read(path) {
            Ok(source) => source,
            Err(report) => return tell_reports([&report]).map(|_| None),
        };
        let loaded = spec::load(&source);
        let resolved = resolve(&loaded, catalog);
        let report = Report::new(source, check::spec(&loaded, resolved.as_ref(), catalog));
        if tell_reports([&report])? == Outcome::Failed {
            return Ok(None);
        }
        Ok(loaded.spec.zip(resolved.ok()).map(|(spec, resolved)| Self { spec, resolved }))
    }
}
