//! Executing an installation step by step.

use crate::{
    cli::{
        Outcome,
        install::Installation,
        live::{Runner, rough},
        output::{note, stdout, waiting},
        status,
    },
    deploy::ShopCommand,
    diag::{Failure, plural},
    diff::Status,
    magento::{Answer, composer_commands, taken},
    project::Connection,
    write::Writer,
};

impl Installation {
    /// Runs all steps and prints the status.
    pub(super) fn execute(&self, shop: &Connection) -> Result<Outcome, Failure> {
        let module = &self.installed.module;
        let mut runner = Runner::new(shop, "install")?;
        let (before, after): (Vec<&ShopCommand>, Vec<&ShopCommand>) =
            self.steps.iter().partition(|step| **step == ShopCommand::Close);
        for step in before {
            if let Err(what) = runner.run(step) {
                return Err(runner.failed(&what, "nothing was changed", "nothing to undo"));
            }
        }
        runner.go_on("writing the files").map_err(|what| {
            runner.failed(&what, "no file was written, the database is unchanged", "nothing to undo")
        })?;
        runner.report(&format!(
            "writing {}",
            plural(
                self.comparison.changes.files.iter().filter(|it| it.status != Status::Unchanged).count(),
                "file"
            )
        ))?;
        if let Err(what) = self.write() {
            let state = "each file is either the old or the new version";
            return Err(runner.failed(&what, state, "fix the error and install again to complete it"));
        }
        if self.awaits_composer {
            note(
                "the files are written; to register the module, run these commands in the Magento root and install again:",
            )?;
            for command in composer_commands(&module.package) {
                stdout().line(format_args!("{command}"))?;
            }
            return Ok(Outcome::Fine);
        }
        for step in after {
            if let Err(what) = self.run(step, shop, &mut runner) {
                let (state, back) = self.left_at(step);
                return Err(runner.failed(&what, &state, &back));
            }
        }
        runner.print_log_path()?;
        let names: Vec<String> = module.integrations.iter().map(|it| it.name.to_string()).collect();
        let outcome = status::print(module, &shop.status(Some(&module.name), &names)?)?;
        if let Some(prefix) = module.webhooks.as_ref().and_then(|webhooks| webhooks.commands.as_ref()) {
            note(format!(
                "`bin/magento {prefix}:status` shows the webhooks, and `bin/magento {prefix}:send-test TOPIC` tests the receiver"
            ))?;
        }
        Ok(outcome)
    }

    /// Writes the files as `build` does.
    fn write(&self) -> Result<(), Failure> {
        let writer = Writer::open(&self.comparison.root, waiting)?;
        // Another run may have written while this one waited for it.
        let (_, comparison) =
            self.installed.project.comparison().unwrap_or_else(|| Err("the spec has errors".into()))?;
        Ok(writer.apply(&comparison.changes)?)
    }

    /// Runs a command. Restores credentials right after an upgrade, even if the upgrade failed.
    fn run(&self, step: &ShopCommand, shop: &Connection, runner: &mut Runner<'_>) -> Result<(), Failure> {
        if !(self.keeps_credentials && matches!(step, ShopCommand::Upgrade { .. })) {
            return runner.run(step);
        }
        let before = shop.status(None, &[])?;
        let ran = runner.run(step);
        match (ran, self.give_back(&before, shop, runner)) {
            (Ok(()), given) => given,
            (Err(what), Ok(())) => Err(what),
            (Err(what), Err(other)) => Err(Failure::of_text(format!("{what}\nin addition, {other}"))),
        }
    }

    /// Restores the credentials that an upgrade reset.
    fn give_back(&self, before: &Answer, shop: &Connection, runner: &mut Runner<'_>) -> Result<(), Failure> {
        let unhealed = |error: Failure| {
            Failure::of_text(format!("cannot restore the credentials: {error}; try `magespec heal`"))
        };
        let shop = shop.after_upgrade();
        let after = shop.status(None, &[]).map_err(unhealed)?;
        let exchanges = taken(before, &after);
        if exchanges.is_empty() {
            return Ok(());
        }
        let refused = shop.reattach(&exchanges).map_err(unhealed)?;
        for (exchange, refused) in exchanges.iter().zip(refused) {
            let row = after.integrations.iter().find(|row| row.id == exchange.integration);
            let name = row.map_or("", |row| row.name.as_str());
            runner.report(&format!("{name}: consumer {} is reattached", exchange.earlier))?;
            runner.report(&match self.is_closed() {
                true => format!(
                    "no call of {name} was refused: the shop is closed and answers every call with 503"
                ),
                false => format!("calls of {name} were refused for {}", rough(refused)),
            })?;
        }
        Ok(())
    }

    /// State of the shop after a failed command, and how to go back.
    fn left_at(&self, step: &ShopCommand) -> (String, String) {
        let was_there = self.installed.shop.module.as_ref().is_some_and(|state| state.path.is_some());
        let back = match was_there {
            true => {
                "`magespec install --keep-credentials` with the previous spec; restoring only the files and running `bin/magento \
                 setup:upgrade` would reset active integrations"
            }
            false => "`magespec uninstall` with the same --magento and --php",
        };
        let state = match step {
            ShopCommand::Close | ShopCommand::Enable(_) | ShopCommand::Disable(_) => {
                "the new files are written, the database is unchanged: fix the error and install again with the same options"
                    .to_owned()
            }
            ShopCommand::Upgrade { .. } => format!(
                "the new files are written and the module is enabled; the database may be partly updated: fix the error and \
                 install again with the same options; if that does not run them, also run {}",
                self.left(step)
            ),
            ShopCommand::Compile | ShopCommand::Deploy | ShopCommand::Flush { .. } => format!(
                "the database is up to date; code, static files or caches are incomplete: fix the error and run {}",
                self.left(step)
            ),
            ShopCommand::Open => return ("the installation is complete".to_owned(), "run `bin/magento maintenance:disable`".to_owned()),
        };
        (state, back.to_owned())
    }

    /// Names the commands that did not finish.
    fn left(&self, failed: &ShopCommand) -> String {
        let left = self.steps.iter().skip_while(|step| *step != failed);
        // A bare setup:upgrade would reset integrations whose credentials are to be kept.
        let left = left.filter(|step| !matches!(step, ShopCommand::Upgrade { .. }));
        left.map(|step| format!("`{step}`")).collect::<Vec<_>>().join(", ")
    }
}
