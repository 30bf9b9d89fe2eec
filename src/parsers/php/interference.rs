//! PHP that changes integrations behind the back of `setup:upgrade`, or depends on the legacy pair.

use super::{PhpToken, Spanned, tokens};

/// Place where PHP interferes with integrations (docs/magento/files-and-schemas.md#legacy-callers).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interference {
    /// Line, from 1.
    pub line: usize,
    /// Its effect on integrations.
    pub deed: Deed,
}

/// Effect of PHP on integrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// Sets the column `setup_type`.
    SetsType,
    /// Creates integrations.
    Creates,
    /// Changes rows of integrations, or saves new ones.
    Changes,
    /// Deletes integrations.
    Deletes,
    /// Processes the legacy pair outside of setup scripts.
    ProcessesPair,
    /// Reads the legacy pair.
    ReadsPair,
    /// Runs as a plugin inside of every `setup:upgrade` (docs/magento/setup-upgrade.md#keep-by-plugin).
    Plugs,
}

impl Deed {
    /// Predicate to follow a place.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SetsType => "sets setup_type",
            Self::Creates => "creates integrations itself",
            Self::Changes => "changes integrations itself",
            Self::Deletes => "deletes integrations itself",
            Self::ProcessesPair => "processes the legacy pair at run time",
            Self::ReadsPair => "reads the legacy pair at run time",
            Self::Plugs => "changes what setup:upgrade does to integrations, as a plugin",
        }
    }
}

/// Words of which a file that interferes has one: a cheap test.
pub const INTERFERING: [&str; 11] = [
    "setup_type",
    "setSetupType",
    "SETUP_TYPE",
    "rocessConfigBasedIntegrations",
    "IntegrationService",
    "IntegrationFactory",
    "ResourceModel\\Integration",
    "processIntegrationConfig",
    "getIntegrations",
    "'integration'",
    "\"integration\"",
];

/// Methods that write to a table.
const WRITES: [&str; 7] =
    ["insert", "insertMultiple", "insertOnDuplicate", "insertArray", "update", "delete", "query"];

/// Finds the places in a file. `is_setup` is true below `Setup`, where processing the pair is expected.
#[must_use]
pub fn interferences(text: &str, is_setup: bool) -> Vec<Interference> {
    if !INTERFERING.iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let code = CodeTokens::of(text);
    let found = code.tokens.iter().enumerate().filter_map(|(at, (_, span))| {
        let deed = code.deed(at, is_setup)?;
        Some(Interference { line: text[..span.start].matches('\n').count() + 1, deed })
    });
    found.collect()
}

/// Tokens of a file, and the classes it uses.
struct CodeTokens<'a> {
    tokens: Vec<Spanned<'a>>,
    has_service: bool,
    has_model: bool,
    has_pair: bool,
    writes: bool,
}

impl<'a> CodeTokens<'a> {
    fn of(text: &'a str) -> Self {
        let tokens = tokens(text);
        let is_used = |names: &[&str]| {
            tokens.iter().any(|(token, _)| match token {
                PhpToken::Name(name) => names.contains(&name.trim_start_matches('\\')),
                _ => false,
            })
        };
        let has_service = is_used(&[
            "Magento\\Integration\\Api\\IntegrationServiceInterface",
            "Magento\\Integration\\Model\\IntegrationService",
        ]);
        let has_model = is_used(&[
            "Magento\\Integration\\Model\\IntegrationFactory",
            "Magento\\Integration\\Model\\ResourceModel\\Integration",
        ]);
        let has_pair = is_used(&["Magento\\Integration\\Model\\Config"]);
        let writes = tokens.windows(2).any(
            |pair| matches!(pair, [(PhpToken::Arrow, _), (PhpToken::Name(name), _)] if WRITES.contains(name)),
        );
        Self { tokens, has_service, has_model, has_pair, writes }
    }

    /// Returns the deed at a token.
    fn deed(&self, at: usize, is_setup: bool) -> Option<Deed> {
        let token = |at: usize| self.tokens.get(at).map(|(token, _)| token);
        let before = |steps: usize| at.checked_sub(steps).and_then(token);
        let is_call = before(1) == Some(&PhpToken::Arrow) && token(at + 1) == Some(&PhpToken::Sign('('));
        let has_arguments = token(at + 2) != Some(&PhpToken::Sign(')'));
        Some(match token(at)? {
            PhpToken::Text(text) if text == "setup_type" => Deed::SetsType,
            PhpToken::Name("setSetupType") if is_call => Deed::SetsType,
            PhpToken::Name("SETUP_TYPE") if before(1) == Some(&PhpToken::Colons) => Deed::SetsType,
            PhpToken::Name("processConfigBasedIntegrations") if is_call => Deed::Creates,
            PhpToken::Name("create") if is_call && has_arguments && self.has_service => Deed::Creates,
            PhpToken::Name("update") if is_call && has_arguments && self.has_service => Deed::Changes,
            PhpToken::Name("delete") if is_call && has_arguments && self.has_service => Deed::Deletes,
            PhpToken::Name("save") if is_call && self.has_model => Deed::Changes,
            PhpToken::Text(text) if text == "integration" && self.writes => {
                let is_table = matches!(before(2), Some(PhpToken::Name("getTable" | "getTableName")));
                is_table.then_some(Deed::Changes)?
            }
            PhpToken::Name("processIntegrationConfig") if is_call && !is_setup => Deed::ProcessesPair,
            PhpToken::Name("getIntegrations") if is_call && self.has_pair => Deed::ReadsPair,
            PhpToken::Name(name) if before(1) == Some(&PhpToken::Name("function")) => {
                let plugged = ["before", "around", "after"].iter().find_map(|when| name.strip_prefix(when));
                (plugged == Some("ProcessConfigBasedIntegrations")).then_some(Deed::Plugs)?
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str, is_setup: bool) -> Vec<(usize, Deed)> {
        let service = "<?php use Magento\\Integration\\Api\\IntegrationServiceInterface;\n";
        let text = format!("{service}use Magento\\Integration\\Model\\Config;\n{code}\n");
        interferences(&text, is_setup).into_iter().map(|it| (it.line, it.deed)).collect()
    }

    #[test]
    fn what_interferes_is_found_with_its_line() {
        for (code, deed) in [
            ("$db->update($table, ['setup_type' => 2]);", Deed::SetsType),
            ("$integration->setSetupType(2);", Deed::SetsType),
            ("$integration->setData(Integration::SETUP_TYPE, 2);", Deed::SetsType),
            ("$this->manager->processConfigBasedIntegrations($all);", Deed::Creates),
            ("$this->service->create(['name' => 'A']);", Deed::Creates),
            ("$this->service->delete(1);", Deed::Deletes),
            ("$this->config->getIntegrations();", Deed::ReadsPair),
            ("public function afterProcessConfigBasedIntegrations($subject, $result) {}", Deed::Plugs),
        ] {
            let found = of(code, true);
            assert!(found.contains(&(3, deed)), "{code} {found:?}");
        }
        let processing = "$this->manager->processIntegrationConfig(['A']);";
        assert_eq!(of(processing, true), []);
        assert_eq!(of(processing, false), [(3, Deed::ProcessesPair)]);
    }

    #[test]
    fn what_changes_rows_is_found() {
        let deeds = |text: &str| {
            interferences(text, true).into_iter().map(|it| (it.line, it.deed)).collect::<Vec<_>>()
        };
        let model = "<?php use Magento\\Integration\\Model\\IntegrationFactory;\n$it->setData($all)->save();";
        assert_eq!(deeds(model), [(2, Deed::Changes)]);
        let renames = "<?php\n$to = $setup->getTable('integration');\n$c->update($to, ['name' => 'B'], ['name = ?' => 'A']);";
        assert_eq!(deeds(renames), [(2, Deed::Changes)]);
        assert_eq!(deeds("<?php $c->fetchAll($c->select()->from($c->getTableName('integration')));"), []);
        assert_eq!(deeds("<?php $c->update('other', ['kind' => 'integration']);"), []);
    }

    #[test]
    fn other_code_does_not_interfere() {
        for code in ["// setup_type", "$this->factory->create();", "$this->service->get(1);"] {
            assert_eq!(of(code, true), [], "{code}");
        }
        assert_eq!(interferences("<?php $service->create(['name' => 'IntegrationService']);", true), []);
        assert_eq!(interferences("<?php $this->other->getIntegrations();", false), []);
    }
}
