//! Content of a file apart from its layout.

use super::{TreePath, sha256};
use crate::parsers::xml::{self, Element};

/// Hash of what a generated file says: the elements, attributes and text of XML; all bytes of other files.
pub(super) fn meaning(path: &TreePath, bytes: &[u8]) -> String {
    /// Length of the hash: it finds a change and guards against nobody.
    const LENGTH: usize = 16;
    let is_xml = path.name().ends_with(".xml");
    let document =
        std::str::from_utf8(bytes).ok().filter(|_| is_xml).and_then(|text| xml::read(text, 0).ok());
    let mut hash = match document {
        Some(document) => {
            let mut said = String::new();
            say(&document.root, &mut said);
            sha256(said.as_bytes())
        }
        None => sha256(bytes),
    };
    hash.truncate(LENGTH);
    hash
}

fn say(element: &Element, said: &mut String) {
    said.push('<');
    said.push_str(&element.name.value);
    for attribute in &element.attributes {
        *said += &format!(" {}={:?}", attribute.name, attribute.value.value);
    }
    *said += &format!(">{:?}", element.text().trimmed());
    element.elements().for_each(|child| say(child, said));
    said.push_str("</>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_and_comments_of_xml_say_nothing() {
        let of = |path: &str, text: &str| meaning(&TreePath::new(path).unwrap(), text.as_bytes());
        let plain = of("etc/a.xml", "<a><b c=\"1\">x y</b></a>");
        assert_eq!(
            plain,
            of("etc/a.xml", "<?xml version='1.0'?>\n<!-- n -->\n<a>\n  <b c='1'> x y\n</b></a>\n")
        );
        for other in
            ["<a><b c=\"2\">x y</b></a>", "<a><b c=\"1\">xy</b></a>", "<a><b c=\"1\">x y</b><b/></a>"]
        {
            assert_ne!(plain, of("etc/a.xml", other), "{other}");
        }
        assert_ne!(of("a.php", "<?php f();"), of("a.php", "<?php  f();"));
    }
}
