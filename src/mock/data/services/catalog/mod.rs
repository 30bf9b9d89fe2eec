//! The catalog.

mod attributes;
mod categories;
mod category_move;
mod links;
mod prices;
mod products;
