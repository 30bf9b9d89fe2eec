//! The catalog.

mod attributes;
mod categories;
mod prices;
mod products;
