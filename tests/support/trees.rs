//! Trees on disk.

use camino::Utf8PathBuf;
use magespec::{
    diff::{Changes, Comparison, compare},
    tree::{Disk, File, Ledger, Lock, Ownership, Tree, TreePath},
    write::Writer,
};
use tempfile::TempDir;

/// A directory with its path as text.
pub(crate) fn directory() -> (TempDir, Utf8PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = Utf8PathBuf::from_path_buf(dir.path().canonicalize().unwrap()).unwrap();
    (dir, path)
}

pub(crate) fn tree<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Tree {
    let mut tree = Tree::default();
    for (path, bytes) in files {
        let file = File { contents: bytes.to_vec(), ownership: Ownership::Managed };
        tree.insert(TreePath::new(path).unwrap(), file);
    }
    tree
}

pub(crate) fn changes(tree: &Tree, root: &camino::Utf8Path) -> Changes {
    let disk = Disk::open(root).unwrap();
    let lock = Lock::of(tree);
    compare(tree, || &lock, &Ledger::read(&disk).unwrap(), &disk, &|_, _| true).unwrap()
}

pub(crate) fn build(tree: &Tree, root: &camino::Utf8Path) {
    Writer::open(root, |_| {}).unwrap().apply(&changes(tree, root)).unwrap();
}

pub(crate) fn comparison(changes: Changes) -> Comparison {
    Comparison { module: "Acme_Orders".to_owned(), root: Utf8PathBuf::new(), earlier: None, changes }
}
