//! OpenAPI 3.1 of REST routes.

mod answers;
mod core;
mod operation;
mod own;
mod paths;
mod schemas;
mod search;
mod security;

use serde_json::{Value, json};

use self::{paths::Paths, schemas::Schemas};
use crate::{catalog::Catalog, model::Module};

/// Which routes are described.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covered {
    /// Those of the module.
    Own,
    /// Those of the module, and those of Magento that its integrations call.
    Called,
}

/// The document; none if there is no route to describe. Magento's own routes and types are as in the newest release of the
/// module's target that has them.
#[must_use]
pub fn document(module: &Module, catalog: &Catalog, covered: Covered) -> Option<Value> {
    let mut schemas = Schemas::new(module, catalog);
    let mut operations = own::operations(module, &mut schemas);
    if covered == Covered::Called {
        operations.extend(core::operations(module, catalog, &mut schemas));
    }
    if operations.is_empty() {
        return None;
    }
    let tags = own::tags(module);
    let mut paths = Paths::default();
    for operation in operations {
        paths.add(&operation);
    }
    Some(json!({
        "openapi": "3.1.0",
        "info": crate::describe::info(module, &about(module)),
        "servers": servers(),
        "tags": tags,
        "paths": paths.into_value(),
        "components": {
            "schemas": schemas.into_value(),
            "responses": answers::components(),
            "parameters": search::components(),
            "securitySchemes": security::schemes(&module.platform),
        },
    }))
}

fn about(module: &Module) -> String {
    format!(
        "REST routes of a Magento shop with {} {}, for Magento {}. What is of Magento itself is as in {}. A field that is \
         null is left out. Parameters of a body are accepted in camel case and in snake case.",
        module.name, module.version, module.platform.constraint, module.platform.newest
    )
}

/// REST lies below `/rest`, which may be followed by the code of a store view (`W/Controller/PathProcessor.php`).
fn servers() -> Value {
    let shop = json!({
        "default": "shop.example.com",
        "description": "The host of the shop, with the folder it is in, if it is in one",
    });
    json!([
        { "url": "https://{shop}/rest", "description": "The default store view", "variables": { "shop": shop } },
        {
            "url": "https://{shop}/rest/{store}",
            "description": "One store view, or none in particular",
            "variables": {
                "shop": shop,
                "store": { "default": "all", "description": "The code of a store view, or all for those of none" },
            },
        },
    ])
}
