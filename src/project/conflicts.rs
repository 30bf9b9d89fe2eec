//! Conflicts between specs: two with the same module name or output directory.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::Project;
use crate::{
    diag::{Diagnostic, Failure, Report, Rule},
    spec::pointer,
    tree::place,
};

/// Rejects two specs with the same output directory: each would delete the other's files.
pub(super) fn one_root_each(projects: &[Project]) -> Result<(), Failure> {
    let mut seen: BTreeMap<Utf8PathBuf, &Utf8Path> = BTreeMap::new();
    for Project { spec, root, .. } in projects {
        let real = place(root).canonicalize_utf8().unwrap_or_else(|_| root.clone());
        if let Some(other) = seen.insert(real, spec) {
            return Err(format!("{other} and {spec} write to the same directory").into());
        }
    }
    Ok(())
}

/// First two of several specs, and the number of the others.
fn listed(specs: &[&str]) -> String {
    match specs {
        [first, second, rest @ ..] if !rest.is_empty() => {
            format!("{first}, {second} and {} more", rest.len())
        }
        specs => specs.join(" and "),
    }
}

/// Reports specs with the same module name, which identifies a module in Magento.
pub(super) fn one_name_each(projects: &mut [Project]) {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, project) in projects.iter().enumerate() {
        if let Some(module) = &project.module {
            by_name.entry(module.name.to_string()).or_default().push(at);
        }
    }
    for (name, places) in by_name.into_iter().filter(|(_, places)| places.len() > 1) {
        let specs: Vec<Utf8PathBuf> = places.iter().map(|&at| projects[at].spec.clone()).collect();
        for (&at, spec) in places.iter().zip(&specs) {
            let others: Vec<&str> =
                specs.iter().filter(|other| *other != spec).map(|other| other.as_str()).collect();
            let project = &mut projects[at];
            let verb = if others.len() == 1 { "also defines" } else { "also define" };
            let message = format!("{} {verb} the module `{name}`", listed(&others));
            let finding = Diagnostic::new(Rule::DuplicateModule, message)
                .at(project.loaded.spans.value(&pointer!["module", "name"]))
                .reason("Magento fails if two modules register the same name")
                .help("rename one of them; check variants for other releases in a run of their own; name directories without copies such as backups and git worktrees, or list these in .gitignore");
            let mut diagnostics = std::mem::take(&mut project.report.diagnostics);
            diagnostics.push(finding);
            project.report = Report::new(project.report.source.clone(), diagnostics);
            project.module = None;
        }
    }
}
