//! Names that a module had before.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    rc::Rc,
    time::SystemTime,
};

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    bounded,
    diag::Source,
    import, module,
    project::{self, Project, SPEC_FILE},
    spec::{RenamedKind, Spec, load},
    tree::{Disk, LOCK_FILE, place},
};

/// Largest file that names the data of a repository, in bytes.
const MAX_LINK: u64 = 4096;

/// Names that a module had before, each with the state that has it.
#[derive(Debug, Default)]
pub(in crate::lsp) struct EarlierNames {
    /// The first that has a name counts.
    states: Vec<Rc<FormerState>>,
}

/// Earlier state of a module.
#[derive(Debug)]
struct FormerState {
    title: &'static str,
    /// Files that say whether it is still the same.
    marks: Vec<FileStamp>,
    /// Names with the tables that declare them.
    names: BTreeSet<(&'static str, String)>,
}

/// File as it was when it was looked at.
type FileStamp = (Utf8PathBuf, Option<(u64, SystemTime)>);

impl EarlierNames {
    /// Names in a table of the spec, such as `acl`, with the state that has each.
    pub(in crate::lsp) fn of(&self, table: &str) -> impl Iterator<Item = (&str, &'static str)> {
        let mut first: BTreeMap<&str, &'static str> = BTreeMap::new();
        for state in &self.states {
            for (_, name) in state.names.iter().filter(|(of, _)| *of == table) {
                first.entry(name).or_insert(state.title);
            }
        }
        first.into_iter()
    }

    /// Adds the names in the files that the last build generated.
    pub(super) fn add_generated(&mut self, project: &Project, before: &Self) {
        let source = project.loaded.spec.as_ref().and_then(|spec| spec.module.source.as_ref());
        let inside =
            source.map_or_else(|| "etc/module.xml".into(), |source| format!("{source}/etc/module.xml"));
        let root = place(&project.root);
        let marks = [root.join(LOCK_FILE), root.join(&inside)];
        self.add("in the generated files", &marks, before, || {
            let disk = Disk::open(root).ok()?;
            let module = module::around(&disk, Utf8Path::new(&inside))?;
            import::read(&disk, &module, &project.root, None, None).spec
        });
    }

    /// Adds the names in the spec as it was committed last to the repository that keeps its data in a directory.
    pub(super) fn add_committed(&mut self, spec: &Utf8Path, git_dir: &Utf8Path, before: &Self) {
        // Each commit and each checkout is noted in the log.
        let marks = [git_dir.join("HEAD"), git_dir.join("logs/HEAD")];
        self.add("in the last commit", &marks, before, || project::committed(spec));
    }

    /// Adds the names in the spec as it was saved last.
    pub(super) fn add_saved(&mut self, spec: &Utf8Path, before: &Self) {
        self.add("in the saved spec", &[spec.to_owned()], before, || Some(project::read(spec).ok()?.text));
    }

    /// Adds a state, which is read only if one of its marks differs from what it was `before`.
    fn add(
        &mut self,
        title: &'static str,
        marks: &[Utf8PathBuf],
        before: &Self,
        read: impl FnOnce() -> Option<String>,
    ) {
        let marks: Vec<FileStamp> = marks.iter().map(|file| (file.clone(), seen(file))).collect();
        let known = before.states.iter().find(|state| state.title == title && state.marks == marks);
        self.states.push(known.map(Rc::clone).unwrap_or_else(|| {
            let spec = read().and_then(|text| load(&Source::new(SPEC_FILE, text)).spec);
            Rc::new(FormerState { title, marks, names: spec.iter().flat_map(names).collect() })
        }));
    }
}

/// Size of a file and the time of its last change.
fn seen(file: &Utf8Path) -> Option<(u64, SystemTime)> {
    let metadata = fs::metadata(file).ok()?;
    Some((metadata.len(), metadata.modified().ok()?))
}

/// Directory with the data of the git repository around a directory: `.git`, or for a worktree or a submodule the one that
/// the file of that name leads to.
pub(super) fn git_dir(dir: &Utf8Path) -> Option<Utf8PathBuf> {
    let real = dir.canonicalize_utf8().ok()?;
    real.ancestors().find_map(|dir| {
        let git = dir.join(".git");
        if git.is_dir() {
            return Some(git);
        }
        let link = String::from_utf8(bounded::file(&git, MAX_LINK).ok()?).ok()?;
        Some(dir.join(link.strip_prefix("gitdir:")?.trim()))
    })
}

/// Names that a shop or a receiver knows, with their tables.
fn names(spec: &Spec) -> impl Iterator<Item = (&'static str, String)> {
    let integrations = spec.integration.iter().map(|it| ("integration", it.name.to_string()));
    let others = spec.renamables().into_iter().map(|it| {
        let table = match it.kind {
            RenamedKind::Setting => "setting",
            RenamedKind::Job => "cron",
            RenamedKind::Topic => "webhook",
            RenamedKind::Resource => "acl",
        };
        (table, it.present)
    });
    integrations.chain(others)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_again_when_one_of_its_files_differs() {
        let dir = tempfile::tempdir().unwrap();
        let file = Utf8PathBuf::from_path_buf(dir.path().join("spec")).unwrap();
        fs::write(&file, "a").unwrap();
        let marks = [file.clone()];
        let count = |before: &EarlierNames, title| {
            let (mut names, mut reads) = (EarlierNames::default(), 0);
            names.add(title, &marks, before, || {
                reads += 1;
                None
            });
            (names, reads)
        };
        let (first, reads) = count(&EarlierNames::default(), "saved");
        assert_eq!(reads, 1);
        assert_eq!([count(&first, "saved").1, count(&first, "committed").1], [0, 1]);
        fs::write(&file, "ab").unwrap();
        assert_eq!(count(&first, "saved").1, 1);
    }
}
