//! Composer's constraint syntax over Magento releases.

mod constraint;
mod package;
mod parse;
mod version;
mod word;

use self::constraint::{Bound, Operator};
pub use self::{
    constraint::{Constraint, ConstraintError},
    package::check_package_constraint,
};
