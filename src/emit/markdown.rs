//! Escaping for Markdown.

/// Escapes any text to a single line of Markdown.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !escaped.is_empty() {
            escaped.push(' ');
        }
        for c in word.chars() {
            match c {
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '&' => escaped.push_str("&amp;"),
                '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '$' => {
                    escaped.extend(['\\', c])
                }
                // They start a list or heading only at the start of a line.
                '-' | '+' | '=' | '.' | ')' if starts_block(&escaped) => escaped.extend(['\\', c]),
                _ => escaped.push(c),
            }
        }
    }
    escaped
}

/// Returns true if the next character could start a block after the given start of the line.
fn starts_block(before: &str) -> bool {
    before.bytes().all(|byte| byte.is_ascii_digit())
}

/// Renders a URL as a link; anything but an absolute URL as code.
pub(super) fn url(url: &str) -> String {
    let is_link = url.split_once("://").is_some() && !url.contains(['<', '>', '\\', '`', '|', '&']);
    if is_link {
        return format!("<{url}>");
    }
    // The fence has more backticks than any run inside.
    let longest = url.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if url.starts_with('`') || url.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{url}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use super::{escape, url};

    #[test]
    fn urls_stay_as_they_are() {
        for (text, shown) in [
            ("https://x.com/a_b?c=*", "<https://x.com/a_b?c=*>"),
            ("https://x.com/?a=1&lt=2", "`https://x.com/?a=1&lt=2`"),
            ("acme.com/a_b", "`acme.com/a_b`"),
            ("https://x.com/a`b``", "``` https://x.com/a`b`` ```"),
        ] {
            assert_eq!(url(text), shown);
        }
    }

    #[test]
    fn text_stays_text() {
        for (text, escaped) in [
            ("Orders | Invoices", r"Orders \| Invoices"),
            ("a\n# b\r\n- c", r"a \# b - c"),
            ("- a", r"\- a"),
            ("1. a. b", r"1\. a. b"),
            ("<script>&amp;", "&lt;script&gt;&amp;amp;"),
            ("`x` [y](z) *b*", r"\`x\` \[y\](z) \*b\*"),
            ("  ", ""),
        ] {
            assert_eq!(escape(text), escaped);
        }
    }
}
