//! Single files of the user: specs and documents.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Root, WriteError, guard, make_folders, remove_folders, root::refuse_git, run_number};
use crate::{
    interrupt,
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
    let _guard = guard(&target.folder, waits);
    let _whole = interrupt::hold();
    target.remove_remains()?;
    if target.root.exists(&target.name) {
        return match target.root.read(&target.name) {
            Some(found) if found == bytes => Ok(Created::Same),
            _ => Err(target.failed(io::ErrorKind::AlreadyExists.into())),
        };
    }
    target.stage(bytes)?;
    let placed = target.root.rename_new(&target.staged, &target.name);
    target.placed(placed).map(|()| Created::New)
}

/// Creates a file and the directory that it is in.
///
/// # Errors
/// Fails if it cannot be written, or if another file is there.
pub fn create_with_folder(
    path: &Utf8Path,
    bytes: &[u8],
    waits: impl FnOnce(&Utf8Path),
) -> Result<Created, WriteError> {
    let folder = place(path.parent().unwrap_or(Utf8Path::new("")));
    let failed = |error| WriteError::new("write", path, error);
    refuse_git(folder).map_err(failed)?;
    let made = make_folders(folder).map_err(failed)?;
    create(path, bytes, waits).inspect_err(|_| remove_folders(&made))
}

/// Writes a file, whole or not at all, replacing any other. A symbolic link stays a link. Its directory must exist.
///
/// # Errors
/// Fails if it cannot be written; the old file is then unchanged.
pub fn publish(path: &Utf8Path, bytes: &[u8], waits: impl FnOnce(&Utf8Path)) -> Result<(), WriteError> {
    let target = Destination::open(&behind_link(path))?;
    let _guard = guard(&target.folder, waits);
    let _whole = interrupt::hold();
    target.remove_remains()?;
    target.stage(bytes)?;
    target.replace()
}

/// Writes a file like [`publish`], and creates the directory that it is in.
///
/// # Errors
/// Fails if it cannot be written; the old file is then unchanged.
pub fn publish_with_folder(path: &Utf8Path, bytes: &[u8]) -> Result<(), WriteError> {
    let folder = place(path.parent().unwrap_or(Utf8Path::new("")));
    let failed = |error| WriteError::new("write", path, error);
    refuse_git(folder).and_then(|()| make_folders(folder)).map_err(failed)?;
    publish(path, bytes, |_| {})
}

/// New text of an existing file, to be written together with others.
#[derive(Debug)]
pub(super) struct SpecEdit {
    target: Destination,
    bytes: Vec<u8>,
}

impl SpecEdit {
    /// Prepares the replacement of an existing file. A symbolic link stays a link, and a byte order mark is kept.
    pub(super) fn new(path: &Utf8Path, text: &str) -> Result<Self, WriteError> {
        let target = Destination::open(&behind_link(path))?;
        let old =
            target.root.read(&target.name).ok_or_else(|| target.failed(io::ErrorKind::NotFound.into()))?;
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
    folder: Utf8PathBuf,
    name: Utf8PathBuf,
    staged: Utf8PathBuf,
}

impl Destination {
    fn open(path: &Utf8Path) -> Result<Self, WriteError> {
        let failed = |error| WriteError::new("write", path, error);
        let name = path.file_name().ok_or_else(|| failed(io::Error::other("it does not name a file")))?;
        let folder = place(path.parent().unwrap_or(Utf8Path::new("")));
        refuse_git(path).map_err(failed)?;
        let root = Root::open(folder).map_err(failed)?;
        let staged = staged_name(name, run_number()).into();
        Ok(Self { root, folder: folder.to_owned(), name: name.into(), staged })
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

    fn failed(&self, error: io::Error) -> WriteError {
        self.root.failed("write", &self.name, error)
    }
}
