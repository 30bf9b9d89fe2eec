//! Text of a new spec.

use super::{answers::Answers, grants::quoted};
use crate::{names::Edition, spec::SCHEMA_LINE};

/// Suggestion of a catalog.
const CATALOG: &str =
    "# catalog = \"shop.catalog\" # what the shop has: magespec catalog --magento ROOT -o shop.catalog\n";

impl Answers {
    /// Renders the spec, in TOML 1.0.
    pub(super) fn render(&self) -> String {
        let directory = self.directory.as_ref().map(|it| format!("directory = {}\n", quoted(it.as_str())));
        let edition = self.edition.and_then(|it| toml::Value::try_from(it).ok());
        let edition = edition.map(|it| format!("edition = {it}\n"));
        // Only the shop knows the permissions of its own routes (docs/magento/releases-and-editions.md#commerce).
        let is_commerce = self.edition == Some(Edition::Commerce);
        let catalog = if is_commerce { CATALOG } else { "" };
        format!(
            "{SCHEMA_LINE}

[module]
name = {name}
description = {description}
version = \"1.0.0\"
license = \"proprietary\"
{directory}
[target]
magento = {target} # Composer's constraint syntax; a bare 2.4.7 is that release with its -pN patches
{edition}{catalog}
[[integration]]
name = {integration}
email = {email}
# endpoint_url = \"https://…\"       # with both URLs, Magento sends the credentials itself;
# identity_link_url = \"https://…\"  # without them, Admin shows the credentials
{grants}",
            name = quoted(self.name.as_str()),
            description = quoted(self.description.as_str()),
            directory = directory.unwrap_or_default(),
            target = quoted(&self.target.to_string()),
            edition = edition.unwrap_or_default(),
            integration = quoted(self.integration.as_str()),
            email = quoted(self.email.as_str()),
            grants = self.lists(),
        )
    }

    fn lists(&self) -> String {
        let list = |key: &str, comment: &str, lines: Vec<String>| {
            let lines: String = lines.iter().map(|line| format!("  {line}\n")).collect();
            if lines.is_empty() { String::new() } else { format!("{key} = [ # {comment}\n{lines}]\n") }
        };
        if self.grants.is_empty() {
            return "# calls = [\"GET /V1/orders\"]      # the REST calls that it makes; their permissions follow\n# resources = \
                    [\"Magento_Sales::actions_view\"]  # permissions that no call needs\n"
                .to_owned();
        }
        let calls = list(
            "calls",
            "the REST calls that it makes; their permissions follow",
            self.grants.calls.clone(),
        );
        let resources = self.grants.resources.iter().map(|id| format!("{},", quoted(id.as_str()))).collect();
        let resources = list(
            "resources",
            "an id, \"id/**\" with all below it, \"Module::*glob*\", or \"!id\" without it",
            resources,
        );
        calls + &resources
    }
}
