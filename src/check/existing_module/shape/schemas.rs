//! The schemas: elements, attributes and order of each file.

/// Element with its attributes and children.
pub(super) struct ElementShape {
    pub(super) name: &'static str,
    pub(super) required: &'static [&'static str],
    pub(super) optional: &'static [&'static str],
    pub(super) children: &'static [Child],
    /// True if the children must follow the order of the list.
    pub(super) is_ordered: bool,
    pub(super) holds_text: bool,
}

pub(super) struct Child {
    pub(super) shape: &'static ElementShape,
    pub(super) at_least: usize,
    pub(super) at_most: usize,
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
pub(super) static INTEGRATION: ElementShape = group(
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
pub(super) static CONFIG: ElementShape = group(
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
pub(super) static API: ElementShape = group(
    "integrations",
    &[child(
        &ElementShape { required: &["name"], ..group("integration", &[child(&RESOURCES, 1, 1)]) },
        0,
        MANY,
    )],
);

/// `etc/module.xml`: `framework/Module/etc/module.xsd`, 2.0.0 to 2.4.8.
pub(super) static MODULE: ElementShape = group(
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
pub(super) static ACL: ElementShape = group(
    "config",
    &[child(&group("acl", &[child(&group("resources", &[child(&ACL_RESOURCE, 0, MANY)]), 1, 1)]), 1, 1)],
);

/// `etc/adminhtml/menu.xml`: `menu.xsd` of Magento_Backend.
pub(super) static MENU: ElementShape = group(
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
pub(super) static CSP: ElementShape = group(
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
pub(super) static WEBAPI: ElementShape = group(
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

/// `etc/crontab.xml`: `crontab.xsd` of Magento_Cron.
pub(super) static CRONTAB: ElementShape = group(
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
pub(super) static EVENTS: ElementShape = group(
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
