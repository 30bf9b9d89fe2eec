//! `magespec fmt`.

use camino::Utf8PathBuf;

use crate::{
    cli::{
        Outcome,
        arguments::Specs,
        diff::CONTEXT,
        output::{print_data, print_findings, stdout, waiting},
    },
    diag::{Failure, Report},
    diff::render::text_patch,
    project::read,
    spec::format,
    write::edit,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    /// Write nothing; list the files that are not formatted and exit with 2 if there are any
    #[arg(long)]
    check: bool,
    /// Write nothing; show the changes as a patch and exit with 2 if there are any
    #[arg(long)]
    diff: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let mut faulty = Vec::new();
    let mut outcome = Outcome::Fine;
    for spec in args.specs.files()? {
        match FormattedSpec::of(spec) {
            Ok(formatted) => outcome = outcome.max(formatted.put(args)?),
            Err(report) => faulty.push(report),
        }
    }
    Ok(outcome.max(print_findings(&faulty)?))
}

/// Spec with its text in the layout.
struct FormattedSpec {
    path: Utf8PathBuf,
    before: String,
    after: String,
}

impl FormattedSpec {
    fn of(path: Utf8PathBuf) -> Result<Self, Report> {
        let source = read(&path)?;
        match format(&source) {
            Ok(after) => Ok(Self { path, before: source.text, after }),
            Err(finding) => Err(Report::new(source, vec![*finding])),
        }
    }

    /// Writes or shows the text, as the arguments say.
    fn put(&self, args: &Args) -> Result<Outcome, Failure> {
        let is_changed = self.before != self.after;
        let is_stdin = self.path == "-";
        let name = if is_stdin { "<stdin>" } else { self.path.as_str() };
        if args.diff && is_changed {
            print_data(text_patch(name, &self.before, &self.after, CONTEXT.into()).as_bytes())?;
        }
        if args.check && is_changed {
            stdout().line(name)?;
        }
        if args.check || args.diff {
            return Ok(if is_changed { Outcome::Differences } else { Outcome::Fine });
        }
        if is_stdin {
            print_data(self.after.as_bytes())?;
        } else if is_changed {
            edit(&self.path, &self.after, waiting)?;
            stdout().line(name)?;
        }
        Ok(Outcome::Fine)
    }
}
