//! Text to bounds.

use std::ops::Range;

use super::{Bound, Comparison, ConstraintError};
use crate::names::MagentoVersion;

/// Operators, the longer of two that start alike first.
const OPERATORS: [&str; 10] = [">=", "<=", "!=", "<>", "==", ">", "<", "=", "~", "^"];

/// A word of the text and where it starts.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    start: usize,
}

impl Word<'_> {
    fn span(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    fn error(&self, message: String, help: impl Into<String>) -> ConstraintError {
        ConstraintError { message, help: help.into(), span: self.span() }
    }
}

/// A version of which only the first numbers may be given.
struct Partial {
    numbers: Vec<u32>,
    p: u32,
    /// Whether a `*` ends it.
    wildcard: bool,
}

pub(super) fn alternatives(text: &str) -> Result<Vec<Vec<Bound>>, ConstraintError> {
    let mut alternatives = Vec::new();
    let mut start = 0;
    for part in text.replace("||", "|\0").split('|') {
        // `||` is one separator: the NUL marks its second half.
        let skipped = usize::from(part.starts_with('\0'));
        let (from, to) = (start + skipped, start + part.len());
        alternatives.push(conjunction(&text[from..to], from, text)?);
        start = to + 1;
    }
    Ok(alternatives)
}

/// Conditions that must all hold, separated by spaces or commas.
fn conjunction(text: &str, offset: usize, whole: &str) -> Result<Vec<Bound>, ConstraintError> {
    let words = words(text, offset);
    let mut bounds = Vec::new();
    let mut at = 0;
    while let Some(&word) = words.get(at) {
        match (words.get(at + 1).map(|word| word.text), words.get(at + 2)) {
            (Some("-"), Some(&last)) => {
                bounds.extend(hyphen(word, last)?);
                at += 3;
            }
            _ if OPERATORS.contains(&word.text) => {
                let Some(version) = words.get(at + 1) else {
                    return Err(word.error(
                        format!("`{}` has no version behind it", word.text),
                        "write, for example: >=2.4.4",
                    ));
                };
                bounds.extend(condition(word.text, *version)?);
                at += 2;
            }
            _ => {
                let operator = OPERATORS
                    .iter()
                    .find(|operator| word.text.starts_with(**operator))
                    .copied()
                    .unwrap_or("");
                let version = Word { text: &word.text[operator.len()..], start: word.start + operator.len() };
                bounds.extend(condition(operator, version)?);
                at += 1;
            }
        }
    }
    if bounds.is_empty() {
        return Err(ConstraintError {
            message: "a version is missing here".to_owned(),
            help: "write, for example: \">=2.4.4 <2.4.9\"".to_owned(),
            span: if text.trim().is_empty() && text.len() == whole.len() {
                0..whole.len()
            } else {
                offset..offset + text.len()
            },
        });
    }
    Ok(bounds)
}

fn words(text: &str, offset: usize) -> Vec<Word<'_>> {
    let separator = |c: char| c == ',' || c.is_whitespace();
    let mut words = Vec::new();
    let mut start = 0;
    for part in text.split(separator) {
        if !part.is_empty() {
            words.push(Word { text: part, start: offset + start });
        }
        start += part.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

/// `2.4.4 - 2.4.8`; with a shorter right end, `2.4.4 - 2.4`, all of that line.
fn hyphen(first: Word<'_>, last: Word<'_>) -> Result<Vec<Bound>, ConstraintError> {
    let (from, to) = (version(first)?, version(last)?);
    let upper = if to.numbers.len() == 3 {
        bound(Comparison::AtMost, to.filled())
    } else {
        worked_out(Comparison::Below, to.next())
    };
    Ok(vec![bound(Comparison::AtLeast, from.filled()), upper])
}

fn condition(operator: &str, word: Word<'_>) -> Result<Vec<Bound>, ConstraintError> {
    let given = version(word)?;
    if given.wildcard && !operator.is_empty() {
        return Err(word.error(
            format!("`{operator}` cannot stand before a wildcard"),
            format!("write {} alone, or {operator} with a whole version", word.text),
        ));
    }
    let at_least = || bound(Comparison::AtLeast, given.filled());
    Ok(match operator {
        ">=" => vec![at_least()],
        ">" => vec![bound(Comparison::Above, given.filled())],
        "<=" => vec![bound(Comparison::AtMost, given.filled())],
        "<" => vec![bound(Comparison::Below, given.filled())],
        "=" | "==" => vec![bound(Comparison::Exactly, given.filled())],
        "!=" | "<>" => vec![bound(Comparison::Not, given.filled())],
        "^" => vec![
            at_least(),
            worked_out(Comparison::Below, MagentoVersion::new(given.number(0).saturating_add(1), 0, 0)),
        ],
        "~" => {
            let kept = given.numbers.len().saturating_sub(1).max(1);
            let line = Partial {
                numbers: given.numbers[..kept.min(given.numbers.len())].to_vec(),
                p: 0,
                wildcard: true,
            };
            vec![at_least(), worked_out(Comparison::Below, line.next())]
        }
        _ if given.wildcard && given.numbers.is_empty() => {
            vec![worked_out(Comparison::AtLeast, given.filled())]
        }
        _ if given.wildcard => vec![at_least(), worked_out(Comparison::Below, given.next())],
        _ if given.numbers.len() < 3 => {
            let zeros = given.filled();
            return Err(word.error(
                format!("`{}` names no release", word.text),
                format!("write {}.* for the whole line, or {zeros} for that release", word.text),
            ));
        }
        _ if given.p > 0 => vec![bound(Comparison::Exactly, given.filled())],
        _ => vec![at_least(), worked_out(Comparison::Below, given.next())],
    })
}

/// `2.4.7-p3`, `2.4`, `2.4.*`, with or without a `v` in front.
fn version(word: Word<'_>) -> Result<Partial, ConstraintError> {
    let refuse = || {
        word.error(
            format!("`{}` is no Magento version", word.text),
            if word.text.starts_with(">") || word.text.starts_with("<") || word.text.starts_with("=") {
                "the operators are >=, >, <=, <, !=, =, ~ and ^".to_owned()
            } else {
                "write, for example: 2.4.7, 2.4.7-p3, 2.4.*, ~2.4.6 or \">=2.4.4 <2.4.9\"".to_owned()
            },
        )
    };
    let text = word.text.strip_prefix('v').unwrap_or(word.text);
    let (numbers, p) = match text.split_once("-p") {
        Some((numbers, p)) => (numbers, p.parse().ok().filter(|&p| p > 0).ok_or_else(refuse)?),
        None => (text, 0),
    };
    let mut version = Partial { numbers: Vec::new(), p, wildcard: false };
    for part in numbers.split('.') {
        if version.wildcard || version.numbers.len() == 3 {
            return Err(refuse());
        }
        match part {
            "*" | "x" | "X" if p == 0 => version.wildcard = true,
            _ if part.bytes().all(|byte| byte.is_ascii_digit()) => {
                version.numbers.push(part.parse().map_err(|_| refuse())?)
            }
            _ => return Err(refuse()),
        }
    }
    if p > 0 && version.numbers.len() < 3 { Err(refuse()) } else { Ok(version) }
}

impl Partial {
    fn number(&self, at: usize) -> u32 {
        self.numbers.get(at).copied().unwrap_or(0)
    }

    /// The version with zeros for what is not given.
    fn filled(&self) -> MagentoVersion {
        MagentoVersion::new(self.number(0), self.number(1), self.number(2)).with_p(self.p)
    }

    /// The first version behind all that start with these numbers.
    fn next(&self) -> MagentoVersion {
        let up = |at: usize| self.number(at).saturating_add(1);
        match self.numbers.len() {
            0 => MagentoVersion::new(u32::MAX, 0, 0),
            1 => MagentoVersion::new(up(0), 0, 0),
            2 => MagentoVersion::new(self.number(0), up(1), 0),
            _ => MagentoVersion::new(self.number(0), self.number(1), up(2)),
        }
    }
}

fn bound(is: Comparison, version: MagentoVersion) -> Bound {
    Bound { is, version, written: true }
}

fn worked_out(is: Comparison, version: MagentoVersion) -> Bound {
    Bound { is, version, written: false }
}
