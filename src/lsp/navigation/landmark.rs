//! Marks by which a part of a spec is found in a generated file.

use std::ops::Range;

use quick_xml::escape::escape;

use crate::spec::Pointer;

/// Place in a generated file that a table of the spec makes.
#[derive(Debug)]
pub(super) struct Landmark {
    /// Route of the table.
    pub(super) table: Pointer,
    /// Path of the file below the output root.
    pub(super) path: String,
    /// Marks, each behind the one before; the last is the place.
    pub(super) marks: Vec<FileMark>,
}

/// Text that a generated file has.
#[derive(Debug)]
pub(super) enum FileMark {
    /// Text as it is.
    Text(String),
    /// Tag with these attributes, in any order.
    Tag { name: String, attributes: Vec<(&'static str, String)> },
    /// PHP function with a text in its body; its place is its first line.
    FunctionWith(String),
}

impl FileMark {
    /// Tag of an element.
    pub(super) fn tag<const N: usize>(name: &str, attributes: [(&'static str, &str); N]) -> Self {
        let attributes = attributes.map(|(key, value)| (key, escape(value).into_owned()));
        Self::Tag { name: name.to_owned(), attributes: attributes.into() }
    }

    /// Finds the mark from an offset on.
    fn find(&self, text: &str, from: usize) -> Option<Range<usize>> {
        match self {
            Self::Text(mark) => {
                let start = from + text.get(from..)?.find(mark.as_str())?;
                Some(start..start + mark.len())
            }
            Self::FunctionWith(mark) => {
                let inside = from + text.get(from..)?.find(mark.as_str())?;
                let function = text[..inside].rfind(" function ")?;
                let start = text[..function].rfind('\n').map_or(0, |end| end + 1);
                let start = start + (text[start..].len() - text[start..].trim_start().len());
                Some(start..text[start..].find('\n').map_or(text.len(), |end| start + end))
            }
            Self::Tag { name, attributes } => {
                let open = format!("<{name}");
                let mut starts = text.get(from..)?.match_indices(&open).map(|(at, _)| from + at);
                starts.find_map(|start| {
                    let tag = &text[start..start + text[start..].find('>')? + 1];
                    let is_whole = tag[open.len()..].starts_with([' ', '>', '/', '\n', '\r', '\t']);
                    let has = |(key, value): &(&str, String)| {
                        tag.contains(&format!("{key}=\"{value}\""))
                            || tag.contains(&format!("{key}='{value}'"))
                    };
                    (is_whole && attributes.iter().all(has)).then(|| start..start + tag.len())
                })
            }
        }
    }
}

impl Landmark {
    /// Finds the place in the text of the file.
    pub(super) fn find(&self, text: &str) -> Option<Range<usize>> {
        let mut place = 0..0;
        for mark in &self.marks {
            place = mark.find(text, place.start)?;
        }
        Some(place)
    }
}

/// End of the XML element whose tag starts at an offset.
pub(super) fn element_end(text: &str, start: usize) -> usize {
    let Some(tag_end) = text[start..].find('>').map(|end| start + end + 1) else { return text.len() };
    let name: &str = text[start + 1..].split([' ', '>', '/', '\n', '\r', '\t']).next().unwrap_or_default();
    if text[..tag_end].ends_with("/>") || name.is_empty() {
        return tag_end;
    }
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let (mut depth, mut at) = (1, tag_end);
    while let Some(next) = text[at..].find('<').map(|found| at + found) {
        let rest = &text[next..];
        at = next + rest.find('>').map_or(rest.len(), |end| end + 1);
        if rest.starts_with(&close) {
            depth -= 1;
        } else if rest.strip_prefix(&open).is_some_and(|rest| rest.starts_with([' ', '>', '\n', '\r', '\t']))
            && !text[..at].ends_with("/>")
        {
            depth += 1;
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_end_with_their_tags() {
        let text = "<a>\n <b x=\"1\"/>\n <a><ab/></a>\n <!-- c -->\n</a>\n<b>";
        for (start, end) in
            [("<a>\n", "</a>\n<b>"), ("<b x", "\n <a>"), ("<a><ab", "\n <!--"), ("<ab", "</a>\n <!--")]
        {
            let at = text.find(start).unwrap();
            let expected = text.find(end).unwrap() + if end.starts_with("</a>\n<b>") { 4 } else { 0 };
            assert_eq!(element_end(text, at), expected, "{start}");
        }
        assert_eq!(element_end(text, text.rfind("<b>").unwrap()), text.len());
        assert_eq!(element_end("<a", 0), 2);
    }
}
