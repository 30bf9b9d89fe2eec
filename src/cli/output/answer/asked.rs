//! The format that a command line asks for, also if it cannot be parsed.

use std::ffi::OsString;

/// Format for programs that reports failures on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Json,
    Sarif,
    Github,
}

/// Finds the last `--format` before `--`, as the parser of the command line would.
pub(super) fn asked(arguments: &[OsString]) -> Option<Asked> {
    let mut asked = None;
    let mut words = arguments.iter().filter_map(|word| word.to_str()).take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--format") {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => continue,
        };
        asked = match value {
            Some("json") => Some(Asked::Json),
            Some("sarif") => Some(Asked::Sarif),
            Some("github") => Some(Asked::Github),
            _ => None,
        };
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::{Asked, asked};

    #[test]
    fn the_last_format_before_two_dashes_counts() {
        for (line, format) in [
            ("magespec check", None),
            ("magespec check --format json", Some(Asked::Json)),
            ("magespec --bogus --format=sarif x", Some(Asked::Sarif)),
            ("magespec check --format json --format github", Some(Asked::Github)),
            ("magespec check --format json --format human", None),
            ("magespec check --format", None),
            ("magespec check --formats json", None),
            ("magespec check -- --format json", None),
        ] {
            let words: Vec<_> = line.split(' ').map(Into::into).collect();
            assert_eq!(asked(&words), format, "{line}");
        }
    }
}
