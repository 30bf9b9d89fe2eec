//! Documents that commands answer with.

use serde::Serialize;

use super::SpecCommand;
use crate::{
    diag::{Level, plural},
    diff::{
        Comparison,
        render::{Layout, patch},
    },
    lsp::documents::{OpenSpec, path},
    plan::render,
    project::{Baseline, Project, plan},
};

/// Document for the editor to show.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::lsp) struct CommandDocument {
    title: String,
    /// Language as editors name it.
    language_id: &'static str,
    text: String,
    /// True if a build would write files, and nothing stops it.
    can_build: bool,
}

/// Layout of the patch.
const LAYOUT: Layout = Layout { context: 3, width: 80, unfolds: true };

/// Runs a command on the text of a spec, saved or not.
///
/// # Errors
/// Reason why there is no document.
pub(in crate::lsp) fn run(command: SpecCommand, document: &OpenSpec) -> Result<CommandDocument, String> {
    let project = document.latest();
    if project.report.has_errors() {
        let errors = project.report.diagnostics.iter().filter(|it| it.level == Level::Error);
        let first = errors.map(|it| it.text()).next().unwrap_or_default();
        return Err(format!("correct the spec first: {first}"));
    }
    if project.readable_root().is_none() {
        return Err(unreadable(document));
    }
    let (text, can_build) = match command {
        SpecCommand::Build => pending(project, &comparison(project)?),
        SpecCommand::Diff => {
            let patch = patch(&[comparison(project)?], LAYOUT);
            (String::from_utf8_lossy(&patch).into_owned(), false)
        }
        SpecCommand::Plan => (planned(project)?, false),
    };
    let name = project.spec.file_name().unwrap_or_default();
    let text = if text.is_empty() { "The files on disk are up to date.\n".to_owned() } else { text };
    let language_id = match command {
        SpecCommand::Build => "plaintext",
        SpecCommand::Diff => "diff",
        SpecCommand::Plan => "markdown",
    };
    Ok(CommandDocument { title: format!("{} {name}", command.title()), language_id, text, can_build })
}

/// Reason why the files of a module must not be read.
fn unreadable(document: &OpenSpec) -> String {
    if path(document.uri()).is_none() {
        return "save the spec first: its files are written to the folder that it is in".to_owned();
    }
    let root = &document.latest().root;
    format!("`{root}`, where the files of the module are, is not in an open folder: open it, too")
}

fn comparison(project: &Project) -> Result<Comparison, String> {
    let compared = project.comparison().ok_or("the spec has errors")?;
    compared.map(|(_, comparison)| comparison).map_err(|failure| failure.to_string())
}

/// Files that `build` would write, and those at which it would stop; true if it would write some and stop at none.
fn pending(project: &Project, comparison: &Comparison) -> (String, bool) {
    let mut text = String::new();
    let mut conflicts = 0;
    for change in comparison.differing() {
        let conflict = change.conflict();
        conflicts += usize::from(conflict.is_some());
        let why = conflict.map(|why| format!(": {why}")).unwrap_or_default();
        text += &format!("{:<12}{}{why}\n", change.status.as_str(), change.path);
    }
    if text.is_empty() {
        return (text, false);
    }
    let count = plural(comparison.differing().count(), "file");
    let build = format!("magespec build {}", shlex::try_quote(project.spec.as_str()).unwrap_or_default());
    let next = match conflicts {
        0 => format!("Save the spec and run `{build}` to write {count}."),
        _ => format!("`{build}` stops at {}; nothing is overwritten.", plural(conflicts, "conflict")),
    };
    (format!("{text}\n{next}\n"), conflicts == 0)
}

fn planned(project: &Project) -> Result<String, String> {
    let spec = project.compiled().ok_or("the spec has errors")?;
    let plan = plan(project, spec, Baseline::OnDisk).map_err(|failure| failure.to_string())?;
    Ok(render::markdown(&[plan]))
}
