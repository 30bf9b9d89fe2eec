//! Modules in a shop's code that app/etc/config.php does not list yet.

use super::Installed;
use crate::deploy::{DeployMode, Needs};

/// New modules of a shop, besides the one that is planned, and what the commands of an installation do with them.
#[derive(Debug)]
pub(super) struct NewModules {
    names: Vec<String>,
    fate: NewModulesFate,
}

/// Effect of the commands on new modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NewModulesFate {
    /// `setup:upgrade` enables and reads them (docs/magento/files-and-schemas.md#enabled-by-upgrade).
    Read,
    /// `setup:upgrade --keep-generated` enables them, and the run after it reads them
    /// (docs/magento/deploying.md#keep-generated-new-module).
    ReadLater,
    /// `module:enable` lists them as disabled (docs/magento/deploying.md#module-enable-others).
    Disabled,
}

impl NewModules {
    /// `changed` lists the files that are not up to date.
    pub(super) fn of(installed: &Installed, changed: &[&str]) -> Self {
        let Installed { module, shop, .. } = installed;
        let others = shop.new_modules().filter(|name| *name != module.name.as_str());
        let is_production = DeployMode::from(shop.magento.mode.as_str()) == DeployMode::Production;
        let fate = if !shop.is_enabled() {
            NewModulesFate::Disabled
        } else if is_production && !Needs::of(changed).compiles() {
            NewModulesFate::ReadLater
        } else {
            NewModulesFate::Read
        };
        Self { names: others.map(str::to_owned).collect(), fate }
    }

    /// Returns true if the next `setup:upgrade` reads them.
    pub(super) fn are_read(&self) -> bool {
        self.fate == NewModulesFate::Read
    }

    /// Sentence about them without a full stop, if there are any.
    pub(super) fn notes(&self) -> Vec<String> {
        let names = self.names.join(", ");
        let what = match self.fate {
            NewModulesFate::Read => "setup:upgrade enables every module that is not listed there, and this plan includes them".to_owned(),
            NewModulesFate::ReadLater => {
                "setup:upgrade --keep-generated enables every module that is not listed there, but only the setup:upgrade after it \
                 reads them: this plan leaves them out"
                    .to_owned()
            }
            NewModulesFate::Disabled => format!(
                "module:enable lists such modules as disabled, and this plan leaves them out; to enable them, first run `bin/magento \
                 module:enable {}`",
                self.names.join(" ")
            ),
        };
        let notes =
            (!self.names.is_empty()).then(|| format!("not listed in app/etc/config.php: {names}; {what}"));
        notes.into_iter().collect()
    }
}
