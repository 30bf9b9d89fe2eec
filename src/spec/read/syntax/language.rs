//! Languages that are given as a spec by mistake, recognized by how their text begins.

use std::ops::Range;

use crate::diag::{Diagnostic, Rule};

/// Language of a text that is not TOML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Xml,
    Php,
    PhpArray,
    Json,
    Yaml,
    Log,
    Binary,
}

impl Language {
    /// Recognizes the language of a text with a syntax error.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim_start();
        let is_json = |open: char| {
            text.strip_prefix(open).is_some_and(|rest| rest.trim_start().starts_with(['"', '{', '}', ']']))
        };
        if text.contains('\0') {
            Some(Self::Binary)
        } else if text.starts_with("<?php") || text.starts_with("<?=") {
            Some(Self::Php)
        } else if text.starts_with(['[', '\''])
            && text.lines().any(|line| line.contains("' =>") || line.contains("\" =>"))
        {
            Some(Self::PhpArray)
        } else if text.lines().next().is_some_and(|line| line.contains(" HTTP/") && line.contains('"')) {
            Some(Self::Log)
        } else if text.starts_with('<') && !text.starts_with("<<") {
            Some(Self::Xml)
        } else if text.starts_with('{') || is_json('[') {
            Some(Self::Json)
        } else {
            is_yaml(text).then_some(Self::Yaml)
        }
    }

    /// Finding at the first line of the text.
    pub(super) fn finding(self, text: &str) -> Diagnostic {
        let (name, help) = match self {
            Self::Xml => ("XML", IMPORT),
            Self::Php => ("PHP", IMPORT),
            Self::PhpArray => {
                ("a PHP array", "write it as TOML; `magespec init` writes a spec to start from")
            }
            Self::Log => ("an access log", "`magespec calls FILE` lists the REST calls in it"),
            Self::Binary => ("a binary file", "name the integration.toml; `magespec init` writes one"),
            Self::Json
                if ["\"require\"", "\"autoload\"", "\"magento2-module\""]
                    .iter()
                    .any(|key| text.contains(key)) =>
            {
                ("a composer.json", IMPORT)
            }
            Self::Json => ("JSON", "write it as TOML; `magespec init` writes a spec to start from"),
            Self::Yaml => (
                "YAML",
                "write it as TOML: [module] instead of `module:`, key = \"value\" instead of `key: value`; `magespec init` writes a spec to start from",
            ),
        };
        Diagnostic::new(Rule::TomlSyntax, format!("this is {name}, not a spec"))
            .at(first_line(text))
            .reason("a spec is written in TOML")
            .help(help)
    }
}

const IMPORT: &str = "to create the spec of an existing module, name its directory: `magespec import DIR`";

/// Span of the first line that is neither empty nor a comment.
fn first_line(text: &str) -> Range<usize> {
    let before: usize =
        text.split_inclusive('\n').take_while(|line| !is_significant(line)).map(str::len).sum();
    let line = text[before..].lines().next().unwrap_or_default();
    let start = before + line.len() - line.trim_start().len();
    start..start + line.trim().len()
}

fn is_significant(line: &str) -> bool {
    !line.trim().is_empty() && !line.trim_start().starts_with('#')
}

/// Returns true if the text begins with a document marker, or with a key whose value is an indented block.
fn is_yaml(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| is_significant(line));
    let Some(first) = lines.next() else { return false };
    let is_block = |line: &str| line.starts_with([' ', '\t', '-']) && !line.contains('=');
    first.trim_end() == "---"
        || first.starts_with("%YAML")
        || first.starts_with("- ") && !first.contains('=')
        || first.trim_end().ends_with(':')
            && !first.contains(['=', '"'])
            && lines.next().is_some_and(is_block)
}
