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

/// Editions of Magento by their other names.
const EDITIONS: [(&str, &str); 7] = [
    ("adobe-commerce", "commerce"),
    ("b2b", "commerce"),
    ("ce", "open-source"),
    ("community", "open-source"),
    ("ee", "commerce"),
    ("enterprise", "commerce"),
    ("os", "open-source"),
];

/// Levels of rules in other tools.
const LEVELS: [(&str, &str); 8] = [
    ("disable", "allow"),
    ("error", "deny"),
    ("fail", "deny"),
    ("forbid", "deny"),
    ("ignore", "allow"),
    ("off", "allow"),
    ("none", "allow"),
    ("warning", "warn"),
];

/// Keys: the table, the word for it elsewhere, and ours.
const KEYS: [(&str, &str, &str); 14] = [
    ("integration", "acl", "resources"),
    ("integration", "contact", "email"),
    ("integration", "endpoints", "calls"),
    ("integration", "permissions", "resources"),
    ("integration", "requests", "calls"),
    ("integration", "routes", "calls"),
    ("integration", "scopes", "resources"),
    ("integration", "callback_url", "endpoint_url"),
    ("integration", "login_url", "identity_link_url"),
    ("target", "constraint", "magento"),
    ("target", "release", "magento"),
    ("target", "releases", "magento"),
    ("target", "version", "magento"),
    ("target", "versions", "magento"),
];

/// Option that another tool calls by the word.
pub(in crate::spec::read) fn synonym(route: &Pointer, word: &str) -> Option<&'static str> {
    let words: &[(&str, &'static str)] = match route.steps().collect::<Vec<_>>()[..] {
        ["setting", _, "type"] => &SETTING_TYPES,
        ["target", "edition"] => &EDITIONS,
        ["rules", _] => &LEVELS,
        _ => return None,
    };
    let word = word.to_ascii_lowercase().replace([' ', '_'], "-");
    words.iter().find(|(other, _)| *other == word).map(|(_, option)| *option)
}

/// Key that another tool calls by the word, in the table at the route.
pub(in crate::spec::read) fn key_synonym(route: &Pointer, word: &str) -> Option<&'static str> {
    let table = route.steps().next()?;
    let word = word.to_ascii_lowercase().replace('-', "_");
    KEYS.iter().find(|(above, other, _)| *above == table && *other == word).map(|(.., key)| *key)
}
