//! `magespec install`.

mod execute;
mod installation;
mod preview;

use camino::Utf8PathBuf;

use self::installation::Installation;
use crate::{
    cli::{
        Outcome,
        live::Live,
        output::{confirm, note, print_findings},
        status,
    },
    diag::{Failure, Report},
    plan::risks,
    project::SPEC_FILE,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Spec to read; - reads standard input
    #[arg(value_name = "SPEC", default_value = SPEC_FILE)]
    spec: Utf8PathBuf,
    #[command(flatten)]
    live: Live,
    /// Location of the module in the shop
    #[arg(long, value_enum, default_value_t)]
    layout: LayoutArgument,
    /// Restore the credentials of integrations that setup:upgrade resets
    #[arg(long)]
    keep_credentials: bool,
    /// Skip the confirmation; resetting, orphaning or deleting an integration also needs --yes-reset
    #[arg(long)]
    yes: bool,
    /// Skip the confirmation before an integration is reset, orphaned or deleted
    #[arg(long)]
    yes_reset: bool,
    /// Show what would be done without doing it
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum LayoutArgument {
    /// app/code/Vendor/Module
    #[default]
    AppCode,
    /// vendor/ and the package name, for Composer
    Vendor,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let shop = args.live.connect()?;
    let installation = Installation::new(args, &shop)?;
    if installation.is_done() {
        note("nothing to do")?;
        return status::print(&installation.installed.module, &installation.installed.shop);
    }
    let plan = installation.plan()?;
    installation.show(&plan)?;
    let plan = plan.plan;
    if let Some(denied) = risks(&plan).filter(Report::has_errors) {
        print_findings([&denied])?;
        return Err(Failure::new(match plan.stop() {
            Some(stop) => format!("setup:upgrade would stop at `{}`; nothing was changed", stop.name),
            None => "[rules] in the spec denies this change; nothing was changed".to_owned(),
        }));
    }
    if args.dry_run {
        note("nothing was changed")?;
        return Ok(Outcome::Fine);
    }
    args.confirm(installation.risks(&plan))?;
    installation.execute(&shop)
}

impl Args {
    /// Asks for confirmation, unless the options give it.
    ///
    /// # Errors
    /// No confirmation.
    fn confirm(&self, risks: Vec<String>) -> Result<(), Failure> {
        if !risks.is_empty() && !self.yes_reset {
            let risks = risks.join(", ");
            let is_confirmed = confirm(&format!("{risks}. Continue anyway?"), "--yes-reset")
                .map_err(|failure| Failure::new(format!("{risks}: {failure}; nothing was changed")))?;
            if !is_confirmed {
                return Err(format!("{risks}: not confirmed; nothing was changed").into());
            }
        }
        if !self.yes && !confirm("Continue?", "--yes")? {
            return Err("nothing was changed".into());
        }
        Ok(())
    }
}
