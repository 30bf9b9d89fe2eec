//! Options of the commands that work with a running shop.

mod runner;

use std::{io, time::Duration};

use camino::{Utf8Path, Utf8PathBuf};

pub(super) use self::runner::Runner;
use super::{
    arguments::{SECONDS, number, print_stand_in},
    output::{print_findings, warn},
};
use crate::{
    catalog::Catalog,
    diag::Failure,
    magento::Answer,
    project::{Connection, Installed},
    spec::Spec,
};

/// Root of a running shop, and the connection to it.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Live {
    /// Magento root of the shop, as its PHP sees it
    #[arg(long, value_name = "ROOT", help_heading = "Shop")]
    magento: Utf8PathBuf,
    #[command(flatten)]
    connection: ConnectionOptions,
}

/// Connection options.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ConnectionOptions {
    /// Command that runs the shop's PHP, such as "docker compose exec -T php php" or "ssh host php" [default: php]
    #[arg(long, value_name = "CMD", help_heading = "Shop")]
    php: Option<String>,
    /// Seconds to wait for the shop's answer [default: 60]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = number(SECONDS), help_heading = "Shop")]
    timeout: Option<u64>,
}

impl Live {
    /// # Errors
    /// Invalid command line of PHP.
    pub(in crate::cli) fn connect(&self) -> Result<Connection, Failure> {
        self.connection.connect(&self.magento)
    }
}

/// Default time-out in seconds: a cold Magento takes a few.
const TIMEOUT: u64 = 60;

impl ConnectionOptions {
    /// Returns true if any option was given.
    pub(in crate::cli) fn is_given(&self) -> bool {
        self.php.is_some() || self.timeout.is_some()
    }

    /// # Errors
    /// Invalid command line of PHP.
    pub(in crate::cli) fn connect(&self, root: &Utf8Path) -> Result<Connection, Failure> {
        let timeout = Duration::from_secs(self.timeout.unwrap_or(TIMEOUT));
        Connection::new(self.php.as_deref().unwrap_or("php"), timeout, root)
    }
}

/// Duration in the largest fitting unit: `12 s`, `5 min`, `3 h`. Never zero: clocks count whole seconds.
pub(super) fn rough(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ 0..120 => format!("{} s", seconds.max(1)),
        seconds @ 120..7200 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3600),
    }
}

/// Notes a shop whose release the catalog lacks.
///
/// # Errors
/// Errors when writing to standard error.
pub(super) fn print_release(shop: &Answer) -> io::Result<()> {
    let version = shop.magento.version.parse();
    version.map_or(Ok(()), |version| print_stand_in(Catalog::bundled(), version))
}

/// Compiles a spec for a shop. Warnings and findings go to standard error.
///
/// # Errors
/// Errors in the spec, or no readable answer from the shop.
pub(super) fn installed(
    shop: &Connection,
    spec: &Utf8Path,
    folder: impl FnOnce(&Spec, &Answer) -> String,
) -> Result<Installed, Failure> {
    let installed = Installed::read(shop, spec, folder, &|warning| drop(warn(warning)))?;
    print_findings([&installed.project.report])?;
    Ok(installed)
}
