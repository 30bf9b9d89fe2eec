//! Doc blocks: their first paragraph and their tags.

use std::ops::Range;

/// Tag of a doc block, without its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocTag {
    /// Type and name of a `@param`, type of a `@return`: `string $incrementId`.
    pub text: String,
    /// From the tag's name to the end of its line, in bytes of the file.
    pub span: Range<usize>,
}

impl DocTag {
    /// Reads the tags of a name in a doc block that starts at `start`.
    pub(super) fn all(doc: &str, start: usize, name: &str) -> Vec<Self> {
        let words = if name == "@param" { 2 } else { 1 };
        let mut line_start = start;
        let mut tags = Vec::new();
        for line in doc.split_inclusive('\n') {
            let rest = line.trim_start().trim_start_matches(['/', '*', ' ', '\t']);
            let place = line_start + line.len() - rest.len();
            line_start += line.len();
            let Some(said) = rest.strip_prefix(name).filter(|it| !it.starts_with(char::is_alphanumeric))
            else {
                continue;
            };
            let text = said.split_whitespace().take_while(|it| *it != "*/").take(words);
            let text = text.collect::<Vec<_>>().join(" ");
            tags.push(Self {
                text,
                span: place..place + rest.trim_end().trim_end_matches("*/").trim_end().len(),
            });
        }
        tags
    }

    /// Types as Magento reads them, in order: `?string` is `string` and `array<int>` is `array` to its pattern
    /// (docs/magento/web-api.md#doc-types).
    #[must_use]
    pub fn types(&self) -> Vec<&str> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '|' | '\\') || !c.is_ascii();
        let Some(start) = self.text.find(is_part) else { return Vec::new() };
        let mut rest = self.text.get(start..).unwrap_or_default();
        let whole = rest;
        loop {
            let name = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            rest = rest.get(name..).unwrap_or_default();
            let after = rest.trim_start_matches("[]");
            if after.len() == rest.len() || !after.starts_with('|') {
                rest = after;
                break;
            }
            rest = after;
        }
        let read = whole.get(..whole.len() - rest.len()).unwrap_or_default();
        read.trim_end_matches('|').split('|').collect()
    }

    /// Name of the variable behind the types, without the `$`; none if there is none.
    #[must_use]
    pub fn variable(&self) -> Option<&str> {
        self.text.split_once(" $").map(|(_, name)| name.trim_start_matches(['.', '&']))
    }
}

/// First paragraph of a doc block, on one line; none if it starts with a tag.
pub(super) fn described(doc: &str) -> String {
    let Some((_, doc)) = doc.rsplit_once("/**") else { return String::new() };
    let doc = doc.split("*/").next().unwrap_or_default();
    let lines = doc.lines().map(|line| line.trim().trim_start_matches('*').trim());
    let paragraph = lines.skip_while(|line| line.is_empty());
    let paragraph = paragraph.take_while(|line| !line.is_empty() && !line.starts_with(['@', '{']));
    paragraph.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_their_places() {
        let doc = "/**\n     * About\n\t * @param string[]|null   $a  first\n     * @parameter x\n     * @param B $b */";
        let tags = DocTag::all(doc, 100, "@param");
        let texts: Vec<(&str, &str)> =
            tags.iter().map(|it| (it.text.as_str(), &doc[it.span.start - 100..it.span.end - 100])).collect();
        assert_eq!(
            texts,
            [("string[]|null $a", "@param string[]|null   $a  first"), ("B $b", "@param B $b")]
        );
        assert_eq!(DocTag::all("/** @return int */", 0, "@return")[0].text, "int");
        assert_eq!(tags[0].variable(), Some("a"));
    }

    /// As `Laminas\Code\Reflection\DocBlock\Tag\ParamTag` reads them.
    #[test]
    fn types_are_those_that_magento_reads() {
        for (text, types) in [
            ("string $a", vec!["string"]),
            ("?string $a", vec!["string"]),
            ("string[]|null $a", vec!["string[]", "null"]),
            (r"\A\B[]|\A\C", vec![r"\A\B[]", r"\A\C"]),
            ("array<int, string>", vec!["array"]),
            ("int|string $a", vec!["int", "string"]),
            ("null|int", vec!["null", "int"]),
            ("$a", vec!["a"]),
            ("", vec![]),
        ] {
            let tag = DocTag { text: text.to_owned(), span: 0..0 };
            assert_eq!(tag.types(), types, "{text}");
        }
    }
}
