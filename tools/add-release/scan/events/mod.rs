//! The events that core dispatches. Their names, classes, methods and the keys of their data are read; the types of the data
//! and the place relative to a transaction are those that the table has for the same dispatch.

mod carried;
mod configured;
mod found;
mod prefixed;

use magespec::diag::Failure;
use rayon::prelude::*;

use self::{carried::Carried, found::Found};
use super::blocks::Blocks;
use crate::{
    php::{ClassFile, Classes},
    root::{Root, php_files},
    tables::{ScannedBlock, Tables},
};

/// Events of a release, and what was not read about them.
pub(super) struct Events {
    pub(super) blocks: Vec<ScannedBlock>,
    /// Dispatches that the table has in no release, whose types were taken from the code around them.
    pub(super) new: Vec<String>,
    /// Dispatches whose names are computed.
    pub(super) unread: Vec<String>,
}

/// Blocks of `events.tsv`.
///
/// # Errors
/// Fails if a di.xml cannot be parsed.
pub(super) fn events(root: &Root, classes: &Classes, tables: &Tables) -> Result<Events, Failure> {
    let files = dispatching(root);
    let mut found: Vec<Found> = files.iter().flat_map(|file| found::literal(file, classes)).collect();
    let prefixed = prefixed::prefixed(&files, classes);
    found.extend(prefixed.found);
    found.extend(configured::collections(root)?);
    let mut carried = Carried::new(tables, root.release);
    let mut blocks = Blocks::default();
    for dispatch in found::grouped(found) {
        for columns in carried.rows(&dispatch) {
            blocks.below([&dispatch.first.short_class()], columns.each_ref().map(String::as_str));
        }
    }
    for (class, family) in configured::entity_managed(root)?.into_iter().chain(prefixed.families) {
        blocks.below([&class], family.each_ref().map(String::as_str));
    }
    let unread = files.iter().flat_map(|file| found::unread(file, classes)).collect();
    Ok(Events { blocks: blocks.finish(), new: carried.new, unread })
}

/// Classes of Magento's own that dispatch events or name the prefix of some.
fn dispatching(root: &Root) -> Vec<ClassFile> {
    let files: Vec<_> = root.namespaces().iter().flat_map(|(_, dir)| php_files(dir)).collect();
    let read = files.par_iter().filter_map(|file| {
        let text = std::fs::read(file).ok()?;
        let has = |word: &[u8]| text.windows(word.len()).any(|part| part == word);
        (has(b"dispatch(") || has(b"$_eventPrefix")).then(|| ClassFile::read(file))?
    });
    let mut files: Vec<ClassFile> = read.collect();
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files.dedup_by(|one, other| one.name == other.name);
    files
}
