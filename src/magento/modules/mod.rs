//! Modules of a shop: their declarations, united with those of a spec, and their PHP.

mod doubts;
mod united;

pub use doubts::doubts;
pub use united::United;
