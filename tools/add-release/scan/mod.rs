//! Scanners: what a root has, in the form of the tables, one file for each subject.

mod api;
mod blocks;
mod declared;
mod entities;
mod events;
mod jobs;
mod menu;
mod models;
mod nearness;
mod observers;
mod system;

use magespec::diag::Failure;

use self::nearness::nearness;
pub(crate) use self::observers::observers;
use crate::{
    php::Classes,
    root::Root,
    tables::{Contents, Tables},
};

/// What was read.
pub(crate) struct Scanned {
    pub(crate) contents: Contents,
    /// Dispatches that the tables have in no release.
    pub(crate) new_events: Vec<String>,
    /// Dispatches of events whose names are computed.
    pub(crate) unread_events: Vec<String>,
}

/// Reads everything that the tables have of a release.
///
/// # Errors
/// Fails if a file of Magento cannot be parsed.
pub(crate) fn scan(root: &Root, tables: &Tables) -> Result<Scanned, Failure> {
    let classes = Classes::of(root);
    let api = api::Api::read(root, &classes, tables)?;
    let events = events::events(root, &classes, tables)?;
    let system = system::System::read(root)?;
    let contents = Contents::from([
        ("acl", declared::acl(root)),
        ("routes", declared::routes(root)),
        ("packages", declared::packages(root)),
        ("events", events.blocks),
        ("entities", entities::entities(&classes, tables, root.release)),
        ("types", api.types),
        ("extension_attributes", api::extension_attributes(root)?),
        ("services", api.services),
        ("config", system.config()),
        ("paths", system.paths()),
        ("menu", menu::menu(root)?),
        ("models", models::models(&system, &classes, tables)),
        ("cron", jobs::cron(root)?),
        ("topics", jobs::topics(root)?),
    ]);
    Ok(Scanned { contents, new_events: events.new, unread_events: events.unread })
}
