//! Compiles one `integration.toml` into a complete Magento 2 integration module.
//!
//! ```
//! use magespec::{catalog::Catalog, compile, diag::Source};
//!
//! let spec = r#"
//! module = { name = "Acme_Orders", description = "Lets the warehouse read orders", version = "1.0.0" }
//! target = { magento = ">=2.4.6 <2.4.8" }
//! integration = [{ name = "Acme Orders", email = "it@acme.com", calls = ["GET /V1/orders"] }]
//! "#;
//! let compilation = compile(Source::new("integration.toml", spec), &Catalog::bundled());
//! assert!(!compilation.report.has_errors());
//! for (path, file) in compilation.tree.iter() {
//!     println!("{path}: {} bytes", file.contents.len());
//! }
//! # let integration = compilation.tree.iter().find(|(path, _)| path.as_str() == "etc/integration.xml").unwrap();
//! # assert!(String::from_utf8_lossy(&integration.1.contents).contains("Magento_Sales::actions_view"));
//! ```
//!
//! # The pipeline
//!
//! ```text
//! integration.toml ─load→ Spec ─resolve→ Resolved ─check→ findings ─lower→ Module ─emit→ Tree ─check→ findings
//!                                  ↑ Catalog                                        └─compare→ Changes ─write→ disk
//! ```
//!
//! Each stage is a module with a type that the next one takes. `cli` is behind the default feature `cli`; without
//! it the library builds neither clap nor the crates for terminals.

// Rooms hold the parts of pages and documents that commands put together.
#![cfg_attr(not(feature = "cli"), allow(dead_code, unused_imports))]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]

mod bounded;
pub mod catalog;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod deploy;
pub mod describe;
pub mod diag;
pub mod diff;
mod digest;
pub mod emit;
pub mod import;
pub mod interrupt;
#[cfg(feature = "cli")]
mod lsp;
pub mod magento;
mod markup;
pub mod mock;
pub mod model;
pub mod module;
pub mod names;
pub mod oauth;
pub mod parsers;
pub mod plan;
pub mod project;
pub mod resolve;
pub mod spec;
pub mod traffic;
pub mod tree;
pub mod write;

use catalog::{Catalog, Catalogs};
use diag::{Level, Report, Source};
use model::Module;
use resolve::{Resolved, Views};
use spec::Loaded;
use tree::{Tree, TreePath};

/// A compiled spec, with the result of every stage.
#[derive(Debug)]
pub struct Compilation {
    /// The source and all findings.
    pub report: Report,
    /// The spec as written, and the place of each key and value in the source.
    pub loaded: Loaded,
    /// The spec, looked up in the releases or shops in question; none if it could not be read or its target has no
    /// releases.
    pub resolved: Option<Resolved>,
    /// The module; none if the spec has an error.
    pub module: Option<Module>,
    /// The module's files; empty if the spec has an error.
    pub tree: Tree,
}

/// Compiles a spec for an empty folder: the whole pipeline, without reading the disk.
#[must_use]
pub fn compile(source: Source, catalog: &Catalog) -> Compilation {
    compile_onto(source, catalog, &|_| None)
}

/// Compiles a spec. `on_disk` returns the bytes of a file in the module's folder: a few files are updated from their
/// existing contents.
#[must_use]
pub fn compile_onto(
    source: Source,
    catalog: &Catalog,
    on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>,
) -> Compilation {
    let loaded = spec::load(&source);
    let catalogs = Catalogs::from(catalog).of_edition(loaded.edition());
    compile_loaded(source, loaded, catalogs, on_disk)
}

/// Compiles an already loaded spec with all its catalogs.
#[must_use]
pub fn compile_loaded(
    source: Source,
    loaded: Loaded,
    catalogs: Catalogs<'_>,
    on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>,
) -> Compilation {
    let views = Views::of(&loaded, catalogs);
    let mut findings = check::views(&loaded, &views, catalogs);
    let is_sound = findings.iter().all(|finding| finding.level != Level::Error);
    let (mut module, mut tree) = (None, Tree::default());
    if let (Some(spec), Ok(resolved), Some(target), true) =
        (&loaded.spec, &views.spec, views.target(), is_sound)
    {
        let lowered = model::lower(spec, catalogs, resolved, target);
        tree = emit::emit_onto(&lowered, on_disk);
        for path in spec.files.unmanaged.iter().filter_map(|path| TreePath::new(path.as_str()).ok()) {
            tree.release(path);
        }
        findings.extend(check::output(&loaded, &lowered, &tree, on_disk));
        module = Some(lowered);
    }
    Compilation { report: Report::new(source, findings), loaded, resolved: views.in_question(), module, tree }
}
