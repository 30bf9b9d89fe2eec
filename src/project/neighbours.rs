//! Other specs of a workspace, which one spec may be in conflict with.

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    CatalogStore, Project, Roots, conflicts,
    head::{Claim, SpecHead, claims_of},
    specs,
};

/// Largest number of files and directories that are looked at.
const MOST_ENTRIES: usize = 50_000;

/// Largest number of specs that are read.
const MOST_SPECS: usize = 1000;

/// Specs of a workspace as they are on disk, with the names that no two of them may have.
#[derive(Debug, Default)]
pub struct Neighbours {
    specs: Vec<(Utf8PathBuf, Vec<Claim>)>,
}

impl Neighbours {
    /// Reads the specs below directories.
    #[must_use]
    pub fn below(dirs: &[Utf8PathBuf]) -> Self {
        let found = dirs.iter().flat_map(|dir| specs::some_below(dir, MOST_ENTRIES)).take(MOST_SPECS);
        let heads = found.map(|spec| SpecHead::read(spec, Roots::Unwritten, false));
        Self { specs: heads.map(|head| (head.spec, head.claims)).collect() }
    }

    /// Adds the findings about a project that has names of others, as a check of all of them finds them.
    pub fn compare(&self, project: &mut Project, catalogs: &CatalogStore) {
        let Some(own) = project.loaded.spec.as_ref().map(claims_of) else { return };
        let is_same = |other: &Utf8Path| real(other) == real(&project.spec);
        let rivals = self.specs.iter().filter(|(_, claims)| claims.iter().any(|claim| own.contains(claim)));
        let rivals: Vec<&Utf8PathBuf> = rivals.map(|(spec, _)| spec).filter(|spec| !is_same(spec)).collect();
        let compiled = rivals.into_iter().map(|spec| {
            let head = SpecHead::read(spec.clone(), Roots::Unwritten, true);
            Project::compile(head, catalogs, false)
        });
        let mut compiled: Vec<Project> = compiled.collect();
        let mut all: Vec<&mut Project> = std::iter::once(project).chain(&mut compiled).collect();
        conflicts::one_name_each(&mut all);
        conflicts::one_command_prefix_each(&mut all, false);
    }
}

fn real(path: &Utf8Path) -> Utf8PathBuf {
    path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned())
}
