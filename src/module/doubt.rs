//! PHP that makes the effect of `setup:upgrade` on integrations unpredictable.

use std::collections::BTreeSet;

use camino::Utf8Path;

pub use crate::parsers::php::{Deed, INTERFERING};
use crate::{parsers::php, tree::HEADER};

/// Files of the plugins that magespec generates.
const PLUGINS: [&str; 2] = ["Plugin/ProcessIntegrations.php", "Plugin/RenameResources.php"];

/// Reason to doubt a plan (docs/magento/files-and-schemas.md#legacy-callers).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doubt {
    /// Place with its predicate, as `Setup/InstallData.php:23 sets setup_type`.
    pub place: String,
    /// Its effect on integrations.
    pub deed: Deed,
    /// Integrations that it concerns; none if it may concern any.
    pub integrations: Option<BTreeSet<String>>,
}

impl Doubt {
    /// Finds the reasons in a PHP file. `path` is from the module's folder. There are none in the generated plugins, which do
    /// what declarations say.
    #[must_use]
    pub fn in_file(path: &Utf8Path, text: &str) -> Vec<Self> {
        if PLUGINS.contains(&path.as_str()) && text.contains(HEADER) {
            return Vec::new();
        }
        let found = php::interferences(text, path.starts_with("Setup")).into_iter();
        let doubt = |line: usize, deed: Deed| Self {
            place: format!("{path}:{line} {}", deed.as_str()),
            deed,
            integrations: None,
        };
        found.map(|it| doubt(it.line, it.deed)).collect()
    }

    /// Returns true if it concerns the integration.
    #[must_use]
    pub fn concerns(&self, integration: &str) -> bool {
        self.integrations.as_ref().is_none_or(|names| names.contains(integration))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_plugins_are_no_doubt() {
        let text = "<?php\n/**\n * HEADER\n */\nclass A { function x(ConfigBasedIntegrationManager $m) { \
                    $m->processConfigBasedIntegrations([]); } }\n";
        for path in PLUGINS {
            assert_eq!(Doubt::in_file(path.into(), &text.replace("HEADER", HEADER)), []);
            assert_ne!(Doubt::in_file(path.into(), text), []);
        }
    }
}
