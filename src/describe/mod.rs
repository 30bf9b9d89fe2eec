//! What the other side needs to know of a module, as documents that its tools read: OpenAPI of what it can call, AsyncAPI
//! of what it is told.

mod asyncapi;
mod openapi;

use serde_json::{Value, json};

pub use self::{
    asyncapi::document as asyncapi,
    openapi::{Covered, document as openapi},
};
use crate::model::Module;

/// Whose document it is.
fn info(module: &Module, description: String) -> Value {
    json!({
        "title": module.name.as_str(),
        "version": module.version.as_str(),
        "summary": module.description,
        "description": description,
    })
}
