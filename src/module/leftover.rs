//! PHP that processes or reads a removed pair: a new installation stops at setup scripts, and other code finds nothing.

use camino::{Utf8Path, Utf8PathBuf};

use super::{
    Deed, Doubt,
    files::MAX_SCRIPTS,
    find::{MAX_BYTES, join},
};
use crate::{
    parsers::php,
    tree::{Disk, Lock, OnDisk, Tree, TreePath},
};

/// PHP below `source` that processes a pair which the tree no longer declares, and that the lock does not own: the user
/// must remove it. Empty as long as a config.xml stays. Searches setup scripts, and all PHP if the lock still has the pair.
#[must_use]
pub fn leftovers(disk: &Disk, source: &Utf8Path, tree: &Tree, lock: &Lock) -> Vec<TreePath> {
    let tree_path = |path: &Utf8Path| TreePath::new(path.as_str()).ok();
    let config = tree_path(&join(source, Utf8Path::new("etc/integration/config.xml")));
    let stays = config.as_ref().is_some_and(|config| {
        tree.get(config).is_some() || (disk.is_file(config) && lock.get(config).is_none())
    });
    if stays {
        return Vec::new();
    }
    let setup = join(source, Utf8Path::new("Setup"));
    let scripts = match config.is_some_and(|config| lock.get(&config).is_some()) {
        true => php_files(disk, source),
        false => php_files(disk, &setup),
    };
    let processes = |path: &TreePath| match disk.read_up_to(path, MAX_BYTES) {
        Ok(OnDisk::File { bytes, .. }) => {
            let text = String::from_utf8_lossy(&bytes);
            let from_module = path.as_path().strip_prefix(source).unwrap_or(path.as_path());
            let reads = |doubt: &Doubt| matches!(doubt.deed, Deed::ReadsPair | Deed::ProcessesPair);
            !php::processings(&text).is_empty() || Doubt::in_file(from_module, &text).iter().any(reads)
        }
        _ => false,
    };
    let scripts = scripts.iter().filter_map(|path| tree_path(path));
    scripts.filter(|path| tree.get(path).is_none() && lock.get(path).is_none() && processes(path)).collect()
}

/// PHP files below a folder, without those of others and tests.
fn php_files(disk: &Disk, folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let (mut open, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in disk.list(&folder).unwrap_or_default() {
            let path = join(&folder, Utf8Path::new(&entry.name));
            if !entry.is_folder {
                files.extend(Some(path).filter(|path| path.extension() == Some("php")));
            } else if !entry.name.starts_with('.')
                && !["vendor", "node_modules", "Test"].contains(&entry.name.as_str())
            {
                open.push(path);
            }
        }
        if files.len() > MAX_SCRIPTS {
            break;
        }
    }
    files.sort();
    files
}
