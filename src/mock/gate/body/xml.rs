//! XML bodies as Magento's parser turns them into arrays.

use std::collections::HashSet;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use serde_json::{Map, Value};

/// Deepest nesting that is read.
const DEEPEST: usize = 256;

/// An element whose end is not reached yet.
struct OpenElement {
    name: String,
    attributes: Map<String, Value>,
    content: Value,
}

/// Content of the root element: an object of its children, a text, or null; none if the document is not well-formed.
/// Entities are not expanded but the five of XML: those that a document type may declare are empty.
pub(super) fn decoded(text: &str) -> Option<Value> {
    let mut reader = Reader::from_str(text);
    let (mut open, mut root): (Vec<OpenElement>, Option<Value>) = (Vec::new(), None);
    let mut has_type = false;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                if open.len() == DEEPEST || (open.is_empty() && root.is_some()) {
                    return None;
                }
                open.push(OpenElement::of(&start)?);
            }
            Event::Empty(start) => {
                let element = OpenElement::of(&start)?;
                close(element, &mut open, &mut root)?;
            }
            Event::End(_) => {
                let element = open.pop()?;
                close(element, &mut open, &mut root)?;
            }
            Event::Text(text) => {
                add_text(&text, &mut open)?;
            }
            Event::GeneralRef(reference) => {
                let text = match reference.resolve_char_ref().ok()? {
                    Some(character) => character.to_string(),
                    None => match quick_xml::escape::resolve_predefined_entity(&reference) {
                        Some(text) => text.to_owned(),
                        None if has_type => String::new(),
                        None => return None,
                    },
                };
                match &mut open.last_mut()?.content {
                    Value::String(known) => known.push_str(&text),
                    content => *content = Value::String(text),
                }
            }
            Event::CData(text) => {
                open.last_mut()?.content = Value::String(text.into_inner().into_owned());
            }
            Event::Eof => return if open.is_empty() { root } else { None },
            Event::DocType(_) => has_type = true,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

impl OpenElement {
    fn of(start: &BytesStart<'_>) -> Option<Self> {
        let name = start.name().as_ref().to_owned();
        let (mut attributes, mut names) = (Map::new(), HashSet::new());
        // Compares each name with all before it if asked to.
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.ok()?;
            if !names.insert(attribute.key.as_ref().to_owned()) {
                return None;
            }
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let key = attribute.key.local_name().as_ref().to_owned();
            let value = attribute.value.into_owned();
            attributes.entry(key).or_insert(Value::String(value));
        }
        Some(Self { name, attributes, content: Value::Null })
    }
}

fn add_text(text: &str, open: &mut [OpenElement]) -> Option<()> {
    match open.last_mut() {
        None => text.trim().is_empty().then_some(()),
        Some(element) => {
            match &mut element.content {
                // A text that an entity cuts in two.
                Value::String(known) => known.push_str(text),
                content if !text.trim().is_empty() => *content = Value::String(text.to_owned()),
                _ => {}
            }
            Some(())
        }
    }
}

/// Puts a finished element into the one around it. Elements of one name become a list.
fn close(element: OpenElement, open: &mut [OpenElement], root: &mut Option<Value>) -> Option<()> {
    let mut value = element.content;
    if !element.attributes.is_empty() {
        let pair =
            [("_value".to_owned(), value), ("_attribute".to_owned(), Value::Object(element.attributes))];
        value = Value::Object(pair.into_iter().collect());
    }
    let Some(parent) = open.last_mut() else {
        return root.replace(value).is_none().then_some(());
    };
    if !parent.content.is_object() {
        parent.content = Value::Object(Map::new());
    }
    let children = parent.content.as_object_mut()?;
    match children.get_mut(&element.name) {
        None | Some(Value::Null) => {
            children.insert(element.name, value);
        }
        Some(Value::Array(items))
            if !(value.is_object() && items.first().is_some_and(|it| !it.is_object())) =>
        {
            items.push(value);
        }
        Some(known) => {
            let old = known.take();
            *known = Value::Array(vec![old, value]);
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn elements_become_keys_and_equal_ones_lists() {
        let text = "<?xml version=\"1.0\"?><request><n>1</n><t>a &amp; b &#228;</t><e/><l><item>a</item><item>b</item></l>\n</request>";
        assert_eq!(
            decoded(text).unwrap(),
            json!({"n": "1", "t": "a & b ä", "e": null, "l": {"item": ["a", "b"]}})
        );
        assert_eq!(decoded("<a>x</a>").unwrap(), json!("x"));
        assert_eq!(decoded("<a/>").unwrap(), Value::Null);
        assert_eq!(
            decoded("<r><a x='1'>b</a></r>").unwrap(),
            json!({"a": {"_value": "b", "_attribute": {"x": "1"}}})
        );
    }

    #[test]
    fn namespaces_are_no_attributes_and_entities_are_not_expanded() {
        let text = "<a xmlns='urn:x'><n xmlns:y='urn:y'>5</n></a>";
        assert_eq!(decoded(text).unwrap(), json!({"n": "5"}));
        let text = "<!DOCTYPE a [<!ENTITY x \"y\">]><a><n>&x;</n></a>";
        assert_eq!(decoded(text).unwrap(), json!({"n": ""}));
    }

    #[test]
    fn malformed_documents_are_refused() {
        for text in [
            "",
            "x",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a>&nope;</a>",
            "<a",
            "<a b='1' b='2'/>",
            &"<a>".repeat(9999),
        ] {
            assert_eq!(decoded(text), None, "{text:.20}");
        }
    }

    #[test]
    fn many_attributes_end() {
        let attributes: String = (0..100_000).map(|number| format!(" a{number}='1'")).collect();
        let value = decoded(&format!("<r><a{attributes}/></r>")).unwrap();
        assert_eq!(value["a"]["_attribute"].as_object().unwrap().len(), 100_000);
    }
}
