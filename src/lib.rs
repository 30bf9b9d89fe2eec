//! magespec compiles one `integration.toml` into a complete Magento 2 integration module.

pub mod diag;
pub mod model;
pub mod names;
pub mod tree;
