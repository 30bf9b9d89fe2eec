//! Single files of the user: specs and documents.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Root, WriteError, guard, make_folders, remove_folders, run_number};
use crate::{
    interrupt,
    names::is_git_directory,
    tree::{place, staged_name},
};

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Result of [`create`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Created {
    /// Written now.
    New,
    /// Already there, with these contents.
    Same,
}

/// Creates a file, whole or not at all. Its directory must exist. If another magespec is writing to it, calls `waits`
/// with the directory and waits until that is done.
///
/// # Errors
/// Fails if it cannot be written, or if another file is there.
pub fn create(path: &Utf8Path, bytes: &[u8], waits: impl FnOnce(&Utf8Path)) -> Result<Created, WriteError> {
    let target = Destination::open(path)?;
    let _guard = guard(target.root.path(), waits);
    let _whole = interrupt::hold();
    target.remove_remains()?;
    if target.root.holds(&target.name, bytes)? {
        return Ok(Created::Same);
    }
    target.stage(bytes)?;
    let placed = target.root.rename_new(&target.staged, &target.name);
    target.placed(placed).map(|()| Created::New)
}

/// Creates a file and the directory that it is in.
///
/// # Errors
/// Fails if it cannot be written, or if another file is there: the kind is then `AlreadyExists`, and the path that of the
/// file.
pub fn create_with_folder(
    path: &Utf8Path,
    bytes: &[u8],
    waits: impl FnOnce(&Utf8Path),
) -> Result<Created, WriteError> {
    with_folder(path, || create(path, bytes, waits))
}

/// Writes a file, whole or not at all, replacing any other file. A symbolic link stays a link. Its directory must exist.
///
/// # Errors
/// Fails if it cannot be written; the old file is then unchanged.
pub fn publish(path: &Utf8Path, bytes: &[u8], waits: impl FnOnce(&Utf8Path)) -> Result<(), WriteError> {
    Destination::open(&behind_link(path))?.publish(bytes, waits)
}

/// Replaces the text of an existing file. A symbolic link stays a link, and a byte order mark is kept.
///
/// # Errors
/// Fails if it cannot be read or written; the old file is then unchanged.
pub fn edit(path: &Utf8Path, text: &str, waits: impl FnOnce(&Utf8Path)) -> Result<(), WriteError> {
    let SpecEdit { target, bytes } = SpecEdit::new(path, text, true)?;
    target.publish(&bytes, waits)
}

/// Like [`publish`], and creates the directory of the file.
///
/// # Errors
/// Fails if it cannot be written; the old file is then unchanged.
pub fn publish_with_folder(
    path: &Utf8Path,
    bytes: &[u8],
    waits: impl FnOnce(&Utf8Path),
) -> Result<(), WriteError> {
    with_folder(path, || publish(path, bytes, waits))
}

/// Writes a file that can be made again at any time, and the directory that it is in. Does not flush it to the disk.
///
/// # Errors
/// Fails if it cannot be written; the old file is then unchanged.
pub fn publish_cache(path: &Utf8Path, bytes: &[u8]) -> Result<(), WriteError> {
    with_folder(path, || Destination::open(path)?.without_sync().publish(bytes, |_| {}))
}

/// Creates the directory of a file, then the file. Removes the directory again if that fails.
fn with_folder<T>(
    path: &Utf8Path,
    operation: impl FnOnce() -> Result<T, WriteError>,
) -> Result<T, WriteError> {
    let folder = folder_of(path);
    let made = make_folders(folder).map_err(|error| WriteError::new("create", folder, error))?;
    operation().inspect_err(|_| remove_folders(&made))
}

fn folder_of(path: &Utf8Path) -> &Utf8Path {
    place(path.parent().unwrap_or(Utf8Path::new("")))
}

/// New text of an existing file, to be written together with others.
#[derive(Debug)]
pub(super) struct SpecEdit {
    target: Destination,
    bytes: Vec<u8>,
}

impl SpecEdit {
    /// Prepares the replacement of an existing file. A symbolic link stays a link, and a byte order mark is kept.
    pub(super) fn new(path: &Utf8Path, text: &str, syncs: bool) -> Result<Self, WriteError> {
        let target = Destination::open(&behind_link(path))?;
        let target = if syncs { target } else { target.without_sync() };
        let missing = || target.root.failed("write", &target.name, io::ErrorKind::NotFound.into());
        let old = target.root.read(&target.name)?.ok_or_else(missing)?;
        let mark = if old.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { &[] };
        Ok(Self { target, bytes: [mark, text.as_bytes()].concat() })
    }

    pub(super) fn stage(&self) -> Result<(), WriteError> {
        self.target.remove_remains()?;
        self.target.stage(&self.bytes)
    }

    pub(super) fn place(&self) -> Result<(), WriteError> {
        self.target.replace()
    }

    pub(super) fn undo(&self) {
        let _ = self.target.remove_remains();
    }
}

/// Follows a symbolic link to its file.
fn behind_link(path: &Utf8Path) -> Utf8PathBuf {
    match path.symlink_metadata() {
        Ok(metadata) if metadata.is_symlink() => path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned()),
        _ => path.to_owned(),
    }
}

/// A file in its opened directory.
#[derive(Debug)]
struct Destination {
    root: Root,
    name: Utf8PathBuf,
    staged: Utf8PathBuf,
}

impl Destination {
    fn open(path: &Utf8Path) -> Result<Self, WriteError> {
        let failed = |error| WriteError::new("write", path, error);
        let name = path.file_name().ok_or_else(|| failed(io::Error::other("it does not name a file")))?;
        if is_git_directory(name) {
            return Err(failed(io::Error::other("git uses that name; choose another")));
        }
        let root = Root::open(folder_of(path)).map_err(failed)?;
        let staged = staged_name(name, run_number()).into();
        Ok(Self { root, name: name.into(), staged })
    }

    fn without_sync(mut self) -> Self {
        self.root.syncs = false;
        self
    }

    fn publish(self, bytes: &[u8], waits: impl FnOnce(&Utf8Path)) -> Result<(), WriteError> {
        let _guard = guard(self.root.path(), waits);
        let _whole = interrupt::hold();
        self.root.expect_replaceable(&self.name)?;
        self.remove_remains()?;
        self.stage(bytes)?;
        self.replace()
    }

    /// Removes what a killed run left.
    fn remove_remains(&self) -> Result<(), WriteError> {
        self.root.remove_staged(Utf8Path::new(""), &[self.name.as_str()])
    }

    fn stage(&self, bytes: &[u8]) -> Result<(), WriteError> {
        self.root.create(&self.staged, bytes, &self.name)
    }

    fn replace(&self) -> Result<(), WriteError> {
        self.placed(self.root.rename(&self.staged, &self.name))
    }

    fn placed(&self, placed: Result<(), WriteError>) -> Result<(), WriteError> {
        match placed {
            Ok(()) => self.root.sync(Utf8Path::new("")),
            Err(error) => {
                let _ = self.root.remove(&self.staged);
                Err(error)
            }
        }
    }
}
