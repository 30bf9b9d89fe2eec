//! Compilation of many specs.

use std::sync::atomic::{AtomicUsize, Ordering};

use camino::Utf8PathBuf;
use rayon::prelude::*;

use super::{CatalogStore, Project, Roots, conflicts, head::SpecHead};
use crate::diag::Failure;

/// Number of specs of a run that are read once. Further ones are read again when they are compiled, so that they take no
/// memory until then.
const READ_ONCE: usize = 1024;

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
    compile_each(specs, catalogs, roots, denies_warnings, progress, |project| project)
}

/// Compiles the specs, finds conflicts between them, and keeps what `then` makes of each: thousands of specs with their
/// files take a lot of memory. Calls `progress` with the number of finished specs and of all.
///
/// # Errors
/// Two specs with the same output root.
pub fn compile_each<T: Send>(
    specs: Vec<Utf8PathBuf>,
    catalogs: &CatalogStore,
    roots: Roots<'_>,
    denies_warnings: bool,
    progress: &(dyn Fn(usize, usize) + Sync),
    then: impl Fn(Project) -> T + Send + Sync,
) -> Result<Vec<T>, Failure> {
    let (count, done) = (specs.len(), AtomicUsize::new(0));
    progress(0, count);
    let numbered = specs.into_iter().enumerate().collect();
    let heads = each(numbered, |(at, spec)| SpecHead::read(spec, roots, at < READ_ONCE));
    if roots != Roots::Unwritten {
        conflicts::one_root_each(&heads)?;
    }
    let compile = |head| Project::compile(head, catalogs, denies_warnings);
    // Only sound specs get into each other's way.
    let shared = conflicts::shared_claims(&heads);
    let mut stages = each(heads, |head| match head.claims.iter().any(|claim| shared.contains(claim)) {
        true => Stage::Compiled(Box::new(compile(head))),
        false => Stage::Read(Box::new(head)),
    });
    let compiled = stages.iter_mut().filter_map(|stage| match stage {
        Stage::Read(_) => None,
        Stage::Compiled(project) => Some(&mut **project),
    });
    let mut compiled: Vec<&mut Project> = compiled.collect();
    conflicts::one_name_each(&mut compiled, denies_warnings);
    let finish = |stage| {
        let made = then(match stage {
            Stage::Read(head) => compile(*head),
            Stage::Compiled(project) => *project,
        });
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, count);
        made
    };
    Ok(each(stages, finish))
}

/// Spec of a run.
enum Stage {
    Read(Box<SpecHead>),
    Compiled(Box<Project>),
}
