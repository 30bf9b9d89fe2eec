//! PHP that changes integrations behind the back of `setup:upgrade`, or depends on the legacy pair.

use super::{PhpToken, tokens};

/// Place where PHP interferes with integrations (docs/magento/files-and-schemas.md#legacy-callers).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interference {
    /// Line, from 1.
    pub line: usize,
    /// Predicate, as in `sets setup_type`.
    pub what: &'static str,
}

/// Cheap test for files that cannot interfere.
const WORDS: [&str; 7] = [
    "setup_type",
    "setSetupType",
    "SETUP_TYPE",
    "processConfigBasedIntegrations",
    "IntegrationService",
    "processIntegrationConfig",
    "getIntegrations",
];

/// Finds the places in a file. `is_setup` is true below `Setup`, where processing the pair is expected.
#[must_use]
pub fn interferences(text: &str, is_setup: bool) -> Vec<Interference> {
    if !WORDS.iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let tokens = tokens(text);
    let is_used = |names: &[&str]| {
        tokens.iter().any(|(token, _)| match token {
            PhpToken::Name(name) => names.iter().any(|it| name.trim_start_matches('\\') == *it),
            _ => false,
        })
    };
    let has_service = is_used(&[
        "Magento\\Integration\\Api\\IntegrationServiceInterface",
        "Magento\\Integration\\Model\\IntegrationService",
    ]);
    let has_pair = is_used(&["Magento\\Integration\\Model\\Config"]);
    let mut found = Vec::new();
    for (at, (token, span)) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at)).map(|(token, _)| token);
        let behind = |step: usize| tokens.get(at + step).map(|(token, _)| token);
        let is_call = before == Some(&PhpToken::Arrow) && behind(1) == Some(&PhpToken::Sign('('));
        let has_arguments = behind(2) != Some(&PhpToken::Sign(')'));
        let what = match token {
            PhpToken::Text(text) if text == "setup_type" => "sets setup_type",
            PhpToken::Name("setSetupType") if is_call => "sets setup_type",
            PhpToken::Name("SETUP_TYPE") if before == Some(&PhpToken::Colons) => "sets setup_type",
            PhpToken::Name("processConfigBasedIntegrations") if is_call => "creates integrations itself",
            PhpToken::Name("create") if is_call && has_arguments && has_service => {
                "creates integrations itself"
            }
            PhpToken::Name("processIntegrationConfig") if is_call && !is_setup => {
                "processes the legacy pair at run time"
            }
            PhpToken::Name("getIntegrations") if is_call && has_pair => "reads the legacy pair at run time",
            _ => continue,
        };
        let line = text[..span.start].matches('\n').count() + 1;
        found.push(Interference { line, what });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str, is_setup: bool) -> Vec<(usize, &'static str)> {
        let service = "<?php use Magento\\Integration\\Api\\IntegrationServiceInterface;\n";
        let text = format!("{service}use Magento\\Integration\\Model\\Config;\n{code}\n");
        interferences(&text, is_setup).into_iter().map(|it| (it.line, it.what)).collect()
    }

    #[test]
    fn what_interferes_is_found_with_its_line() {
        for (code, what) in [
            ("$db->update($table, ['setup_type' => 2]);", "sets setup_type"),
            ("$integration->setSetupType(2);", "sets setup_type"),
            ("$integration->setData(Integration::SETUP_TYPE, 2);", "sets setup_type"),
            ("$this->manager->processConfigBasedIntegrations($all);", "creates integrations itself"),
            ("$this->service->create(['name' => 'A']);", "creates integrations itself"),
            ("$this->config->getIntegrations();", "reads the legacy pair at run time"),
        ] {
            assert_eq!(of(code, true), [(3, what)], "{code}");
        }
        let processing = "$this->manager->processIntegrationConfig(['A']);";
        assert_eq!(of(processing, true), []);
        assert_eq!(of(processing, false), [(3, "processes the legacy pair at run time")]);
    }

    #[test]
    fn other_code_does_not_interfere() {
        for code in ["// setup_type", "$this->factory->create();", "$this->service->delete(1);"] {
            assert_eq!(of(code, true), [], "{code}");
        }
        assert_eq!(interferences("<?php $service->create(['name' => 'IntegrationService']);", true), []);
        assert_eq!(interferences("<?php $this->other->getIntegrations();", false), []);
    }
}
