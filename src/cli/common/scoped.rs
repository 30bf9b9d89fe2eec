//! A spec, looked up in the catalog but not compiled.

use std::io;

use camino::Utf8Path;

use super::{input, tell_reports};
use crate::{
    catalog::Catalog,
    check::{Scope, check},
    cli::Outcome,
    diag::Report,
    spec::{self, Spec},
};

/// A spec without an error, and what it names.
pub(in crate::cli) struct Scoped {
    pub(in crate::cli) spec: Spec,
    pub(in crate::cli) scope: Scope,
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
        let checked = check(&loaded, catalog);
        let report = Report::new(source, checked.findings);
        if tell_reports([&report])? == Outcome::Failed {
            return Ok(None);
        }
        Ok(loaded.spec.zip(checked.scope).map(|(spec, scope)| Self { spec, scope }))
    }
}
