//! One spec on its way to disk.

use std::io::Write as _;

use crate::{
    cli::{
        build::{Chosen, Run},
        output::stderr,
    },
    diag::Failure,
    diff::{Comparison, Unmerged},
    project::{Project, read},
    spec,
    tree::{Ledger, TreePath},
    write::{Writer, replace},
};

/// A spec that was compiled, and what is to become of its files.
pub(super) struct Prepared {
    pub(super) project: Project,
    /// None if the spec has errors; otherwise what is to become of its files, or why nothing could.
    pub(super) plan: Option<Result<PendingWrite, Failure>>,
}

/// What is to become of the files of a spec.
pub(super) struct PendingWrite {
    pub(super) ledger: Ledger,
    pub(super) comparison: Comparison,
    /// The files that could not be merged.
    pub(super) unmerged: Vec<Unmerged>,
    /// What is to become of the spec, where files are handed over to the user.
    pub(super) edit: Option<Edit>,
}

/// A change of a spec's text.
pub(super) struct Edit {
    pub(super) before: String,
    pub(super) after: String,
}

impl Prepared {
    /// Whether the files are as the spec makes them, or would be without `--dry-run`.
    pub(super) fn is_built(&self) -> bool {
        matches!(&self.plan, Some(Ok(plan)) if !plan.comparison.changes.is_blocked())
    }
}

impl Run<'_> {
    /// Whether the file is or was one of the spec's.
    pub(super) fn has(&self, prepared: &Prepared, chosen: &Chosen) -> bool {
        let Prepared { project, plan: Some(Ok(plan)) } = prepared else { return true };
        let is = |path: &TreePath| chosen.is(path, &project.root, self.is_only);
        let files = plan.comparison.changes.files.iter().map(|change| &change.path);
        let spec = project.own_path();
        let released = project.tree.released().filter(|path| spec.as_ref() != Some(path));
        files.chain(released).chain(plan.ledger.lock.paths()).any(is)
    }

    fn is_kept(&self, project: &Project, path: &TreePath) -> bool {
        self.args.keep.iter().any(|chosen| chosen.is(path, &project.root, self.is_only))
    }

    /// Compares, and decides on what is in the way as the command line says.
    pub(super) fn prepare(&self, project: Project) -> Prepared {
        match self.hand_over(project) {
            Ok((project, edit)) => {
                let plan = self.plan(&project, edit);
                Prepared { project, plan }
            }
            Err((project, failure)) => Prepared { project: *project, plan: Some(Err(failure)) },
        }
    }

    /// The project with the files that are to be kept listed in its spec.
    fn hand_over(&self, project: Project) -> Result<(Project, Option<Edit>), (Box<Project>, Failure)> {
        let kept: Vec<&str> =
            project.tree.paths().filter(|path| self.is_kept(&project, path)).map(TreePath::as_str).collect();
        if kept.is_empty() {
            return Ok((project, None));
        }
        if project.spec == "-" {
            let message =
                "a spec from standard input cannot be edited: list the files in it under [files] unmanaged";
            return Err((Box::new(project), message.into()));
        }
        let before = project.report.source.text.clone();
        match spec::hand_over(&before, kept) {
            Ok(after) => Ok((
                project.with_text(after.clone(), self.catalog, self.args.deny.is_some()),
                Some(Edit { before, after }),
            )),
            Err(error) => {
                let failure = Failure::new(format!("cannot edit {}: {error}", project.spec));
                Err((Box::new(project), failure))
            }
        }
    }

    fn plan(&self, project: &Project, edit: Option<Edit>) -> Option<Result<PendingWrite, Failure>> {
        let compared = project.comparison()?;
        Some(compared.map(|(ledger, mut comparison)| {
            let changes = &mut comparison.changes;
            changes.forget(|path| self.is_kept(project, path));
            if let Some(chosen) = &self.args.force {
                let is_chosen =
                    |path: &TreePath| chosen.iter().any(|it| it.is(path, &project.root, self.is_only));
                changes.force(|path| chosen.is_empty() || is_chosen(path));
            }
            let unmerged = if self.args.merge { changes.merge(&ledger.lock) } else { Vec::new() };
            PendingWrite { ledger, comparison, unmerged, edit }
        }))
    }

    /// Writes what was prepared, unless asked not to or something is in the way.
    pub(super) fn write(&self, prepared: Prepared) -> Prepared {
        let Prepared { project, plan } = prepared;
        let plan = plan.map(|plan| plan.and_then(|plan| self.write_plan(&project, plan)));
        Prepared { project, plan }
    }

    fn write_plan(&self, project: &Project, plan: PendingWrite) -> Result<PendingWrite, Failure> {
        let is_done = plan.comparison.changes.is_clean() && plan.edit.is_none();
        if self.args.dry_run || self.args.check || is_done {
            return Ok(plan);
        }
        let root = &project.root;
        let place = plan.comparison.place();
        let waits = || {
            let _ = writeln!(stderr(), "waiting for another magespec that writes to {place}");
        };
        let writer = Writer::open(root, waits)?;
        // Another run may have written while this one waited for it, and the user may have written to the spec.
        let plan = self.plan(project, plan.edit).unwrap_or_else(|| Err("the spec has errors".into()))?;
        if plan.comparison.changes.is_blocked() {
            for unmerged in &plan.unmerged {
                if let Some(marked) = &unmerged.marked {
                    writer.report(&unmerged.path, marked)?;
                }
            }
            return Ok(plan);
        }
        if let Some(edit) = &plan.edit {
            if read(&project.spec).is_ok_and(|source| source.text != edit.before) {
                return Err(format!(
                    "{} was changed meanwhile; nothing was written: build again",
                    project.spec
                )
                .into());
            }
            replace(&project.spec, &edit.after)?;
        }
        writer.apply(&plan.comparison.changes)?;
        Ok(plan)
    }
}
