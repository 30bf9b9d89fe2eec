//! Bringing a module in, step by step.

use std::io::Write as _;

use crate::{
    cli::{
        Outcome,
        install::Installation,
        live::Carry,
        output::{note, stderr, stdout},
        status,
    },
    diag::{Failure, plural},
    diff::Status,
    magento::{Answer, ShopCommand, composer_commands, taken},
    project::Connection,
    write::Writer,
};

impl Installation {
    /// Does it, and ends with `status`.
    pub(super) fn carry_out(&self, shop: &Connection) -> Result<Outcome, Failure> {
        let module = &self.installed.module;
        let mut carry = Carry::new(shop, "install")?;
        let (before, after): (Vec<&ShopCommand>, Vec<&ShopCommand>) =
            self.steps.iter().partition(|step| **step == ShopCommand::Close);
        for step in before {
            if let Err(what) = carry.run(step) {
                return Err(carry.failed(&what, "nothing was changed", "there is nothing to go back from"));
            }
        }
        carry.tell(&format!(
            "writing {}",
            plural(
                self.comparison.changes.files.iter().filter(|it| it.status != Status::Unchanged).count(),
                "file"
            )
        ))?;
        if let Err(what) = self.write() {
            let state = "each file is the old or the new one";
            return Err(carry.failed(
                &what,
                state,
                "mend what is named and install again, which completes it",
            ));
        }
        if self.awaits_composer {
            note("the files are there; make Magento see them in its root, and install again:")?;
            for command in composer_commands(&module.package) {
                writeln!(stdout(), "{command}")?;
            }
            return Ok(Outcome::Fine);
        }
        for step in after {
            if let Err(what) = self.run(step, shop, &mut carry) {
                let (state, back) = self.left_at(step);
                return Err(carry.failed(&what, &state, &back));
            }
        }
        carry.tell_log()?;
        status::print(module, &shop.status(Some(&module.name))?)
    }

    /// Writes the files as `build` does.
    fn write(&self) -> Result<(), Failure> {
        let place = self.comparison.place();
        let waits = || {
            let _ = writeln!(stderr(), "waiting for another magespec that writes to {place}");
        };
        let writer = Writer::open(&self.comparison.root, waits)?;
        // Another run may have written while this one waited for it.
        let (_, comparison) =
            self.installed.project.comparison().unwrap_or_else(|| Err("the spec has errors".into()))?;
        Ok(writer.apply(&comparison.changes)?)
    }

    /// Runs a command. What an upgrade takes away is given back right after it, even if it then failed.
    fn run(&self, step: &ShopCommand, shop: &Connection, carry: &mut Carry<'_>) -> Result<(), Failure> {
        if !(self.keeps_credentials && matches!(step, ShopCommand::Upgrade { .. })) {
            return carry.run(step);
        }
        let before = shop.status(None)?;
        let ran = carry.run(step);
        match (ran, give_back(&before, shop, carry)) {
            (Ok(()), given) => given,
            (Err(what), Ok(())) => Err(what),
            (Err(what), Err(besides)) => Err(format!("{what}\nbesides, {besides}").into()),
        }
    }

    /// Where the shop is when a command failed, and how to go back.
    fn left_at(&self, step: &ShopCommand) -> (String, String) {
        let was_there = self.installed.shop.module.as_ref().is_some_and(|state| state.path.is_some());
        let back = match was_there {
            true => {
                "`magespec install --keep-credentials` with the spec of before; after the files of before alone, `bin/magento \
                 setup:upgrade` would reset what is in use"
            }
            false => "`magespec uninstall` with the same --magento and --php",
        };
        let state = match step {
            ShopCommand::Close | ShopCommand::Enable(_) | ShopCommand::Disable(_) => {
                "the new files are there, the database is as it was: install again with the same options once it is mended"
                    .to_owned()
            }
            ShopCommand::Upgrade { .. } => format!(
                "the new files are there and the module is enabled; the database may have a part of them: install again \
                 with the same options once it is mended, and then, if it did not run them, {}",
                self.left(step)
            ),
            ShopCommand::Compile | ShopCommand::Deploy | ShopCommand::Flush => format!(
                "the database has the new files; code, static files or caches are not complete: once it is mended run {}",
                self.left(step)
            ),
            ShopCommand::Open => return ("everything is done".to_owned(), "run `bin/magento maintenance:disable`".to_owned()),
        };
        (state, back.to_owned())
    }

    /// The commands that were not run to their end.
    fn left(&self, failed: &ShopCommand) -> String {
        let left = self.steps.iter().skip_while(|step| *step != failed);
        // A bare setup:upgrade belongs to nobody who wants to keep credentials.
        let left = left.filter(|step| !matches!(step, ShopCommand::Upgrade { .. }));
        left.map(|step| format!("`{step}`")).collect::<Vec<_>>().join(", ")
    }
}

/// Gives what an upgrade took away back.
fn give_back(before: &Answer, shop: &Connection, carry: &mut Carry<'_>) -> Result<(), Failure> {
    let unhealed = |error: Failure| {
        Failure::new(format!("the credentials could not be given back: {error}; try `magespec heal`"))
    };
    let after = shop.status(None).map_err(unhealed)?;
    let exchanges = taken(before, &after);
    if exchanges.is_empty() {
        return Ok(());
    }
    shop.reattach(&exchanges).map_err(unhealed)?;
    for exchange in &exchanges {
        let row = after.integrations.iter().find(|row| row.id == exchange.integration);
        let name = row.map_or("", |row| row.name.as_str());
        carry.tell(&format!("{name}: consumer {} is attached again", exchange.earlier))?;
    }
    Ok(())
}
