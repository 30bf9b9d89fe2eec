//! A running shop, for the commands that ask it.

mod carry;
mod confirm;

use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};

pub(super) use self::{
    carry::Carry,
    confirm::{choose, confirm},
};
use super::output::{tell_reports, warn};
use crate::{
    diag::Failure,
    magento::Answer,
    project::{Connection, Installed},
    spec::Spec,
};

/// A shop that runs.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Live {
    /// The shop's Magento root, as its PHP sees it
    #[arg(long, value_name = "ROOT", help_heading = "Shop")]
    magento: Utf8PathBuf,
    #[command(flatten)]
    way: Way,
}

/// How a shop is reached.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Way {
    /// The shop's PHP, such as "docker compose exec -T php php" or "ssh host php" [default: php]
    #[arg(long, value_name = "CMD", help_heading = "Shop")]
    php: Option<String>,
    /// How many seconds the shop may take to answer a question [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..), help_heading = "Shop")]
    timeout: Option<u64>,
}

impl Live {
    /// # Errors
    /// What is wrong with the command line of PHP.
    pub(in crate::cli) fn connect(&self) -> Result<Connection, Failure> {
        self.way.connect(&self.magento)
    }
}

/// Seconds: a cold Magento takes a few.
const TIMEOUT: u64 = 60;

impl Way {
    /// Whether any of it was given.
    pub(in crate::cli) fn is_given(&self) -> bool {
        self.php.is_some() || self.timeout.is_some()
    }

    /// # Errors
    /// What is wrong with the command line of PHP.
    pub(in crate::cli) fn connect(&self, root: &Utf8Path) -> Result<Connection, Failure> {
        let timeout = Duration::from_secs(self.timeout.unwrap_or(TIMEOUT));
        Connection::new(self.php.as_deref().unwrap_or("php"), timeout, root)
    }
}

/// Compiles a spec for a shop. Warnings and findings go to standard error.
///
/// # Errors
/// If the spec has errors, or the shop does not answer or cannot be read.
pub(super) fn installed(
    shop: &Connection,
    spec: &Utf8Path,
    folder: impl FnOnce(&Spec, &Answer) -> String,
) -> Result<Installed, Failure> {
    let installed = Installed::read(shop, spec, folder, &|warning| drop(warn(warning)))?;
    tell_reports([&installed.project.report])?;
    Ok(installed)
}
