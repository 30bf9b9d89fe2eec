//! Preview of an installation, for confirmation.

use std::{
    io::{self, Write as _},
    slice,
};

use crate::{
    cli::{
        install::Installation,
        output::{note, stdout},
        plan::print_orphans,
    },
    deploy::ShopCommand,
    diff::Status,
    magento::composer_commands,
    plan::{Action, render},
    project::ShopPlan,
};

impl Installation {
    /// Writes all pending changes to standard output.
    pub(super) fn show(&self, shop_plan: &ShopPlan<'_>) -> io::Result<()> {
        let mut out = stdout();
        let changes = self.comparison.changes.files.iter().filter(|it| it.status != Status::Unchanged);
        out.line(format_args!("{} in {}:", self.installed.module.name, self.comparison.place()))?;
        let mut count = 0;
        for change in changes {
            count += 1;
            let verb = match change.status {
                Status::Created => "create",
                Status::Deleted => "delete",
                _ => "change",
            };
            out.line(format_args!("  {verb} {}", change.path))?;
        }
        if count == 0 {
            out.line(format_args!("  all files are up to date"))?;
        }
        writeln!(out)?;
        let ShopPlan { plan, orphans, .. } = shop_plan;
        let is_reset = plan.integrations().any(|it| it.action() == Action::Reset);
        write!(out, "{}", render::human(slice::from_ref(plan)))?;
        print_orphans(orphans)?;
        if plan.stop().is_some() {
            return Ok(());
        }
        if self.awaits_composer {
            writeln!(
                out,
                "\nTo register the module, run these commands in the Magento root and then install again:"
            )?;
            for command in composer_commands(&self.installed.module.package) {
                out.line(format_args!("  {command}"))?;
            }
            return Ok(());
        }
        if !self.steps.is_empty() {
            writeln!(out, "\nCommands to run:")?;
        }
        for step in &self.steps {
            out.line(format_args!("  {step}{}", step.clears(self.version)))?;
            if matches!(step, ShopCommand::Upgrade { .. }) {
                let meanwhile = if self.is_closed() { "" } else { "; until then, its calls are refused" };
                for name in &plan.reattached {
                    out.line(format_args!("  reattach the earlier consumer to `{name}`{meanwhile}"))?;
                }
            }
        }
        if is_reset && !self.keeps_credentials {
            note(
                "with --keep-credentials, the credentials of a reset integration keep working; new permissions then \
                 take effect without re-authorisation",
            )?;
        }
        Ok(())
    }
}
