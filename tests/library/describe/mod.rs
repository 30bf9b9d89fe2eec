//! The documents for the external system. That validators accept them is in `tests/outside/documents.rs`.

mod asyncapi;
mod openapi;
