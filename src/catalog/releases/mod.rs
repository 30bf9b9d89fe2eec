//! Magento releases: sets of them, the PHP they run on, how they behave.

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
