//! What an installation is going to do, for whoever has to agree to it.

use std::io::{self, Write as _};

use super::Todo;
use crate::{
    cli::{common::note, plan},
    diff::Status,
};

impl Todo {
    /// Writes everything that is going to be done to standard output.
    pub(super) fn show(&self) -> io::Result<()> {
        let mut out = anstream::stdout();
        let changes = self.comparison.changes.files.iter().filter(|it| it.status != Status::Unchanged);
        writeln!(out, "{} in {}:", self.installed.module.name, self.comparison.place())?;
        let mut count = 0;
        for change in changes {
            count += 1;
            writeln!(out, "  {} {}", change.status.as_str(), change.path)?;
        }
        if count == 0 {
            writeln!(out, "  all files are as the spec makes them")?;
        }
        writeln!(out)?;
        let document = self.document();
        let is_stopped = document.stop().is_some();
        write!(out, "{}", plan::render(&[document]))?;
        if is_stopped {
            return Ok(());
        }
        writeln!(out, "\nTo run:")?;
        for step in &self.steps {
            let empties = step.empties(self.version);
            let empties =
                if empties.is_empty() { String::new() } else { format!("  empties {}", empties.join(", ")) };
            writeln!(out, "  {step}{empties}")?;
        }
        if self.is_reset() && !self.keeps_credentials {
            note(
                "with --keep-credentials the old credentials of what is reset work on; what its permissions grow by then \
                 takes effect without anyone authorising it",
            )?;
        }
        Ok(())
    }
}
