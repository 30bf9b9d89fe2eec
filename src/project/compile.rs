//! Compilation of many specs.

use std::sync::atomic::{AtomicUsize, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::{CatalogStore, Project, conflicts};
use crate::diag::Failure;

/// Output roots of modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Roots<'a> {
    /// No output: the specs are only checked.
    Unwritten,
    /// Directory of each spec.
    BesideSpecs,
    /// This directory.
    At(&'a Utf8Path),
}

/// Compiles the specs and finds conflicts between them. Calls `progress` with the number of finished specs and of all.
///
/// # Errors
/// Two specs with the same output root.
pub fn compile_all(
    specs: Vec<Utf8PathBuf>,
    catalogs: &CatalogStore,
    roots: Roots<'_>,
    denies_warnings: bool,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Vec<Project>, Failure> {
    let root = |spec: &Utf8PathBuf| match roots {
        Roots::At(root) => root.to_owned(),
        Roots::BesideSpecs | Roots::Unwritten => directory_of(spec).to_owned(),
    };
    let all: Vec<Utf8PathBuf> = specs.iter().map(root).collect();
    if roots != Roots::Unwritten {
        conflicts::one_root_each(&specs, &all)?;
    }
    let (count, done) = (specs.len(), AtomicUsize::new(0));
    progress(0, count);
    let compile = |(spec, root)| {
        let project = Project::compile(spec, root, catalogs, denies_warnings);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, count);
        project
    };
    let mut projects: Vec<Project> = specs.into_par_iter().zip(all).map(compile).collect();
    conflicts::one_name_each(&mut projects);
    Ok(projects)
}

/// Default output root of a spec.
fn directory_of(spec: &Utf8Path) -> &Utf8Path {
    spec.parent().unwrap_or(Utf8Path::new(""))
}
