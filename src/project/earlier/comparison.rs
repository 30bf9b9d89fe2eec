//! Comparison of the files of an earlier state with those that a spec generates now.

use camino::{Utf8Path, Utf8PathBuf};

use super::{EarlierState, beside_composer_json, git, open};
use crate::{
    diag::{Failure, Source},
    diff::Comparison,
    project::{Project, Roots},
    spec::load,
    tree::{Ownership, TreePath},
};

/// Files that a spec generates now, compared with an earlier state.
#[derive(Debug)]
pub struct SinceThen {
    /// Their changes.
    pub comparison: Comparison,
    /// Statement for people on the earlier state.
    pub note: Option<String>,
}

/// Compares the files of an earlier state with those that `build` would leave: the files of the module, or those that the
/// spec of then generates if they were not committed. None if the spec has errors.
pub fn comparison_since(project: &Project, from: &Utf8Path) -> Option<Result<SinceThen, Failure>> {
    let compared = project.comparison()?;
    Some(compared.and_then(|(_, now)| {
        let state = EarlierState::of_module(from, project)?;
        let is_yours = |path: &TreePath| match project.tree.get(path) {
            Some(file) => file.ownership == Ownership::Seeded,
            None => state.lock.get(path).is_some_and(|locked| locked.kind != Ownership::Managed),
        };
        let mut changes = now.changes.since(&state.files, state.lock_text, is_yours);
        changes.files.retain(|change| !project.tree.is_released(&change.path));
        let comparison = Comparison { earlier: Some(state.title), changes, ..now };
        Ok(SinceThen { comparison, note: state.note })
    }))
}

impl EarlierState {
    /// Reads a state like [`Self::named`], but at a git revision the files of the module, if they were committed.
    fn of_module(from: &Utf8Path, project: &Project) -> Result<Self, Failure> {
        if let Some(revision) = from.as_str().strip_prefix("git:")
            && let git::AtRevision::Spec { text, .. } = git::read(revision, &project.spec)?
        {
            let path =
                revision.split_once(':').map_or(project.spec.as_path(), |(_, path)| Utf8Path::new(path));
            let loaded = load(&Source::new(from.as_str(), text));
            let then: Utf8PathBuf = Roots::OfSpecs.of(path, loaded.spec.as_ref());
            if let Some((dir, _)) = Self::checked_out(revision, path, &[&project.root, &then], project)? {
                let title = format!("the files at `{from}`");
                let disk = open(dir.path())?;
                return Self::of_files(title, None, &disk, &beside_composer_json(), project);
            }
            let state = Self::named(from, project)?;
            return Ok(Self { title: format!("the spec at `{}`, compiled", state.title), ..state });
        }
        Self::named(from, project)
    }
}
