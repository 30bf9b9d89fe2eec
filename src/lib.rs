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
//! integration.toml ─load→ spec ─check→ findings ─lower→ model ─emit→ tree ─compare→ changes ─write→ disk
//!                               ↑ catalog
//! ```
//!
//! Each stage is a module with a type that the next one takes. [`cli`](crate::cli) is behind the default feature `cli`; without
//! it the library builds neither clap nor the crates for terminals.

#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]

pub mod catalog;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod describe;
pub mod diag;
pub mod diff;
pub mod emit;
pub mod formats;
pub mod import;
pub mod magento;
pub mod model;
pub mod module;
pub mod names;
pub mod plan;
pub mod spec;
pub mod traffic;
pub mod tree;
pub mod write;

use catalog::Catalog;
use diag::{Level, Report, Source};
use model::Module;
use tree::{Tree, TreePath};

/// What became of a spec.
#[derive(Debug)]
pub struct Compilation {
    /// Everything that was found.
    pub report: Report,
    /// The module; none if there was an error in what it is made of.
    pub module: Option<Module>,
    /// Its files; empty if there was an error.
    pub tree: Tree,
}

/// Compiles a spec for an empty folder: the whole pipeline but for the disk.
#[must_use]
pub fn compile(source: Source, catalog: &Catalog) -> Compilation {
    compile_onto(source, catalog, &|_| None)
}

/// Compiles a spec. `on_disk` gives the bytes of a file in the folder that the module is made for: a few files go on
/// from what is there.
#[must_use]
pub fn compile_onto(
    source: Source,
    catalog: &Catalog,
    on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>,
) -> Compilation {
    let loaded = spec::load(&source);
    let checked = check::check(&loaded, catalog);
    let mut findings = checked.findings;
    let is_sound = findings.iter().all(|finding| finding.level != Level::Error);
    let (Some(spec), Some(scope), true) = (&loaded.spec, &checked.scope, is_sound) else {
        return Compilation { report: Report::new(source, findings), module: None, tree: Tree::default() };
    };
    let module = model::lower(spec, catalog, &scope.target, &scope.acl, &scope.selections);
    let mut tree = emit::emit_onto(&module, on_disk);
    findings.extend(check::check_files(&loaded, spec, tree.paths().map(TreePath::as_str)));
    let translations = spec.i18n.locales.iter().map(|locale| emit::translations(&module, locale, on_disk));
    findings.extend(check::check_translations(&loaded, spec, translations));
    for path in spec.files.unmanaged.iter().filter_map(|path| TreePath::new(path.as_str()).ok()) {
        tree.release(path);
    }
    let unfit = module::unfit(&tree, on_disk);
    findings.extend(check::check_seeded(&loaded, spec, &module, &unfit));
    Compilation { report: Report::new(source, findings), module: Some(module), tree }
}
