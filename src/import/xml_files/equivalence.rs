//! Comparison of a generated file with the existing one: does it say the same, and no more?

use super::Unsupported;
use crate::parsers::xml::{self, Element};

/// Finds the first difference. The order of elements, comments, white space around text, and attributes for schemas and
/// translation do not count.
pub(super) fn difference(
    there: &Element,
    made: &[u8],
    normal: fn(&Element) -> Element,
    may_differ: &[(&str, &str)],
) -> Option<Unsupported> {
    let Ok(made) = xml::read(&String::from_utf8_lossy(made), 0) else {
        return Some(Unsupported::new("the generated file cannot be read back", &there.name.span));
    };
    ElementComparison { may_differ }.elements(&normal(there), &normal(&made.root))
}

struct ElementComparison<'a> {
    /// Elements and attributes that may differ.
    may_differ: &'a [(&'a str, &'a str)],
}

impl ElementComparison<'_> {
    fn elements(&self, there: &Element, made: &Element) -> Option<Unsupported> {
        let name = &there.name.value;
        for attribute in there.attributes.iter().filter(|it| self.counts(name, &it.name)) {
            let other = made.attribute(&attribute.name);
            if other.is_none_or(|other| {
                meant(&attribute.name, &other.value) != meant(&attribute.name, &attribute.value.value)
            }) {
                let what = match other {
                    Some(other) => format!(
                        "`{}` of <{name}> is {:?}, but the generated file would have {:?}",
                        attribute.name, attribute.value.value, other.value
                    ),
                    None => format!("a spec has no key for the attribute `{}` of <{name}>", attribute.name),
                };
                return Some(Unsupported::new(what, &attribute.value.span));
            }
        }
        let added = made
            .attributes
            .iter()
            .find(|it| self.counts(name, &it.name) && there.attribute(&it.name).is_none());
        if let Some(added) = added {
            return Some(Unsupported::new(
                format!("<{name}> has no attribute `{}`, but the generated file would have it", added.name),
                &there.name.span,
            ));
        }
        let (text, other) = (there.text(), made.text());
        if text.trimmed() != other.trimmed() {
            let what = format!(
                "<{name}> is {:?}, but the generated file would have {:?}",
                text.trimmed(),
                other.trimmed()
            );
            return Some(Unsupported::new(what, &text.span));
        }
        self.children(there, made)
    }

    fn children(&self, there: &Element, made: &Element) -> Option<Unsupported> {
        let mut rest: Vec<&Element> = made.elements().collect();
        for child in there.elements() {
            let key = self.key(child);
            let same = rest.iter().position(|other| self.key(other) == key);
            // An element without a name matches another with a different value.
            let alike = || {
                let alike = rest
                    .iter()
                    .position(|other| other.name.value == child.name.value && self.called(other).is_none());
                alike.filter(|_| self.called(child).is_none())
            };
            let Some(at) = same.or_else(alike) else {
                let what = format!("the generated file would lack this <{}>", child.name.value);
                return Some(Unsupported::new(what, &child.name.span));
            };
            if let Some(unsupported) = self.elements(child, rest.remove(at)) {
                return Some(unsupported);
            }
        }
        let more = rest.first()?;
        Some(Unsupported::new(
            format!(
                "<{}> has no <{}>, but the generated file would have one",
                there.name.value, more.name.value
            ),
            &there.name.span,
        ))
    }

    /// Key by which an element is matched: its tag, and its name or else its text.
    fn key(&self, element: &Element) -> (String, String) {
        let called = self.called(element).map(str::to_owned);
        let called = called.unwrap_or_else(|| element.text().trimmed().to_owned());
        // One URL has a route for each HTTP method.
        let method = element.attribute("method").filter(|_| element.attribute("url").is_some());
        let called = method.map_or_else(|| called.clone(), |method| format!("{} {called}", method.value));
        (element.name.value.clone(), called)
    }

    fn called<'e>(&self, element: &'e Element) -> Option<&'e str> {
        let keys = ["id", "name", "url"].into_iter().filter(|key| self.counts(&element.name.value, key));
        keys.filter_map(|key| element.attribute(key)).map(|text| text.value.as_str()).next()
    }

    fn counts(&self, element: &str, attribute: &str) -> bool {
        let is_of_schema = attribute.starts_with("xmlns") || attribute == "xsi:noNamespaceSchemaLocation";
        !is_of_schema && attribute != "translate" && !self.may_differ.contains(&(element, attribute))
    }
}

/// Value of an attribute as Magento reads it: classes may begin with a backslash.
fn meant<'v>(attribute: &str, value: &'v str) -> &'v str {
    if matches!(attribute, "class" | "instance") { value.trim_start_matches('\\') } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differs(there: &str, made: &str) -> Option<(String, String)> {
        let document = xml::read(there, 0).unwrap();
        let unsupported = difference(&document.root, made.as_bytes(), Element::clone, &[("v", "id")])?;
        Some((unsupported.what, there[unsupported.at].to_owned()))
    }

    #[test]
    fn order_comments_and_white_space_are_nothing() {
        let there =
            "<a xmlns:xsi='x'><!-- c --><b name='1'> x </b><b name='2' translate='t'/><v id='1'>h</v></a>";
        let made = "<a><v id='2'>h</v>\n<b name=\"2\"/><b name=\"1\">x</b></a>";
        assert_eq!(differs(there, made), None);
    }

    #[test]
    fn whatever_else_differs_is_found_at_its_place() {
        for (there, made, what, at) in [
            (
                "<a><b name='1' disabled='true'/></a>",
                "<a><b name='1'/></a>",
                "a spec has no key for the attribute `disabled` of <b>",
                "'true'",
            ),
            (
                "<a><b name='1'/></a>",
                "<a><b name='1' x='2'/></a>",
                "<b> has no attribute `x`, but the generated file would have it",
                "<b name='1'/>",
            ),
            (
                "<a><b name='1' x='1'/></a>",
                "<a><b name='1' x='2'/></a>",
                "`x` of <b> is \"1\", but the generated file would have \"2\"",
                "'1'",
            ),
            ("<a><b>1</b></a>", "<a/>", "the generated file would lack this <b>", "<b>"),
            (
                "<a><b>1</b></a>",
                "<a><b>2</b></a>",
                "<b> is \"1\", but the generated file would have \"2\"",
                "1",
            ),
            ("<a><b>1</b><b>1</b></a>", "<a><b>1</b></a>", "the generated file would lack this <b>", "<b>"),
            ("<a/>", "<a><b/></a>", "<a> has no <b>, but the generated file would have one", "<a/>"),
            (
                "<a><b name='1'>x</b></a>",
                "<a><b name='1'>y</b></a>",
                "<b> is \"x\", but the generated file would have \"y\"",
                "x",
            ),
        ] {
            assert_eq!(differs(there, made), Some((what.to_owned(), at.to_owned())), "{there}");
        }
    }
}
