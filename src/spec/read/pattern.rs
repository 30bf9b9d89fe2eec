//! Patterns of the schema, on the regex engine that the names use: each is compiled once per process and matched
//! against a few short texts.

use jsonschema::{Keyword, ValidationError, paths::Location};
use regex_lite::Regex;
use serde_json::{Map, Value};

struct PatternKeyword(Regex);

impl<'i> Keyword<'i> for PatternKeyword {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) {
            return Ok(());
        }
        Err(ValidationError::custom("it does not match the pattern"))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        instance.as_str().is_none_or(|text| self.0.is_match(text))
    }
}

/// Factory for the keyword `pattern`.
pub(super) fn keyword<'a>(
    _: &'a Map<String, Value>,
    pattern: &'a Value,
    _: Location,
) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
    match Regex::new(pattern.as_str().unwrap_or_default()) {
        Ok(pattern) => Ok(Box::new(PatternKeyword(pattern))),
        Err(error) => Err(ValidationError::custom(error.to_string())),
    }
}
