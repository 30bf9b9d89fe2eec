//! Files of a compiled module, as a plan needs them.

use crate::{model::Module, module::Declaration, tree::Tree};

/// Declarations of a compiled module.
#[must_use]
pub fn declaration_of(module: &Module, tree: &Tree) -> Declaration {
    let patches = tree.paths().filter_map(|path| {
        let path = in_module(module, path.as_str());
        path.starts_with("Setup/Patch/").then(|| path.to_owned())
    });
    Declaration::of(module, patches.collect())
}

/// Converts a path from the module's root to one from its folder with registration.php and etc.
#[must_use]
pub fn in_module<'a>(module: &Module, path: &'a str) -> &'a str {
    let source = module.source.as_ref().map(|source| source.as_str());
    source.and_then(|source| path.strip_prefix(source)?.strip_prefix('/')).unwrap_or(path)
}
