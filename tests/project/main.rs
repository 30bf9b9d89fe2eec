//! Tests of the repository itself: its architecture, its comments, its documents, its examples, its hooks.

mod architecture;
mod comments;
mod examples;
mod habits;
mod least_privilege;
mod migrating;
mod pictures;
mod readme;
mod references;
mod rule_pages;
mod spec_reference;
mod tests;

#[path = "../support/mod.rs"]
mod support;
