//! API documents for the systems that a module talks to.

pub(super) mod asyncapi;
pub(super) mod openapi;

use camino::Utf8Path;

use crate::{
    cli::output::print_findings,
    compile_loaded,
    diag::Failure,
    model::Module,
    project::{CatalogStore, SpecCatalogs, one_spec, read},
    spec::load,
};

/// Compiles one spec. Also returns its catalogs. Its findings go to standard error.
///
/// # Errors
/// Unreadable spec, or errors in it.
fn module(spec: &Utf8Path, store: &CatalogStore) -> Result<(Module, SpecCatalogs), Failure> {
    let spec = one_spec(spec)?;
    let source = read(&spec)?;
    let mut loaded = load(&source);
    let catalogs = store.of(&spec, &mut loaded);
    let compilation = compile_loaded(source, loaded, catalogs.get(), &|_| None);
    match compilation.module.filter(|_| !compilation.report.has_errors()) {
        Some(module) => {
            print_findings([&compilation.report])?;
            Ok((module, catalogs))
        }
        None => Err(compilation.report.into()),
    }
}
