//! Whole modules: what a spec with everything makes.

mod any;
mod tiers;
mod values;

use crate::support::made::{WIDE, code, made, text, tiers};
