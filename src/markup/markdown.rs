//! Text as Markdown.

use std::fmt::Display;

use crate::diag::plural;

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

/// Escapes text inside of an HTML element.
pub(crate) fn in_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Returns true if the next character could start a block after the given start of the line.
fn starts_block(before: &str) -> bool {
    before.bytes().all(|byte| byte.is_ascii_digit())
}

/// Renders a URL as a link; anything but an absolute URL as code.
pub(crate) fn url(url: &str) -> String {
    let is_link = url.split_once("://").is_some() && !url.contains(['<', '>', '\\', '`', '|', '&']);
    if is_link {
        return format!("<{url}>");
    }
    let fence = "`".repeat(longest_run(url) + 1);
    let space = if url.starts_with('`') || url.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{url}{space}{fence}")
}

/// Length of the longest run of backticks, which a fence around the text exceeds.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// Formats a value as code; a value with a backtick is escaped instead.
pub(crate) fn code(value: impl Display) -> String {
    let value = value.to_string();
    if value.contains(['`', '|', '\n']) { escape(&value) } else { format!("`{value}`") }
}

/// Formats a sentence; text between backticks is code.
pub(crate) fn prose(text: &str) -> String {
    let part = |(at, part): (usize, &str)| {
        if at % 2 == 1 {
            return code(part);
        }
        let space = |is_there: bool| if is_there { " " } else { "" };
        let inside = escape(part);
        format!(
            "{}{inside}{}",
            space(part.starts_with(' ')),
            space(part.ends_with(' ') && !inside.is_empty())
        )
    };
    text.split('`').enumerate().map(part).collect()
}

/// Lines in a fence that none of them ends. The text ends with a line feed.
pub(crate) fn fenced(language: &str, text: &str) -> String {
    let fence = "`".repeat((longest_run(text) + 1).max(3));
    format!("{fence}{language}\n{text}{fence}\n")
}

/// Greatest number of items that a list shows without being unfolded.
pub(crate) const FEW: usize = 20;

/// Text that can be unfolded. The title is plain text without markup.
pub(crate) fn fold(title: &str, text: &str) -> String {
    format!("\n<details><summary>{title}</summary>\n\n{text}\n</details>\n")
}

/// List below its title, folded if it is long. Each item is a line that starts with `- `.
pub(crate) fn list(title: &str, items: &[String]) -> String {
    match items.len() {
        0..=FEW => format!("\n{title}:\n\n{}", items.concat()),
        count => fold(&format!("{title}: {count}"), &items.concat()),
    }
}

/// Largest document that GitHub takes as the summary of a job, less room for a few lines around it.
const MAX_BYTES: usize = (1 << 20) - 4096;

/// Page that GitHub takes as the summary of a job. Parts for which there is no room are only named.
#[derive(Debug, Default)]
pub(crate) struct MarkdownPage {
    text: String,
    left_out: usize,
}

impl MarkdownPage {
    /// Adds a part, or the line that names it.
    pub(crate) fn add(&mut self, part: &str, named: &str) {
        if self.text.len() + part.len() <= MAX_BYTES {
            self.text += part;
            return;
        }
        self.left_out += 1;
        let line = format!("{named}: left out, see the end\n\n");
        if self.text.len() + line.len() <= MAX_BYTES {
            self.text += &line;
        }
    }

    /// Adds a part that must not take the room of others, or the line that names it.
    pub(crate) fn add_aside(&mut self, part: &str, named: &str) {
        if self.text.len() + part.len() <= MAX_BYTES / 2 {
            self.text += part;
            return;
        }
        self.left_out += 1;
        self.text += &format!("\n{named}: left out, see the end\n");
    }

    /// Text with a note on what was left out.
    pub(crate) fn finish(self, instead: &str) -> String {
        let Self { mut text, left_out } = self;
        if left_out > 0 {
            text += &format!("> {} left out: GitHub takes 1 MiB. {instead}\n", plural(left_out, "part"));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_BYTES, MarkdownPage, escape, fenced, url};

    #[test]
    fn what_has_no_room_is_named() {
        let mut document = MarkdownPage::default();
        document.add(&"a".repeat(MAX_BYTES - 100), "`a`");
        document.add(&"b".repeat(101), "`b`");
        document.add("c\n", "`c`");
        document.add(&"d".repeat(101), &"d".repeat(101));
        let text = document.finish("Run `x`.");
        let end = "`b`: left out, see the end\n\nc\n> 2 parts left out: GitHub takes 1 MiB. Run `x`.\n";
        assert_eq!(text.trim_start_matches('a'), end);
    }

    #[test]
    fn what_is_aside_leaves_room() {
        let mut page = MarkdownPage::default();
        page.add_aside(&"a".repeat(MAX_BYTES / 2 + 1), "Tables");
        page.add_aside("b\n", "Tables");
        let end = "\nTables: left out, see the end\nb\n> 1 part left out: GitHub takes 1 MiB. Run `x`.\n";
        assert_eq!(page.finish("Run `x`."), end);
    }

    #[test]
    fn fences_are_longer_than_what_is_inside() {
        assert_eq!(fenced("diff", "a\n"), "```diff\na\n```\n");
        assert_eq!(fenced("", "````\n"), "`````\n````\n`````\n");
    }

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
