//! What every module has, and what all of its parts go into.

pub(super) mod acl;
pub(super) mod composer;
pub(super) mod csp;
pub(super) mod di;
pub(super) mod i18n;
pub(super) mod integration;
pub(super) mod legacy;
pub(super) mod module;
pub(super) mod readme;
pub(super) mod registration;
