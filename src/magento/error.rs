//! Errors when querying a shop.

use std::fmt;

use serde::Deserialize;

use super::process::without_values;
use crate::diag::{Failure, printable_line};

/// Error when querying a shop. Its message includes a remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShopError {
    /// The command line of PHP cannot be parsed.
    Command(String),
    /// PHP cannot be started: the command and the reason.
    NoPhp(String, String),
    /// No answer within this many seconds.
    TimedOut(u64),
    /// A signal asked magespec to stop before the shop answered.
    Interrupted,
    /// PHP ended without an answer: its status and last output.
    NoAnswer(String, String),
    /// The answer is not from this program.
    Unreadable(String),
    /// The directory is not a Magento root: the directory and the reason.
    NoRoot(String, String),
    /// The root has no app/etc/env.php.
    NotInstalled(String),
    /// The root's app/etc/env.php cannot be read: the reason.
    BrokenEnv(String, String),
    /// Composer's files are missing: the file.
    NoAutoload(String),
    /// The database returned an error.
    Database(String),
    /// PHP stopped with a fatal error.
    Fatal(String),
    /// Magento threw an exception.
    Exception(String),
    /// Magento ended PHP: its status and last output.
    Stopped(String, String),
}

/// Failure reported by the program instead of an answer.
#[derive(Debug, Deserialize)]
pub(super) struct ProgramFailure {
    kind: String,
    message: String,
}

impl ProgramFailure {
    /// Converts it; `root` is the queried root, `status` the exit status of PHP, `printed` its last other output.
    pub(super) fn into_error(self, root: &str, status: String, printed: String) -> ShopError {
        let (root, message) =
            (printable_line(root).into_owned(), printable_line(&without_values(&self.message)).into_owned());
        match self.kind.as_str() {
            "no-root" => ShopError::NoRoot(root, message),
            "not-installed" => ShopError::NotInstalled(root),
            "broken-env" => ShopError::BrokenEnv(root, message),
            "no-autoload" => ShopError::NoAutoload(message),
            "database" => ShopError::Database(message),
            "fatal" => ShopError::Fatal(message),
            "stopped" => ShopError::Stopped(status, printed),
            _ => ShopError::Exception(message),
        }
    }
}

impl fmt::Display for ShopError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Command(command) if command.trim().is_empty() => {
                f.write_str("--php is empty: name the shop's PHP, or omit the option to use `php`")
            }
            Self::Command(command) => {
                let command = printable_line(command);
                write!(
                    f,
                    "`{command}` is not a valid command line: a quote is not closed; quote it as in a shell"
                )
            }
            Self::NoPhp(command, why) => write!(
                f,
                "cannot start `{}`: {why}; name the shop's PHP: --php \"docker compose exec -T php php\"",
                printable_line(command)
            ),
            Self::TimedOut(seconds) => {
                write!(f, "the shop did not answer within {seconds} s; raise the limit with --timeout")
            }
            Self::Interrupted => f.write_str("interrupted before the shop answered"),
            Self::NoAnswer(status, printed) => write!(
                f,
                "PHP ended ({status}) without an answer; --php must name a command that runs the PHP program on its standard \
                 input, as `php` does{}",
                IndentedLines(printed)
            ),
            Self::Unreadable(why) => {
                write!(
                    f,
                    "cannot read the shop's answer: {}; check that --php runs PHP without another magespec in between",
                    printable_line(why)
                )
            }
            Self::NoRoot(root, why) => write!(
                f,
                "no Magento root at {root} (as seen by --php): {why}. Pass the directory that contains app/ and bin/magento"
            ),
            Self::NotInstalled(root) => write!(
                f,
                "{root} has no app/etc/env.php: Magento is not installed there; run `bin/magento setup:install`, or \
                 name the root of the running shop"
            ),
            Self::BrokenEnv(root, why) => {
                write!(f, "cannot read {root}/app/etc/env.php: {why}; fix it, or restore it from a backup")
            }
            Self::NoAutoload(file) => {
                write!(f, "{file} does not exist; run `composer install` in the Magento root")
            }
            Self::Database(why) if is_any(why, &["[1044]", "[1045]", "[1698]"]) => write!(
                f,
                "the shop's database refused the login: {why}; fix `username`, `password` or the user's privileges: `db` in \
                 app/etc/env.php"
            ),
            Self::Database(why) if why.contains("[1049]") => write!(
                f,
                "the database does not exist on the shop's database server: {why}; fix `dbname`: `db` in app/etc/env.php"
            ),
            Self::Database(why) => write!(
                f,
                "the shop's database does not answer: {why}; start it, or fix `db` in app/etc/env.php; the PHP that --php names \
                 must be able to reach it"
            ),
            Self::Fatal(why) => write!(
                f,
                "PHP stopped with a fatal error: {why}; `bin/magento module:status` should show the same; fix the \
                 shop first"
            ),
            Self::Exception(why) => {
                write!(f, "Magento threw an exception: {why}; see var/log/exception.log of the shop")
            }
            Self::Stopped(status, printed) => write!(
                f,
                "Magento ended PHP ({status}) before it answered; check that --php is the PHP that the shop runs on{}",
                IndentedLines(printed)
            ),
        }
    }
}

impl std::error::Error for ShopError {}

impl ShopError {
    /// Failure of a change to the shop.
    #[must_use]
    pub fn of_change(&self) -> Failure {
        let is_unknown =
            matches!(self, Self::TimedOut(_) | Self::Interrupted | Self::NoAnswer(..) | Self::Unreadable(_));
        let message = match is_unknown {
            true => format!("the change may have been made: {self}"),
            false => format!("nothing was changed: {self}"),
        };
        Failure::of_text(message)
    }
}

impl From<ShopError> for Failure {
    fn from(error: ShopError) -> Self {
        Self::of_text(error.to_string())
    }
}

/// Returns true if it contains one of the MySQL codes.
fn is_any(message: &str, codes: &[&str]) -> bool {
    codes.iter().any(|code| message.contains(code))
}

/// Last output, on separate lines.
struct IndentedLines<'a>(&'a str);

impl fmt::Display for IndentedLines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.lines().try_for_each(|line| write!(f, "\n  {line}"))
    }
}
