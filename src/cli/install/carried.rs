//! Bringing a module in, step by step.

use std::io::{self, Write as _};

use super::{Place, Todo};
use crate::{
    cli::{
        Outcome,
        common::{note, plural},
        fail,
        live::{Carry, Connection},
        status,
    },
    diff::Status,
    magento::{Step, composer_commands, taken},
    write::Writer,
};

impl Todo {
    /// Does it, and ends with `status`.
    pub(super) fn carry_out(&self, shop: &Connection) -> io::Result<Outcome> {
        let module = &self.installed.module;
        let mut carry = match Carry::new(shop, "install") {
            Ok(carry) => carry,
            Err(message) => return fail(message),
        };
        let (before, after): (Vec<&Step>, Vec<&Step>) =
            self.steps.iter().partition(|step| **step == Step::Close);
        for step in before {
            if let Err(what) = carry.run(step) {
                return fail(carry.failed(&what, "nothing was changed", "there is nothing to go back from"));
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
            return fail(carry.failed(
                &what,
                state,
                "mend what is named and install again, which completes it",
            ));
        }
        if self.layout == Place::Vendor
            && self.installed.shop.module.as_ref().is_none_or(|it| it.path.is_none())
        {
            note("the files are there; make Magento see them, and install again:")?;
            for command in composer_commands(&module.package) {
                writeln!(anstream::stdout(), "{command}")?;
            }
            return Ok(Outcome::Fine);
        }
        for step in after {
            if let Err(what) = self.run(step, shop, &mut carry) {
                let (state, back) = self.left_at(step);
                return fail(carry.failed(&what, &state, &back));
            }
        }
        carry.tell_log()?;
        match shop.status(Some(&module.name)) {
            Ok(answer) => status::print(module, &answer),
            Err(message) => fail(message),
        }
    }

    /// Writes the files as `build` does.
    fn write(&self) -> Result<(), String> {
        let place = self.comparison.place();
        let waits = || {
            let _ = writeln!(anstream::stderr(), "waiting for another magespec that writes to {place}");
        };
        let writer = Writer::open(&self.comparison.root, waits).map_err(|error| error.to_string())?;
        // Another run may have written while this one waited for it.
        let (_, comparison) =
            self.installed.project.comparison().unwrap_or_else(|| Err("the spec has errors".to_owned()))?;
        writer.apply(&comparison.changes).map_err(|error| error.to_string())
    }

    /// Runs a command. What an upgrade takes away is given back right after it.
    fn run(&self, step: &Step, shop: &Connection, carry: &mut Carry<'_>) -> Result<(), String> {
        let keeps = self.keeps_credentials && matches!(step, Step::Upgrade { .. });
        if !keeps {
            return carry.run(step);
        }
        let before = shop.status(None)?;
        carry.run(step)?;
        let after = shop.status(None)?;
        let exchanges = taken(&before, &after);
        if exchanges.is_empty() {
            return Ok(());
        }
        shop.reattach(&exchanges).map_err(|error| {
            format!("the credentials could not be given back: {error}; try `magespec heal`")
        })?;
        for exchange in &exchanges {
            let row = after.integrations.iter().find(|row| row.id == exchange.integration);
            let name = row.map_or("", |row| row.name.as_str());
            let told = carry.tell(&format!("{name}: consumer {} is attached again", exchange.earlier));
            told.map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// Where the shop is when a command failed, and how to go back.
    fn left_at(&self, step: &Step) -> (String, String) {
        let place = self.comparison.place();
        let was_there = self.installed.shop.module.as_ref().is_some_and(|state| state.path.is_some());
        let files = match was_there {
            true => format!("install the spec of before, or put the files of before back into {place}"),
            false => "`magespec uninstall` with the same options".to_owned(),
        };
        let (state, back) = match step {
            Step::Close | Step::Enable(_) | Step::Disable(_) => {
                ("the new files are there, the database is as it was", files)
            }
            Step::Upgrade { .. } => (
                "the new files are there and the module is enabled; the database may have a part of them: install again \
                 once it is mended",
                format!("{files}, then `bin/magento setup:upgrade`"),
            ),
            Step::Compile | Step::Deploy | Step::Flush => (
                "the database has the new files; code, static files or caches are not complete: run the commands that are \
                 left once it is mended",
                format!("{files}, then `bin/magento setup:upgrade` and the same commands"),
            ),
            Step::Open => ("everything is done", "run `bin/magento maintenance:disable`".to_owned()),
        };
        (state.to_owned(), back)
    }
}
