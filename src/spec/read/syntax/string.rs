//! Explanations of faults in strings: escape sequences, control characters, quotes.

use std::ops::Range;

use super::{
    FaultyText, Mistake,
    opening::{self, Opening},
};
use crate::diag::Fix;

/// Quotes around the fault.
const BASIC: &str = "\"";

impl FaultyText<'_> {
    /// Explains a fault in the string that is open where the parser gives up, or behind one.
    pub(super) fn in_string(&self, what: &str) -> Option<Mistake> {
        match what {
            "unexpected key or value" => return self.behind_string(),
            "missing opening quote" => return self.in_front_of_string(),
            _ => {}
        }
        let (Opening::Text, quotes) = opening::innermost(&self.all[..self.span.start])? else { return None };
        let is_basic = self.all[quotes.clone()].starts_with(BASIC);
        match what {
            "missing escaped value" | "too few unicode value digits" | "invalid value" if is_basic => {
                self.escape(what, &quotes)
            }
            _ => self.control_character(is_basic),
        }
    }

    /// Explains a backslash that no escape sequence follows.
    fn escape(&self, what: &str, quotes: &Range<usize>) -> Option<Mistake> {
        let start = quotes.end + self.all[quotes.end..self.span.start].rfind('\\')?;
        let rest = self.all[start + 1..].lines().next().unwrap_or_default();
        let letter = rest.chars().next()?;
        if letter == '"' {
            return Some(Mistake {
                span: quotes.clone(),
                ..self
                    .says("a string is not closed: `\\\"` is a quote inside it", "write \\\\ for a backslash")
            });
        }
        let digits = match letter {
            'u' => 4,
            'U' => 8,
            'x' => 2,
            _ => 0,
        };
        let hexadecimal = rest.chars().skip(1).take(digits).take_while(char::is_ascii_hexdigit).count();
        let span = start..start + 1 + letter.len_utf8() + hexadecimal;
        let sequence = &self.all[span.clone()];
        let message = match what {
            "invalid value" => format!("`{sequence}` is not a Unicode character"),
            "missing escaped value" => format!("`{sequence}` is not an escape sequence"),
            _ => format!("`{sequence}` is too short: {digits} hexadecimal digits follow `\\{letter}`"),
        };
        if what == "invalid value" {
            return Some(Mistake { span, ..self.says(message, "write the character itself") });
        }
        let literal = self.literal(quotes);
        let help = match &literal {
            Some(literal) => {
                format!("write \\\\ for a backslash, or use single quotes: {}", literal.replacement)
            }
            None => "write \\\\ for a backslash".to_owned(),
        };
        Some(Mistake { span, fix: literal, ..self.says(message, help) })
    }

    /// String in single quotes, where a backslash is a backslash, if that cannot change what was meant.
    fn literal(&self, quotes: &Range<usize>) -> Option<Fix> {
        let line = self.all[quotes.end..].lines().next().unwrap_or_default();
        let inner = &line[..line.find('"')?];
        let is_meant = quotes.len() == 1 && !inner.contains(['\'', '\t']) && !inner.ends_with('\\');
        let span = quotes.start..quotes.end + inner.len() + 1;
        (is_meant && !inner.contains("\\\\")).then(|| Fix { span, replacement: format!("'{inner}'") })
    }

    /// Explains a control character in a string.
    fn control_character(&self, is_basic: bool) -> Option<Mistake> {
        let found = self.all[self.span.start..].chars().next();
        let found = found.filter(|c| c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t'))?;
        let span = self.span.start..self.span.start + found.len_utf8();
        let escaped = format!("\\u{:04X}", u32::from(found));
        let message = format!("a string cannot contain U+{:04X}, a control character", u32::from(found));
        let fix = is_basic.then(|| Fix { span: span.clone(), replacement: escaped.clone() });
        let help = if is_basic { format!("remove it, or write {escaped}") } else { "remove it".to_owned() };
        Some(Mistake { span, fix, ..self.says(message, help) })
    }

    /// Explains text behind a string that a quote inside it has ended.
    fn behind_string(&self) -> Option<Mistake> {
        let (before, behind) = self.line();
        let quote = before.trim_end().chars().next_back().filter(|c| matches!(c, '"' | '\''))?;
        let span = self.span.start..self.span.start + behind.find(quote)?;
        let message = "unexpected text after the string: a quote inside it ends it";
        let help = match quote {
            '"' => "write \\\" for a quote inside the string, or put it in single quotes",
            _ => "put the string in double quotes: no single quote can stand inside single quotes",
        };
        Some(Mistake { span, ..self.says(message, help) })
    }

    /// Explains a letter in front of a string.
    fn in_front_of_string(&self) -> Option<Mistake> {
        let word = self.behind.split(['"', '\'']).next().unwrap_or_default();
        let span = self.span.start..self.span.start + word.len();
        let fix = Fix { span: span.clone(), replacement: String::new() };
        let is_prefix = !word.is_empty() && word.chars().all(char::is_alphanumeric);
        let message = format!("`{word}` cannot stand in front of a string");
        is_prefix.then(|| Mistake { span, fix: Some(fix), ..self.says(message, format!("remove `{word}`")) })
    }
}
