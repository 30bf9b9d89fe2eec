//! Specs as projects: finding, reading and compiling them, and comparing them with output roots, earlier states and shops.
//!
//! This module neither prints nor parses arguments: it returns findings and reports progress through callbacks.

mod catalog;
mod compile;
mod compiled;
mod conflicts;
mod earlier;
mod fleet;
mod head;
mod input;
mod other_copies;
mod renewal;
mod resolved_spec;
mod shop;
mod spec_catalogs;
mod specs;

pub use catalog::{shop_at, shop_in};
pub use compile::{compile_all, compile_each, each};
pub use compiled::Project;
pub use conflicts::Neighbours;
pub use earlier::{Baseline, SinceThen, committed, comparison_since, plan};
pub use fleet::{Fleet, FleetUpgrade, UpgradeStart};
pub use input::read;
pub use renewal::{Renewal, RequestChange, renewals, specs_beside};
pub use resolved_spec::ResolvedSpec;
pub use shop::{Connection, Installed, ShopPlan, changed, package, promises};
pub use spec_catalogs::{CatalogStore, SpecCatalogs, catalog_files};
pub use specs::{Roots, SPEC_FILE, find_modules_and_specs, find_specs, one_spec};
