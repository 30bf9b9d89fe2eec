//! XML to a small tree that knows where everything stands. A DTD is refused and no entity is expanded but the five
//! that XML has by itself, so that no file can name another or grow.
//!
//! A tree of our own: roxmltree does not say where a start tag ends, and refuses prefixes that PHP's reader takes.

mod parse;

pub use parse::{read, read_shallow};

use super::SpannedText;

/// An XML document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlDocument {
    /// The comments before the root.
    pub head: Vec<SpannedText>,
    /// The outermost element.
    pub root: Element,
}

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name, at its start tag.
    pub name: SpannedText,
    /// Its attributes, in their order.
    pub attributes: Vec<XmlAttribute>,
    /// What is in it, in its order. White space alone is left out.
    pub children: Vec<XmlNode>,
}

/// An attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlAttribute {
    /// Its name.
    pub name: String,
    /// Its value, at its quoted text.
    pub value: SpannedText,
}

/// What can be in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum XmlNode {
    /// Another element.
    Element(Element),
    /// SpannedText; pieces of it that stand together, CDATA included, are one.
    Text(SpannedText),
    /// A comment, without the white space around it.
    Comment {
        /// What it says.
        text: SpannedText,
        /// Whether something stands before it on its line.
        is_behind: bool,
    },
}

impl Element {
    /// The value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&SpannedText> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| &attribute.value)
    }

    /// The elements of a name at any depth in it.
    pub fn descendants<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        let mut open: Vec<&Self> = self.elements().collect();
        let all = std::iter::from_fn(move || {
            let next = open.pop()?;
            open.extend(next.elements());
            Some(next)
        });
        all.filter(move |element| element.name.value == name)
    }

    /// The elements in it.
    pub fn elements(&self) -> impl DoubleEndedIterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            XmlNode::Element(element) => Some(element),
            _ => None,
        })
    }

    /// The elements of a name in it.
    pub fn named<'a>(&'a self, name: &'a str) -> impl DoubleEndedIterator<Item = &'a Self> {
        self.elements().filter(move |element| element.name.value == name)
    }

    /// The text in it; an empty one at its start tag if there is none.
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
