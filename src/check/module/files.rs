//! Rules on the generated files, and on `[files]`.

use std::collections::HashSet;

use crate::{
    diag::{Diagnostic, Help, Rule, Suggestions, nearest},
    names::FilePath,
    spec::{Spans, Spec, pointer},
    tree::{MOST_FILES, Tree, TreePath},
};

/// Reports a module with more files than a lock lists, and entries of `unmanaged` that are not generated files.
pub(in crate::check) fn check(spec: &Spec, spans: &Spans, tree: &Tree) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = too_many(spans, tree).into_iter().collect();
    findings.extend(unmanaged(spec, spans, tree));
    findings
}

fn too_many(spans: &Spans, tree: &Tree) -> Option<Diagnostic> {
    (tree.len() > MOST_FILES).then(|| {
        Diagnostic::new(Rule::InvalidValue, format!("the module would have {} files", tree.len()))
            .at(spans.value(&pointer!["module", "name"]))
            .reason(format!("a module may have at most {MOST_FILES} generated files"))
            .help("split the spec into several modules")
    })
}

fn unmanaged(spec: &Spec, spans: &Spans, tree: &Tree) -> Vec<Diagnostic> {
    let unmanaged = &spec.files.unmanaged;
    if unmanaged.is_empty() {
        return Vec::new();
    }
    let generated: HashSet<&str> = tree.generated().map(TreePath::as_str).collect();
    let unknown = unmanaged.iter().enumerate().filter(|(_, path)| !generated.contains(path.as_str()));
    let suggestions = Suggestions::default();
    let finding = |(at, path): (usize, &FilePath)| {
        let span = spans.value(&pointer!["files", "unmanaged", at]);
        let message = format!("`{path}` is not a file that magespec generates from this spec");
        let finding = Diagnostic::new(Rule::UnmanagedFile, message).at(span).reason(
            "`unmanaged` lists generated files that you maintain yourself; other files are yours anyway",
        );
        let generated = tree.generated().map(TreePath::as_str);
        match suggestions.make(|| nearest(path.as_str(), generated)).flatten() {
            Some(near) => finding.help(Help::meaning(near)),
            None => finding.help(Help::new("remove it from the list").removal()),
        }
    };
    unknown.map(finding).collect()
}
