//! Pending build of one spec.

use crate::{
    cli::{
        build::{FileArgument, Run},
        output::waiting,
    },
    diag::Failure,
    diff::{Comparison, Unmerged},
    interrupt,
    project::{Project, read},
    spec,
    tree::{Ledger, TreePath},
    write::Writer,
};

/// Compiled spec with its pending changes.
pub(super) struct PendingBuild {
    pub(super) project: Project,
    /// Pending changes, or why there are none; `None` if the spec has errors.
    pub(super) plan: Option<Result<PendingWrite, Failure>>,
}

/// Pending changes of a spec's files.
pub(super) struct PendingWrite {
    pub(super) ledger: Ledger,
    pub(super) comparison: Comparison,
    /// Files that could not be merged.
    pub(super) unmerged: Vec<Unmerged>,
    /// Change of the spec, if files become unmanaged.
    pub(super) edit: Option<Edit>,
}

/// Change of a spec's text.
pub(super) struct Edit {
    pub(super) before: String,
    pub(super) after: String,
}

impl PendingBuild {
    /// Returns true if the files are up to date, or would be without `--dry-run`.
    pub(super) fn is_built(&self) -> bool {
        matches!(&self.plan, Some(Ok(plan)) if !plan.comparison.changes.is_blocked())
    }
}

impl Run<'_> {
    /// Returns true if the spec generates or generated the file.
    pub(super) fn has(&self, prepared: &PendingBuild, chosen: &FileArgument) -> bool {
        let PendingBuild { project, plan: Some(Ok(plan)) } = prepared else { return true };
        let is = |path: &TreePath| chosen.is(path, &project.root, self.is_only);
        let files = plan.comparison.changes.files.iter().map(|change| &change.path);
        let spec = project.own_path();
        let released = project.tree.released().filter(|path| spec.as_ref() != Some(path));
        files.chain(released).chain(plan.ledger.lock.paths()).any(is)
    }

    fn is_kept(&self, project: &Project, path: &TreePath) -> bool {
        self.args.keep.iter().any(|chosen| chosen.is(path, &project.root, self.is_only))
    }

    /// Compares the files and resolves conflicts as the command line says.
    pub(super) fn prepare(&self, project: Project) -> PendingBuild {
        match self.hand_over(project) {
            Ok((mut project, edit)) => {
                if self.args.reformat {
                    project.reformat();
                }
                let plan = self.plan(&project, edit);
                PendingBuild { project, plan }
            }
            Err((project, failure)) => PendingBuild { project: *project, plan: Some(Err(failure)) },
        }
    }

    /// Recompiles the project with the kept files listed in its spec.
    fn hand_over(&self, project: Project) -> Result<(Project, Option<Edit>), (Box<Project>, Failure)> {
        let kept: Vec<&str> =
            project.tree.paths().filter(|path| self.is_kept(&project, path)).map(TreePath::as_str).collect();
        if kept.is_empty() {
            return Ok((project, None));
        }
        if project.spec == "-" {
            let message =
                "cannot edit a spec from standard input: list the files in it under [files] unmanaged";
            return Err((Box::new(project), message.into()));
        }
        let before = project.report.source.text.clone();
        match spec::hand_over(&before, kept) {
            Ok(after) => Ok((
                project.with_text(after.clone(), self.catalogs, self.args.deny.is_some()),
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
            if self.args.reformat {
                changes.reformat();
            }
            match self.args.force.as_deref() {
                None => {}
                Some([]) => changes.force_all(),
                Some(chosen) => {
                    changes.force(|path| chosen.iter().any(|it| it.is(path, &project.root, self.is_only)));
                }
            }
            let unmerged = if self.args.merge { changes.merge(&ledger.lock) } else { Vec::new() };
            PendingWrite { ledger, comparison, unmerged, edit }
        }))
    }

    /// Writes the changes, unless there is a conflict or writing is disabled.
    pub(super) fn write(&self, prepared: PendingBuild) -> PendingBuild {
        let PendingBuild { project, plan } = prepared;
        let plan = plan.map(|plan| plan.and_then(|plan| self.write_plan(&project, plan)));
        PendingBuild { project, plan }
    }

    fn write_plan(&self, project: &Project, plan: PendingWrite) -> Result<PendingWrite, Failure> {
        let is_done = plan.comparison.changes.is_clean() && plan.edit.is_none();
        if self.args.dry_run || self.args.check || is_done {
            return Ok(plan);
        }
        if interrupt::requested().is_some() {
            return Err("interrupted".into());
        }
        let mut writer = Writer::open(&project.root, waiting)?;
        if !self.syncs {
            writer = writer.without_sync();
        }
        let _whole = interrupt::hold();
        // While this run waited, another one may have written files and the user may have edited the spec.
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
                    "{} changed during the build; nothing was written; build again",
                    project.spec
                )
                .into());
            }
            writer = writer.with_edit(&project.spec, &edit.after)?;
        }
        writer.apply(&plan.comparison.changes)?;
        Ok(plan)
    }
}
