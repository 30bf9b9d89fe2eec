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
