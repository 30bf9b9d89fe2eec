//! Rules on `[files]`.

use crate::{
    diag::{Diagnostic, Rule, nearest},
    names::FilePath,
    spec::{Spans, Spec, pointer},
    tree::{Tree, TreePath},
};

/// Reports entries of `unmanaged` that are not generated files.
pub(in crate::check) fn check(spec: &Spec, spans: &Spans, tree: &Tree) -> Vec<Diagnostic> {
    let unmanaged = &spec.files.unmanaged;
    if unmanaged.is_empty() {
        return Vec::new();
    }
    let generated: Vec<&str> = tree.generated().map(TreePath::as_str).collect();
    let unknown = unmanaged.iter().enumerate().filter(|(_, path)| !generated.contains(&path.as_str()));
    let finding = |(at, path): (usize, &FilePath)| {
        let span = spans.value(&pointer!["files", "unmanaged", at]);
        let message = format!("`{path}` is not a file that magespec generates from this spec");
        let finding = Diagnostic::new(Rule::UnmanagedFile, message).at(span).reason(
            "`unmanaged` lists generated files that you maintain yourself; other files are yours anyway",
        );
        match nearest(path.as_str(), generated.iter().copied()) {
            Some(near) => finding.help(format!("did you mean \"{near}\"?")),
            None => finding.help("remove it from the list"),
        }
    };
    unknown.map(finding).collect()
}
