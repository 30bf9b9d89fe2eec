//! Setup scripts that process a removed pair, at which a new installation stops.

use camino::{Utf8Path, Utf8PathBuf};

use super::find::{MAX_BYTES, join};
use crate::{
    parsers::php,
    tree::{Disk, Lock, OnDisk, Tree, TreePath},
};

/// Scripts below `source` that process a pair which the tree no longer declares, and that the lock does not own: the
/// user must remove them. Empty as long as a config.xml stays.
#[must_use]
pub fn leftovers(disk: &Disk, source: &Utf8Path, tree: &Tree, lock: &Lock) -> Vec<TreePath> {
    let tree_path = |path: &Utf8Path| TreePath::new(path.as_str()).ok();
    let config = tree_path(&join(source, Utf8Path::new("etc/integration/config.xml")));
    let stays = config.is_some_and(|config| {
        tree.get(&config).is_some() || (disk.is_file(&config) && lock.get(&config).is_none())
    });
    if stays {
        return Vec::new();
    }
    let folders = ["Setup", "Setup/Patch/Data"].map(|folder| join(source, Utf8Path::new(folder)));
    let scripts = folders.iter().flat_map(|folder| {
        let listed = disk.list(folder).unwrap_or_default().into_iter().filter(|entry| !entry.is_folder);
        listed.map(|entry| join(folder, Utf8Path::new(&entry.name))).collect::<Vec<Utf8PathBuf>>()
    });
    let processes = |path: &TreePath| match disk.read_up_to(path, MAX_BYTES) {
        Ok(OnDisk::File { bytes, .. }) => !php::processings(&String::from_utf8_lossy(&bytes)).is_empty(),
        _ => false,
    };
    let scripts = scripts.filter_map(|path| tree_path(&path));
    scripts.filter(|path| tree.get(path).is_none() && lock.get(path).is_none() && processes(path)).collect()
}
