//! Files of a module in a shop, and their removal.

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    cli::output::waiting,
    diag::Failure,
    diff::{Changes, Status, compare},
    emit,
    magento::{Answer, InstallLayout},
    project::{Installed, package},
    spec::Spec,
    tree::{Disk, LOCK_FILE, Ledger, Lock, Tree},
    write::Writer,
};

/// The files that magespec wrote.
pub(super) struct InstalledFiles {
    pub(super) folder: Utf8PathBuf,
    pub(super) changes: Changes,
}

/// Finds the folder that magespec wrote the module to.
pub(super) fn folder(root: &Utf8Path, spec: &Spec, shop: &Answer) -> Result<Utf8PathBuf, Failure> {
    let name = &spec.module.name;
    let vendor = InstallLayout::Vendor.folder(name, &package(spec));
    let mut places = [Installed::folder(spec, shop), vendor].into_iter().map(|folder| root.join(folder));
    places.find(|place| place.starts_with(root) && place.join(LOCK_FILE).is_file()).ok_or_else(|| {
        Failure::new(format!(
            "magespec did not write {name} in {root}: its folder below app/code or vendor has no {LOCK_FILE}; \
             nothing was removed"
        ))
    })
}

impl InstalledFiles {
    pub(super) fn read(folder: Utf8PathBuf, spec: &Spec) -> Result<Self, Failure> {
        let disk = Disk::open(&folder).map_err(|error| Failure::new(error.to_string()))?;
        let ledger = Ledger::read(&disk).map_err(|error| Failure::new(error.to_string()))?;
        let can_be_made = emit::can_be_made(spec.module.source.as_ref());
        let none = Lock::default();
        let changes = compare(&Tree::default(), || &none, &ledger, &disk, &can_be_made)
            .map_err(|error| error.source.to_string())?;
        if !changes.is_blocked() {
            return Ok(Self { folder, changes });
        }
        let mut lines = vec![format!("nothing was removed from {folder}:")];
        for change in changes.conflicts() {
            let conflict = match change.status {
                Status::HandEdited => "edited by hand since the last build".to_owned(),
                _ => change.conflict().unwrap_or_default(),
            };
            lines.push(format!("  {}: {conflict}; move it elsewhere", change.path));
        }
        Err(Failure::of_lines(lines))
    }

    /// Removes the files, then the lock and the folders that are now empty.
    pub(super) fn remove(&self) -> Result<(), Failure> {
        Ok(Writer::open(&self.folder, waiting)?.clear(&self.changes)?)
    }
}
