//! Magento releases: sets of them, their PHP versions, their behaviour.

pub mod behaviour;
mod php;
mod read;
mod release;
mod set;
mod target;
mod wording;

pub(super) use self::read::bundled;
pub use self::{
    php::PhpRange,
    release::{Basis, Release, ReleaseId},
    set::ReleaseSet,
    target::Target,
};
