//! The documents for the other side. That validators accept them is in `tests/outside/documents.rs`.

mod asyncapi;
mod openapi;
