//! The bundled catalog, checked by itself and against outside data: CSV tables that may lie beside the checkout.
//!
//! `MAGESPEC_UPDATE=1 cargo test --test library catalog` takes over what the CSV tables say.

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
