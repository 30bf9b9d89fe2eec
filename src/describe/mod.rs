//! Documents for the external system's tools: OpenAPI of the routes it can call, AsyncAPI of the webhooks it receives.

mod asyncapi;
mod openapi;

use serde_json::{Value, json};

pub use self::{
    asyncapi::document as asyncapi,
    openapi::{Covered, document as openapi},
};
use crate::{model::Module, names::ModuleVersion};

/// Version in the documents of a module without one, which they require.
const UNVERSIONED: &str = "unversioned";

/// Builds the info object: title, version and description.
fn info(module: &Module, about: &str) -> Value {
    json!({
        "title": module.name.as_str(),
        "version": module.version.as_ref().map_or(UNVERSIONED, ModuleVersion::as_str),
        "description": format!("{}\n\n{about}", module.description),
    })
}
