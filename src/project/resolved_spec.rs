//! Spec resolved against the catalog, but not compiled.

use camino::Utf8Path;

use super::{CatalogStore, Project, SpecCatalogs, input};
use crate::{
    catalog::Catalog,
    check,
    diag::Report,
    resolve::{Resolved, Views},
    spec::{self, Spans, Spec},
};

/// Spec without errors, resolved.
#[derive(Debug)]
pub struct ResolvedSpec {
    /// Spec as written.
    pub spec: Spec,
    /// Places of its keys and values.
    pub spans: Spans,
    /// Its target, resources and calls, looked up in the releases or shops in question.
    pub resolved: Resolved,
    catalogs: SpecCatalogs,
}

impl ResolvedSpec {
    /// Reads and resolves a spec. Also returns its findings; no spec if there are errors.
    #[must_use]
    pub fn read(path: &Utf8Path, store: &CatalogStore) -> (Option<Self>, Report) {
        let source = match input::read(path) {
            Ok(source) => source,
            Err(report) => return (None, report),
        };
        let mut loaded = spec::load(&source);
        let catalogs = store.of(path, &mut loaded);
        let views = Views::of(&loaded, catalogs.get());
        let report = Report::new(source, check::views(&loaded, &views, catalogs.get()));
        let (spec, spans) = (loaded.spec, loaded.spans);
        let resolved = spec.zip(views.in_question());
        let scoped = resolved.map(|(spec, resolved)| Self { spec, spans, resolved, catalogs });
        (scoped.filter(|_| !report.has_errors()), report)
    }

    /// Resolves the spec of a project; none if it has errors.
    #[must_use]
    pub fn of(project: &Project) -> Option<Self> {
        let catalogs = project.catalogs.clone();
        let resolved = Views::of(&project.loaded, catalogs.get()).in_question()?;
        project.module.as_ref()?;
        let (spec, spans) = (project.loaded.spec.clone()?, project.loaded.spans.clone());
        Some(Self { spec, spans, resolved, catalogs })
    }

    /// Catalog of the releases or shops in question.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        self.catalogs.get().in_question()
    }
}
