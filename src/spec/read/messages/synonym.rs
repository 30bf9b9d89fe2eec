//! Words of other tools for options of a spec.

use crate::spec::Pointer;

/// Types of settings: the word in Magento's system.xml, in PHP or in forms, and ours.
const SETTING_TYPES: [(&str, &str); 12] = [
    ("bool", "yesno"),
    ("boolean", "yesno"),
    ("checkbox", "yesno"),
    ("dropdown", "select"),
    ("encrypted", "secret"),
    ("float", "number"),
    ("int", "number"),
    ("integer", "number"),
    ("obscure", "secret"),
    ("password", "secret"),
    ("string", "text"),
    ("uri", "url"),
];

/// Option that another tool calls by the word.
pub(in crate::spec::read) fn synonym(route: &Pointer, word: &str) -> Option<&'static str> {
    let ["setting", _, "type"] = route.steps().collect::<Vec<_>>()[..] else { return None };
    let word = word.to_ascii_lowercase();
    SETTING_TYPES.iter().find(|(other, _)| *other == word).map(|(_, option)| *option)
}
