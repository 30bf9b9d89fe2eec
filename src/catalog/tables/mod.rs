//! Readers for the tables in `data`, and rows by id and release.

mod read;
mod runs;
mod sets;
mod short;
mod table;

pub use self::table::{VersionedRow, VersionedTable};
pub(super) use self::{
    read::{TableBlock, block, blocks, blocks_with, columns, rows},
    runs::ReleaseRuns,
    sets::NumberedSets,
    short::{class, module, module_of},
    table::{SUGGESTIONS, nearest},
};
