//! Questions to a running shop, and what it is told to do.

use std::{fs, time::Duration};

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    diag::Failure,
    magento::{self, Answer, Exchange, IntegrationRef, Php},
    names::ModuleName,
    tree::sha256,
};

/// A way to ask a shop.
#[derive(Debug)]
pub struct Connection {
    /// The shop's PHP.
    pub php: Php,
    /// The Magento root, as that PHP sees it.
    pub root: String,
}

impl Connection {
    /// Takes the command line of the shop's PHP, how long an answer may take, and the Magento root.
    ///
    /// # Errors
    /// If the command line cannot be read.
    pub fn new(php: &str, timeout: Duration, root: &Utf8Path) -> Result<Self, Failure> {
        let php = Php::new(php, timeout)?;
        // A path from here means nothing elsewhere.
        let here = root.canonicalize_utf8().ok().filter(|_| root.is_relative());
        Ok(Self { php, root: here.unwrap_or_else(|| root.to_owned()).into_string() })
    }

    /// The state of the shop and of a module in it.
    ///
    /// # Errors
    /// If the shop does not answer.
    pub fn status(&self, module: Option<&ModuleName>) -> Result<Answer, Failure> {
        Ok(magento::status(&self.php, &self.root, module.map(ModuleName::as_str))?)
    }

    /// Gives integrations their earlier consumers back.
    ///
    /// # Errors
    /// If nothing was changed.
    pub fn reattach(&self, exchanges: &[Exchange]) -> Result<(), Failure> {
        Ok(magento::reattach(&self.php, &self.root, exchanges)?)
    }

    /// Deletes integrations with their credentials.
    ///
    /// # Errors
    /// If nothing was deleted.
    pub fn delete(&self, integrations: &[IntegrationRef]) -> Result<(), Failure> {
        Ok(magento::delete(&self.php, &self.root, integrations)?)
    }

    /// The root on this machine, for commands that write to it.
    ///
    /// # Errors
    /// If it is not here, or not the one that answered.
    pub fn files(&self, shop: &Answer) -> Result<Utf8PathBuf, Failure> {
        let root = Utf8Path::new(&self.root);
        let hash = fs::read(root.join("app/etc/config.php")).ok().map(|bytes| sha256(&bytes));
        if root.is_dir() && hash == shop.magento.config_hash {
            return Ok(root.to_owned());
        }
        let why = if root.is_dir() { "not the directory that --php sees" } else { "no directory here" };
        Err(format!("{root} is {why}: files cannot be written there; run this where the shop's files are")
            .into())
    }
}
