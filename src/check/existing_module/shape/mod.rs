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

/// Methods that a route can have.
const METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];

/// Reports everything in the file that its schema rejects.
pub(super) fn check(path: &str, root: &Element) -> Vec<Diagnostic> {
    let (shape, schema) = match path {
        "etc/module.xml" => (&MODULE, "Module/etc/module.xsd of magento/framework"),
        "etc/adminhtml/menu.xml" => (&MENU, "etc/menu.xsd of Magento_Backend"),
        "etc/webapi.xml" => (&WEBAPI, "etc/webapi.xsd of Magento_Webapi"),
        "etc/crontab.xml" => (&CRONTAB, "etc/crontab.xsd of Magento_Cron"),
        path if path.ends_with("events.xml") => (&EVENTS, "Event/etc/events.xsd of magento/framework"),
        "etc/csp_whitelist.xml" => (&CSP, "etc/csp_whitelist.xsd of Magento_Csp"),
        "etc/acl.xml" => (&ACL, "Acl/etc/acl.xsd of magento/framework"),
        "etc/integration/config.xml" => (&CONFIG, "etc/integration/config.xsd of Magento_Integration"),
        "etc/integration/api.xml" => (&API, "etc/integration/api.xsd of Magento_Integration"),
        _ => (&INTEGRATION, "etc/integration/integration.xsd of Magento_Integration"),
    };
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

/// Returns true for a file beside those of integrations whose schema is known here.
pub(super) fn is_known(path: &str) -> bool {
    let files = ["etc/adminhtml/menu.xml", "etc/csp_whitelist.xml", "etc/webapi.xml", "etc/crontab.xml"];
    files.contains(&path) || path.ends_with("events.xml")
}

struct Checker {
    schema: &'static str,
    findings: Vec<Diagnostic>,
}

impl Checker {
    fn element(&mut self, element: &Element, shape: &ElementShape, is_root: bool) {
        self.attributes(element, shape, is_root);
        if shape.name == "route" {
            self.method(element);
        }
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

    /// Reports a method that no route can have.
    fn method(&mut self, route: &Element) {
        let Some(method) = route.attribute("method").filter(|it| !METHODS.contains(&it.value.as_str()))
        else {
            return;
        };
        let message = format!("`{}` is not a method of a route", method.value);
        let near = nearest(&method.value.to_uppercase(), METHODS);
        let help = near.map_or_else(
            || "write GET, POST, PUT or DELETE".to_owned(),
            |near| format!("write method=\"{near}\""),
        );
        self.findings.push(self.finding(message, help).at(method.span.clone()));
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
        Diagnostic::new(Rule::XmlNotAccepted, message)
            .reason(format!(
                "{} rejects it: setup:upgrade stops in developer mode, and the other modes do not validate the file",
                self.schema
            ))
            .help(help)
    }
}
