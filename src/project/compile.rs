//! Compilation of many specs.

use std::sync::atomic::{AtomicUsize, Ordering};

use camino::Utf8PathBuf;
use rayon::prelude::*;

use super::{CatalogStore, Project, Roots, conflicts};
use crate::diag::Failure;

/// Does the same with each item, in order: with several at once if there are several, without threads for one.
pub fn each<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    if items.len() < 2 {
        items.into_iter().map(work).collect()
    } else {
        items.into_par_iter().map(work).collect()
    }
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
    let (count, done) = (specs.len(), AtomicUsize::new(0));
    progress(0, count);
    let compile = |spec| {
        let project = Project::compile(spec, roots, catalogs, denies_warnings);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, count);
        project
    };
    let mut projects = each(specs, compile);
    if roots != Roots::Unwritten {
        conflicts::one_root_each(&projects)?;
    }
    conflicts::one_name_each(&mut projects);
    conflicts::one_command_prefix_each(&mut projects, denies_warnings);
    Ok(projects)
}
