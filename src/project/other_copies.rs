//! Earlier copies of a module, as after a change of `[module] directory`.

use camino::{Utf8Path, Utf8PathBuf};

use super::Project;
use crate::{
    module::{self, ModuleDir, declared_name},
    tree::{Disk, LOCK_FILE, place, real_path},
};

impl Project {
    /// Directories below the spec's, other than the output root, that hold the module as built from a spec.
    #[must_use]
    pub fn other_copies(&self) -> Vec<Utf8PathBuf> {
        let Some(module) = &self.module else { return Vec::new() };
        let dir = place(self.spec.parent().unwrap_or(Utf8Path::new("")));
        let Ok(disk) = Disk::open(dir) else { return Vec::new() };
        let is_copy = |found: &ModuleDir| {
            let is_built = found.path(Utf8Path::new(LOCK_FILE)).is_ok_and(|lock| disk.is_file(&lock));
            is_built && declared_name(&disk, found).as_deref() == Some(module.name.as_str())
        };
        let places = module::find(&disk).unwrap_or_default();
        let copies = places.iter().map(|found| (found, dir.join(&found.root)));
        copies
            .filter(|(found, copy)| *copy != place(&self.root) && is_copy(found))
            .filter(|(_, copy)| real_path(copy) != real_path(&self.root))
            .map(|(_, copy)| copy.strip_prefix("./").map(Utf8Path::to_owned).unwrap_or(copy))
            .collect()
    }
}
