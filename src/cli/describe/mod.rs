//! API documents for the systems that a module talks to.

pub(super) mod asyncapi;
pub(super) mod openapi;
