//! Runs `bin/magento` commands one after the other.

use std::{fmt, io, time::Instant};

use super::rough;

use crate::{
    cli::output::{note, stderr, warn},
    deploy::ShopCommand,
    diag::{Failure, io_reason, plural},
    interrupt,
    magento::{self, Log, Progress},
    project::Connection,
};

/// Series of commands, recorded in a log.
pub(in crate::cli) struct Runner<'a> {
    shop: &'a Connection,
    log: Log,
    door: Door,
}

/// Maintenance mode, as far as these commands changed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    Untouched,
    /// The command that closes the shop did not finish.
    MaybeClosed,
    Closed {
        since: Instant,
    },
}

impl Door {
    /// Hint how to open the shop, after a separator.
    fn hint(self, separator: &str) -> String {
        match self {
            Self::Untouched => String::new(),
            Self::MaybeClosed => {
                format!("{separator}maintenance mode may be on: `bin/magento maintenance:disable` ends it")
            }
            Self::Closed { .. } => {
                format!("{separator}maintenance mode is on: `bin/magento maintenance:disable` ends it")
            }
        }
    }
}

impl<'a> Runner<'a> {
    /// Creates the log; `name` becomes part of its file name. From now on, a signal stops the series between two commands.
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
        interrupt::attend();
        Ok(Self { shop, log, door: Door::Untouched })
    }

    /// Prints and logs a step that is not a command.
    ///
    /// # Errors
    /// Errors when writing to standard error.
    pub(in crate::cli) fn report(&mut self, what: &str) -> io::Result<()> {
        self.log.line(&format!("# {what}"));
        stderr().line(format_args!("{what}"))
    }

    /// Fails if a signal asked magespec to stop; `what` comes next.
    ///
    /// # Errors
    /// A signal.
    pub(in crate::cli) fn go_on(&self, what: impl fmt::Display) -> Result<(), Failure> {
        match interrupt::requested() {
            Some(_) => Err(format!("interrupted before {what}").into()),
            None => Ok(()),
        }
    }

    /// Runs a command and copies its output to standard error, except the lines about each module.
    ///
    /// # Errors
    /// The last lines of a failed command, or a signal.
    pub(in crate::cli) fn run(&mut self, step: &ShopCommand) -> Result<(), Failure> {
        self.go_on(format_args!("`{step}`"))?;
        let mut out = stderr();
        let _ = out.line(format_args!("{step}"));
        if *step == ShopCommand::Close {
            self.door = Door::MaybeClosed;
        }
        let (door, log) = (self.door, self.log.path().to_owned());
        let mut modules = 0;
        let progress = |progress: Progress<'_>| match progress {
            // setup:upgrade names each module several times.
            Progress::Line(line) if line.starts_with("Module '") => modules += 1,
            Progress::Line(line) => drop(out.line(format_args!("  {line}"))),
            Progress::Interrupted => drop(warn(Failure::of_lines([
                &format!("interrupted: waiting for `{step}` to end; a second Ctrl-C ends magespec at once"),
                &format!("  log: {log}{}", door.hint("; ")),
            ]))),
        };
        let Connection { php, root } = self.shop;
        let ended = magento::run(php, root, &step.arguments(), &mut self.log, progress)?;
        if modules > 0 {
            let _ = out.line(format_args!("  {} about modules (see the log)", plural(modules, "line")));
        }
        let with_last = |what: String| {
            let last = ended.last.iter().map(|line| format!("  {line}"));
            Failure::of_lines([what].into_iter().chain(last))
        };
        match (ended.is_fine, interrupt::requested()) {
            (true, _) => {}
            (false, None) => return Err(with_last(format!("{step} failed:"))),
            (false, Some(_)) if ended.is_running => {
                return Err(format!("interrupted, but `{step}` still runs; wait until it ends").into());
            }
            (false, Some(_)) => return Err(with_last(format!("interrupted: `{step}` did not finish"))),
        }
        match (step, self.door) {
            (ShopCommand::Close, _) => self.door = Door::Closed { since: Instant::now() },
            (ShopCommand::Open, Door::Closed { since }) => {
                self.door = Door::Untouched;
                self.report(&format!("the shop was closed for {}", rough(since.elapsed())))?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Error for a failed step, with the state of the shop and how to go back. It is logged, too.
    pub(in crate::cli) fn failed(&mut self, what: &Failure, state: &str, back: &str) -> Failure {
        let closed = self.door.hint("; ");
        let what = what.to_string();
        let further = [
            format!("state: {state}{closed}"),
            format!("to go back: {back}"),
            format!("log: {}", self.log.path()),
        ];
        let lines = what.lines().chain(further.iter().map(String::as_str));
        lines.clone().for_each(|line| self.log.line(&format!("# {line}")));
        Failure::of_lines(lines)
    }

    /// Prints the path of the log.
    ///
    /// # Errors
    /// Errors when writing to standard error.
    pub(in crate::cli) fn print_log_path(&self) -> io::Result<()> {
        note(format!("log: {}", self.log.path()))
    }
}
