//! `[files]`.

use crate::{
    diag::{Diagnostic, Rule, nearest},
    spec::{Loaded, Spec},
};

/// What is to say about the files that the user keeps, when it is known which files are made.
#[must_use]
pub fn check_files<'a>(
    loaded: &Loaded,
    spec: &Spec,
    made: impl Iterator<Item = &'a str> + Clone,
) -> Vec<Diagnostic> {
    let is_made = |path: &str| made.clone().any(|made| made == path);
    let unmade = spec.files.unmanaged.iter().enumerate().filter(|(_, path)| !is_made(path.as_str()));
    let findings = unmade.map(|(at, path)| {
        let span = loaded.spans.value(&format!("/files/unmanaged/{at}"));
        let message = format!("`{path}` is no file that magespec makes of this spec");
        let finding = Diagnostic::new(Rule::UnmanagedFile, message)
            .at(span)
            .reason("what is listed here is left to you; this file is yours anyway");
        match nearest(path.as_str(), made.clone()) {
            Some(near) => finding.help(format!("did you mean \"{near}\"?")),
            None => finding.help("remove it from the list"),
        }
    });
    spec.rules.apply(findings.collect())
}
