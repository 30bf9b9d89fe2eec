//! `integration.lock`: the files that magespec wrote, as it wrote them.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{LOCK_FILE, Ownership, Tree, TreePath, base::Base};

const HEAD: &str =
    "# The files that magespec wrote here, as it wrote them. Commit this beside the spec; do not edit it.\n";

const BASE_HEAD: &str =
    "\n# The managed files once more, compressed: what `magespec build --merge` starts from.\n[base]\n";

/// Generated files by path, each with the hash it was written with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// Format version of the file.
    version: Version,
    files: BTreeMap<TreePath, Locked>,
    /// Contents of the managed files.
    #[serde(default)]
    base: BTreeMap<TreePath, Base>,
}

/// The only format version so far: 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
struct Version;

impl TryFrom<u32> for Version {
    type Error = String;
    fn try_from(version: u32) -> Result<Self, Self::Error> {
        if version == 1 {
            Ok(Self)
        } else {
            Err(format!("version {version} is of another magespec, this one reads 1"))
        }
    }
}

impl From<Version> for u32 {
    fn from(_: Version) -> Self {
        1
    }
}

/// A file as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locked {
    /// SHA-256 of its contents, in hexadecimal.
    pub sha256: String,
    /// Owner of the file.
    pub kind: Ownership,
}

/// Error for a lock file that cannot be parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamagedLock {
    /// Reason.
    pub message: String,
}

impl fmt::Display for DamagedLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{LOCK_FILE} is damaged: {}. Restore it from version control; or delete it and build again: files that \
             are as they would be written are taken over, others are reported",
            self.message
        )
    }
}

impl std::error::Error for DamagedLock {}

impl Lock {
    /// Returns the lock of a tree that was written to disk. Entries of `before` are kept for unchanged files and for
    /// seeded files, which are written once.
    #[must_use]
    pub fn of(tree: &Tree, before: &Self) -> Self {
        let mut lock = Self::default();
        for (path, file) in tree.iter() {
            let seeded = before.get(path).filter(|_| file.ownership == Ownership::Seeded);
            let written = || Locked { sha256: sha256(&file.contents), kind: file.ownership };
            let locked = seeded.cloned().unwrap_or_else(written);
            if locked.kind != Ownership::Seeded {
                let same = before.get(path).is_some_and(|before| before.sha256 == locked.sha256);
                let packed = before.base.get(path).filter(|_| same).cloned();
                lock.base
                    .extend(packed.or_else(|| Base::pack(&file.contents)).map(|base| (path.clone(), base)));
            }
            lock.files.insert(path.clone(), locked);
        }
        lock
    }

    /// Returns the lock after an interrupted run that was about to replace it with `next`: each entry matches the
    /// file on disk.
    pub(super) fn settle(mut self, next: Self, is_on_disk: impl Fn(&TreePath, &Locked) -> bool) -> Self {
        let Self { files, mut base, .. } = next;
        for (path, locked) in files {
            if is_on_disk(&path, &locked) {
                self.base.remove(&path);
                self.base.extend(base.remove_entry(&path));
                self.files.insert(path, locked);
            }
        }
        self
    }

    /// Parses a lock file.
    ///
    /// # Errors
    /// Describes the damage and the ways out.
    pub fn parse(text: &str) -> Result<Self, DamagedLock> {
        let lock: Self = toml::from_str(text)
            .map_err(|error| DamagedLock { message: error.message().replace('\n', " ") })?;
        if let Some(path) = lock.paths().find(|path| !path.can_be_generated()) {
            return Err(DamagedLock { message: format!("`{path}` is none of magespec's files") });
        }
        Ok(lock)
    }

    /// Renders the lock file: a line per file, sorted.
    #[must_use]
    pub fn render(&self) -> String {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let files = self.files.iter().map(|(path, Locked { sha256, kind })| {
            let kind = match kind {
                Ownership::Managed => "managed",
                Ownership::Seeded => "seeded",
                Ownership::Shared => "shared",
            };
            format!("{} = {{ sha256 = \"{sha256}\", kind = \"{kind}\" }}\n", quoted(path.as_str()))
        });
        let bases = self.base.iter();
        let bases = bases.map(|(path, base)| format!("{} = \"{}\"\n", quoted(path.as_str()), base.as_str()));
        let (files, bases) = (files.collect::<String>(), bases.collect::<String>());
        let head = if bases.is_empty() { "" } else { BASE_HEAD };
        format!("{HEAD}version = 1\n\n[files]\n{files}{head}{bases}")
    }

    /// Returns the entry of a path.
    #[must_use]
    pub fn get(&self, path: &TreePath) -> Option<&Locked> {
        self.files.get(path)
    }

    /// Returns the contents of a managed file as written; `None` if the lock does not have them, or they are damaged.
    #[must_use]
    pub fn base(&self, path: &TreePath) -> Option<Vec<u8>> {
        let bytes = self.base.get(path)?.unpack()?;
        self.get(path).is_some_and(|locked| locked.sha256 == sha256(&bytes)).then_some(bytes)
    }

    /// Iterates over all paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &TreePath> {
        self.files.keys()
    }
}

/// Computes the SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::File;

    fn lock() -> Lock {
        let mut tree = Tree::default();
        for (path, ownership) in [("etc/a \"b\".xml", Ownership::Managed), ("Model/X.php", Ownership::Seeded)]
        {
            let file = File { contents: path.into(), ownership };
            tree.insert(TreePath::new(path).unwrap(), file);
        }
        Lock::of(&tree, &Lock::default())
    }

    #[test]
    fn what_is_written_is_read_back() {
        let lock = lock();
        assert_eq!(Lock::parse(&lock.render()), Ok(lock.clone()));
        assert_eq!(lock.render().lines().filter(|line| line.contains("sha256")).count(), 2);
    }

    #[test]
    fn managed_files_are_kept_whole() {
        let path = |path| TreePath::new(path).unwrap();
        assert_eq!(lock().base(&path("etc/a \"b\".xml")), Some(b"etc/a \"b\".xml".to_vec()));
        assert_eq!(lock().base(&path("Model/X.php")), None);
    }

    #[test]
    fn what_is_locked_already_stays_as_it_is_packed() {
        let mut before = lock();
        let path = TreePath::new("etc/a \"b\".xml").unwrap();
        let packed_otherwise = Base::pack(b"other").unwrap();
        before.base.insert(path.clone(), packed_otherwise.clone());
        let mut tree = Tree::default();
        let file = |text: &str| File { contents: text.into(), ownership: Ownership::Managed };
        tree.insert(path.clone(), file(path.as_str()));
        assert_eq!(Lock::of(&tree, &before).base[&path], packed_otherwise);
        tree.insert(path.clone(), file("changed"));
        assert_ne!(Lock::of(&tree, &before).base[&path], packed_otherwise);
    }

    #[test]
    fn damage_and_hostile_paths_are_explained() {
        let entry = |path: &str| {
            format!("version = 1\n[files]\n\"{path}\" = {{ sha256 = \"\", kind = \"managed\" }}\n")
        };
        for (text, why) in [
            ("<<<<<<< HEAD\n".to_owned(), "invalid"),
            ("version = 2\n[files]\n".to_owned(), "version 2 is of another magespec"),
            ("[files]\n".to_owned(), "version"),
            (entry("../../etc/passwd"), "no path below the output root"),
            (entry("/etc/passwd"), "no path below the output root"),
            (entry("integration.lock"), "none of magespec's files"),
            (entry(".git/config"), "none of magespec's files"),
            (entry("a/.GIT/hooks/x"), "none of magespec's files"),
            (entry(".a.magespec-staged"), "none of magespec's files"),
        ] {
            let error = Lock::parse(&text).unwrap_err();
            assert!(error.message.contains(why) || why == "invalid", "{error}");
            assert!(error.to_string().contains("delete it and build again"));
        }
    }
}
