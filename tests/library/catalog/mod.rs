//! The bundled catalog against the CSV files it is made of.
//!
//! `MAGESPEC_UPDATE=1 cargo test --test library catalog` makes it anew.

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
