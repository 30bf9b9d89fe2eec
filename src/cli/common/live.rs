//! A shop that runs.

use std::{borrow::Cow, fs, time::Duration};

use camino::{Utf8Path, Utf8PathBuf};

use super::{Project, input, known, tell_reports};
use crate::{
    catalog::Catalog,
    magento::{self, Answer, Exchange, Named, Php},
    model::Module,
    names::{ModuleName, PackageName},
    spec,
    tree::sha256,
};

/// A shop that runs.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Live {
    /// The shop's Magento root, as its PHP sees it
    #[arg(long, value_name = "ROOT", help_heading = "Shop")]
    magento: Utf8PathBuf,
    /// The shop's PHP, such as "docker compose exec -T php php" or "ssh host php"
    #[arg(long, value_name = "CMD", default_value = "php", help_heading = "Shop")]
    php: String,
    /// How many seconds the shop may take to answer a question
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..), help_heading = "Shop")]
    timeout: u64,
}

/// A way to ask a shop.
pub(in crate::cli) struct Connection {
    pub(in crate::cli) php: Php,
    /// The root where PHP is.
    pub(in crate::cli) root: String,
}

/// A spec beside the shop that it is for.
pub(in crate::cli) struct Installed {
    pub(in crate::cli) project: Project,
    pub(in crate::cli) module: Module,
    /// That of the shop, where its files are here.
    pub(in crate::cli) catalog: Cow<'static, Catalog>,
    pub(in crate::cli) shop: Answer,
}

impl Live {
    /// # Errors
    /// What is wrong with the command line of PHP.
    pub(in crate::cli) fn connect(&self) -> Result<Connection, String> {
        let php =
            Php::new(&self.php, Duration::from_secs(self.timeout)).map_err(|error| error.to_string())?;
        // A path from here means nothing elsewhere.
        let here = self.magento.canonicalize_utf8().ok().filter(|_| self.magento.is_relative());
        Ok(Connection { php, root: here.unwrap_or_else(|| self.magento.clone()).into_string() })
    }
}

impl Connection {
    /// What the shop says of itself and of a module.
    ///
    /// # Errors
    /// Why it does not answer.
    pub(in crate::cli) fn status(&self, module: Option<&ModuleName>) -> Result<Answer, String> {
        magento::status(&self.php, &self.root, module.map(ModuleName::as_str))
            .map_err(|error| error.to_string())
    }

    /// # Errors
    /// Why nothing was changed.
    pub(in crate::cli) fn reattach(&self, exchanges: &[Exchange]) -> Result<(), String> {
        magento::reattach(&self.php, &self.root, exchanges).map_err(|error| error.to_string())
    }

    /// # Errors
    /// Why nothing was deleted.
    pub(in crate::cli) fn delete(&self, integrations: &[Named]) -> Result<(), String> {
        magento::delete(&self.php, &self.root, integrations).map_err(|error| error.to_string())
    }

    /// The root on this machine, for commands that write to it.
    ///
    /// # Errors
    /// If it is not here, or not the one that answered.
    pub(in crate::cli) fn files(&self, shop: &Answer) -> Result<Utf8PathBuf, String> {
        let root = Utf8Path::new(&self.root);
        let hash = fs::read(root.join("app/etc/config.php")).ok().map(|bytes| sha256(&bytes));
        if root.is_dir() && hash == shop.magento.config_hash {
            return Ok(root.to_owned());
        }
        let why = if root.is_dir() { "not the directory that --php sees" } else { "no directory here" };
        Err(format!("{root} is {why}: files cannot be written there; run this where the shop's files are"))
    }

    /// The project of a spec, compiled against the shop's own files where they are here, and what the shop says; none if the spec has
    /// errors, which were told. `root` says where its module is written, from the Magento root.
    ///
    /// # Errors
    /// Why the shop does not answer or cannot be read.
    pub(in crate::cli) fn project(
        &self,
        spec: &Utf8Path,
        folder: impl FnOnce(&ModuleName, &PackageName) -> String,
    ) -> Result<Option<Installed>, String> {
        let tell = |report| tell_reports([report]).map_err(|error| error.to_string());
        let source = match input::read(spec) {
            Ok(source) => source,
            Err(report) => return tell(&report).map(|_| None),
        };
        let Some(loaded) = spec::load(&source).spec else {
            let project = Project::of(spec.to_owned(), Utf8PathBuf::new(), source, Catalog::bundled(), None);
            return tell(&project.report).map(|_| None);
        };
        let name = &loaded.module.name;
        let shop = self.status(Some(name))?;
        let package = loaded.module.package.clone().unwrap_or_else(|| PackageName::from(name));
        let root = Utf8Path::new(&self.root).join(folder(name, &package));
        let scanned = self.files(&shop).ok().map(|files| known::shop_at(&files, false)).transpose()?;
        let catalog =
            scanned.map_or(Cow::Borrowed(Catalog::bundled()), |shop| Cow::Owned(Catalog::of_shop(shop)));
        let project = Project::of(spec.to_owned(), root, source, &catalog, None);
        tell(&project.report)?;
        Ok(project.module.clone().map(|module| Installed { project, module, catalog, shop }))
    }
}
