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

/// Whose document it is, and what there is to say of all of it.
fn info(module: &Module, about: &str) -> Value {
    json!({
        "title": module.name.as_str(),
        "version": module.version.as_str(),
        "description": format!("{}\n\n{about}", module.description),
    })
}
