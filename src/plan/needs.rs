//! Commands that a plan needs, and the plugin of the module that takes part in `setup:upgrade`.

use super::{Action, Plan, Planned};
use crate::{deploy::Needs, diag::enumerated};

/// Files that make the plugins that take part in `setup:upgrade`.
const PLUGIN_FILES: [&str; 3] =
    ["Plugin/ProcessIntegrations.php", "Plugin/RenameResources.php", "etc/di.xml"];

impl Plan {
    /// Sorts changed files by the commands that they need. A change of etc/integration.xml that Magento does not apply needs
    /// none. `paths` are named from the module's folder.
    #[must_use]
    pub fn needs(&self, paths: &[&str]) -> Needs {
        let mut needs = Needs::of(paths);
        let is_nothing = |it: &Planned| matches!(it.action(), Action::Keep | Action::Ignored);
        if self.is_for_plugin() {
            let is_of_plugin = |path: &&&str| PLUGIN_FILES.contains(*path);
            needs.upgrade.extend(paths.iter().filter(is_of_plugin).map(|path| (*path).to_owned()));
            needs.upgrade.sort();
        }
        if needs.upgrade == ["etc/integration.xml"] && self.integrations.iter().all(is_nothing) {
            needs.upgrade.clear();
        }
        needs
    }

    /// Returns true if a plugin of the module has something to do.
    #[must_use]
    pub fn is_for_plugin(&self) -> bool {
        !self.renamed.is_empty()
            || self.integrations.iter().flat_map(|it| it.actions.keys()).any(|action| action.is_by_plugin())
    }

    /// Notes on what the module's plugins do: resources that they rename, and deployments in which they come too late. `paths`
    /// are the changed files, and those that changed since a shop was compiled.
    #[must_use]
    pub fn plugin_notes(&self, paths: &[&str]) -> Vec<String> {
        let renamed = self.renamed.iter().map(|(former, present)| {
            format!("setup:upgrade renames the resource {former} to {present} in all roles: whoever has it keeps it")
        });
        renamed.chain(self.compiled_first(paths)).collect()
    }

    /// Note for deployments in which the module's plugin would come too late, if it is new or changed and has something to do
    /// (docs/magento/setup-upgrade.md#plugin-not-compiled).
    fn compiled_first(&self, paths: &[&str]) -> Option<String> {
        let changed: Vec<&str> = PLUGIN_FILES.into_iter().filter(|path| paths.contains(path)).collect();
        (!changed.is_empty() && self.is_for_plugin()).then(|| {
            format!(
                "The module does this with a plugin, and {} changed since the code was compiled: where a deployment runs `setup:upgrade \
                 --keep-generated` in production mode, it has to run `setup:di:compile` with the new files first. Otherwise Magento does not call the \
                 plugin: integrations are reset, and neither they nor resources are renamed or deleted",
                enumerated(&changed, "and")
            )
        })
    }

    /// Commands to run; none if `setup:upgrade` stops.
    #[must_use]
    pub fn unless_stopped<T>(&self, commands: Vec<T>) -> Vec<T> {
        let is_stopped = self.integrations.iter().any(|it| it.action() == Action::Abort);
        if is_stopped { Vec::new() } else { commands }
    }
}
