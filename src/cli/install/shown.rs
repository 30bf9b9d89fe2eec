//! What an installation is going to do, for whoever has to agree to it.

use std::{
    io::{self, Write as _},
    slice,
};

use crate::{
    cli::{install::Todo, output::note, plan},
    diff::Status,
    magento::{Step, composer_commands},
    plan::Action,
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
            let verb = match change.status {
                Status::Created => "create",
                Status::Deleted => "delete",
                _ => "change",
            };
            writeln!(out, "  {verb} {}", change.path)?;
        }
        if count == 0 {
            writeln!(out, "  all files are as the spec makes them")?;
        }
        writeln!(out)?;
        let document = self.document();
        let is_reset = document.plan.integrations.iter().any(|it| it.action() == Action::Reset);
        write!(out, "{}", plan::render(slice::from_ref(&document)))?;
        document.tell_orphans()?;
        if document.stop().is_some() {
            return Ok(());
        }
        if self.awaits_composer {
            writeln!(
                out,
                "\nFor Magento to see the files, run this in its root, and install again for all that is above:"
            )?;
            for command in composer_commands(&self.installed.module.package) {
                writeln!(out, "  {command}")?;
            }
            return Ok(());
        }
        if !self.steps.is_empty() {
            writeln!(out, "\nTo run:")?;
        }
        for step in &self.steps {
            let empties = step.empties(self.version);
            let empties =
                if empties.is_empty() { String::new() } else { format!("  empties {}", empties.join(", ")) };
            writeln!(out, "  {step}{empties}")?;
            if matches!(step, Step::Upgrade { .. }) {
                for name in &document.shop.given_back {
                    writeln!(out, "  attach the consumer of before to `{name}` again")?;
                }
            }
        }
        if is_reset && !self.keeps_credentials {
            note(
                "with --keep-credentials the old credentials of what is reset work on; what its permissions grow by then \
                 takes effect without anyone re-authorising it",
            )?;
        }
        Ok(())
    }
}
