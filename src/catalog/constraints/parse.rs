//! Parser of constraints.

use super::{Bound, ConstraintError, Operator, version::Partial, word::Word};
use crate::names::MagentoVersion;

type Bounds = Result<Vec<Bound>, ConstraintError>;

/// Result of parsing one condition: its bounds, and how many words after its first belong to it.
pub(super) type ParsedCondition<T> = Result<(Vec<T>, usize), ConstraintError>;

/// Parses all alternatives with their conditions.
pub(super) fn alternatives(text: &str) -> Result<Vec<Vec<Bound>>, ConstraintError> {
    parts(Word { text, start: 0 }, "write for example \">=2.4.4 <2.4.9\"", condition)
}

/// Parses alternatives separated by bars, each with conditions separated by spaces or commas, which `condition` parses;
/// `help` is used if one is missing.
pub(super) fn parts<'a, T>(
    text: Word<'a>,
    help: &str,
    condition: impl Fn(Word<'a>, &[Word<'a>]) -> ParsedCondition<T>,
) -> Result<Vec<Vec<T>>, ConstraintError> {
    let alternatives = text.split("||").flat_map(|part| part.split("|"));
    let conjunction = |alternative: Word<'a>| {
        let mut bounds = Vec::new();
        for part in alternative.split(",") {
            let words = part.words();
            if words.is_empty() {
                return Err(part.error("a version is missing here".to_owned(), help));
            }
            let mut rest = words.as_slice();
            while let [word, behind @ ..] = rest {
                let (more, read) = condition(*word, behind)?;
                bounds.extend(more);
                rest = behind.get(read..).unwrap_or_default();
            }
        }
        Ok(bounds)
    };
    alternatives.map(conjunction).collect()
}

/// Parses the condition that starts with the word.
fn condition(word: Word<'_>, behind: &[Word<'_>]) -> ParsedCondition<Bound> {
    if let [Word { text: "-", .. }, last, ..] = behind {
        return Ok((range(word, *last)?, 2));
    }
    let (operator, version) = word.operator();
    let is = compare(operator)?;
    match behind {
        _ if !version.text.is_empty() => Ok((is(version)?, 0)),
        [version, ..] => Ok((is(*version)?, 1)),
        [] => {
            Err(word
                .error(format!("`{}` is not followed by a version", word.text), "write for example >=2.4.4"))
        }
    }
}

/// Parses `2.4.4 - 2.4.8`; a shorter right end, as in `2.4.4 - 2.4`, includes that whole line.
fn range(first: Word<'_>, last: Word<'_>) -> Bounds {
    let end = |word: Word<'_>| match Partial::new(word)? {
        Partial { wildcard: true, .. } => Err(word.error(
            format!("`{}` is not allowed in a range", word.text),
            "write releases, as in \"2.4.0 - 2.4.8\", or use an open end: >=2.4.4",
        )),
        version => Ok(version),
    };
    let (from, to) = (end(first)?, end(last)?);
    let upper = if to.is_whole() {
        Bound::written(Operator::AtMost, to.filled())
    } else {
        Bound { names: Some(to.filled()), ..below(to.behind(to.numbers.len())) }
    };
    Ok(vec![Bound::written(Operator::AtLeast, from.filled()), upper])
}

/// Returns the parser for the version after the operator.
fn compare(operator: Word<'_>) -> Result<fn(Word<'_>) -> Bounds, ConstraintError> {
    Ok(match operator.text {
        "" => bare,
        ">=" => |version| single(Operator::AtLeast, version),
        ">" => |version| single(Operator::Above, version),
        "<=" => |version| single(Operator::AtMost, version),
        "<" => |version| single(Operator::Below, version),
        "=" | "==" => |version| single(Operator::Exactly, version),
        "!=" | "<>" => |version| single(Operator::Not, version),
        // All but the last number stay.
        "~" => |version| up_to(version, |numbers| numbers.saturating_sub(1).max(1)),
        "^" => |version| up_to(version, |_| 1),
        _ => return Err(no_operator(operator)),
    })
}

/// Error for a word that is not an operator, with a suggestion.
pub(super) fn no_operator(word: Word<'_>) -> ConstraintError {
    let error = |help| word.error(format!("`{}` is not an operator", word.text), help);
    match word.text {
        "=>" => error("write >=").instead(">="),
        "=<" => error("write <=").instead("<="),
        "~>" => error("write ~").instead("~"),
        _ => error("the operators are >=, >, <=, <, !=, =, ~ and ^"),
    }
}

/// Parses the version after an operator.
fn operand(word: Word<'_>) -> Result<Partial, ConstraintError> {
    let version = Partial::new(word)?;
    if version.wildcard {
        return Err(word.error(
            "an operator cannot precede a wildcard".to_owned(),
            format!("write {} without the operator, or the operator with a full version", word.text),
        ));
    }
    Ok(version)
}

fn single(is: Operator, word: Word<'_>) -> Bounds {
    Ok(vec![Bound::written(is, operand(word)?.filled())])
}

/// Bounds from the version to the end of the line that its first numbers name.
fn up_to(word: Word<'_>, kept: fn(usize) -> usize) -> Bounds {
    let version = operand(word)?;
    let end = version.behind(kept(version.numbers.len()));
    Ok(vec![Bound::written(Operator::AtLeast, version.filled()), below(end)])
}

/// Parses a version without an operator: a patch, a release with its patches, or a line.
fn bare(word: Word<'_>) -> Bounds {
    let version = Partial::new(word)?;
    let first = version.filled();
    if version.is_patch() {
        return Ok(vec![Bound::written(Operator::Exactly, first)]);
    }
    if version.wildcard && version.numbers.is_empty() {
        return Ok(vec![Bound { is: Operator::AtLeast, version: first, names: None }]);
    }
    if !version.wildcard && !version.is_whole() {
        return Err(word.error(
            format!("`{}` is not a release", word.text),
            format!("write {}.* for the whole line, or {first} for that release", word.text),
        ));
    }
    Ok(vec![Bound::written(Operator::AtLeast, first), below(version.behind(version.numbers.len()))])
}

/// Derived upper bound.
fn below(version: MagentoVersion) -> Bound {
    Bound { is: Operator::Below, version, names: None }
}
