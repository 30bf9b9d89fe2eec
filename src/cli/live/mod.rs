//! A shop that runs, for the commands that ask it.

mod carry;
mod confirm;

use std::{borrow::Cow, fs, time::Duration};

use camino::{Utf8Path, Utf8PathBuf};

pub(super) use self::{
    carry::Carry,
    confirm::{choose, confirm},
};
use super::common::{Project, read, shop_at, tell_reports};
use crate::{
    catalog::{Catalog, ReleaseSet},
    magento::{self, Answer, Exchange, Layout, Named, Php},
    model::Module,
    names::{ModuleName, PackageName},
    spec::{self, Spec},
    tree::sha256,
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
    pub(in crate::cli) fn connect(&self, root: &Utf8Path) -> Result<Connection, String> {
        let timeout = Duration::from_secs(self.timeout.unwrap_or(TIMEOUT));
        let command = self.php.as_deref().unwrap_or("php");
        let php = Php::new(command, timeout).map_err(|error| error.to_string())?;
        // A path from here means nothing elsewhere.
        let here = root.canonicalize_utf8().ok().filter(|_| root.is_relative());
        Ok(Connection { php, root: here.unwrap_or_else(|| root.to_owned()).into_string() })
    }
}

impl Installed {
    /// The folder that a module lies in, by where it is registered in the shop; else the one that Magento looks for it in
    /// by itself.
    pub(in crate::cli) fn folder(spec: &Spec, shop: &Answer) -> String {
        let registered = shop.module.as_ref().and_then(|state| state.path.as_deref());
        let source = spec.module.source.as_ref().map_or("", |source| source.as_str());
        let above = registered.map(|path| path.strip_suffix(source).unwrap_or(path).to_owned());
        above.unwrap_or_else(|| Layout::AppCode.folder(&spec.module.name, &package(spec)))
    }

    /// The release of the shop; none if the catalog does not know it.
    pub(in crate::cli) fn releases(&self) -> ReleaseSet {
        let version = &self.shop.magento.version;
        self.catalog.those(self.catalog.all(), |known| known.to_string() == *version)
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
    /// errors, which were told. `folder` says where its module is written, from the Magento root.
    ///
    /// # Errors
    /// Why the shop does not answer or cannot be read.
    pub(in crate::cli) fn project(
        &self,
        spec: &Utf8Path,
        folder: impl FnOnce(&Spec, &Answer) -> String,
    ) -> Result<Option<Installed>, String> {
        let tell = |report| tell_reports([report]).map_err(|error| error.to_string());
        let source = match read(spec) {
            Ok(source) => source,
            Err(report) => return tell(&report).map(|_| None),
        };
        let Some(loaded) = spec::load(&source).spec else {
            let project = Project::of(spec.to_owned(), Utf8PathBuf::new(), source, Catalog::bundled(), None);
            return tell(&project.report).map(|_| None);
        };
        let name = &loaded.module.name;
        let shop = self.status(Some(name))?;
        let root = Utf8Path::new(&self.root).join(folder(&loaded, &shop));
        let scanned = self.files(&shop).ok().map(|files| shop_at(&files, false)).transpose()?;
        let catalog =
            scanned.map_or(Cow::Borrowed(Catalog::bundled()), |shop| Cow::Owned(Catalog::of_shop(shop)));
        let project = Project::of(spec.to_owned(), root, source, &catalog, None);
        tell(&project.report)?;
        Ok(project.module.clone().map(|module| Installed { project, module, catalog, shop }))
    }
}

/// The package of a spec's module.
pub(in crate::cli) fn package(spec: &Spec) -> PackageName {
    spec.module.package.clone().unwrap_or_else(|| PackageName::from(&spec.module.name))
}
