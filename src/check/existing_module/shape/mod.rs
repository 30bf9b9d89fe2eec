//! Magento's XML schemas, as far as integration modules use them (docs/magento/files-and-schemas.md): elements,
//! attributes, order. Values are checked by the other rules.

mod schemas;

use self::schemas::{
    ACL, API, CONFIG, CRONTAB, CSP, EVENTS, ElementShape, INTEGRATION, MENU, MODULE, WEBAPI,
};
use crate::{
    diag::{Diagnostic, Rule, nearest},
    parsers::xml::{Element, XmlNode},
};

/// Shape of a file and the name of its schema; none for files that other rules check.
fn schema(path: &str) -> Option<(&'static ElementShape, &'static str)> {
    Some(match path {
        "etc/module.xml" => (&MODULE, "Module/etc/module.xsd of magento/framework"),
        "etc/adminhtml/menu.xml" => (&MENU, "etc/menu.xsd of Magento_Backend"),
        "etc/webapi.xml" => (&WEBAPI, "etc/webapi.xsd of Magento_Webapi"),
        "etc/crontab.xml" => (&CRONTAB, "etc/crontab.xsd of Magento_Cron"),
        path if path.ends_with("events.xml") => (&EVENTS, "Event/etc/events.xsd of magento/framework"),
        "etc/csp_whitelist.xml" => (&CSP, "etc/csp_whitelist.xsd of Magento_Csp"),
        "etc/acl.xml" => (&ACL, "Acl/etc/acl.xsd of magento/framework"),
        "etc/integration/config.xml" => (&CONFIG, "etc/integration/config.xsd of Magento_Integration"),
        "etc/integration/api.xml" => (&API, "etc/integration/api.xsd of Magento_Integration"),
        "etc/integration.xml" | "etc/integrations.xml" => {
            (&INTEGRATION, "etc/integration/integration.xsd of Magento_Integration")
        }
        _ => return None,
    })
}

/// Finding about a part of a file that its schema rejects.
pub(super) fn not_accepted(path: &str, message: String, help: impl AsRef<str>) -> Diagnostic {
    let schema = schema(path).map_or("the schema", |(_, schema)| schema);
    rejected(schema, message).help(help)
}

fn rejected(schema: &str, message: String) -> Diagnostic {
    Diagnostic::new(Rule::XmlNotAccepted, message).reason(format!(
        "{schema} rejects it: setup:upgrade stops in developer mode, and the other modes do not validate the file"
    ))
}

/// Reports everything in the file that its schema rejects.
pub(super) fn check(path: &str, root: &Element) -> Vec<Diagnostic> {
    let Some((shape, schema)) = schema(path) else { return Vec::new() };
    let mut checker = Checker { schema, findings: Vec::new() };
    if root.name.value == shape.name {
        checker.element(root, shape, true);
    } else {
        let found =
            format!("the root element is <{}>, but Magento expects <{}>", root.name.value, shape.name);
        checker.add(root, found, format!("rename it to <{}>", shape.name));
    }
    checker.findings
}

struct Checker {
    schema: &'static str,
    findings: Vec<Diagnostic>,
}

impl Checker {
    fn element(&mut self, element: &Element, shape: &ElementShape, is_root: bool) {
        self.attributes(element, shape, is_root);
        self.children(element, shape);
        if !shape.holds_text {
            let text = element.children.iter().find_map(|node| match node {
                XmlNode::Text(text) if !text.trimmed().is_empty() => Some(text),
                _ => None,
            });
            if let Some(text) = text {
                let message = format!("<{}> cannot contain text", shape.name);
                self.findings.push(self.finding(message, "remove the text".to_owned()).at(text.span.clone()));
            }
        }
    }

    fn attributes(&mut self, element: &Element, shape: &ElementShape, is_root: bool) {
        let known = || shape.required.iter().chain(shape.optional).copied();
        for attribute in &element.attributes {
            let name = attribute.name.as_str();
            let is_of_schema = name.starts_with("xsi:") || name.starts_with("xmlns");
            if known().any(|known| known == name) || (is_of_schema && is_root) {
                continue;
            }
            let message = format!("<{}> has no attribute `{name}`", shape.name);
            let help = match nearest(name, known()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "remove it".to_owned(),
            };
            self.findings.push(self.finding(message, help).at(attribute.value.span.clone()));
        }
        for name in shape.required.iter().filter(|name| element.attribute(name).is_none()) {
            self.add(
                element,
                format!("<{}> has no `{name}` attribute", shape.name),
                format!("write {name}=\"…\""),
            );
        }
    }

    fn children(&mut self, element: &Element, shape: &ElementShape) {
        let mut counts = vec![0usize; shape.children.len()];
        let mut last = 0;
        for found in element.elements() {
            let at = shape.children.iter().position(|child| child.shape.name == found.name.value);
            let Some(at) = at else {
                self.unexpected(found, shape);
                continue;
            };
            let child = &shape.children[at];
            counts[at] += 1;
            if counts[at] == child.at_most.saturating_add(1) {
                let message = format!("<{}> contains a second <{}>", shape.name, found.name.value);
                self.add(found, message, "merge their contents into one".to_owned());
            }
            if shape.is_ordered && at < last {
                let order: Vec<String> =
                    shape.children.iter().map(|child| format!("<{}>", child.shape.name)).collect();
                let message = format!("<{}> is in the wrong place", found.name.value);
                self.add(found, message, format!("the order is {}", order.join(", ")));
            }
            last = last.max(at);
            self.element(found, child.shape, false);
        }
        for (child, _) in shape.children.iter().zip(counts).filter(|(child, count)| count < &child.at_least) {
            let name = child.shape.name;
            self.add(element, format!("<{}> has no <{name}>", shape.name), format!("add <{name}>"));
        }
    }

    fn unexpected(&mut self, found: &Element, shape: &ElementShape) {
        let name = found.name.value.as_str();
        let message = format!("<{name}> is not allowed in <{}>", shape.name);
        let names: Vec<&str> = shape.children.iter().map(|child| child.shape.name).collect();
        // Dependencies outside <sequence>.
        let help = match (shape.name, name, names.as_slice()) {
            ("module", "module", _) => "move it into <sequence>".to_owned(),
            (_, _, []) => "remove it".to_owned(),
            (_, _, names) => match nearest(name, names.iter().copied()) {
                Some(near) => format!("did you mean <{near}>?"),
                None => format!("remove it; <{}> is allowed here", names.join(">, <")),
            },
        };
        self.add(found, message, help);
    }

    fn add(&mut self, element: &Element, message: String, help: String) {
        self.findings.push(self.finding(message, help).at(element.name.span.clone()));
    }

    fn finding(&self, message: String, help: String) -> Diagnostic {
        rejected(self.schema, message).help(help)
    }
}
