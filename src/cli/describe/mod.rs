//! API documents for the systems that a module talks to.

pub(super) mod asyncapi;
pub(super) mod openapi;

use camino::Utf8Path;

use crate::{
    catalog::Catalog,
    cli::output::print_findings,
    compile,
    diag::Failure,
    model::Module,
    project::{one_spec, read},
};

/// Compiles one spec. Its findings go to standard error.
///
/// # Errors
/// Unreadable spec, or errors in it.
fn module(spec: &Utf8Path, catalog: &Catalog) -> Result<Module, Failure> {
    let compilation = compile(read(&one_spec(spec)?)?, catalog);
    match compilation.module.filter(|_| !compilation.report.has_errors()) {
        Some(module) => {
            print_findings([&compilation.report])?;
            Ok(module)
        }
        None => Err(compilation.report.into()),
    }
}
