//! Markdown as plain text.

/// Text of Markdown without its marks. Code is as it was, a link is followed by its address.
pub(in crate::lsp) fn plain(markdown: &str) -> String {
    let mut is_code = false;
    let mut lines: Vec<String> = Vec::new();
    for line in markdown.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
        } else {
            lines.push(if is_code { line.to_owned() } else { spoken(line) });
        }
    }
    lines.join("\n")
}

/// Line of prose without marks.
fn spoken(line: &str) -> String {
    let parts = without_links(line);
    let parts = parts.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { part.to_owned() } else { part.replace("**", "") }).collect()
}

/// Line with the address of each link in parentheses behind its text, or alone if it has the text in it.
fn without_links(line: &str) -> String {
    let (mut text, mut rest) = (String::new(), line);
    while let Some((before, behind)) = rest.split_once("](") {
        let Some((start, (address, next))) = before.rfind('[').zip(behind.split_once(')')) else { break };
        let (before, shown) = (&before[..start], &before[start + 1..]);
        text += &match address.contains(shown) {
            true => format!("{before}{address}"),
            false => format!("{before}{shown} ({address})"),
        };
        rest = next;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_left_out() {
        for (markdown, text) in [
            ("**Sales** `a/**` *b*", "Sales a/** *b*"),
            ("- `a`: [`b` c](https://d.e/f), [g](i)\n\nEnd [", "- a: b c (https://d.e/f), g (i)\n\nEnd ["),
            ("([a/b.md](https://c.d/a/b.md#e))", "(https://c.d/a/b.md#e)"),
            ("Key.\n\n```toml\na = \"`**b**`\"\n```", "Key.\n\na = \"`**b**`\""),
        ] {
            assert_eq!(plain(markdown), text);
        }
    }
}
