//! Runs `bin/magento` commands one after the other.

use std::io::{self, Write as _};

use crate::{
    cli::output::{note, stderr},
    diag::{Failure, io_reason, plural},
    magento::{self, Log, ShopCommand},
    project::Connection,
};

/// Series of commands, recorded in a log.
pub(in crate::cli) struct Runner<'a> {
    shop: &'a Connection,
    log: Log,
    is_closed: bool,
}

impl<'a> Runner<'a> {
    /// Creates the log; `name` becomes part of its file name.
    ///
    /// # Errors
    /// The log cannot be created.
    pub(in crate::cli) fn new(shop: &'a Connection, name: &str) -> Result<Self, Failure> {
        let log = Log::new(name).map_err(|error| {
            format!(
                "cannot write a log to the temporary directory: {}; nothing was changed",
                io_reason(&error)
            )
        })?;
        Ok(Self { shop, log, is_closed: false })
    }

    /// Prints and logs a step that is not a command.
    ///
    /// # Errors
    /// Errors when writing to standard error.
    pub(in crate::cli) fn report(&mut self, what: &str) -> io::Result<()> {
        self.log.line(&format!("# {what}"));
        writeln!(stderr(), "{what}")
    }

    /// Runs a command and copies its output to standard error, except the lines about each module.
    ///
    /// # Errors
    /// The last lines of a failed command.
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
            let _ = writeln!(out, "  {} about modules (see the log)", plural(modules, "line"));
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

    /// Error for a failed step, with the state of the shop and how to go back.
    pub(in crate::cli) fn failed(&self, what: &Failure, state: &str, back: &str) -> Failure {
        let closed = match self.is_closed {
            true => "; maintenance mode is on: `bin/magento maintenance:disable` ends it",
            false => "",
        };
        format!("{what}\nstate: {state}{closed}\nto go back: {back}\nlog: {}", self.log.path()).into()
    }

    /// Prints the path of the log.
    ///
    /// # Errors
    /// Errors when writing to standard error.
    pub(in crate::cli) fn print_log_path(&self) -> io::Result<()> {
        note(format!("log: {}", self.log.path()))
    }
}
