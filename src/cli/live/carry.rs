//! Commands of `bin/magento`, run one after the other.

use std::io::{self, Write as _};

use crate::{
    cli::output::{note, stderr},
    diag::{Failure, io_reason, plural},
    magento::{self, Log, ShopCommand},
    project::Connection,
};

/// A series of commands that is kept in a log.
pub(in crate::cli) struct Carry<'a> {
    shop: &'a Connection,
    log: Log,
    is_closed: bool,
}

impl<'a> Carry<'a> {
    /// `name` says what is done, for the name of the log.
    ///
    /// # Errors
    /// Why there can be no log.
    pub(in crate::cli) fn new(shop: &'a Connection, name: &str) -> Result<Self, Failure> {
        let log = Log::new(name).map_err(|error| {
            format!(
                "cannot write a log into the folder for temporary files: {}; nothing was changed",
                io_reason(&error)
            )
        })?;
        Ok(Self { shop, log, is_closed: false })
    }

    /// Notes something that is done without a command.
    ///
    /// # Errors
    /// If standard error cannot be written to.
    pub(in crate::cli) fn tell(&mut self, what: &str) -> io::Result<()> {
        self.log.line(&format!("# {what}"));
        writeln!(stderr(), "{what}")
    }

    /// Runs a command; what it prints goes to standard error, but for lines about each module.
    ///
    /// # Errors
    /// What it printed last, if it failed.
    pub(in crate::cli) fn run(&mut self, step: &ShopCommand) -> Result<(), Failure> {
        let mut out = stderr();
        let _ = writeln!(out, "{step}");
        let mut modules = 0;
        let ended = magento::run(&self.shop.php, &self.shop.root, &step.arguments(), &mut self.log, |line| {
            // setup:upgrade names each module several times.
            if line.starts_with("Module '") {
                modules += 1;
            } else {
                let _ = writeln!(out, "  {line}");
            }
        })
        .map_err(|error| Failure::new(error.to_string()))?;
        if modules > 0 {
            let _ = writeln!(out, "  {} about modules, in the log", plural(modules, "line"));
        }
        if !ended.is_fine {
            return Err(format!("{step} failed:\n  {}", ended.last.join("\n  ")).into());
        }
        self.is_closed = match step {
            ShopCommand::Close => true,
            ShopCommand::Open => false,
            _ => self.is_closed,
        };
        Ok(())
    }

    /// What to say after a failure, beside what it was: `state` is where the shop is left, `back` how to go back.
    pub(in crate::cli) fn failed(&self, what: &Failure, state: &str, back: &str) -> Failure {
        let closed = match self.is_closed {
            true => "; the shop is closed: `bin/magento maintenance:disable` opens it",
            false => "",
        };
        format!("{what}\nstate: {state}{closed}\nto go back: {back}\nlog: {}", self.log.path()).into()
    }

    /// Where the log is.
    ///
    /// # Errors
    /// If standard error cannot be written to.
    pub(in crate::cli) fn tell_log(&self) -> io::Result<()> {
        note(format!("the log is {}", self.log.path()))
    }
}
