//! Enabled modules, from `modules` in app/etc/config.php.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Warning, input};
use crate::parsers::php::{PhpToken, tokens};

pub(super) const CONFIG_PHP: &str = "app/etc/config.php";

/// Reads which modules are enabled. A shop that is not installed has no such file.
pub(super) fn enabled(root: &Utf8Path, warnings: &mut Vec<Warning>) -> BTreeMap<String, bool> {
    let mut warn = |message: String| {
        warnings.push(Warning { file: Utf8PathBuf::from(CONFIG_PHP), message });
        BTreeMap::new()
    };
    match input::read(&root.join(CONFIG_PHP)) {
        Ok(text) => match text.map(|text| modules(&text)) {
            Some(Some(modules)) => modules,
            Some(None) => warn("it has no `modules` array; all modules are treated as enabled".to_owned()),
            None => BTreeMap::new(),
        },
        Err(message) => warn(format!("{message}; all modules are treated as enabled")),
    }
}

/// Finds the array `modules` at the top level of the array that the file returns.
fn modules(text: &str) -> Option<BTreeMap<String, bool>> {
    let tokens: Vec<PhpToken<'_>> = tokens(text).into_iter().map(|(token, _)| token).collect();
    let mut depth = 0_usize;
    let start = tokens.windows(3).position(|window| {
        match window[0] {
            PhpToken::Sign('[' | '(') => depth += 1,
            PhpToken::Sign(']' | ')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        matches!(window, [PhpToken::Text(key), PhpToken::Sign('='), PhpToken::Sign('>')] if key == "modules")
            && depth == 1
    })?;
    let array = tokens.get(start + 3..)?;
    let array = array.strip_prefix(&[PhpToken::Name("array")]).unwrap_or(array);
    let [PhpToken::Sign('[' | '('), entries @ ..] = array else { return None };
    let is_end = |token: &PhpToken<'_>| matches!(token, PhpToken::Sign(']' | ')'));
    let end = entries.iter().position(is_end).unwrap_or(entries.len());
    let entry = |entry: &[PhpToken<'_>]| {
        let [PhpToken::Text(name), PhpToken::Sign('='), PhpToken::Sign('>'), value] = entry else {
            return None;
        };
        let value = match value {
            PhpToken::Name(value) => value,
            PhpToken::Text(value) => value.as_str(),
            _ => return None,
        };
        Some((name.clone(), !matches!(value.to_lowercase().as_str(), "0" | "" | "false" | "null")))
    };
    Some(entries[..end].windows(4).filter_map(entry).collect())
}

#[cfg(test)]
mod tests {
    use super::modules;

    #[test]
    fn both_forms_of_arrays_are_read() {
        for text in [
            "<?php\nreturn [\n    'modules' => [\n        'A_B' => 1,\n        'C_D' => 0\n    ],\n    'x' => ['modules' => 1]\n];",
            "<?php return array ( 'modules' => array ( 'A_B' => 1, // 'A_B' => 0\n \"C_D\" => false, ), );",
            "<?php return ['system' => ['modules' => ['E_F' => 1]], 'modules' => ['A_B' => '1', 'C_D' => '0']];",
        ] {
            let modules: Vec<_> = modules(text).unwrap().into_iter().collect();
            assert_eq!(modules, [("A_B".to_owned(), true), ("C_D".to_owned(), false)], "{text}");
        }
    }

    #[test]
    fn a_file_without_the_array_is_none() {
        for text in
            ["", "<?php return [];", "<?php return ['modules' => 1];", "<?php return require 'x.php';"]
        {
            assert_eq!(modules(text), None, "{text}");
        }
        assert_eq!(modules("<?php return ['modules' => ['A_B' => 1").unwrap().len(), 1);
    }
}
