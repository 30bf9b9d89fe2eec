//! What an installation is going to do, for whoever has to agree to it.

use std::{
    io::{self, Write as _},
    slice,
};

use crate::{
    cli::{
        install::Installation,
        output::{note, stdout},
        plan::tell_orphans,
    },
    diff::Status,
    magento::{ShopCommand, composer_commands},
    plan::{Action, render},
    project::ShopPlan,
};

impl Installation {
    /// Writes everything that is going to be done to standard output.
    pub(super) fn show(&self, shop_plan: &ShopPlan<'_>) -> io::Result<()> {
        let mut out = stdout();
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
        let ShopPlan { plan, orphans, .. } = shop_plan;
        let is_reset = plan.integrations().any(|it| it.action() == Action::Reset);
        write!(out, "{}", render::human(slice::from_ref(plan)))?;
        tell_orphans(orphans)?;
        if plan.stop().is_some() {
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
            if matches!(step, ShopCommand::Upgrade { .. }) {
                for name in &plan.given_back {
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
