//! Magento releases: sets of them, their PHP versions, their behaviour.

pub mod behaviour;
mod mage_os;
mod nearest;
mod php;
mod read;
mod release;
mod set;
mod target;
mod wording;

pub(super) use self::{mage_os::mage_os, read::bundled};
pub use self::{
    mage_os::{MageOsNumbers, MageOsRelease},
    php::PhpRange,
    release::{Basis, Release, ReleaseId},
    set::ReleaseSet,
    target::Target,
};
