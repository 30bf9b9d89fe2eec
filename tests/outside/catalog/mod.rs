//! The bundled catalog against outside data: CSV tables that may lie beside the checkout.
//!
//! `MAGESPEC_UPDATE=1 cargo test --test outside catalog` takes over what the CSV tables say.

mod admin;
mod api;
mod editions;
mod events;
mod generate;
mod releases;
mod routes;
mod scan;
mod tables;

crate::need::trials! {
    in admin, api, editions, events, generate, releases, routes, scan;
}
