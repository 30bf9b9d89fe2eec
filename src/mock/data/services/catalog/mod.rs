//! The catalog.

mod attributes;
mod categories;
mod links;
mod prices;
mod products;
