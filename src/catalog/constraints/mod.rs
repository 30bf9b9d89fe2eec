//! Composer's constraint syntax over Magento releases.

mod bound;
mod constraint;
mod error;
mod package;
mod parse;
mod version;
mod word;

use self::bound::{Bound, Operator};
pub use self::{constraint::Constraint, error::ConstraintError, package::check_package_constraint};
