//! Package constraints in Composer's `require`.

use std::sync::LazyLock;

use regex_lite::Regex;

use super::{
    ConstraintError,
    parse::{ParsedCondition, no_operator, parts},
    word::Word,
};

/// Suffixes of a version: `-beta1`, `-RC.2`, `-p1`, `-dev`, `+build`.
macro_rules! suffix {
    () => {
        r"[._-]?((stable|beta|b|rc|alpha|a|patch|pl|p)([.-]?[0-9]+)*)?([.-]?dev)?(\+\S+)?"
    };
}

const HELP: &str = "write for example \"^1.2\", \"1.2.*\", \">=1.2 <3\" or \"*\"";

/// Checks a constraint as Composer parses it (`composer/semver`, `VersionParser::parseConstraints`), including
/// `self.version`, which its package loader adds.
///
/// # Errors
/// Reports the first part that Composer cannot parse.
pub fn check_package_constraint(text: &str) -> Result<(), ConstraintError> {
    if text == "self.version" {
        return Ok(());
    }
    parts(Word { text, start: 0 }, HELP, condition).map(|_| ())
}

fn condition(word: Word<'_>, behind: &[Word<'_>]) -> ParsedCondition<()> {
    match behind {
        [Word { text: "-", .. }, last, ..] => {
            range_end(word)?;
            range_end(*last)?;
            return Ok((Vec::new(), 2));
        }
        [Word { text: "as", .. }, alias, ..] => {
            exact(word)?;
            exact(*alias)?;
            return Ok((Vec::new(), 2));
        }
        _ => {}
    }
    let (operator, version) = word.operator();
    match (operator.text, behind) {
        ("", _) => bare(version)?,
        ("~" | "^", _) => from(word, version)?,
        (">" | ">=" | "<" | "<=" | "=" | "==" | "!=" | "<>", _) if !version.text.is_empty() => {
            exact(version)?
        }
        (">" | ">=" | "<" | "<=" | "=" | "==" | "!=" | "<>", [version, ..]) => {
            exact(*version)?;
            return Ok((Vec::new(), 1));
        }
        (">" | ">=" | "<" | "<=" | "=" | "==" | "!=" | "<>", []) => {
            return Err(word
                .error(format!("`{}` is not followed by a version", word.text), "write for example >=1.2"));
        }
        _ => return Err(no_operator(operator)),
    }
    Ok((Vec::new(), 0))
}

/// Parses `1.*`, or a version that may follow an operator.
fn bare(word: Word<'_>) -> Result<(), ConstraintError> {
    static WILDCARD: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)^v?([x*](\.[x*])*|[0-9]+(\.[0-9]+){0,2}(\.[x*])+)$").ok());
    let text = without_stability(word.text);
    if text.is_empty() || fits(&WILDCARD, text) { Ok(()) } else { exact(word) }
}

/// Parses the version after `~` or `^`.
fn from(word: Word<'_>, version: Word<'_>) -> Result<(), ConstraintError> {
    static VERSION: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(r"(?i)^v?[0-9]{1,5}(\.[0-9]+){0,3}(", suffix!(), r"|\.[x*][.-]?dev)$")).ok()
    });
    if version.text.is_empty() {
        let message = format!("`{}` is not followed by a version", word.text);
        return Err(word.error(message, format!("remove the space: {}1.2", word.text)));
    }
    if fits(&VERSION, without_stability(version.text)) { Ok(()) } else { Err(refusal(version)) }
}

/// Parses one end of `1.2 - 2.0`.
fn range_end(word: Word<'_>) -> Result<(), ConstraintError> {
    static VERSION: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(concat!(r"(?i)^v?[0-9]{1,5}(\.[0-9]+){0,3}", suffix!(), "$")).ok());
    if fits(&VERSION, word.text) { Ok(()) } else { Err(refusal(word)) }
}

/// Parses a version, a date or a branch.
fn exact(word: Word<'_>) -> Result<(), ConstraintError> {
    static VERSION: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let numbers = r"[0-9]{1,5}(\.[0-9]+){0,3}";
        let date = r"[0-9]{4}([.:-]?[0-9]{2}){1,6}([.:-]?[0-9]{1,3})?";
        let branch = r"v?[0-9]+(\.([0-9]+|[x*])){0,3}[.-]?dev(#.+)?";
        Regex::new(&format!(
            concat!(r"(?i)^(dev-.*|master|trunk|default|v?({}|{})", suffix!(), "|{})$"),
            numbers, date, branch
        ))
        .ok()
    });
    if fits(&VERSION, without_stability(word.text)) { Ok(()) } else { Err(refusal(word)) }
}

fn fits(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Strips `@beta` and the like from the end.
fn without_stability(text: &str) -> &str {
    let is_stability = |flag: &str| {
        ["stable", "rc", "beta", "alpha", "dev"].iter().any(|stability| flag.eq_ignore_ascii_case(stability))
    };
    text.rsplit_once('@').filter(|(_, flag)| is_stability(flag)).map_or(text, |(version, _)| version)
}

fn refusal(word: Word<'_>) -> ConstraintError {
    let text = word.text;
    let help = if text.contains(['*', 'x', 'X']) && word.start > 0 {
        "write the wildcard without an operator: \"1.2.*\"".to_owned()
    } else if text.starts_with(|c: char| c.is_alphabetic()) && !text.starts_with(['v', 'V']) {
        format!("write dev-{text} for a branch, or a version: \"^1.2\"")
    } else {
        HELP.to_owned()
    };
    word.error(format!("`{text}` is not a version that Composer can parse"), help)
}
