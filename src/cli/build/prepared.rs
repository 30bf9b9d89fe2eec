//! One spec on its way to disk.

use std::io::Write as _;

use super::{Args, Chosen};
use crate::{
    catalog::Catalog,
    cli::common::Project,
    diff::{Unmerged, format::Comparison},
    spec,
    tree::{Ledger, TreePath},
    write::{Writer, replace},
};

/// A spec that was compiled, and what is to become of its files.
pub(super) struct Prepared {
    pub(super) project: Project,
    /// None if the spec has errors; otherwise what is to become of its files, or why nothing could.
    pub(super) plan: Option<Result<Plan, String>>,
}

/// What is to become of the files of a spec.
pub(super) struct Plan {
    pub(super) ledger: Ledger,
    pub(super) comparison: Comparison,
    /// The files that could not be merged.
    pub(super) unmerged: Vec<Unmerged>,
    /// The spec's new text, where files are handed over to the user.
    edited: Option<String>,
}

impl Prepared {
    /// Whether the files are as the spec makes them, or would be without `--dry-run`.
    pub(super) fn is_built(&self) -> bool {
        matches!(&self.plan, Some(Ok(plan)) if plan.comparison.changes.conflicts().next().is_none())
    }

    /// Whether the file is or was one of the spec's.
    pub(super) fn has(&self, chosen: &Chosen) -> bool {
        let Some(Ok(plan)) = &self.plan else { return true };
        let root = &self.project.root;
        let is = |path: &TreePath| chosen.is(path, root);
        let mut made = plan.comparison.changes.files.iter().map(|change| &change.path);
        made.any(is) || self.project.tree.released().any(is)
    }
}

impl Args {
    /// Compares, and decides on what is in the way as the command line says.
    pub(super) fn prepare(&self, project: Project, catalog: &Catalog) -> Prepared {
        match self.hand_over(project, catalog) {
            Ok((project, edited)) => {
                let plan = self.plan(&project, edited);
                Prepared { project, plan }
            }
            Err((project, message)) => Prepared { project: *project, plan: Some(Err(message)) },
        }
    }

    /// The project with the files that are to be kept listed in its spec, and the spec's new text.
    fn hand_over(
        &self,
        project: Project,
        catalog: &Catalog,
    ) -> Result<(Project, Option<String>), (Box<Project>, String)> {
        let is_kept = |path: &TreePath| self.keep.iter().any(|chosen| chosen.is(path, &project.root));
        let kept: Vec<&str> =
            project.tree.paths().filter(|path| is_kept(path)).map(TreePath::as_str).collect();
        if kept.is_empty() {
            return Ok((project, None));
        }
        if project.spec == "-" {
            let message =
                "a spec from standard input cannot be edited: list the files in it under [files] unmanaged";
            return Err((Box::new(project), message.to_owned()));
        }
        match spec::hand_over(&project.report.source.text, kept) {
            Ok(text) => Ok((project.with_text(text.clone(), catalog, self.deny), Some(text))),
            Err(error) => {
                let message = format!("cannot edit {}: {error}", project.spec);
                Err((Box::new(project), message))
            }
        }
    }

    fn plan(&self, project: &Project, edited: Option<String>) -> Option<Result<Plan, String>> {
        let compared = project.comparison()?;
        Some(compared.map(|(ledger, mut comparison)| {
            let changes = &mut comparison.changes;
            if let Some(chosen) = &self.force {
                let is_chosen = |path: &TreePath| chosen.iter().any(|chosen| chosen.is(path, &project.root));
                changes.force(|path| chosen.is_empty() || is_chosen(path));
            }
            let unmerged = if self.merge { changes.merge(&ledger.lock) } else { Vec::new() };
            Plan { ledger, comparison, unmerged, edited }
        }))
    }

    /// Writes what was prepared, unless asked not to or something is in the way.
    pub(super) fn write(&self, prepared: Prepared) -> Prepared {
        let Prepared { project, plan } = prepared;
        let plan = plan.map(|plan| plan.and_then(|plan| self.write_plan(&project, plan)));
        Prepared { project, plan }
    }

    fn write_plan(&self, project: &Project, plan: Plan) -> Result<Plan, String> {
        let is_blocked = |plan: &Plan| plan.comparison.changes.conflicts().next().is_some();
        let has_reports = plan.unmerged.iter().any(|unmerged| unmerged.marked.is_some());
        let is_done = plan.comparison.changes.is_clean() && plan.edited.is_none();
        if self.dry_run || self.check || is_done || (is_blocked(&plan) && !has_reports) {
            return Ok(plan);
        }
        let root = &project.root;
        let place = plan.comparison.place();
        let waits = || {
            let _ = writeln!(anstream::stderr(), "waiting for another magespec that writes to {place}");
        };
        let writer = Writer::open(root, waits).map_err(|error| error.to_string())?;
        // Another run may have written while this one waited for it.
        let plan =
            self.plan(project, plan.edited).unwrap_or_else(|| Err("the spec has errors".to_owned()))?;
        if is_blocked(&plan) {
            for unmerged in &plan.unmerged {
                if let Some(marked) = &unmerged.marked {
                    writer.report(&unmerged.path, marked).map_err(|error| error.to_string())?;
                }
            }
            return Ok(plan);
        }
        if let Some(text) = &plan.edited {
            replace(&project.spec, text).map_err(|error| error.to_string())?;
        }
        writer.apply(&plan.comparison.changes).map_err(|error| error.to_string())?;
        Ok(plan)
    }
}
