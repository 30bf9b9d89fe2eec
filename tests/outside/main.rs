//! Tests that need something which may be absent: the data in `../shared`, PHP, a browser.

mod corpus;
mod magento;

#[path = "../support/mod.rs"]
mod support;
