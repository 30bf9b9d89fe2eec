//! OpenAPI 3.1 of REST routes.

mod answers;
mod core;
mod deprecation;
mod operation;
mod own;
mod paths;
mod schemas;
mod search;
mod security;

use serde_json::{Value, json};

use self::{paths::Paths, schemas::Schemas};
use crate::{catalog::Catalog, model::Module};

/// Routes to describe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covered {
    /// Routes of the module.
    Own,
    /// Routes of the module, and Magento routes that its integrations call.
    Called,
}

/// Builds the document; `None` without routes. Magento's own routes and types are described as in the newest release
/// of the target that has them.
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
    let version = module.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
    format!(
        "REST routes of a Magento shop with {}{}, for Magento {}. Magento's own routes and types are those \
         of {}. Fields that are null are omitted. An object that is sent as null arrives as an empty object: omit it instead. \
         Body parameters are accepted in camel case and snake case.",
        module.name, version, module.platform.constraint, module.platform.newest
    )
}

/// Server URLs. REST is below `/rest`, optionally followed by a store code (`W/Controller/PathProcessor.php`).
fn servers() -> Value {
    let shop = json!({
        "default": "shop.example.com",
        "description": "Host of the shop, followed by its directory, if any",
    });
    json!([
        { "url": "https://{shop}/rest", "description": "Default store view", "variables": { "shop": shop } },
        {
            "url": "https://{shop}/rest/{store}",
            "description": "A specific store view, or all",
            "variables": {
                "shop": shop,
                "store": { "default": "all", "description": "Code of a store view, or `all`" },
            },
        },
    ])
}
