//! magespec compiles one `integration.toml` into a complete Magento 2 integration module.
//!
//! ```text
//! integration.toml ─load→ spec ─check→ findings ─lower→ model ─emit→ tree ─compare→ changes ─write→ disk
//!                               ↑ catalog
//! ```

#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]

pub mod catalog;
pub mod check;
pub mod cli;
pub mod diag;
pub mod diff;
pub mod emit;
pub mod model;
pub mod names;
pub mod spec;
pub mod tree;
pub mod write;

use catalog::Catalog;
use diag::{Report, Source};
use model::Module;
use tree::Tree;

/// What became of a spec.
#[derive(Debug)]
pub struct Compilation {
    /// Everything that was found.
    pub report: Report,
    /// The module; none if there was an error.
    pub module: Option<Module>,
    /// Its files; empty if there was an error.
    pub tree: Tree,
}

/// Compiles a spec: the whole pipeline but for the disk.
#[must_use]
pub fn compile(source: Source, catalog: &Catalog) -> Compilation {
    let loaded = spec::load(&source);
    let checked = check::check(&loaded, catalog);
    let report = Report::new(source, checked.findings);
    let module = match (&loaded.spec, &checked.scope) {
        (Some(spec), Some(scope)) if !report.has_errors() => {
            Some(model::lower(spec, catalog, &scope.target, &scope.acl, &scope.selections))
        }
        _ => None,
    };
    let tree = module.as_ref().map(emit::emit).unwrap_or_default();
    Compilation { report, module, tree }
}
