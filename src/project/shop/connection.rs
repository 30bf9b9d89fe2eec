//! Queries and commands to a running shop.

use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    bounded,
    catalog::MageOsRelease,
    diag::Failure,
    magento::{self, Answer, CredentialsChange, Exchange, IntegrationRef, Magento, Php, ShopCredentials},
    names::{MagentoVersion, ModuleName},
    tree::sha256,
};

const MAGE_OS: &str = "Mage-OS";

/// Connection to a shop.
#[derive(Debug)]
pub struct Connection {
    /// PHP of the shop.
    pub php: Php,
    /// Magento root, as that PHP sees it.
    pub root: String,
}

impl Connection {
    /// Takes the command line of the shop's PHP, the time-out for answers, and the Magento root.
    ///
    /// # Errors
    /// Invalid command line.
    pub fn new(php: &str, timeout: Duration, root: &Utf8Path) -> Result<Self, Failure> {
        let php = Php::new(php, timeout)?;
        // A relative path is meaningless on another machine.
        let here = root.canonicalize_utf8().ok().filter(|_| root.is_relative());
        Ok(Self { php, root: here.unwrap_or_else(|| root.to_owned()).into_string() })
    }

    /// The same shop with at least ten minutes for each answer: the first one after `setup:upgrade` waits until Magento
    /// has generated its classes and filled its caches.
    #[must_use]
    pub fn after_upgrade(&self) -> Self {
        Self { php: self.php.with_at_least(Duration::from_secs(600)), root: self.root.clone() }
    }

    /// Queries the state of the shop and of a module in it. The database compares the names of integrations with its own.
    ///
    /// # Errors
    /// No answer from the shop.
    pub fn status(&self, module: Option<&ModuleName>, names: &[String]) -> Result<Answer, Failure> {
        let mut answer = magento::status(&self.php, &self.root, module.map(ModuleName::as_str), names)?;
        if let Some(release) = behind(&answer.magento) {
            answer.magento.version = release.to_string();
        }
        Ok(answer)
    }

    /// Reattaches earlier consumers to integrations. Returns for each how long its calls were refused.
    ///
    /// # Errors
    /// No answer from the shop, or none was changed; the message says which.
    pub fn reattach(&self, exchanges: &[Exchange]) -> Result<Vec<Duration>, Failure> {
        magento::reattach(&self.php, &self.root, exchanges).map_err(|error| error.of_change())
    }

    /// Deletes integrations with their credentials.
    ///
    /// # Errors
    /// No answer from the shop, or none was deleted; the message says which.
    pub fn delete(&self, integrations: &[IntegrationRef]) -> Result<(), Failure> {
        magento::delete(&self.php, &self.root, integrations).map_err(|error| error.of_change())
    }

    /// Lists the credentials of the shop; `reveal` names the integrations whose secrets are in the answer.
    ///
    /// # Errors
    /// No answer from the shop.
    pub fn credentials(&self, reveal: &[u64]) -> Result<ShopCredentials, Failure> {
        Ok(magento::credentials(&self.php, &self.root, None, reveal)?)
    }

    /// Changes the credentials of an integration, and lists them with the secrets of those in `reveal`.
    ///
    /// # Errors
    /// No answer from the shop, or nothing was changed; the message says which.
    pub fn change_credentials(
        &self,
        change: &CredentialsChange,
        reveal: &[u64],
    ) -> Result<ShopCredentials, Failure> {
        magento::credentials(&self.php, &self.root, Some(change), reveal).map_err(|error| error.of_change())
    }

    /// Root on this machine, for commands that write to it.
    ///
    /// # Errors
    /// The root is not on this machine, or not the one that answered.
    pub fn files(&self, shop: &Answer) -> Result<Utf8PathBuf, Failure> {
        let root = Utf8Path::new(&self.root);
        let config = bounded::file(&root.join("app/etc/config.php"), bounded::LARGEST_FILE);
        let hash = config.ok().map(|bytes| sha256(&bytes));
        if root.is_dir() && hash == shop.magento.config_hash {
            return Ok(root.to_owned());
        }
        let why = if root.is_dir() {
            "not the directory that --php sees"
        } else {
            "not a directory on this machine"
        };
        Err(format!(
            "{root} is {why}: cannot write files there; run magespec on the machine with the shop's files"
        )
        .into())
    }
}

/// Magento release that a shop of Mage-OS is based on, if the shop names only its own
/// (docs/magento/releases-and-editions.md#mage-os-live).
fn behind(magento: &Magento) -> Option<MagentoVersion> {
    let distribution = magento.distribution.as_ref().filter(|it| it.name == MAGE_OS)?;
    let is_named =
        distribution.version != magento.version && magento.version.parse::<MagentoVersion>().is_ok();
    let release = MageOsRelease::named(distribution.version.parse().ok()?).filter(|_| !is_named)?;
    Some(release.magento)
}
