//! Words of a command, as a shell reads them.

use std::str::Chars;

/// Splits the words of the command from what follows its last line; none if a quote does not end.
pub(super) fn split(text: &str) -> Option<(Vec<String>, &str)> {
    let (mut words, mut word) = (Vec::new(), None::<String>);
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
            '\\' => word.get_or_insert_default().extend(rest.next()),
            '\'' => single(&mut rest, word.get_or_insert_default())?,
            '"' => double(&mut rest, word.get_or_insert_default())?,
            '$' if rest.as_str().starts_with('\'') => {
                rest.next();
                escaped(&mut rest, word.get_or_insert_default())?;
            }
            it => word.get_or_insert_default().push(it),
        }
    }
    words.extend(word);
    Some((words, rest.as_str()))
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
fn double(rest: &mut Chars<'_>, word: &mut String) -> Option<()> {
    loop {
        match rest.next()? {
            '"' => return Some(()),
            '\\' => match rest.next()? {
                '\n' => {}
                it @ ('$' | '`' | '"' | '\\') => word.push(it),
                it => word.extend(['\\', it]),
            },
            it => word.push(it),
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
            let (found, behind) = split(text).unwrap();
            assert_eq!(
                (&found[..], behind),
                (&words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()[..], rest),
                "{text}"
            );
        }
        for open in ["a 'b", "a \"b", "a \"b\\", "a $'b\\'"] {
            assert_eq!(split(open), None, "{open}");
        }
    }
}
