//! Parser of XML text to a document.

use std::ops::Range;

use quick_xml::{
    Error, Reader, XmlVersion,
    escape::resolve_xml_entity,
    events::{BytesRef, BytesStart, Event},
};

use super::{Element, XmlAttribute, XmlDocument, XmlNode};
use crate::{
    diag::{Diagnostic, Rule},
    parsers::SpannedText,
};

/// Greatest nesting depth of elements. Real files reach ten.
const MAX_DEPTH: usize = 100;

/// Greatest number of elements, texts and comments in a file.
const MAX_NODES: usize = 500_000;

/// Parses a document whose text starts at `offset`.
///
/// # Errors
/// Reports the first place that is not well-formed, or exceeds a limit.
pub fn read(text: &str, offset: usize) -> Result<XmlDocument, Box<Diagnostic>> {
    parse(Builder::new(text, offset))
}

/// Parses a document, skipping elements that are nested too deep.
///
/// # Errors
/// Reports the first place that is not well-formed, or exceeds a limit.
pub fn read_shallow(text: &str) -> Result<XmlDocument, Box<Diagnostic>> {
    parse(Builder { is_shallow: true, ..Builder::new(text, 0) })
}

fn parse(mut builder: Builder<'_>) -> Result<XmlDocument, Box<Diagnostic>> {
    let text = builder.text;
    let mut reader = Reader::from_str(text);
    // The file's own mark is already removed; the parser would drop another, and count places after it.
    if text.starts_with('\u{feff}') {
        return Err(builder.error("it has a second byte order mark at the start".to_owned(), 0..1));
    }
    loop {
        let start = position(&reader);
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => builder.take(&event, start..position(&reader))?,
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(start);
                return Err(builder.error(error.to_string(), at..at + 1));
            }
        }
    }
    builder.finish()
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

struct Builder<'a> {
    text: &'a str,
    offset: usize,
    head: Vec<SpannedText>,
    /// Elements that are not closed yet, outermost first.
    open: Vec<Element>,
    root: Option<Element>,
    nodes: usize,
    /// True if elements that are nested too deep are skipped.
    is_shallow: bool,
    /// Number of skipped elements that are open.
    too_deep: usize,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, offset: usize) -> Self {
        let (head, open) = (Vec::new(), Vec::new());
        Self { text, offset, head, open, root: None, nodes: 0, is_shallow: false, too_deep: 0 }
    }

    fn take(&mut self, event: &Event<'_>, span: Range<usize>) -> Result<(), Box<Diagnostic>> {
        self.nodes += usize::from(!matches!(event, Event::End(_)));
        if self.nodes > MAX_NODES {
            return Err(self.error(format!("it has more than {MAX_NODES} elements and texts"), span));
        }
        match event {
            Event::Start(_) if self.is_shallow && self.open.len() == MAX_DEPTH => {
                self.too_deep += 1;
                Ok(())
            }
            Event::End(_) if self.too_deep > 0 => {
                self.too_deep -= 1;
                Ok(())
            }
            Event::Empty(_) | Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) | Event::Comment(_)
                if self.too_deep > 0 =>
            {
                Ok(())
            }
            Event::Start(tag) => {
                let element = self.element(tag, &span)?;
                self.open.push(element);
                if self.open.len() > MAX_DEPTH {
                    return Err(self.error(format!("elements are nested deeper than {MAX_DEPTH}"), span));
                }
                Ok(())
            }
            Event::Empty(tag) => {
                let element = self.element(tag, &span)?;
                self.close(element)
            }
            Event::End(_) => match self.open.pop() {
                Some(element) => self.close(element),
                None => Err(self.error("unexpected closing tag".to_owned(), span)),
            },
            Event::Text(text) => self.add_text(&text.xml10_content(), span),
            Event::CData(text) => self.add_text(&text.xml10_content(), span),
            Event::GeneralRef(reference) => {
                let text = self.resolved(reference, &span)?;
                self.add_text(&text, span)
            }
            Event::Comment(_) => {
                self.add_comment(span);
                Ok(())
            }
            Event::DocType(_) => {
                let error = *self.error("document types are not supported".to_owned(), span);
                Err(Box::new(error.help("remove <!DOCTYPE …>: no Magento file has one")))
            }
            Event::Decl(_) | Event::PI(_) | Event::Eof => Ok(()),
        }
    }

    fn element(&self, tag: &BytesStart<'_>, span: &Range<usize>) -> Result<Element, Box<Diagnostic>> {
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute =
                attribute.map_err(|error| self.error(Error::from(error).to_string(), span.clone()))?;
            let at = self.place(&attribute.value, span);
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| self.error(error.to_string(), at.clone()))?;
            let value = SpannedText::new(value, self.shift(at));
            attributes.push(XmlAttribute { name: attribute.key.as_ref().to_owned(), value });
        }
        let name = SpannedText::new(tag.name().as_ref(), self.shift(span.clone()));
        Ok(Element { name, attributes, children: Vec::new() })
    }

    /// Place of an attribute's raw value, including quotes. The value is borrowed from the text.
    fn place(&self, value: &str, tag: &Range<usize>) -> Range<usize> {
        let start = (value.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let end = start.wrapping_add(value.len());
        if start > tag.start && end < tag.end { start - 1..end + 1 } else { tag.clone() }
    }

    fn close(&mut self, element: Element) -> Result<(), Box<Diagnostic>> {
        if let Some(parent) = self.open.last_mut() {
            parent.children.push(XmlNode::Element(element));
        } else if self.root.is_none() {
            self.root = Some(element);
        } else {
            let span = element.name.span;
            let span = span.start - self.offset..span.end - self.offset;
            return Err(self.error("it has a second root element".to_owned(), span));
        }
        Ok(())
    }

    fn add_text(&mut self, text: &str, span: Range<usize>) -> Result<(), Box<Diagnostic>> {
        let shifted = self.shift(span.clone());
        let Some(parent) = self.open.last_mut() else {
            return match text.trim() {
                "" => Ok(()),
                _ => Err(self.error("text outside the root element".to_owned(), span)),
            };
        };
        match parent.children.last_mut() {
            Some(XmlNode::Text(before)) if before.span.end == shifted.start => {
                before.value += text;
                before.span.end = shifted.end;
            }
            _ => parent.children.push(XmlNode::Text(SpannedText::new(text, shifted))),
        }
        Ok(())
    }

    fn add_comment(&mut self, span: Range<usize>) {
        let raw = self.text.get(span.clone()).unwrap_or_default();
        let inner = raw.strip_prefix("<!--").and_then(|raw| raw.strip_suffix("-->")).unwrap_or(raw);
        let text = SpannedText::new(inner.trim(), self.shift(span.clone()));
        let line = self.text.get(..span.start).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        let is_behind = !line.trim().is_empty();
        match self.open.last_mut() {
            Some(parent) => parent.children.push(XmlNode::Comment { text, is_behind }),
            None if self.root.is_none() => self.head.push(text),
            None => {}
        }
    }

    fn resolved(&self, reference: &BytesRef<'_>, span: &Range<usize>) -> Result<String, Box<Diagnostic>> {
        if let Some(character) = reference.resolve_char_ref().ok().flatten() {
            return Ok(character.to_string());
        }
        let name = reference.xml10_content();
        match resolve_xml_entity(&name) {
            Some(text) => Ok(text.to_owned()),
            None => Err(self.error(format!("unknown entity `&{name};`"), span.clone())),
        }
    }

    fn finish(mut self) -> Result<XmlDocument, Box<Diagnostic>> {
        if let Some(open) = self.open.pop() {
            let span = open.name.span.start - self.offset..open.name.span.end - self.offset;
            return Err(self.error(format!("<{}> is not closed", open.name.value), span));
        }
        match self.root.take() {
            Some(mut root) => {
                without_blanks(&mut root);
                Ok(XmlDocument { head: self.head, root })
            }
            None => Err(self.error("it has no root element".to_owned(), 0..self.text.len().min(1))),
        }
    }

    fn shift(&self, span: Range<usize>) -> Range<usize> {
        span.start + self.offset..span.end + self.offset
    }

    fn error(&self, message: String, span: Range<usize>) -> Box<Diagnostic> {
        let end = self.text.len();
        let start = self.text.floor_char_boundary(span.start.min(end));
        let span = start..self.text.ceil_char_boundary(span.end.min(end).max(start));
        Box::new(Diagnostic::new(Rule::XmlUnreadable, message).at(self.shift(span)))
    }
}

/// Removes white space between elements and comments.
fn without_blanks(element: &mut Element) {
    let is_leaf = element.children.iter().all(|node| matches!(node, XmlNode::Text(_)));
    if !is_leaf {
        let is_blank = |node: &XmlNode| matches!(node, XmlNode::Text(text) if text.trimmed().is_empty());
        element.children.retain(|node| !is_blank(node));
    }
    for child in &mut element.children {
        if let XmlNode::Element(child) = child {
            without_blanks(child);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(text: &str) -> Element {
        read(text, 0).unwrap().root
    }

    fn refusal(text: &str) -> String {
        read(text, 7).unwrap_err().message
    }

    #[test]
    fn everything_knows_its_place() {
        let text = "<?xml version=\"1.0\"?>\r\n<!-- head -->\n<a x='é' y = \"&lt;1\">\n <b>t&amp;<![CDATA[<u>]]> </b><!-- behind -->\n <!-- own -->\n</a>";
        let document = read(text, 100).unwrap();
        let at = |text: &SpannedText| text.span.start - 100..text.span.end - 100;
        assert_eq!(document.head[0].value, "head");
        let root = document.root;
        assert_eq!(&text[at(&root.name)], "<a x='é' y = \"&lt;1\">");
        assert_eq!(root.attribute("y").unwrap().value, "<1");
        assert_eq!(&text[at(root.attribute("y").unwrap())], "\"&lt;1\"");
        assert_eq!(&text[at(root.attribute("x").unwrap())], "'é'");
        let b = root.named("b").next().unwrap().text();
        assert_eq!((b.value.as_str(), &text[at(&b)]), ("t&<u> ", "t&amp;<![CDATA[<u>]]> "));
        let comments: Vec<(&str, bool)> = root
            .children
            .iter()
            .filter_map(|node| match node {
                XmlNode::Comment { text, is_behind } => Some((text.value.as_str(), *is_behind)),
                _ => None,
            })
            .collect();
        assert_eq!(comments, [("behind", true), ("own", false)]);
    }

    #[test]
    fn white_space_is_text_only_where_nothing_else_is() {
        assert_eq!(root("<a> </a>").text().value, " ");
        assert_eq!(root("<a>\n<b/>\n</a>").children.len(), 1);
        assert_eq!(root("<a/>").text().value, "");
        assert_eq!(root("<a>x<!-- c -->y</a>").text().value, "xy");
    }

    #[test]
    fn nothing_is_expanded_or_fetched() {
        let laughs = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        assert_eq!(refusal(laughs), "document types are not supported");
        assert_eq!(
            refusal("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>"),
            "document types are not supported"
        );
        assert_eq!(refusal("<a>&c;</a>"), "unknown entity `&c;`");
        assert!(refusal("<a b='&c;'/>").contains('c'));
        assert_eq!(root("<a>&#65;&#x42;&quot;</a>").text().value, "AB\"");
    }

    #[test]
    fn what_is_not_well_formed_is_an_error_with_a_place() {
        for text in [
            "",
            " ",
            "x",
            "<a>",
            "<a></b>",
            "</a>",
            "<a/><b/>",
            "<a/>x",
            "<a b=1/>",
            "<a b='1' b='2'/>",
            "<a",
            "<a>&</a>",
            "<a><![CDATA[</a>",
            "<!-- ",
            "<a b='<'",
            "<?xml",
            "\u{feff}<a/>",
        ] {
            let error = read(text, 5).unwrap_err();
            let span = error.span.clone().unwrap();
            assert!(error.rule == Rule::XmlUnreadable && span.start >= 5, "{text}: {error:?}");
            assert!(span.end <= 5 + text.len(), "{text}: {error:?}");
        }
    }

    #[test]
    fn depth_is_limited() {
        let nested = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
        assert!(read(&nested(MAX_DEPTH), 0).is_ok());
        assert!(refusal(&nested(MAX_DEPTH + 1)).contains("nested deeper"));
        assert!(refusal(&nested(1_000_000)).contains("nested deeper"));
        let depth = |text: &str| {
            let document = read_shallow(text).unwrap();
            std::iter::successors(Some(&document.root), |element| element.elements().next()).count()
        };
        assert_eq!(depth(&nested(MAX_DEPTH + 1)), MAX_DEPTH);
        assert_eq!(depth(&nested(100_000)), MAX_DEPTH);
        assert!(read_shallow(&"<a>".repeat(1000)).is_err());
    }
}
