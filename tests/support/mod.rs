//! Helpers that several tests share.

// Each test binary uses a part of it.
#![allow(dead_code)]

pub(crate) mod any;
pub(crate) mod base;
pub(crate) mod changelog;
pub(crate) mod command;
pub(crate) mod console;
pub(crate) mod documents;
pub(crate) mod files;
pub(crate) mod generated;
pub(crate) mod html;
pub(crate) mod least_privilege;
pub(crate) mod made;
pub(crate) mod mock_shop;
pub(crate) mod modules;
pub(crate) mod plan;
pub(crate) mod releases;
pub(crate) mod root;
pub(crate) mod trees;
