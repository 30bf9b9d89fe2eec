//! What came of a spec, for whoever started the build.

use std::io::{self, Write};

use super::{Args, Prepared, prepared::Plan};
use crate::{
    cli::{
        Outcome,
        common::{Paging, plural},
        diff, fail,
    },
    diff::{
        Change, Status,
        format::{Comparison, hunks},
    },
    tree::LOCK_FILE,
    write::REPORT,
};

impl Args {
    /// Says what was written on standard output, and what stopped it on standard error.
    pub(super) fn tell(&self, prepared: &Prepared) -> io::Result<Outcome> {
        let plan = match &prepared.plan {
            None => return Ok(Outcome::Failed),
            Some(Err(message)) => return fail(message),
            Some(Ok(plan)) => plan,
        };
        let comparison = &plan.comparison;
        let is_blocked = comparison.changes.conflicts().next().is_some();
        if self.check && !comparison.changes.is_clean() {
            let format = diff::format_by_itself();
            let paging = Paging { no_pager: true };
            diff::print(format, &mut [comparison.clone()], diff::layout_by_itself(), paging)?;
            return Ok(Outcome::Differences);
        }
        if is_blocked {
            return self.tell_conflicts(prepared, plan);
        }
        list(&mut anstream::stdout(), comparison)?;
        prepared.project.tell_leftovers(&plan.ledger.lock)?;
        Ok(Outcome::Fine)
    }

    fn tell_conflicts(&self, prepared: &Prepared, plan: &Plan) -> io::Result<Outcome> {
        let comparison = &plan.comparison;
        let mut message = format!("nothing was written to {}:\n", comparison.place());
        for change in comparison.changes.conflicts() {
            message += &format!("  {}: {}\n", change.path, change.conflict().unwrap_or_default());
            message += &edit(change, plan);
        }
        for unmerged in &plan.unmerged {
            message += &match &unmerged.marked {
                Some(_) if self.dry_run => {
                    format!("  {}: the edit and the spec change the same lines\n", unmerged.path)
                }
                Some(_) => format!(
                    "  {path}: the edit and the spec change the same lines; {path}{REPORT} shows where. Make {path} \
                     read as it should and merge again\n",
                    path = unmerged.path
                ),
                None => format!(
                    "  {}: {LOCK_FILE} does not hold it as it was written; it cannot be merged\n",
                    unmerged.path
                ),
            };
        }
        message += &self.ways_out(prepared, plan);
        fail(message.trim_end())
    }

    /// The command lines that go on from here.
    fn ways_out(&self, prepared: &Prepared, plan: &Plan) -> String {
        let changes = &plan.comparison.changes;
        let movable = |change: &&Change| change.obstacle.is_none();
        let paths: Vec<&str> =
            changes.conflicts().filter(movable).map(|change| change.path.as_str()).collect();
        if paths.is_empty() {
            return String::new();
        }
        let build = format!("magespec build{}", self.specs.as_arguments());
        let paths = paths.join(" ");
        let can_merge = !self.merge && changes.conflicts().any(|change| change.status == Status::HandEdited);
        let merge = if can_merge { format!("  {build} --merge\n") } else { String::new() };
        let keep =
            if prepared.project.spec == "-" { String::new() } else { format!("  {build} --keep {paths}\n") };
        format!(
            "Move the change into the spec, or unite the two, leave the file to you for good, overwrite it:\n\
             {merge}{keep}  {build} --force {paths}\n"
        )
    }
}

/// What someone did to the file: against what was written, where the lock has it, or else what would be taken away
/// from it and what put in.
fn edit(change: &Change, plan: &Plan) -> String {
    if change.obstacle.is_some() {
        return String::new();
    }
    match plan.ledger.lock.base(&change.path) {
        Some(written) => {
            let edit = Change { before: Some(written), after: change.before.clone(), ..change.clone() };
            hunks(&edit, diff::layout_by_itself())
        }
        None => hunks(change, diff::layout_by_itself()),
    }
}

/// What was done, a line for each file that is not as it was.
fn list(out: &mut impl Write, comparison: &Comparison) -> io::Result<()> {
    let changes = &comparison.changes;
    writeln!(out, "{} in {}", comparison.module, comparison.place())?;
    for change in &changes.files {
        let (colour, word) = match change.status {
            Status::Created => (anstyle::AnsiColor::Green, "created"),
            Status::Changed if change.is_merged => (anstyle::AnsiColor::Yellow, "merged"),
            Status::Changed => (anstyle::AnsiColor::Yellow, "changed"),
            Status::Deleted => (anstyle::AnsiColor::Red, "deleted"),
            Status::HandEdited | Status::InTheWay | Status::Unchanged => continue,
        };
        let style = colour.on_default();
        writeln!(out, "  {style}{word}{style:#} {}", change.path)?;
    }
    if changes.locks_anew() {
        let word = if changes.lock_before.is_none() { "created" } else { "updated" };
        writeln!(out, "  {word} {LOCK_FILE}")?;
    }
    let unchanged = changes.count(Status::Unchanged);
    if unchanged > 0 {
        writeln!(out, "  {} unchanged", plural(unchanged, "file"))?;
    }
    Ok(())
}
