//! Files at a git revision, read with the git command.

use std::{
    io,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::Arc,
    thread,
};

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    bounded,
    catalog::Shop,
    diag::{Failure, io_reason},
    interrupt,
    project::catalog::{MAX_BYTES, parse_shop},
    tree::{LOCK_FILE, real_place},
    write::TemporaryFolder,
};

/// Size limit for what git prints, other than files.
const MAX_OUTPUT: u64 = 1 << 20;

/// Content of a path at a revision.
pub(super) enum AtRevision {
    /// No content: the spec is newer than the revision.
    Nothing,
    /// A spec.
    Spec {
        /// Its text.
        text: String,
        /// Files beside it.
        files: FilesAtRevision,
    },
    /// Directory, checked out.
    Directory(TemporaryFolder),
}

/// Reads `REV` or `REV:PATH`; the default path is that of the spec.
///
/// # Errors
/// Error of git, or git is missing.
pub(super) fn read(revision: &str, spec: &Utf8Path) -> Result<AtRevision, Failure> {
    let (revision, path) = match revision.split_once(':') {
        Some((revision, path)) => (revision, Some(Utf8Path::new(path))),
        None => (revision, None),
    };
    if revision.is_empty() || revision.starts_with('-') {
        return Err(format!("`git:{revision}` has no revision; write git:main or git:HEAD~1:PATH").into());
    }
    if path.is_none() && spec == "-" {
        return Err("a spec from standard input has no path in git; write git:REV:PATH".into());
    }
    // The spec exists and may be in another repository than the current directory; PATH may not exist any more.
    let folder = path.map_or_else(|| spec.parent(), |path| path.parent().filter(|_| path.is_absolute()));
    let dir = folder.filter(|folder| !folder.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
    let whole = path.unwrap_or(spec);
    let inside = whole.strip_prefix(dir).unwrap_or(whole);
    let git = Git { dir };
    git.run(&["rev-parse", "--quiet", "--verify", &format!("{revision}^{{commit}}")]).map_err(|error| {
        format!("unknown git revision `{revision}`{}", behind(&git.because_shallow(error)))
    })?;
    let object = format!("{revision}:./{inside}");
    match git.run(&["cat-file", "-t", &object]) {
        Err(_) if path.is_none() => Ok(AtRevision::Nothing),
        Err(error) => Err(format!("there is no {inside} in git:{revision}{}", behind(&error)).into()),
        Ok(kind) if kind.trim_ascii() == b"tree" => git.check_out(&object).map(AtRevision::Directory),
        Ok(_) => {
            let text = git
                .blob(&object, crate::spec::MAX_BYTES as u64)
                .map_err(|error| format!("cannot read git:{revision}:{inside}: {error}"))?;
            let text =
                String::from_utf8(text).map_err(|_| format!("git:{revision}:{inside} is not UTF-8"))?;
            let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
            let folder = Utf8Path::new(inside.as_str()).parent().unwrap_or(Utf8Path::new(""));
            let files = FilesAtRevision {
                dir: dir.to_owned(),
                revision: revision.to_owned(),
                folder: folder.to_owned(),
            };
            Ok(AtRevision::Spec { text, files })
        }
    }
}

/// Checks out the directory of a module as it was at a revision. None if the directory is not in the repository of the spec, or
/// none of the `marks` of a module was in it.
///
/// # Errors
/// Error of git, or git is missing.
pub(super) fn read_module(
    revision: &str,
    spec: &Utf8Path,
    root: &Utf8Path,
    marks: &[Utf8PathBuf],
) -> Result<Option<TemporaryFolder>, Failure> {
    let beside = spec.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
    let (Some(spec), Some(root)) = (real_place(beside), real_place(root)) else { return Ok(None) };
    let Some(top) = spec.ancestors().find_map(top_of) else { return Ok(None) };
    // A directory of a submodule, or of another repository, has other revisions.
    if root.ancestors().find_map(top_of).as_ref() != Some(&top) {
        return Ok(None);
    }
    let Ok(inside) = root.strip_prefix(&top) else { return Ok(None) };
    let git = Git { dir: &top };
    let object = |path: &Utf8Path| format!("{revision}:{}", path.as_str().replace('\\', "/"));
    let is_there = |mark: &Utf8Path| git.run(&["cat-file", "-e", &object(&inside.join(mark))]).is_ok();
    let mut marks = marks.iter().map(Utf8PathBuf::as_path).chain([Utf8Path::new(LOCK_FILE)]);
    if !marks.any(is_there) {
        return Ok(None);
    }
    git.check_out(&object(inside)).map(Some)
}

/// Top directory of the repository of a directory.
fn top_of(dir: &Utf8Path) -> Option<Utf8PathBuf> {
    let top = dir.is_dir().then(|| Git { dir }.run(&["rev-parse", "--show-toplevel"]))?.ok()?;
    real_place(Utf8Path::new(str::from_utf8(&top).ok()?.trim_end_matches(['\r', '\n'])))
}

/// Files of a revision, from the folder of a spec.
pub(super) struct FilesAtRevision {
    /// Directory in which git runs.
    dir: Utf8PathBuf,
    revision: String,
    /// Folder of the spec, from that directory.
    folder: Utf8PathBuf,
}

impl FilesAtRevision {
    /// Reads the shop in a file, with its path. The file is read in full only if it is not too large.
    pub(super) fn read(&self, file: &str) -> (Utf8PathBuf, Result<Arc<Shop>, String>) {
        let path = self.folder.join(file);
        let git = Git { dir: &self.dir };
        let object = format!("{}:./{path}", self.revision);
        let read = || {
            let missing = |error: String| format!("there is none in git:{}{}", self.revision, behind(&error));
            git.run(&["cat-file", "-e", &object]).map_err(missing)?;
            parse_shop(git.blob(&object, MAX_BYTES)?).map(Arc::new)
        };
        let shop = read();
        (path, shop)
    }
}

struct Git<'a> {
    dir: &'a Utf8Path,
}

impl Git<'_> {
    /// Reads a file of a revision of at most `limit` bytes.
    ///
    /// # Errors
    /// It is larger, or the error message of git.
    fn blob(&self, object: &str, limit: u64) -> Result<Vec<u8>, String> {
        self.run_with(&["cat-file", "blob", object], None, limit)
    }

    /// Runs git and returns its output.
    ///
    /// # Errors
    /// Error message of git.
    fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, String> {
        self.run_with(arguments, None, MAX_OUTPUT)
    }

    fn run_with(&self, arguments: &[&str], index: Option<&Path>, limit: u64) -> Result<Vec<u8>, String> {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.dir).args(arguments);
        command.envs(index.map(|index| ("GIT_INDEX_FILE", index)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut git = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => "git is not installed or not in PATH".to_owned(),
            _ => format!("cannot run git: {}", io_reason(&error)),
        })?;
        let (printed, said) = output(&mut git, limit);
        if printed.is_err() {
            let _ = git.kill();
        }
        let is_fine = git.wait().as_ref().is_ok_and(ExitStatus::success);
        let printed = printed.map_err(|error| io_reason(&error))?;
        if is_fine {
            return Ok(printed);
        }
        let said = String::from_utf8_lossy(&said);
        Err(said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned())
    }

    /// Names the likely reason if a revision is not known.
    fn because_shallow(&self, error: String) -> String {
        let answer = self.run(&["rev-parse", "--is-shallow-repository"]);
        match answer.is_ok_and(|answer| answer.trim_ascii() == b"true") {
            true => {
                "the clone is shallow; fetch the revision (actions/checkout: `fetch-depth: 0`)".to_owned()
            }
            false => error,
        }
    }

    /// Checks a directory of a revision out to a temporary folder, with a separate index.
    fn check_out(&self, object: &str) -> Result<TemporaryFolder, Failure> {
        let cannot = |error: &io::Error| format!("cannot check out {object}: {}", io_reason(error));
        if interrupt::requested().is_some() {
            return Err("interrupted".into());
        }
        let checkout = TemporaryFolder::new("git").map_err(|error| cannot(&error))?;
        // In the same folder, with a name that no module file has.
        let index = checkout.path().join(".git-index");
        let index = Some(index.as_std_path());
        let prefix = format!("--prefix={}/", checkout.path());
        self.run_with(&["read-tree", object], index, MAX_OUTPUT)?;
        // In a subdirectory, git would skip files outside of the same folder of the index.
        let top =
            String::from_utf8_lossy(&self.run(&["rev-parse", "--show-toplevel"])?).trim_end().to_owned();
        let top = Git { dir: Utf8Path::new(&top) };
        top.run_with(&["checkout-index", "--all", &prefix], index, MAX_OUTPUT)?;
        Ok(checkout)
    }
}

/// Message of git, as a suffix.
fn behind(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!(": {said}") }
}

/// Reads what git prints, at most `limit` bytes, and its messages.
fn output(git: &mut Child, limit: u64) -> (io::Result<Vec<u8>>, Vec<u8>) {
    let (printed, said) = (git.stdout.take(), git.stderr.take());
    thread::scope(|scope| {
        let said = scope.spawn(move || said.map_or(Ok(Vec::new()), |said| bounded::stream(said, MAX_OUTPUT)));
        let printed = printed.map_or(Ok(Vec::new()), |printed| bounded::stream(printed, limit));
        (printed, said.join().ok().and_then(Result::ok).unwrap_or_default())
    })
}
