//! Result of a build, for people.

use std::fmt::Write as _;

use crate::{
    cli::{
        Outcome,
        build::{
            FileArgument, Message, PendingBuild, Run,
            pending::{Edit, PendingWrite},
        },
        diff,
        output::leftover_warnings,
    },
    diag::{Failure, plural, printable_line},
    diff::{Change, Status, render::hunks},
    project::SPEC_FILE,
    tree::{LOCK_FILE, TreePath},
    write::REPORT,
};

impl Run<'_> {
    /// Reports written files and conflicts.
    pub(super) fn messages(&self, prepared: &PendingBuild) -> (Vec<Message>, Outcome) {
        let plan = match &prepared.plan {
            None => return (Vec::new(), Outcome::Failed),
            Some(Err(failure)) => {
                let failure = Failure::of_text(failure.to_string());
                return (vec![Message::Error(failure)], Outcome::Failed);
            }
            Some(Ok(plan)) => plan,
        };
        let comparison = &plan.comparison;
        if self.args.check && !comparison.changes.is_clean() {
            return (vec![Message::Diff(Box::new(comparison.clone()))], Outcome::Differences);
        }
        if comparison.changes.is_blocked() {
            let error = Failure::from(format!("nothing was written to {}:", comparison.place()));
            let conflicts = self.conflicts(prepared, plan);
            return (vec![Message::Error(error), Message::Conflicts(conflicts)], Outcome::Failed);
        }
        let mut listing = list(prepared, plan);
        if let (true, Some(edit)) = (self.args.dry_run, &plan.edit) {
            listing += &edit_of_spec(edit);
        }
        let mut messages = vec![Message::Listing(listing)];
        messages.extend(self.kept_edits(prepared, plan).map(Message::Note));
        let leftovers = leftover_warnings(&prepared.project, &plan.ledger.lock);
        messages.extend(leftovers.into_iter().map(Message::Warning));
        // A first build may be one to another directory.
        if comparison.changes.lock_before.is_none() && self.args.output.out.is_none() {
            messages.extend(prepared.project.other_copies().iter().map(|copy| {
                Message::Warning(format!(
                    "{copy} has {} too, from an earlier build: move your own classes over and delete it; Magento fails if two modules register the same name",
                    comparison.module
                ))
            }));
        }
        (messages, Outcome::Fine)
    }

    /// Note on the files that still have edits by hand after a merge, at which other builds stop.
    fn kept_edits(&self, prepared: &PendingBuild, plan: &PendingWrite) -> Option<String> {
        let changes = plan.comparison.changes.files.iter();
        let edited: Vec<&str> =
            changes.filter(|change| change.is_merged).map(|change| change.path.as_str()).collect();
        if edited.is_empty() {
            return None;
        }
        let keep = match prepared.project.spec.as_str() {
            "-" => String::new(),
            _ => format!("; or stop managing the file: `{}`", self.line(prepared, &[], &edited, &[]).trim()),
        };
        Some(format!(
            "still edited by hand: {}. `build --check`, and `build` without --merge, stop there until the spec says the \
             same{keep}",
            edited.join(", ")
        ))
    }

    /// Conflicts, and the commands that resolve them.
    fn conflicts(&self, prepared: &PendingBuild, plan: &PendingWrite) -> String {
        let comparison = &plan.comparison;
        let mut message = String::new();
        for change in comparison.changes.conflicts() {
            let conflict = change.conflict().unwrap_or_default();
            message +=
                &format!("  {}: {}\n", printable_line(change.path.as_str()), printable_line(&conflict));
            message += &edit(change, plan);
        }
        for unmerged in &plan.unmerged {
            let path = printable_line(unmerged.path.as_str());
            message += &match &unmerged.marked {
                Some(_) if self.args.dry_run => {
                    format!("  {path}: merge conflict: the edit and the spec change the same lines\n")
                }
                Some(_) => format!(
                    "  {path}: merge conflict: see {path}{REPORT}. Resolve it in {path}, delete the {REPORT} and run \
                     --merge again\n"
                ),
                None => {
                    format!(
                        "  {path}: cannot merge: {LOCK_FILE} does not record the lines of the file as it was written\n"
                    )
                }
            };
        }
        message + &self.ways_out(prepared, plan)
    }

    /// Commands that resolve the conflicts.
    fn ways_out(&self, prepared: &PendingBuild, plan: &PendingWrite) -> String {
        let changes = &plan.comparison.changes;
        let movable: Vec<&Change> = changes.conflicts().filter(|change| change.obstacle.is_none()).collect();
        if movable.is_empty() {
            return String::new();
        }
        let can_merge = |change: &&Change| {
            change.status == Status::HandEdited
                && change.after.is_some()
                && plan.ledger.lock.has_lines(&change.path)
        };
        let paths = |fits: fn(&Change) -> bool| -> Vec<&str> {
            movable.iter().filter(|change| fits(change)).map(|change| change.path.as_str()).collect()
        };
        let overwritable = paths(Change::can_be_overwritten);
        let deletable = paths(Change::can_be_deleted);
        let mut ways = Vec::new();
        if !self.args.merge && movable.iter().any(can_merge) {
            ways.push(("merge it", self.line(prepared, &["--merge"], &[], &[])));
        }
        if prepared.project.spec != "-" {
            ways.push(("stop managing the file", self.line(prepared, &[], &paths(|_| true), &[])));
        }
        for (way, files) in [("overwrite it", &overwritable), ("delete it", &deletable)] {
            if !files.is_empty() {
                ways.push((way, self.line(prepared, &[], &[], files)));
            }
        }
        let words: Vec<&str> = ways.iter().map(|(way, _)| *way).collect();
        let words = match words.as_slice() {
            [] => return String::new(),
            [way] => (*way).to_owned(),
            [ways @ .., last] => format!("{}, or {last}", ways.join(", ")),
        };
        let head = match overwritable.is_empty() && deletable.is_empty() {
            true => "To leave the file as it is:\n".to_owned(),
            false => format!("Move the change into the spec; or {words}:\n"),
        };
        head + &ways.into_iter().map(|(_, command)| command).collect::<String>()
    }

    /// Command line for this spec, with the options of this run and further files to keep or overwrite.
    fn line(&self, prepared: &PendingBuild, flags: &[&str], keep: &[&str], force: &[&str]) -> String {
        let args = &self.args;
        let mut words = vec!["magespec", "build"];
        words.extend(Some(prepared.project.spec.as_str()).filter(|spec| *spec != SPEC_FILE));
        words.extend(args.output.out.iter().flat_map(|out| ["--out", out.as_str()]));
        words.extend(args.catalog_source.as_arguments());
        words.extend(args.deny.iter().flat_map(|_| ["--deny", "warnings"]));
        words.extend(flags);
        for (flag, chosen, further) in [
            ("--keep", args.keep.as_slice(), keep),
            ("--force", args.force.as_deref().unwrap_or_default(), force),
        ] {
            let paths: Vec<&str> =
                chosen.iter().map(FileArgument::as_str).chain(further.iter().copied()).collect();
            if !paths.is_empty() {
                words.push(flag);
                words.extend(paths);
            }
        }
        format!("  {}\n", printable_line(&shlex::try_join(words).unwrap_or_default()))
    }
}

/// Diff of an edit by hand: against the file as it was written if all its lines are known, otherwise against the generated
/// file.
fn edit(change: &Change, plan: &PendingWrite) -> String {
    let is_foreign = change.status == Status::InTheWay && change.after.is_none();
    if change.obstacle.is_some() || is_foreign {
        return String::new();
    }
    let later: Vec<&[u8]> =
        [&change.after, &change.before].into_iter().filter_map(Option::as_deref).collect();
    match plan.ledger.lock.restore(&change.path, &later).filter(|written| written.is_whole) {
        Some(written) => {
            let edit = Change { before: Some(written.bytes), after: change.before.clone(), ..change.clone() };
            hunks(&edit, diff::layout_by_itself())
        }
        None => hunks(change, diff::layout_by_itself()),
    }
}

/// Diff of the spec itself.
fn edit_of_spec(edit: &Edit) -> String {
    let Ok(path) = TreePath::new(SPEC_FILE) else { return String::new() };
    let bytes = |text: &str| Some(text.as_bytes().to_vec());
    let change = Change {
        path,
        status: Status::Changed,
        before: bytes(&edit.before),
        after: bytes(&edit.after),
        obstacle: None,
        is_executable: false,
        is_merged: false,
        is_adopted: false,
    };
    hunks(&change, diff::layout_by_itself())
}

/// Lists the changed files, one per line.
fn list(prepared: &PendingBuild, plan: &PendingWrite) -> String {
    let comparison = &plan.comparison;
    let changes = &comparison.changes;
    let mut list = format!("{} in {}\n", comparison.module, printable_line(comparison.place().as_str()));
    if plan.edit.is_some() {
        let style = anstyle::AnsiColor::Yellow.on_default();
        let spec = printable_line(prepared.project.spec.as_str());
        let _ = writeln!(list, "  {style}changed{style:#} {spec}, under [files]");
    }
    for change in &changes.files {
        let (colour, word) = match change.status {
            Status::Created => (anstyle::AnsiColor::Green, "created"),
            Status::Changed if change.is_merged => (anstyle::AnsiColor::Yellow, "merged"),
            Status::Changed => (anstyle::AnsiColor::Yellow, "changed"),
            Status::Deleted => (anstyle::AnsiColor::Red, "deleted"),
            Status::HandEdited | Status::InTheWay | Status::Unchanged => continue,
        };
        let style = colour.on_default();
        let _ = writeln!(list, "  {style}{word}{style:#} {}", printable_line(change.path.as_str()));
    }
    let mut unchanged = changes.count(Status::Unchanged);
    if changes.locks_anew() {
        let word = if changes.lock_before.is_none() { "created" } else { "updated" };
        let _ = writeln!(list, "  {word} {LOCK_FILE}");
    } else if changes.lock_before.is_some() {
        unchanged += 1;
    }
    if unchanged > 0 {
        let _ = writeln!(list, "  {} unchanged", plural(unchanged, "file"));
    }
    list
}
