//! The readers on whatever bytes there are, with what has to hold of each place they give. The fuzz targets look for bytes
//! with which it does not hold; `tests/library/fuzz_corpus.rs` replays those that are kept.

// Each target uses one of them.
#![allow(dead_code)]

use std::ops::Range;

use magespec::{
    catalog::Catalog,
    compile,
    diag::{Report, Source, render},
    module::composer,
    parsers::{
        decode, php,
        xml::{self, Element, XmlNode},
    },
    spec::Pointer,
};

/// Reads XML: each place lies in the text, at whole characters.
pub(crate) fn xml(bytes: &[u8]) {
    let Ok(text) = decode::xml(bytes) else { return };
    match xml::read(&text, 0) {
        Ok(document) => {
            document.head.iter().for_each(|comment| holds(&text, &comment.span));
            element(&text, &document.root);
        }
        Err(finding) => finding.span.iter().for_each(|span| holds(&text, span)),
    }
}

fn element(text: &str, element: &Element) {
    holds(text, &element.name.span);
    element.attributes.iter().for_each(|attribute| holds(text, &attribute.value.span));
    for node in &element.children {
        match node {
            XmlNode::Element(child) => self::element(text, child),
            XmlNode::Text(value) | XmlNode::Comment { text: value, .. } => holds(text, &value.span),
        }
    }
}

/// Reads a composer.json: what stands at the place of a value is the value.
pub(crate) fn composer(bytes: &[u8]) {
    let Ok(text) = decode::utf8(bytes) else { return };
    let json = match composer::read(&text, 0) {
        Ok(json) => json,
        Err(finding) => return finding.span.iter().for_each(|span| holds(&text, span)),
    };
    let mut routes = vec![(Pointer::root(), &json.value)];
    while let Some((route, value)) = routes.pop() {
        let raw = json.span(&route).and_then(|span| text.get(span));
        let read: Option<serde_json::Value> = raw.and_then(|raw| serde_json::from_str(raw).ok());
        assert_eq!(read.as_ref(), Some(value), "{route}: {raw:?}");
        match value {
            serde_json::Value::Array(items) => {
                routes.extend(items.iter().enumerate().map(|(at, it)| (route.key(at), it)));
            }
            serde_json::Value::Object(members) => {
                routes.extend(members.iter().map(|(key, it)| (route.key(key), it)));
            }
            _ => {}
        }
    }
}

/// Reads PHP.
pub(crate) fn php(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(registration) = php::registration(&text, 0) {
        holds(&text, &registration.name.span);
    }
    let _ = php::processings(&text);
    if let Some(class) = php::class(&text) {
        class.methods.iter().for_each(|method| holds(&text, &method.span));
        let _ = class.fields().count();
    }
}

/// Compiles a spec, and writes what was found.
pub(crate) fn spec(bytes: &[u8]) {
    let Ok(text) = decode::utf8(bytes) else { return };
    let report: Report = compile(Source::new("integration.toml", text.as_str()), Catalog::bundled()).report;
    for finding in &report.diagnostics {
        finding.span.iter().for_each(|span| holds(&text, span));
    }
    let _ = render::human(&[report]);
}

fn holds(text: &str, span: &Range<usize>) {
    assert!(text.get(span.clone()).is_some(), "{span:?} is no place in a text of {} bytes", text.len());
}
