//! Magento's XML schemas, as far as integration modules use them (docs/magento/files-and-schemas.md): elements,
//! attributes, order. Values are checked by the other rules.

use crate::{
    diag::{Diagnostic, Rule, nearest},
    parsers::xml::{Element, XmlNode},
};

/// Element with its attributes and children.
struct ElementShape {
    name: &'static str,
    required: &'static [&'static str],
    optional: &'static [&'static str],
    children: &'static [Child],
    /// True if the children must follow the order of the list.
    is_ordered: bool,
    holds_text: bool,
}

struct Child {
    shape: &'static ElementShape,
    at_least: usize,
    at_most: usize,
}

const MANY: usize = usize::MAX;

const fn child(shape: &'static ElementShape, at_least: usize, at_most: usize) -> Child {
    Child { shape, at_least, at_most }
}

const fn leaf(name: &'static str) -> ElementShape {
    ElementShape { holds_text: true, ..group(name, &[]) }
}

const fn group(name: &'static str, children: &'static [Child]) -> ElementShape {
    ElementShape { name, required: &[], optional: &[], children, is_ordered: false, holds_text: false }
}

static EMAIL: ElementShape = leaf("email");
static ENDPOINT: ElementShape = leaf("endpoint_url");
static IDENTITY: ElementShape = leaf("identity_link_url");
static RESOURCE: ElementShape = ElementShape { required: &["name"], ..group("resource", &[]) };
static RESOURCES: ElementShape = group("resources", &[child(&RESOURCE, 1, MANY)]);

/// `etc/integration.xml`: `integration_file.xsd`, the same from 2.1.0 to 2.4.8-p1.
static INTEGRATION: ElementShape = group(
    "config",
    &[child(
        &ElementShape {
            required: &["name"],
            ..group(
                "integration",
                &[
                    child(&EMAIL, 0, 1),
                    child(&ENDPOINT, 0, 1),
                    child(&IDENTITY, 0, 1),
                    child(&RESOURCES, 0, 1),
                ],
            )
        },
        1,
        MANY,
    )],
);

/// `etc/integration/config.xml`: `config.xsd`, the same from 2.0.0 to 2.4.8-p1.
static CONFIG: ElementShape = group(
    "integrations",
    &[child(
        &ElementShape {
            required: &["name"],
            is_ordered: true,
            ..group("integration", &[child(&EMAIL, 1, 1), child(&ENDPOINT, 0, 1), child(&IDENTITY, 0, 1)])
        },
        0,
        MANY,
    )],
);

/// `etc/integration/api.xml`: `api.xsd`, the same from 2.0.0 to 2.4.8-p1.
static API: ElementShape = group(
    "integrations",
    &[child(
        &ElementShape { required: &["name"], ..group("integration", &[child(&RESOURCES, 1, 1)]) },
        0,
        MANY,
    )],
);

/// `etc/module.xml`: `framework/Module/etc/module.xsd`, 2.0.0 to 2.4.8.
static MODULE: ElementShape = group(
    "config",
    &[child(
        &ElementShape {
            required: &["name"],
            optional: &["setup_version"],
            ..group(
                "module",
                &[child(
                    &group(
                        "sequence",
                        &[child(&ElementShape { required: &["name"], ..group("module", &[]) }, 0, MANY)],
                    ),
                    0,
                    1,
                )],
            )
        },
        1,
        MANY,
    )],
);

/// `etc/acl.xml`: `framework/Acl/etc/acl.xsd`.
static ACL_RESOURCE: ElementShape = ElementShape {
    required: &["id"],
    optional: &["title", "sortOrder", "disabled", "translate"],
    ..group("resource", &[child(&ACL_RESOURCE, 0, MANY)])
};
static ACL: ElementShape = group(
    "config",
    &[child(&group("acl", &[child(&group("resources", &[child(&ACL_RESOURCE, 0, MANY)]), 1, 1)]), 1, 1)],
);

/// `etc/adminhtml/menu.xml`: `menu.xsd` of Magento_Backend.
static MENU: ElementShape = group(
    "config",
    &[child(
        &group(
            "menu",
            &[
                child(
                    &ElementShape {
                        required: &["id", "title", "module", "resource"],
                        optional: FURTHER,
                        ..group("add", &[])
                    },
                    0,
                    MANY,
                ),
                child(
                    &ElementShape { required: &["id"], optional: UPDATED, ..group("update", &[]) },
                    0,
                    MANY,
                ),
                child(&ElementShape { required: &["id"], ..group("remove", &[]) }, 0, MANY),
            ],
        ),
        1,
        1,
    )],
);
const FURTHER: &[&str] = &[
    "sortOrder",
    "action",
    "parent",
    "toolTip",
    "dependsOnModule",
    "dependsOnConfig",
    "translate",
    "target",
];
const UPDATED: &[&str] = &[
    "title",
    "module",
    "resource",
    "sortOrder",
    "action",
    "parent",
    "toolTip",
    "dependsOnModule",
    "dependsOnConfig",
    "translate",
    "target",
];

/// `etc/csp_whitelist.xml`: `csp_whitelist.xsd` of Magento_Csp.
static CSP_VALUE: ElementShape =
    ElementShape { required: &["id", "type"], optional: &["algorithm"], ..leaf("value") };
static CSP: ElementShape = group(
    "csp_whitelist",
    &[child(
        &group(
            "policies",
            &[child(
                &ElementShape {
                    required: &["id"],
                    ..group("policy", &[child(&group("values", &[child(&CSP_VALUE, 1, MANY)]), 0, MANY)])
                },
                0,
                MANY,
            )],
        ),
        1,
        1,
    )],
);

/// `etc/webapi.xml`: `webapi.xsd` and, for what all files add up to, `webapi_merged.xsd` of Magento_Webapi.
static WEBAPI: ElementShape = group(
    "routes",
    &[child(
        &ElementShape {
            required: &["url", "method"],
            optional: &["secure", "soapOperation"],
            is_ordered: true,
            ..group(
                "route",
                &[
                    child(&ElementShape { required: &["class", "method"], ..group("service", &[]) }, 0, 1),
                    child(&group("resources", &[child(&ROUTE_RESOURCE, 0, MANY)]), 0, 1),
                    child(
                        &ElementShape {
                            optional: &["input-array-size-limit"],
                            ..group("data", &[child(&PARAMETER, 0, MANY)])
                        },
                        0,
                        1,
                    ),
                ],
            )
        },
        0,
        MANY,
    )],
);
static ROUTE_RESOURCE: ElementShape = ElementShape { required: &["ref"], ..group("resource", &[]) };
static PARAMETER: ElementShape =
    ElementShape { required: &["name"], optional: &["force"], ..leaf("parameter") };
const METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];

/// `etc/crontab.xml`: `crontab.xsd` of Magento_Cron.
static CRONTAB: ElementShape = group(
    "config",
    &[child(
        &ElementShape {
            required: &["id"],
            ..group(
                "group",
                &[child(
                    &ElementShape {
                        required: &["name", "instance", "method"],
                        is_ordered: true,
                        ..group("job", &[child(&leaf("schedule"), 0, 1), child(&leaf("config_path"), 0, 1)])
                    },
                    1,
                    MANY,
                )],
            )
        },
        1,
        MANY,
    )],
);

/// `etc/events.xml` and those of areas: `framework/Event/etc/events.xsd`.
static EVENTS: ElementShape = group(
    "config",
    &[child(
        &ElementShape {
            required: &["name"],
            ..group(
                "event",
                &[child(
                    &ElementShape {
                        required: &["name"],
                        optional: &["instance", "disabled", "shared"],
                        ..group("observer", &[])
                    },
                    1,
                    MANY,
                )],
            )
        },
        0,
        MANY,
    )],
);

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
