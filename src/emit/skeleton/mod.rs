//! Files that every module has or that all its parts contribute to.

pub(super) mod acl;
pub(super) mod composer;
pub(super) mod csp;
pub(super) mod di;
pub(super) mod i18n;
pub(super) mod integration;
pub(super) mod legacy;
pub(super) mod module;
pub(super) mod plugin;
pub(super) mod readme;
pub(super) mod registration;
