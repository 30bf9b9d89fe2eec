//! The bundled catalog, constraints over releases, and the catalog of a shop.

mod acl;
mod admin;
mod api;
mod compare;
mod constraint;
mod events;
mod routes;
mod scan;
mod scan_release;
