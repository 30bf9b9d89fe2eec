//! `[rules]`.

use std::{borrow::Cow, collections::BTreeMap};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::diag::{Diagnostic, Level, Rule};

/// Level of a rule in `[rules]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleLevel {
    /// Drops its findings.
    Allow,
    /// Reports its findings as warnings.
    Warn,
    /// Reports its findings as errors.
    Deny,
}

/// Levels in `[rules]`, by rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleLevels(BTreeMap<Rule, RuleLevel>);

impl RuleLevels {
    /// Returns true if no level is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the level set for the rule.
    #[must_use]
    pub fn setting(&self, rule: Rule) -> Option<RuleLevel> {
        self.0.get(&rule).copied()
    }

    /// Applies the levels to the findings and drops allowed ones.
    #[must_use]
    pub fn apply(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let apply = |mut diagnostic: Diagnostic| {
            diagnostic.level = match self.setting(diagnostic.rule) {
                None => diagnostic.level,
                Some(RuleLevel::Allow) => return None,
                Some(RuleLevel::Warn) => Level::Warning,
                Some(RuleLevel::Deny) => Level::Error,
            };
            Some(diagnostic)
        };
        diagnostics.into_iter().filter_map(apply).collect()
    }
}

impl Serialize for RuleLevels {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(rule, setting)| (rule.id(), setting)))
    }
}

impl<'de> Deserialize<'de> for RuleLevels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut levels = BTreeMap::new();
        for (id, setting) in BTreeMap::<String, RuleLevel>::deserialize(deserializer)? {
            let rule: Rule = id.parse().map_err(D::Error::custom)?;
            if setting != RuleLevel::Deny && !rule.can_be_relaxed() {
                return Err(D::Error::custom(format!("`{rule}` is always an error")));
            }
            levels.insert(rule, setting);
        }
        Ok(Self(levels))
    }
}

impl JsonSchema for RuleLevels {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "RuleLevels".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let properties: serde_json::Map<_, _> = Rule::ALL
            .iter()
            .map(|rule| {
                let settings: &[&str] =
                    if rule.can_be_relaxed() { &["allow", "warn", "deny"] } else { &["deny"] };
                let property = serde_json::json!({
                    "description": format!("{} (default: {}).", rule.title(), rule.level()),
                    "type": "string",
                    "enum": settings,
                    "examples": ["deny"],
                });
                (rule.id().to_owned(), property)
            })
            .collect();
        json_schema!({
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
            "examples": [{ "url-not-https": "deny" }],
        })
    }
}
