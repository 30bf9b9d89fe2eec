//! `magespec install`.

mod carry_out;
mod installation;
mod show;

use std::io;

use camino::Utf8PathBuf;

use self::installation::Installation;
use crate::{
    cli::{
        Outcome,
        live::{Live, confirm},
        output::{note, tell_reports},
        status,
    },
    diag::{Failure, Report},
    plan::risks,
};

/// Bring the module of a spec into a running shop
///
/// Shows what is going to be written, what setup:upgrade makes of the integrations, and the commands; asks; writes the
/// files; runs `bin/magento`; and ends with `status`. Nothing outside of the module's folder is written but by Magento's
/// own commands. Exits with 2 if the shop is not as the spec says in the end, as when an integration waits at "Reset" to be
/// authorised again; with 1 if it was not done.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The spec; - is standard input
    #[arg(value_name = "SPEC", default_value = "integration.toml")]
    spec: Utf8PathBuf,
    #[command(flatten)]
    live: Live,
    /// Where the module lies in the shop
    #[arg(long, value_enum, default_value_t)]
    layout: LayoutArgument,
    /// Give integrations that setup:upgrade resets their credentials back
    #[arg(long)]
    keep_credentials: bool,
    /// Do not ask; what resets or orphans an integration needs --yes-reset as well
    #[arg(long)]
    yes: bool,
    /// Do not ask before an integration is reset or orphaned
    #[arg(long)]
    yes_reset: bool,
    /// Show everything, and do nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum LayoutArgument {
    /// app/code/Vendor/Module
    #[default]
    AppCode,
    /// vendor/ and the package, for Composer
    Vendor,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let shop = args.live.connect()?;
    let installation = Installation::new(args, &shop)?;
    if installation.is_done() {
        note("there is nothing to do")?;
        return status::print(&installation.installed.module, &installation.installed.shop);
    }
    let plan = installation.plan()?;
    installation.show(&plan)?;
    let plan = plan.plan;
    if let Some(denied) = risks(&plan).filter(Report::has_errors) {
        tell_reports([&denied])?;
        return Err(Failure::new(match plan.stop() {
            Some(stop) => format!("setup:upgrade would stop at `{}`; nothing was changed", stop.name),
            None => "[rules] of the spec denies that; nothing was changed".to_owned(),
        }));
    }
    if args.dry_run {
        note("nothing was changed")?;
        return Ok(Outcome::Fine);
    }
    if let Some(refused) = args.refusal(installation.risks(&plan))? {
        return Err(refused.into());
    }
    installation.carry_out(&shop)
}

impl Args {
    /// Why it is not to be done; asks where that is open.
    fn refusal(&self, risks: Vec<String>) -> io::Result<Option<String>> {
        if !risks.is_empty() && !self.yes_reset {
            let names = risks.join(", ");
            let refused = format!("{names}: it was not agreed to; nothing was changed");
            match confirm(&format!("{names}. Is that meant?"))? {
                Some(true) => {}
                Some(false) => return Ok(Some(refused)),
                None => {
                    return Ok(Some(format!("{refused}; with --yes-reset it is done without asking")));
                }
            }
        }
        if self.yes {
            return Ok(None);
        }
        Ok(match confirm("Do this?")? {
            Some(true) => None,
            Some(false) => Some("nothing was changed".to_owned()),
            None => Some("there is no terminal to ask on; with --yes it is done without asking".to_owned()),
        })
    }
}
