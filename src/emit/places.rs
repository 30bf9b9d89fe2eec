//! Places of generated files.

use memchr::memmem;

use super::{ARTIFACTS, Folder};
use crate::{
    model::Module,
    names::SourcePath,
    tree::{HEADER, TreePath},
};

/// Paths of the files that are named after parts of a spec; `*` stands for any characters of a name.
const PATTERNS: &[&str] = &[
    "Api/*Interface.php",
    "Api/Data/*Interface.php",
    "Model/Data/*.php",
    "Setup/Patch/Data/ProcessIntegrations*.php",
    "etc/*/events.xml",
    "etc/db_schema_whitelist.json",
    "etc/events.xml",
];

/// Path of a file of the module below the output root; `path` is below the directory that `source` names.
pub(crate) fn in_source(module: &Module, path: &str) -> Option<TreePath> {
    match &module.source {
        Some(source) => TreePath::new(format!("{source}/{path}")).ok(),
        None => TreePath::new(path).ok(),
    }
}

/// Path of the file that PSR-4 gives a class of the module; none for a class of another module.
pub(crate) fn class_file(module: &Module, class: &str) -> Option<TreePath> {
    let below = class.strip_prefix(&format!(r"{}\", module.name.namespace()))?;
    in_source(module, &format!("{}.php", below.replace('\\', "/")))
}

/// Returns a predicate for managed files that magespec may have made, by path and contents: they lie where a module with
/// this `source` has them, or, after a change of `source`, below another directory with the header of generated files.
pub fn can_be_made(source: Option<&SourcePath>) -> impl Fn(&TreePath, &[u8]) -> bool + use<> {
    let source = source.map(|source| format!("{source}/"));
    move |path, bytes| {
        let path = path.as_str();
        let of_package = ARTIFACTS.iter().any(|it| it.folder == Folder::Package && it.path == path);
        let below_source = source.as_deref().and_then(|source| path.strip_prefix(source));
        let below_other = || {
            let mut below = path.match_indices('/').map(|(at, _)| &path[at + 1..]);
            memmem::find(bytes, HEADER.as_bytes()).is_some() && below.any(is_of_module)
        };
        of_package || is_of_module(path) || below_source.is_some_and(is_of_module) || below_other()
    }
}

fn is_of_module(path: &str) -> bool {
    ARTIFACTS.iter().any(|it| it.folder == Folder::Module && it.path == path)
        || PATTERNS.iter().any(|pattern| matches(pattern, path))
}

fn matches(pattern: &str, path: &str) -> bool {
    let Some((start, end)) = pattern.split_once('*') else { return pattern == path };
    let name = path.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
    name.is_some_and(|name| !name.is_empty() && !name.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_of_generated_files_are_accepted() {
        let source = SourcePath::new("src").unwrap();
        let is = |path: &str, text: &str, source: Option<&SourcePath>| {
            can_be_made(source)(&TreePath::new(path).unwrap(), text.as_bytes())
        };
        for path in ["README.md", "etc/acl.xml", "etc/crontab/events.xml", "Api/Data/OrderInterface.php"] {
            assert!(is(path, "", None), "{path}");
        }
        for path in
            ["Model/Mine.php", "src/etc/acl.xml", "etc/a/b/events.xml", "Api/Interface.php", "src/README.md"]
        {
            assert!(!is(path, "", None), "{path}");
        }
        assert!(is("src/etc/acl.xml", "", Some(&source)));
        assert!(is("lib/etc/acl.xml", &format!("<!-- {HEADER} -->"), Some(&source)));
        assert!(!is("lib/Model/Mine.php", HEADER, Some(&source)));
    }
}
