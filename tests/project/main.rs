//! Tests of the repository itself: its architecture, its comments, its documents, its examples, its hooks, its
//! packages.

mod action;
mod architecture;
mod comments;
mod examples;
mod habits;
mod least_privilege;
mod migrating;
mod outputs;
mod performance;
mod pictures;
mod readme;
mod references;
mod release;
mod rule_pages;
mod site;
mod spec_reference;
mod tests;

#[path = "../support/mod.rs"]
mod support;
