//! Parser of XML to a small tree with places. It rejects a DTD and expands only the five predefined entities, so that
//! no file can include another or grow.
//!
//! The tree is our own: roxmltree does not say where a start tag ends, and rejects prefixes that PHP's parser accepts.

mod parse;

pub use parse::{read, read_shallow};

use super::SpannedText;

/// XML document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlDocument {
    /// Comments before the root.
    pub head: Vec<SpannedText>,
    /// Root element.
    pub root: Element,
}

/// XML element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name, at its start tag.
    pub name: SpannedText,
    /// Its attributes, in order.
    pub attributes: Vec<XmlAttribute>,
    /// Its children, in order, without white space.
    pub children: Vec<XmlNode>,
}

/// Attribute of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlAttribute {
    /// Its name.
    pub name: String,
    /// Its value, placed at the quoted text.
    pub value: SpannedText,
}

/// Child of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum XmlNode {
    /// Nested element.
    Element(Element),
    /// Text; adjacent pieces are merged, including CDATA.
    Text(SpannedText),
    /// Comment, trimmed.
    Comment {
        /// Its text.
        text: SpannedText,
        /// True if something comes before it on its line.
        is_behind: bool,
    },
}

impl Element {
    /// Value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&SpannedText> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| &attribute.value)
    }

    /// Elements with the name at any depth.
    pub fn descendants<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        let mut open: Vec<&Self> = self.elements().collect();
        let all = std::iter::from_fn(move || {
            let next = open.pop()?;
            open.extend(next.elements());
            Some(next)
        });
        all.filter(move |element| element.name.value == name)
    }

    /// Child elements.
    pub fn elements(&self) -> impl DoubleEndedIterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            XmlNode::Element(element) => Some(element),
            _ => None,
        })
    }

    /// Child elements with the name.
    pub fn named<'a>(&'a self, name: &'a str) -> impl DoubleEndedIterator<Item = &'a Self> {
        self.elements().filter(move |element| element.name.value == name)
    }

    /// Text content; empty and placed at the start tag if there is none.
    #[must_use]
    pub fn text(&self) -> SpannedText {
        let texts = self.children.iter().filter_map(|node| match node {
            XmlNode::Text(text) => Some(text),
            _ => None,
        });
        let mut all: Option<SpannedText> = None;
        for text in texts {
            let start = all.as_ref().map_or(text.span.start, |all| all.span.start);
            let before = all.map(|all| all.value).unwrap_or_default();
            all = Some(SpannedText::new(before + &text.value, start..text.span.end));
        }
        all.unwrap_or_else(|| SpannedText::new("", self.name.span.clone()))
    }
}
