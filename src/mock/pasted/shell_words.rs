//! Words of a command, as a shell reads them.

use std::str::Chars;

/// Word of a command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ShellWord {
    /// The word; variables and commands whose value is unknown stay as they are written.
    pub(super) text: String,
    /// Their offsets.
    pub(super) unknown: Vec<usize>,
}

impl ShellWord {
    /// Returns true if a part of the word is unknown.
    pub(super) fn is_unknown(&self) -> bool {
        !self.unknown.is_empty()
    }

    /// The rest of a word from an offset on.
    pub(super) fn behind(&self, start: usize) -> Self {
        let unknown = self.unknown.iter().filter_map(|it| it.checked_sub(start)).collect();
        Self { text: self.text[start..].to_owned(), unknown }
    }
}

/// Splits the words of the command from what follows its last line; none if a quote or a bracket does not end. `has_variables` is false
/// for a command of another shell, in which `$` means nothing.
pub(super) fn split(text: &str, has_variables: bool) -> Option<(Vec<ShellWord>, &str)> {
    let (mut words, mut word) = (Vec::new(), None::<ShellWord>);
    let mut rest = text.chars();
    while let Some(it) = rest.next() {
        match it {
            '\n' => break,
            '\\' if let Some(next) = continued(rest.as_str()) => {
                words.extend(word.take());
                rest = next.chars();
            }
            ' ' | '\t' | '\r' => words.extend(word.take()),
            '#' if word.is_none() => {
                let end = rest.as_str().find('\n').unwrap_or(rest.as_str().len());
                rest = rest.as_str()[end..].chars();
            }
            '\\' => word.get_or_insert_default().text.extend(rest.next()),
            '\'' => single(&mut rest, &mut word.get_or_insert_default().text)?,
            '"' => double(&mut rest, word.get_or_insert_default(), has_variables)?,
            '$' if rest.as_str().starts_with('\'') => {
                rest.next();
                escaped(&mut rest, &mut word.get_or_insert_default().text)?;
            }
            '$' | '`' if has_variables => variable(it, &mut rest, word.get_or_insert_default())?,
            it => word.get_or_insert_default().text.push(it),
        }
    }
    words.extend(word);
    Some((words, rest.as_str()))
}

/// Reads `$name`, `${name}`, `$(command)` or a command in backticks behind its first sign, as it is written.
fn variable(sign: char, rest: &mut Chars<'_>, word: &mut ShellWord) -> Option<()> {
    let text = rest.as_str();
    let length = match (sign, text.chars().next()) {
        ('`', _) => text.find('`').map(|end| end + 1),
        (_, Some('(')) => Some(closed(text, b'(', b')')?),
        (_, Some('{')) => Some(closed(text, b'{', b'}')?),
        (_, Some(it)) if it.is_ascii_alphabetic() || it == '_' => {
            Some(text.bytes().take_while(|it| it.is_ascii_alphanumeric() || *it == b'_').count())
        }
        (_, Some('0'..='9' | '@' | '*' | '#' | '?' | '$' | '!')) => Some(1),
        _ => None,
    };
    if let Some(length) = length {
        word.unknown.push(word.text.len());
        word.text.push(sign);
        word.text.push_str(&text[..length]);
        *rest = text[length..].chars();
    } else {
        word.text.push(sign);
    }
    Some(())
}

/// Length of a text that starts with a bracket, up to the one that closes it; those in quotes do not count.
fn closed(text: &str, open: u8, close: u8) -> Option<usize> {
    let (mut depth, mut quote) = (0_usize, None);
    let mut bytes = text.bytes().enumerate();
    while let Some((at, it)) = bytes.next() {
        match (it, quote) {
            (b'\\', quote) if quote != Some(b'\'') => {
                bytes.next();
            }
            (it, Some(open)) if it == open => quote = None,
            (_, Some(_)) => {}
            (b'\'' | b'"', None) => quote = Some(it),
            _ if it == open => depth += 1,
            _ if it == close => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// Next line, if nothing but whitespace stands before it.
fn continued(rest: &str) -> Option<&str> {
    rest.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')
}

/// Reads up to the end of `'…'`.
fn single(rest: &mut Chars<'_>, word: &mut String) -> Option<()> {
    let (text, behind) = rest.as_str().split_once('\'')?;
    word.push_str(text);
    *rest = behind.chars();
    Some(())
}

/// Reads up to the end of `"…"`.
fn double(rest: &mut Chars<'_>, word: &mut ShellWord, has_variables: bool) -> Option<()> {
    loop {
        match rest.next()? {
            '"' => return Some(()),
            '\\' => match rest.next()? {
                '\n' => {}
                it @ ('$' | '`' | '"' | '\\') => word.text.push(it),
                it => word.text.extend(['\\', it]),
            },
            it @ ('$' | '`') if has_variables => variable(it, rest, word)?,
            it => word.text.push(it),
        }
    }
}

/// Reads up to the end of `$'…'`, which browsers write where a text has special characters.
fn escaped(rest: &mut Chars<'_>, word: &mut String) -> Option<()> {
    loop {
        match rest.next()? {
            '\'' => return Some(()),
            '\\' => word.push(match rest.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => hexadecimal(rest, 4),
                'x' => hexadecimal(rest, 2),
                it => it,
            }),
            it => word.push(it),
        }
    }
}

/// Reads a character of at most this many digits.
fn hexadecimal(rest: &mut Chars<'_>, most: usize) -> char {
    let text = rest.as_str();
    let count = text.bytes().take(most).take_while(u8::is_ascii_hexdigit).count();
    *rest = text[count..].chars();
    let number = u32::from_str_radix(&text[..count], 16).ok();
    number.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_those_of_a_shell_do() {
        for (text, words, rest) in [
            ("a  b\tc\nd", &["a", "b", "c"][..], "d"),
            ("a \\\n  b \\ \r\n c\nd", &["a", "b", "c"], "d"),
            ("a 'b\n\\c'\\''d' \"\"\nx", &["a", "b\n\\c'd", ""], "x"),
            ("a \"\\\"b\\\\ \\c \\\nd\"", &["a", "\"b\\ \\c d"], ""),
            ("a $'it\\'s\\n\\u00e9\\x41\\\\' -d$'b'", &["a", "it's\n\u{e9}A\\", "-db"], ""),
            ("a b#c # d 'e\nf", &["a", "b#c"], "f"),
            ("a\\ b $c \\", &["a b", "$c", ""], ""),
        ] {
            let (found, behind) = split(text, true).unwrap();
            let found: Vec<String> = found.into_iter().map(|it| it.text).collect();
            assert_eq!(
                (&found[..], behind),
                (&words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()[..], rest),
                "{text}"
            );
        }
        for open in ["a 'b", "a \"b", "a \"b\\", "a $'b\\'"] {
            assert_eq!(split(open, true), None, "{open}");
        }
    }

    #[test]
    fn variables_are_told_from_texts() {
        for (text, word, unknown) in [
            ("a$b/c", "a$b/c", &[1][..]),
            ("\"a ${b} $c\"", "a ${b} $c", &[2, 7]),
            ("x$(cat \"f\" | jq (a))y\"z\"", "x$(cat \"f\" | jq (a))yz", &[1]),
            ("\"`date +%s`\"", "`date +%s`", &[0]),
            ("'$a'\\$b\"\\$c\"", "$a$b$c", &[]),
            ("a$ \"5$\"", "a$", &[]),
            ("$'\\x24'", "$", &[]),
            ("`a b", "`a", &[]),
        ] {
            let (found, _) = split(text, true).unwrap();
            assert_eq!((&*found[0].text, &found[0].unknown[..]), (word, unknown), "{text}");
        }
        let (found, _) = split("\"$a\" $b", false).unwrap();
        assert!(found.iter().all(|it| !it.is_unknown()), "{found:?}");
        for open in ["$(a", "\"${a\"", "a$(b (c)"] {
            assert_eq!(split(open, true), None, "{open}");
        }
        for odd in ["$(", "`", "$", "${a}", "$(a) "] {
            let _ = split(&odd.repeat(100_000), true);
        }
    }
}
