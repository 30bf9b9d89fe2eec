//! XML in Magento's style: four spaces, the schema on the line of the root, a final newline.

use std::borrow::Cow;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

use super::header;
use crate::model::Module;

/// An element with attributes and either text or child elements.
pub(super) struct XmlElement<'a> {
    name: Cow<'a, str>,
    attributes: Vec<(&'static str, Cow<'a, str>)>,
    text: Option<Cow<'a, str>>,
    children: Vec<XmlElement<'a>>,
    is_set_off: bool,
}

impl<'a> XmlElement<'a> {
    pub(super) fn new(name: impl Into<Cow<'a, str>>) -> Self {
        Self {
            name: name.into(),
            attributes: Vec::new(),
            text: None,
            children: Vec::new(),
            is_set_off: false,
        }
    }

    /// Creates the root of a Magento file, which names the schema.
    pub(super) fn root(name: &'static str, schema: &'static str) -> Self {
        Self::new(name)
            .attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
            .attribute("xsi:noNamespaceSchemaLocation", schema)
    }

    pub(super) fn attribute(mut self, name: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    pub(super) fn text(mut self, text: impl Into<Cow<'a, str>>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Puts an empty line before the element.
    pub(super) fn set_off(mut self) -> Self {
        self.is_set_off = true;
        self
    }

    pub(super) fn children(mut self, children: impl IntoIterator<Item = XmlElement<'a>>) -> Self {
        self.children.extend(children);
        self
    }

    /// Returns true if the element has no content.
    pub(super) fn is_empty(&self) -> bool {
        self.children.is_empty() && self.text.is_none()
    }

    /// Renders the file with this element as its root.
    pub(super) fn into_file(self, module: &Module) -> Option<String> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 4);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", None, None))).ok()?;
        for line in header(module) {
            let comment = format!(" {} ", comment(line));
            writer.write_event(Event::Comment(BytesText::from_escaped(comment))).ok()?;
        }
        self.write(&mut writer)?;
        let mut text = String::from_utf8(writer.into_inner()).ok()?;
        text.push('\n');
        Some(text)
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> Option<()> {
        let attributes = self.attributes.iter().map(|(name, value)| (*name, value.as_ref()));
        let start = BytesStart::new(self.name.as_ref()).with_attributes(attributes);
        if self.is_set_off {
            writer.get_mut().push(b'\n');
        }
        if self.is_empty() {
            return writer.write_event(Event::Empty(start)).ok();
        }
        writer.write_event(Event::Start(start)).ok()?;
        if let Some(text) = &self.text {
            writer.write_event(Event::Text(BytesText::new(text))).ok()?;
        }
        self.children.iter().try_for_each(|child| child.write(writer))?;
        writer.write_event(Event::End(BytesEnd::new(self.name.as_ref()))).ok()
    }
}

/// Removes sequences that would end a comment.
fn comment(text: &str) -> String {
    let mut text = text.replace("--", "- -");
    // Two of three consecutive hyphens are still adjacent.
    while text.contains("--") {
        text = text.replace("--", "- -");
    }
    text
}

/// Creates a constructor argument of di.xml.
pub(super) fn argument<'a>(name: &'static str, kind: &'static str) -> XmlElement<'a> {
    XmlElement::new("argument").attribute("name", name).attribute("xsi:type", kind)
}

/// Creates an item of a list in di.xml.
pub(super) fn item<'a>(name: impl Into<Cow<'a, str>>, kind: &'static str) -> XmlElement<'a> {
    XmlElement::new("item").attribute("name", name).attribute("xsi:type", kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_hold_no_two_hyphens() {
        for text in ["a -- b", "---", "-----", "-->"] {
            assert!(!comment(text).contains("--"), "{text}");
        }
    }
}
