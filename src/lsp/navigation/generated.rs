//! From tables of a spec to generated files, and back.

use camino::{Utf8Path, Utf8PathBuf};
use lsp_types::Location;

use super::{landmark::Landmark, landmarks::landmarks};
use crate::{
    lsp::documents::{EditorText, OpenModules, uri_of},
    project::Project,
    spec::{Pointer, Spec},
    tree::{Disk, OnDisk, TreePath, place},
};

/// Places in the generated files that a table of the spec makes, in those that are open as they are in the editor.
pub(super) fn generated_places(project: &Project, table: &Pointer, open: &OpenModules) -> Vec<Location> {
    let Some(spec) = &project.loaded.spec else { return Vec::new() };
    let Some(root) = project.readable_root() else { return Vec::new() };
    let Ok(disk) = Disk::open(root) else { return Vec::new() };
    let places = of_table(spec, table).into_iter().filter_map(|landmark| {
        let path = place(root).join(&landmark.path);
        let on_disk = || Some(EditorText::new(read(&disk, &landmark.path)?));
        let text = open.text(&path).cloned().or_else(on_disk)?;
        let range = text.range(&landmark.find(text.as_str())?);
        Some(Location::new(uri_of(&path)?, range))
    });
    places.collect()
}

/// Returns true if the files on disk have a place that a table of the spec makes.
pub(super) fn is_generated(project: &Project, table: &Pointer) -> bool {
    !generated_places(project, table, &OpenModules::default()).is_empty()
}

/// Table of the spec that makes a place in a generated file, given by its path and its text.
pub(in crate::lsp) fn origin(
    project: &Project,
    file: &Utf8Path,
    text: &EditorText,
    offset: usize,
) -> Option<Pointer> {
    let spec = project.loaded.spec.as_ref()?;
    let path = below(&project.root, file)?;
    let is_generated = project.tree.generated().any(|generated| generated.as_str() == path);
    let line_end = text.as_str()[offset..].find('\n').map_or(text.as_str().len(), |end| offset + end);
    let all = landmarks(spec);
    let of_file = || all.iter().filter(|landmark| landmark.path == path);
    let placed = of_file().filter_map(|landmark| Some((landmark.find(text.as_str())?.start, landmark)));
    let nearest = placed.filter(|(start, _)| *start <= line_end).max_by_key(|(start, _)| *start);
    let nearest = nearest.map(|(_, landmark)| landmark).or_else(|| of_file().next());
    nearest.map(|landmark| landmark.table.clone()).or_else(|| is_generated.then(Pointer::root))
}

/// Landmarks of the innermost table around a route that has any.
fn of_table(spec: &Spec, route: &Pointer) -> Vec<Landmark> {
    let mut all = landmarks(spec);
    all.retain(|landmark| route.is_within(&landmark.table));
    let innermost = all.iter().map(|landmark| landmark.table.len()).max();
    all.retain(|landmark| Some(landmark.table.len()) == innermost);
    all
}

fn read(disk: &Disk, path: &str) -> Option<String> {
    match disk.read(&TreePath::new(path).ok()?) {
        Ok(OnDisk::File { bytes, .. }) => String::from_utf8(bytes).ok(),
        _ => None,
    }
}

/// Path of a file below an output root.
fn below(root: &Utf8Path, file: &Utf8Path) -> Option<String> {
    let absolute = |path: &Utf8Path| -> Option<Utf8PathBuf> {
        Utf8PathBuf::from_path_buf(std::path::absolute(path).ok()?).ok()
    };
    let (root, file) = (absolute(place(root))?, absolute(file)?);
    Some(file.strip_prefix(root).ok()?.as_str().replace('\\', "/"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{
        catalog::Catalog,
        compile,
        diag::Source,
        spec::{Document, load_document},
    };

    /// A landmark that its file lacks leads nowhere.
    #[test]
    fn landmarks_are_in_the_generated_files() {
        let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut count = 0;
        for example in fs::read_dir(root.join("examples")).unwrap() {
            let path = Utf8PathBuf::from_path_buf(example.unwrap().path()).unwrap().join("integration.toml");
            let Ok(text) = fs::read_to_string(&path) else { continue };
            let source = Source::new(path.as_str(), &*text);
            let spec = load_document(Document::parse(&source).unwrap()).spec.unwrap();
            let compilation = compile(source, Catalog::bundled());
            for landmark in landmarks(&spec) {
                let file = TreePath::new(&*landmark.path).ok().and_then(|path| compilation.tree.get(&path));
                let Some(file) = file else { continue };
                let text = String::from_utf8(file.contents.clone()).unwrap();
                // Settings without a getter or a default are not in each file of settings.
                let may_lack =
                    landmark.path.ends_with("Model/Config.php") || landmark.path.ends_with("config.xml");
                assert!(landmark.find(&text).is_some() || may_lack, "{path}: {landmark:?}");
                count += 1;
            }
        }
        assert!(count > 100, "{count}");
    }
}
