//! Specs as projects: finding and reading them, compiling many at once and comparing them with their output roots, the
//! older states and the shops that they are compared with.
//!
//! Nothing here prints or knows a command line: findings are returned, progress is a callback.

mod before;
mod between;
mod catalog;
mod compile;
mod compiled;
mod git;
mod input;
mod resolved;
mod shop;
mod specs;

pub use before::{Baseline, plan};
pub use catalog::{catalog_of, shop_at, shop_in};
pub use compile::{Roots, compile_all};
pub use compiled::Project;
pub use input::read;
pub use resolved::Scoped;
pub use shop::{Connection, Installed, ShopPlan, broken, changed, package};
pub use specs::{find_specs, is_module_without_spec, one_spec};
