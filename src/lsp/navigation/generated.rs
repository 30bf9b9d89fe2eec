//! From tables of a spec to generated files, and back.

use camino::{Utf8Path, Utf8PathBuf};
use lsp_types::{Location, Position};
use serde_json::Value;

use super::{
    landmark::{Landmark, element_end},
    landmarks::landmarks,
};
use crate::{
    lsp::documents::{EditorText, OpenModules, uri_of},
    project::Project,
    spec::{Document, Pointer, Spec},
    tree::{Disk, OnDisk, TreePath, place},
};

/// Tables with texts that administrators read.
const TRANSLATED: [&str; 4] = ["acl", "settings", "setting", "menu"];

/// Places in the generated files that a table of the spec makes, in those that are open as they are in the editor.
pub(super) fn generated_places(project: &Project, table: &Pointer, open: &OpenModules) -> Vec<Location> {
    let Some(spec) = &project.loaded.spec else { return Vec::new() };
    let Some(root) = project.readable_root() else { return Vec::new() };
    let Ok(disk) = Disk::open(root) else { return Vec::new() };
    let places = of_table(project, spec, table).into_iter().filter_map(|landmark| {
        let path = place(root).join(&landmark.path);
        let on_disk = || Some(EditorText::new(read(&disk, &landmark.path)?));
        let text = open.text(&path).cloned().or_else(on_disk)?;
        let range = text.range(&landmark.find(text.as_str())?);
        Some(Location::new(uri_of(&path)?, range))
    });
    places.collect()
}

/// Returns true if the files on disk have a place that a table of the spec makes, other than a whole file.
pub(super) fn is_generated(project: &Project, table: &Pointer) -> bool {
    let places = generated_places(project, table, &OpenModules::default());
    places.iter().any(|place| place.range.end != Position::default())
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
    if path.starts_with("i18n/") || path.contains("/i18n/") {
        let translated = translated(project, text.as_str(), offset);
        if translated.is_some() {
            return translated;
        }
    }
    let all = landmarks(spec, project.tree.generated());
    let of_file = || all.iter().filter(|landmark| landmark.path == path);
    let placed = of_file().filter(|it| !it.marks.is_empty());
    let placed = placed.filter_map(|landmark| Some((landmark.find(text.as_str())?.start, landmark)));
    let placed: Vec<(usize, &Landmark)> = placed.collect();
    let nearest = match file.extension() {
        Some("xml") => in_xml(text.as_str(), offset, &placed),
        _ => in_code(text.as_str(), offset, &placed),
    };
    let home = || of_file().find(|landmark| landmark.marks.is_empty());
    let nearest = nearest.or_else(home).or_else(|| of_file().next());
    nearest.map(|landmark| landmark.table.clone()).or_else(|| is_generated.then(Pointer::root))
}

/// Landmark of the element on a line of XML; or the first one in that element, or the innermost around it.
fn in_xml<'l>(text: &str, offset: usize, placed: &[(usize, &'l Landmark)]) -> Option<&'l Landmark> {
    let line = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let start = line + (text[line..].len() - text[line..].trim_start_matches([' ', '\t']).len());
    let is_tag = text[start..].strip_prefix('<').is_some_and(|tag| !tag.starts_with(['/', '?', '!']));
    let element = if is_tag { start..element_end(text, start) } else { start..start };
    let inside = placed.iter().filter(|(at, _)| element.contains(at)).min_by_key(|(at, _)| *at);
    let around = || {
        let around = placed.iter().filter(|(at, _)| *at <= start && start < element_end(text, *at));
        around.max_by_key(|(at, _)| *at)
    };
    inside.or_else(around).map(|(_, landmark)| *landmark)
}

/// Last landmark up to a line of other files; a comment in front of a function belongs to that.
fn in_code<'l>(text: &str, offset: usize, placed: &[(usize, &'l Landmark)]) -> Option<&'l Landmark> {
    let mut end = text[offset..].find('\n').map_or(text.len(), |end| offset + end);
    let mut start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let is_comment = |line: &str| line.is_empty() || line.starts_with("/*") || line.starts_with('*');
    while end < text.len() && is_comment(text[start..end].trim()) {
        start = end + 1;
        end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    }
    let before = placed.iter().filter(|(at, _)| *at <= end);
    before.max_by_key(|(at, _)| *at).map(|(_, landmark)| *landmark)
}

/// Key of the spec whose value a line of translations begins with.
fn translated(project: &Project, text: &str, offset: usize) -> Option<Pointer> {
    fn find(value: &Value, phrase: &str, at: &Pointer) -> Option<Pointer> {
        match value {
            Value::String(text) => (text == phrase).then(|| at.clone()),
            Value::Array(items) => {
                items.iter().enumerate().find_map(|(place, item)| find(item, phrase, &at.key(place)))
            }
            Value::Object(members) => {
                members.iter().find_map(|(key, member)| find(member, phrase, &at.key(key)))
            }
            _ => None,
        }
    }
    let line = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let line = text[line..].lines().next()?;
    let phrase = match line.strip_prefix('"') {
        Some(quoted) => quoted.split_once("\",").map_or(quoted, |(phrase, _)| phrase).replace("\"\"", "\""),
        None => line.split(',').next()?.to_owned(),
    };
    let json = Document::recovered(&project.report.source.text).json;
    TRANSLATED.iter().find_map(|table| find(json.get(table)?, &phrase, &Pointer::root().key(table)))
}

/// Landmarks of the innermost table around a route that has any: whole files without another place are the last.
fn of_table(project: &Project, spec: &Spec, route: &Pointer) -> Vec<Landmark> {
    let mut all = landmarks(spec, project.tree.generated());
    let marked: Vec<(String, Pointer)> = all
        .iter()
        .filter(|landmark| !landmark.marks.is_empty())
        .map(|landmark| (landmark.path.clone(), landmark.table.clone()))
        .collect();
    all.retain(|it| {
        !it.marks.is_empty() || !marked.iter().any(|(path, table)| *path == it.path && *table == it.table)
    });
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
            for landmark in landmarks(&spec, compilation.tree.paths()) {
                let file = TreePath::new(&*landmark.path).ok().and_then(|path| compilation.tree.get(&path));
                let Some(file) = file else { continue };
                let text = String::from_utf8(file.contents.clone()).unwrap();
                // Settings without a getter or a default are not in each file of settings.
                let may_lack = ["Model/Config.php", "config.xml", "etc/di.xml"]
                    .iter()
                    .any(|it| landmark.path.ends_with(it));
                assert!(landmark.find(&text).is_some() || may_lack, "{path}: {landmark:?}");
                count += 1;
            }
        }
        assert!(count > 100, "{count}");
    }
}
