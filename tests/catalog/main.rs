//! The bundled catalog against the CSV files it is made of.
//!
//! `MAGESPEC_UPDATE=1 cargo test --test catalog` makes it anew.

mod acl;
mod admin;
mod api;
mod compare;
mod constraint;
mod events;
mod generate;
mod routes;
mod scan;
mod tables;

#[path = "../support/mod.rs"]
mod support;
