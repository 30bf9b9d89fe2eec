//! Why a shop did not answer.

use std::fmt;

use serde::Deserialize;

use crate::diag::Failure;

/// Why a shop did not answer. Shown with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShopError {
    /// The command line of PHP cannot be taken apart.
    Command(String),
    /// PHP cannot be started: the command, and why.
    NoPhp(String, String),
    /// No answer within this many seconds.
    TimedOut(u64),
    /// PHP ended without an answer: how, and the last it printed.
    NoAnswer(String, String),
    /// The answer is not one of this program.
    Unreadable(String),
    /// The directory is no Magento root: which one, and why.
    NoRoot(String, String),
    /// The root has no app/etc/env.php.
    NotInstalled(String),
    /// The app/etc/env.php of the root cannot be read: why.
    BrokenEnv(String, String),
    /// What Composer installs is not there: the file.
    NoAutoload(String),
    /// The database does not answer as it should.
    Database(String),
    /// PHP came to a fatal error.
    Fatal(String),
    /// Magento threw an exception.
    Exception(String),
    /// Magento ended PHP: how, and the last it printed.
    Stopped(String, String),
}

/// What the program says in place of an answer.
#[derive(Debug, Deserialize)]
pub(super) struct Told {
    kind: String,
    message: String,
}

impl Told {
    /// `root` is the one that was asked, `status` how PHP ended, `printed` the last that it printed besides.
    pub(super) fn failure(self, root: &str, status: String, printed: String) -> ShopError {
        match self.kind.as_str() {
            "no-root" => ShopError::NoRoot(root.to_owned(), self.message),
            "not-installed" => ShopError::NotInstalled(root.to_owned()),
            "broken-env" => ShopError::BrokenEnv(root.to_owned(), self.message),
            "no-autoload" => ShopError::NoAutoload(self.message),
            "database" => ShopError::Database(self.message),
            "fatal" => ShopError::Fatal(self.message),
            "stopped" => ShopError::Stopped(status, printed),
            _ => ShopError::Exception(self.message),
        }
    }
}

impl fmt::Display for ShopError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Command(command) if command.trim().is_empty() => {
                f.write_str("--php is empty: name the PHP of the shop, or leave it out for `php`")
            }
            Self::Command(command) => {
                write!(f, "`{command}` is no command line: a quote is not closed; quote it as in a shell")
            }
            Self::NoPhp(command, why) => write!(
                f,
                "`{command}` cannot be started: {why}; name the PHP of the shop: --php \"docker compose exec -T php php\""
            ),
            Self::TimedOut(seconds) => write!(
                f,
                "the shop did not answer within {seconds} seconds; if it is that slow, give it longer with --timeout"
            ),
            Self::NoAnswer(status, printed) => write!(
                f,
                "PHP ended ({status}) without an answer; --php has to name a command that runs the PHP program on its standard \
                 input, as `php` does{}",
                Printed(printed)
            ),
            Self::Unreadable(why) => {
                write!(f, "the answer of the shop cannot be read: {why}; is another magespec in between?")
            }
            Self::NoRoot(root, why) => write!(
                f,
                "{root} is no Magento root as --php sees it: {why}; name the directory that has app and bin/magento \
                 there"
            ),
            Self::NotInstalled(root) => write!(
                f,
                "{root} has no app/etc/env.php: Magento is not installed there; run `bin/magento setup:install`, or \
                 name the root of the shop that runs"
            ),
            Self::BrokenEnv(root, why) => {
                write!(f, "{root}/app/etc/env.php cannot be read: {why}; mend it, or take it from a backup")
            }
            Self::NoAutoload(file) => {
                write!(f, "{file} is not there: run `composer install` in the Magento root")
            }
            Self::Database(why) if is_any(why, &["[1044]", "[1045]", "[1698]"]) => write!(
                f,
                "the shop's database refuses the user: {why}; mend `username`, `password` or the user's rights: `db` in \
                 app/etc/env.php"
            ),
            Self::Database(why) if why.contains("[1049]") => write!(
                f,
                "the shop's database server has no such database: {why}; mend `dbname`: `db` in app/etc/env.php"
            ),
            Self::Database(why) => write!(
                f,
                "the shop's database does not answer: {why}; start it, or mend `db` in app/etc/env.php; --php has to \
                 be a PHP that reaches it"
            ),
            Self::Fatal(why) => write!(
                f,
                "PHP stopped with a fatal error: {why}; `bin/magento module:status` should show the same: mend the \
                 shop first"
            ),
            Self::Exception(why) => {
                write!(f, "Magento stopped with an exception: {why}; see var/log/exception.log of the shop")
            }
            Self::Stopped(status, printed) => write!(
                f,
                "Magento ended PHP ({status}) before it answered; is it the PHP that the shop runs on?{}",
                Printed(printed)
            ),
        }
    }
}

impl std::error::Error for ShopError {}

impl From<ShopError> for Failure {
    fn from(error: ShopError) -> Self {
        Self::new(error.to_string())
    }
}

/// Whether one of the codes of MySQL is in it.
fn is_any(message: &str, codes: &[&str]) -> bool {
    codes.iter().any(|code| message.contains(code))
}

/// The last that was printed, on lines of its own.
struct Printed<'a>(&'a str);

impl fmt::Display for Printed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.lines().try_for_each(|line| write!(f, "\n  {line}"))
    }
}
