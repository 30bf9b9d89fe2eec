//! The data beside the repository, which not everyone who tests has.

use std::{env, path::PathBuf};

/// The path of `name` below `../shared`, or none, with a printed line, where that is absent.
///
/// # Panics
/// When it is absent and `MAGESPEC_SHARED` is `required`.
pub(crate) fn path(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    assert!(env::var("MAGESPEC_SHARED").as_deref() != Ok("required"), "{} is required", path.display());
    println!("skipped: ../shared/{name} is not here");
    None
}
