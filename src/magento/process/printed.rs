//! Output of PHP and Magento, safe to show and to log.

use std::borrow::Cow;

use crate::diag::printable_line;

/// File with the passwords of a shop: PHP quotes it where it finds a fault.
const ENV_PHP: &str = "env.php";

/// Lines that a process prints, one after the other.
#[derive(Debug, Default)]
pub(super) struct PrintedLines {
    /// True below a title that blames app/etc/env.php.
    is_hidden: bool,
}

impl PrintedLines {
    /// Makes the next line printable. A fault in app/etc/env.php is reported by its line, never with its text.
    pub(super) fn next(&mut self, bytes: &[u8]) -> String {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_end();
        // `In env.php line 12:`, and the message indented below.
        if let Some(place) = text.trim_start().strip_prefix("In ") {
            self.is_hidden = place.starts_with("env.php line ");
        } else if self.is_hidden && (text.is_empty() || text.starts_with(' ')) {
            return String::new();
        } else {
            self.is_hidden = false;
        }
        printable_line(&without_values(text).replace('\t', "    ")).into_owned()
    }
}

/// Replaces a message of PHP about a place in app/etc/env.php with the place.
pub(in crate::magento) fn without_values(message: &str) -> Cow<'_, str> {
    let mut after = message.match_indices(ENV_PHP).map(|(at, name)| &message[at + name.len()..]);
    let number = after.find_map(|rest| {
        let digits = rest
            .strip_prefix(" on line ")
            .or_else(|| rest.strip_prefix(':'))
            .or_else(|| rest.strip_prefix('('))?;
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        (end > 0).then(|| &digits[..end])
    });
    match number {
        Some(number) => format!("PHP reports a fault in app/etc/env.php on line {number}").into(),
        None => Cow::Borrowed(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_in_env_php_are_reported_by_line() {
        let mut lines = PrintedLines::default();
        for (line, shown) in [
            ("a\tb \x1b[31m\u{9b}\r\n", "a    b ␛[31m<U+009B>"),
            (
                "PHP Parse error:  syntax error, unexpected identifier \"hunter2\" in /s/app/etc/env.php on line 12",
                "PHP reports a fault in app/etc/env.php on line 12",
            ),
            ("#0 /s/app/etc/env.php(12): f('hunter2')", "PHP reports a fault in app/etc/env.php on line 12"),
            ("Warning: hunter2 in /s/app/etc/env.php:7", "PHP reports a fault in app/etc/env.php on line 7"),
            ("app/etc/env.php was written", "app/etc/env.php was written"),
            ("In env.php line 12:", "In env.php line 12:"),
            ("", ""),
            ("  syntax error, unexpected identifier \"hunter2\"", ""),
            ("In Kernel.php line 3:", "In Kernel.php line 3:"),
            ("  It failed", "  It failed"),
        ] {
            assert_eq!(lines.next(line.as_bytes()), shown);
        }
    }
}
